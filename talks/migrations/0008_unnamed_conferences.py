from django.db import migrations, models
import django.db.models.deletion

from talks import names

NAME_LENGTH = 200


def forget_made_up_names(apps, schema_editor):
    """Make conferences unnamed that got the title of their only post as their name, since the post named no event.

    Conferences that an editor touched, themselves or their series or days, keep their names.
    """
    conferences, posts, touches = (apps.get_model("talks", name) for name in ("Conference", "Post", "EditorTouch"))
    touched = set(touches.objects.filter(kind__in=["conference", "series", "day"]).values_list("kind", "key"))
    days = {key.partition("/")[0] for kind, key in touched if kind == "day"}
    alone = conferences.objects.filter(year=None).annotate(post_count=models.Count("posts", distinct=True))
    for row in list(alone.filter(post_count=1).select_related("series").order_by("pk")):
        post = posts.objects.get(conference=row)
        own = not row.series.aliases and conferences.objects.filter(series=row.series).count() == 1
        named = row.series.name.strip() == post.title[:NAME_LENGTH].strip()
        edited = {("conference", row.slug), ("series", row.series.slug)} & touched or row.slug in days
        if own and named and not edited and not post.imported.get("conference"):
            forget_name(apps, row, post)


def forget_name(apps, row, post):
    """Make a conference unnamed, and change what follows from its name: how its talks are sorted and found."""
    talks, listings, words = (apps.get_model("talks", name) for name in ("Talk", "TagListing", "SearchText"))
    gone = row.series
    listings.objects.filter(series=gone).update(series=None)
    apps.get_model("talks", "Conference").objects.filter(pk=row.pk).update(series=None)
    ordinal = post.published_on.toordinal() if post.published_on else 0
    start = (9999).to_bytes(2) + b"\xff" + (4_000_000 - ordinal).to_bytes(4) + b"\0" + row.pk.to_bytes(8)
    for pk, number in talks.objects.filter(conference=row).values_list("pk", "day__number"):
        place = start + (0 if number is None else number + 1).to_bytes(2)
        talks.objects.filter(pk=pk).update(place=place)
        listings.objects.filter(talk=pk).update(place=place)
    for text in words.objects.filter(talk__conference=row):
        lines = text.words.split("\n")
        if len(lines) > 1 and squeeze(lines[1]) == squeeze(names.fold_accents(gone.name)):
            words.objects.filter(pk=text.pk).update(words="\n".join([lines[0], *lines[2:]]))
    gone.delete()


def squeeze(text):
    return "".join(filter(str.isalnum, text))


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0007_reference_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conference",
            name="series",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty where the post names no event.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conferences",
                to="talks.series",
            ),
        ),
        migrations.AlterField(
            model_name="taglisting",
            name="series",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="talks.series",
            ),
        ),
        migrations.RunPython(forget_made_up_names, migrations.RunPython.noop),
    ]
