from django.db import migrations


class Migration(migrations.Migration):
    """This migration derived everything anew; now migration 0038 does so."""

    dependencies = [
        ("talks", "0028_takeaway_headings"),
    ]

    operations = []
