from django.db import migrations, models

FIELDS = ("text", "kind")
MANY = 2_000


def leave_out_same(apps, schema_editor):
    """Remove from `imported` of each takeaway, which is what its post said, all in which the takeaway is the same."""
    rewrite(apps, lambda row: {name: said for name, said in row.imported.items() if said != getattr(row, name, None)})


def write_out(apps, schema_editor):
    """Complete `imported` of each takeaway: all that the post said, also where the takeaway has the same."""
    rewrite(apps, lambda row: {name: row.imported.get(name, getattr(row, name)) for name in FIELDS})


def rewrite(apps, make_imported):
    takeaways = apps.get_model("talks", "Takeaway").objects
    rows = takeaways.exclude(post=None).only(*FIELDS, "imported").order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:MANY]):
        last = chunk[-1].pk
        for row in chunk:
            row.imported = make_imported(row)
        takeaways.bulk_update(chunk, ["imported"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0023_indexes_that_hold_all'),
    ]

    operations = [
        migrations.AlterField(
            model_name='takeaway',
            name='imported',
            field=models.JSONField(default=dict, editable=False, help_text='What the post said when it was last imported, where the row does not say the same: see `said`.'),
        ),
        migrations.RunPython(leave_out_same, write_out, elidable=True),
    ]
