from django.db import migrations, models


def mark_runs(apps, schema_editor):
    texts = apps.get_model("talks", "ImportOutcome").objects.exclude(former_text="").order_by()
    runs = list(texts.values_list("run", flat=True).distinct())
    apps.get_model("talks", "ImportRun").objects.filter(pk__in=runs).update(has_texts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0036_runs_without_index"),
    ]

    operations = [
        migrations.AddField(
            "importrun",
            "has_texts",
            models.BooleanField(
                default=False, editable=False, help_text="Some of its outcomes hold the former text of their post."
            ),
        ),
        migrations.RunPython(mark_runs, migrations.RunPython.noop),
    ]
