"""Saves and deletes rows as an editor changed them, together with their parts, such as the aliases of a tag.

Every change is recorded as a touch, and what is derived from the talks and posts of the row is renewed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from talks.derived import find_posts_naming, find_talks_naming, renew
from talks.editing.changes_of_many_rows import take_off
from talks.editing.changes_of_posts import save_post
from talks.editing.changes_of_takeaways import Part, delete_takeaways, save_takeaways
from talks.editing.changes_of_talks import save_talk
from talks.editing.other_names import keep_former_name, list_names
from talks.grouping import group_pairs
from talks.importing import number_talks
from talks.models import (
    Conference,
    Day,
    EditorTouch,
    Post,
    Reference,
    Series,
    Speaker,
    Tag,
    Tagged,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkSource,
    Writer,
)

_PATHS_FROM_TALKS: dict[type[Model], str] = {
    Series: "conference__series",
    Conference: "conference",
    Day: "day",
    Talk: "pk",
    Takeaway: "takeaways",
    Speaker: "appearances__speaker",
    Writer: "sources__post__writer",
    Post: "sources__post",
    Reference: "citations__reference",
}
"""The lookups that lead from talks to rows of each model but tags."""


def find_talks_of(rows: Iterable[Any]) -> QuerySet[Talk]:
    """Return the talks to which these rows, all of one model, belong; none for rows that are no content.

    Those of a tag have it, mention it in a takeaway, or have notes in a post with it; refused tags count too.
    """
    chosen = list(rows)
    model = type(chosen[0]) if chosen else None
    keys = [row.pk for row in chosen]
    if model is Tag:
        posts = TaggedPost.everything.filter(tag__in=keys).values("content_object")
        return Talk.objects.filter(
            Q(pk__in=TaggedTalk.everything.filter(tag__in=keys).values("content_object"))
            | Q(pk__in=TaggedTakeaway.everything.filter(tag__in=keys).values("content_object__talk"))
            | Q(pk__in=TalkSource.objects.filter(post__in=posts).values("talk"))
        )
    if model not in _PATHS_FROM_TALKS:
        return Talk.objects.none()
    return Talk.objects.filter(**{f"{_PATHS_FROM_TALKS[model]}__in": keys})


@transaction.atomic
def save_row(row: Any, changed: Collection[str] = (), parts: Sequence[Part] = (), deleted: Sequence[Any] = ()) -> None:
    """Save a new row, or a stored one whose columns `changed` an editor changed, with its new and changed parts.

    The parts `deleted` are deleted; a tag that the post or its text gave is refused instead, so that it stays off.
    """
    is_new = row.pk is None
    if not (is_new or changed or parts or deleted):
        return
    stored = [] if is_new else [row]
    talks, posts = _list_talks(stored), find_posts_naming(stored)
    with _SAVERS.get(type(row), _save_plain)(row, changed):
        _save_parts(parts, deleted)
    EditorTouch.record([row], *(["added"] if is_new else changed or ["changed"]))
    renew(talks | _list_talks([row]), posts | find_posts_naming([row]))


@transaction.atomic
def delete_rows(rows: Iterable[Any]) -> None:
    """Delete rows, all of one model. What is nested in a deleted takeaway moves up to its parent."""
    doomed = list(rows)
    talks, posts = _list_talks(doomed), find_posts_naming(doomed)
    EditorTouch.forget(doomed)
    if doomed and isinstance(doomed[0], Takeaway):
        delete_takeaways(doomed)
    elif doomed:
        type(doomed[0])._default_manager.filter(pk__in=[row.pk for row in doomed]).delete()
    number_talks({row.day_id for row in doomed if isinstance(row, Talk)})
    renew(talks, posts)


def _list_talks(rows: Iterable[Any]) -> set[int]:
    return set(find_talks_of(rows).values_list("pk", flat=True))


def _save_parts(parts: Sequence[Part], deleted: Sequence[Any]) -> None:
    """Delete parts, then save others. A changed part that is content, such as a day, is recorded as a touch of it."""
    EditorTouch.forget(deleted)
    for row in deleted:
        if isinstance(row, Tagged):
            take_off(row)
        elif not isinstance(row, Takeaway):
            row.delete()
    touched = group_pairs(
        (("added",) if part.row.pk is None else tuple(sorted(part.values)), part.row) for part in parts
    )
    for part in parts:
        if not isinstance(part.row, Takeaway):
            part.row.save()
    save_takeaways(
        [part for part in parts if isinstance(part.row, Takeaway)],
        [row for row in deleted if isinstance(row, Takeaway)],
    )
    for what, rows in touched.items():
        EditorTouch.record(rows, *what)


@contextmanager
def _save_plain(row: Any, changed: Collection[str]) -> Iterator[None]:
    if changed or row.pk is None:
        row.save()
    yield


@contextmanager
def _save_named(row: Speaker | Series, changed: Collection[str]) -> Iterator[None]:
    """Save the row, and keep the former name of a renamed one as an alias, so that posts may go on using it."""
    former = type(row).objects.filter(pk=row.pk).values_list("name", flat=True).first()
    with _save_plain(row, changed):
        if former is not None and former != row.name:
            keep_former_name(row, former)
        yield


@contextmanager
def _save_tag(tag: Tag, changed: Collection[str]) -> Iterator[None]:
    """Save the tag, and its aliases in the `with` block; renew talks that may mention a name that it gained or lost.

    After a renaming, talks with any name of the tag are renewed, and its former name becomes an alias.
    """
    stored = Tag.objects.filter(pk=tag.pk).first()
    before = list_names(stored) if stored else set()
    with _save_plain(tag, changed):
        yield
    is_renamed = stored is not None and stored.folded != tag.folded
    if stored is not None and is_renamed:
        keep_former_name(tag, stored.name)
    now = list_names(tag)
    renew(find_talks_naming(before | now if is_renamed or "everywhere" in changed else before ^ now))


@contextmanager
def _save_takeaway(takeaway: Takeaway, changed: Collection[str]) -> Iterator[None]:
    if changed or takeaway.pk is None:
        save_takeaways([Part(takeaway, {name: getattr(takeaway, name) for name in changed})])
    yield


_SAVERS: dict[type[Model], Callable[[Any, Collection[str]], AbstractContextManager[None]]] = {
    Post: save_post,
    Series: _save_named,
    Speaker: _save_named,
    Tag: _save_tag,
    Takeaway: _save_takeaway,
    Talk: save_talk,
}
"""How a row of each of these models is saved, as a context manager within which its parts are saved."""
