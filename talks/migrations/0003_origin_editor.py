from django.db import migrations, models

TABLES = {"TaggedPost": "post", "TaggedTalk": "talk", "TaggedTakeaway": "takeaway"}


def call_hands_editors(apps, schema_editor):
    for name in TABLES:
        apps.get_model("talks", name)._base_manager.filter(origin="hand").update(origin="editor")


def call_editors_hands(apps, schema_editor):
    for name in TABLES:
        apps.get_model("talks", name)._base_manager.filter(origin="editor").update(origin="hand")


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0002_tag_listings"),
    ]

    operations = [
        *(migrations.RemoveConstraint(name.lower(), f"{noun}_tag_refused_by_hand") for name, noun in TABLES.items()),
        *(
            migrations.AlterField(
                name.lower(),
                "origin",
                models.CharField(
                    choices=[("post", "Post"), ("mention", "Mention"), ("editor", "Editor")],
                    default="editor",
                    max_length=10,
                ),
            )
            for name in TABLES
        ),
        migrations.RunPython(call_hands_editors, call_editors_hands),
        *(
            migrations.AddConstraint(
                name.lower(),
                models.CheckConstraint(
                    condition=models.Q(refused=False) | models.Q(origin="editor"),
                    name=f"{noun}_tag_refused_by_editor",
                ),
            )
            for name, noun in TABLES.items()
        ),
    ]
