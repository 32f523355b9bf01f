from django.db import migrations


class Migration(migrations.Migration):
    """Everything was derived anew here; now 0038 does so."""

    dependencies = [
        ("talks", "0028_takeaway_headings"),
    ]

    operations = []
