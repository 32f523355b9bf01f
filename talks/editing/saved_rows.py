"""Saves and deletes rows as an editor changed them, together with their parts, such as the aliases of a tag.

Every change is recorded as a touch, and what is derived from the talks and posts of the row is renewed.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction

from talks.derived import find_posts_naming, find_talks_naming, renew
from talks.editing.changes_of_days import save_days
from talks.editing.changes_of_many_rows import take_off
from talks.editing.changes_of_posts import save_post
from talks.editing.changes_of_takeaways import Part, delete_takeaways, save_takeaways
from talks.editing.changes_of_talks import number_speakers, save_talk
from talks.editing.other_names import keep_former_name, list_names
from talks.editing.talks_of_rows import list_talks_of_rows
from talks.grouping import group_pairs
from talks.importing import number_talks
from talks.models import Appearance, Conference, Day, EditorTouch, Post, Series, Speaker, Tag, Tagged, Takeaway, Talk


@transaction.atomic
def save_row(row: Any, changed: Collection[str] = (), parts: Sequence[Part] = (), deleted: Sequence[Any] = ()) -> None:
    """Save a new row, or a stored one whose columns `changed` an editor changed, with new and changed parts of it.

    Nothing is done with a stored row without changes. The parts `deleted` are deleted; a tag that the post or its text
    gave is refused instead, so that it does not return. The former name of a renamed speaker, tag or series becomes an
    alias of it, so that posts may go on using it.
    """
    if row.pk and not (changed or parts or deleted):
        return
    before = [row] if row.pk else []
    talks, posts = list_talks_of_rows(before), find_posts_naming(before)
    has_names = isinstance(row, Speaker | Tag | Series)
    former = type(row)._default_manager.get(pk=row.pk) if before and has_names else None
    names = list_names(former) if isinstance(former, Tag) else set()
    if changed or not before:
        _save_columns(row, changed)
    _save_parts(parts, deleted)
    is_renamed = bool(former and row.name != former.name)
    if former and is_renamed:
        keep_former_name(row, former.name)
    if isinstance(row, Tag):  # talks may mention a name that it gained or lost
        now = list_names(row)
        talks |= find_talks_naming(names | now if is_renamed or "everywhere" in changed else names ^ now)
    EditorTouch.record([row], *(changed or ["changed"] if before else ["added"]))
    renew(talks | list_talks_of_rows([row]), posts | find_posts_naming([row]))


@transaction.atomic
def delete_rows(rows: Iterable[Any]) -> None:
    """Delete rows, all of one model. What is nested in a deleted takeaway moves up to its parent."""
    doomed = list(rows)
    talks, posts = list_talks_of_rows(doomed), find_posts_naming(doomed)
    EditorTouch.forget([*doomed, *_find_parts(doomed)])
    if doomed and isinstance(doomed[0], Takeaway):
        delete_takeaways(doomed)
    elif doomed:
        type(doomed[0])._default_manager.filter(pk__in=[row.pk for row in doomed]).delete()
    number_talks({row.day_id for row in doomed if isinstance(row, Talk)})
    renew(talks, posts)


def _find_parts(doomed: Sequence[Any]) -> Iterable[Any]:
    """Return the parts that the database deletes with rows of one model: days of conferences, or takeaways of talks.

    For rows of other models return ().
    """
    if doomed and isinstance(doomed[0], Conference):
        return Day.objects.filter(conference__in=doomed).select_related("conference")
    if doomed and isinstance(doomed[0], Talk):
        return Takeaway.objects.filter(talk__in=doomed).only("public_id")
    return ()


def _save_columns(row: Any, changed: Collection[str]) -> None:
    if isinstance(row, Takeaway):
        save_takeaways([Part(row, {name: getattr(row, name) for name in changed})])
    elif isinstance(row, Talk):
        save_talk(row, changed)
    elif isinstance(row, Post):
        save_post(row, changed)
    elif isinstance(row, Day):
        save_days([row])
    else:
        row.save()


def _save_parts(parts: Sequence[Part], deleted: Sequence[Any]) -> None:
    """Delete the parts `deleted`, then save `parts`. A part that is content, such as a day, gets touches of its own."""
    for row in deleted:
        # As stored: an editor may have typed another day's number into a day that is deleted.
        EditorTouch.forget(type(row)._default_manager.filter(pk=row.pk))
        if isinstance(row, Tagged):
            take_off(row)
        elif not isinstance(row, Takeaway):
            row.delete()
    touched = group_pairs((tuple(part.values) if part.row.pk else ("added",), part.row) for part in parts)
    for part in parts:
        if not isinstance(part.row, Takeaway | Day):
            part.row.save()
    save_days([part.row for part in parts if isinstance(part.row, Day)])
    takeaways = [part for part in parts if isinstance(part.row, Takeaway)]
    save_takeaways(takeaways, [row for row in deleted if isinstance(row, Takeaway)])
    for what, rows in touched.items():
        EditorTouch.record(rows, *what)
    for talk in {row.talk_id for row in (*deleted, *(part.row for part in parts)) if isinstance(row, Appearance)}:
        number_speakers(talk)
