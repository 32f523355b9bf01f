"""Sort keys keep the voicing of kana: ガス sorted as カス before. Slugs stay as they are, since addresses are kept."""

from django.db import migrations

from talks import names

SORT = {
    "Series": ("name", names.sort_name),
    "Speaker": ("name", names.sort_name),
    "Writer": ("name", names.sort_name),
    "Tag": ("name", names.sort_tag),
    "Talk": ("title", names.sort_title),
}


def renew_keys(apps, schema_editor):
    """Store the sort keys of names and titles that differ from the stored ones."""
    for model, (field, sort) in SORT.items():
        rows = apps.get_model("talks", model).objects
        for row in rows.only("pk", field, "sort_key").iterator(2_000):
            key = sort(getattr(row, field))
            if key != row.sort_key:
                rows.filter(pk=row.pk).update(sort_key=key)


class Migration(migrations.Migration):
    dependencies = [("talks", "0012_search_index")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
