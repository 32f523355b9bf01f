"""Changes many posts or talks at once: tags them, refuses a tag, or moves talks to a conference."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from talks import names
from talks.derived import renew
from talks.editing.changes_of_talks import place_talks
from talks.editing.talks_of_rows import list_talks_of_rows
from talks.models import Conference, Day, EditorTouch, Post, Series, Tag, TagAlias, Tagged, TaggedPost, TaggedTalk, Talk


def _find_model(rows: Sequence[Post] | Sequence[Talk]) -> type[TaggedPost] | type[TaggedTalk]:
    return TaggedPost if isinstance(rows[0], Post) else TaggedTalk


def find_tag(name: str) -> Tag | None:
    """Return the tag that has this name or alias, compared by `fold_tag`; None if there is none."""
    folded = names.fold_tag(name)
    alias = TagAlias.objects.filter(folded=folded).select_related("tag").first()
    return alias.tag if alias else Tag.objects.filter(folded=folded).first()


@transaction.atomic
def tag_rows(rows: Sequence[Post] | Sequence[Talk], name: str) -> None:
    """Give posts or talks a tag, which counts as given by an editor, also where an editor had refused it.

    A missing tag is created. The rows must all be posts or all be talks.
    """
    if not rows:
        return
    tag, model = find_tag(name) or Tag.objects.create(name=name), _find_model(rows)
    chosen = [row.pk for row in rows]
    model.everything.filter(tag=tag, content_object__in=chosen).update(origin="editor", refused=False)
    held = set(model.everything.filter(tag=tag, content_object__in=chosen).values_list("content_object", flat=True))
    new = [model(tag=tag, content_object_id=pk, origin="editor") for pk in chosen if pk not in held]
    model.everything.bulk_create(new, batch_size=500)
    _renew_rows(rows)


@transaction.atomic
def refuse_tag(rows: Sequence[Post] | Sequence[Talk], name: str) -> None:
    """Remove the tag of this name or alias from those of the posts or talks that have it.

    If an editor gave the tag, the tie between tag and row is deleted. If the post or its text gave it, the tie is
    marked as refused, so that the tag does not return. The rows must all be posts or all be talks.
    """
    tag = find_tag(name)
    if not rows or tag is None:
        return
    held = _find_model(rows).everything.filter(tag=tag, content_object__in=[row.pk for row in rows])
    held.filter(origin="editor", refused=False).delete()
    held.update(origin="editor", refused=True)
    _renew_rows(rows)


def take_off(tagged: Tagged) -> None:
    """Take a tag off its row: delete the tie if an editor made it, else mark it as refused.

    A tie from the post or its text that was deleted would be made again.
    """
    if tagged.origin == "editor":
        tagged.delete()
    else:
        type(tagged).everything.filter(pk=tagged.pk).update(origin="editor", refused=True)


def _renew_rows(rows: Sequence[Post] | Sequence[Talk]) -> None:
    EditorTouch.record(rows, "tags")
    renew(list_talks_of_rows(rows), [row.pk for row in rows if isinstance(row, Post)])


@transaction.atomic
def move_talks(talks: Iterable[Talk], series: str, year: int | None, number: int | None) -> None:
    """Move talks to a day of a conference, behind the talks that it has; the former addresses of the talks redirect.

    `series` is a name or alias; series, conference and day are created if missing. `number` is that of the day, None
    for the conference as a whole.
    """
    folded = names.fold_name(series)
    event = Series.objects.find_by_names([folded]).get(folded) or Series.objects.create(name=series)
    conference, _ = Conference.objects.get_or_create(series=event, year=year)
    day, _ = Day.objects.get_or_create(conference=conference, number=number)
    rows = list(Talk.objects.filter(pk__in=[talk.pk for talk in talks]).select_related("day", "conference"))
    moving = [row for row in rows if row.day_id != day.pk]
    place_talks(conference, moving, {row.pk: day for row in moving})
    EditorTouch.record(rows, "day")
    renew(row.pk for row in rows)
