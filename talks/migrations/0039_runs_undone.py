from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0038_fewer_bytes"),
    ]

    operations = [
        migrations.AddField(
            "importrun",
            "undone_at",
            models.DateTimeField("undone", null=True, blank=True, editable=False),
        ),
    ]
