from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, migrations, transaction


def derive_anew(apps, schema_editor):
    """Derive everything anew: what words are indexed has changed, and earlier migrations lacked the new column."""
    if not apps.get_model("talks", "Talk").objects.exists():
        return
    try:
        with transaction.atomic():
            call_command("rebuild", stdout=StringIO())
    except (CommandError, DatabaseError):
        print(" (run `python manage.py rebuild` to index what has changed)", end="")


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0028_takeaway_headings"),
    ]

    operations = [
        migrations.RunPython(derive_anew, migrations.RunPython.noop),
    ]
