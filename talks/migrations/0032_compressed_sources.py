from django.db import migrations, models

import talks.compact_fields


def copy(name, other):
    def copy_texts(apps, schema_editor):
        posts = apps.get_model("talks", "Post").objects.order_by("pk")
        for pk in posts.values_list("pk", flat=True):
            row = posts.filter(pk=pk)
            row.update(**{other: row.values_list(name, flat=True).get()})

    return copy_texts


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0031_posts_of_writer"),
    ]

    operations = [
        migrations.AlterField("post", "source", models.TextField(default="")),
        migrations.RenameField("post", "source", "plain_source"),
        migrations.AddField("post", "source", talks.compact_fields.CompressedTextField(default="")),
        migrations.RunPython(copy("plain_source", "source"), copy("source", "plain_source")),
        migrations.RemoveField("post", "plain_source"),
        migrations.AlterField(
            "post",
            "source",
            talks.compact_fields.CompressedTextField(help_text="The whole file as it was imported."),
        ),
    ]
