from io import StringIO

from django.core.management import CommandError, call_command
from django.db import DatabaseError, migrations, transaction


def derive_anew(apps, schema_editor):
    """Derive everything anew: this and earlier migrations changed from what it is derived, and which words are indexed.

    A migration that adds a column after this one must do so again.
    """
    if not apps.get_model("talks", "Talk").objects.exists() and not apps.get_model("talks", "Post").objects.exists():
        return
    try:
        with transaction.atomic():
            call_command("rebuild", stdout=StringIO())
    except (CommandError, DatabaseError):
        print(" (run `python manage.py rebuild` to index what is there)", end="")


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0028_takeaway_headings"),
    ]

    operations = [
        migrations.RunPython(derive_anew, migrations.RunPython.noop),
    ]
