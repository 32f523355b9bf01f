"""Removes posts for good, with talks and rows that only they had; a report shows beforehand what will be removed."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.db import transaction
from django.db.models import Q

from talks.counts_and_cut_texts import show_count
from talks.derived import renew
from talks.importing.edit_traces import describe_corrections, list_editor_changes
from talks.importing.escaping import escape
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.post_plan import reconcile
from talks.importing.sources.files import NotFoundError
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.loader import load_known
from talks.importing.store.plan_writer import write_plan
from talks.importing.unused_rows import find_shared, forget_decisions, remove_orphans
from talks.models import ImportRun, Post, Takeaway, Talk, TalkSource
from talks.names import cut_stored_path
from talks.parsing import ParsedConference, ParsedDay, ParsedPost

_MOST_NAMED = 20


class ChangedMeanwhileError(Exception):
    """The base changed after a removal or undoing was shown, so that it would now do something else."""

    @classmethod
    def since_shown(cls, done: str) -> Self:
        """Return the error of a removal ("removed") or undoing ("undone") that would do something else than shown."""
        return cls(f"The base has changed since this was shown; nothing was {done}.")


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal removes.

    `posts` are keys, `talks` titles with the conference. `editor_changes` are sentences about editors' changes that are
    lost; `shared` are pairs of a noun ("speakers") and the names of rows that nothing uses any more.

    `talks_left` are talks that other posts have or had notes of too: they stay, without what the removed posts said.
    """

    posts: tuple[str, ...]
    editor_changes: tuple[str, ...]
    talks: tuple[str, ...]
    talks_left: tuple[str, ...]
    takeaways: int
    shared: tuple[tuple[str, tuple[str, ...]], ...]


def remove_posts(
    paths: Iterable[str | Path] = (),
    *,
    run: int | None = None,
    dry_run: bool = False,
    expected: Removal | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Removal:
    """Remove the posts that came from these files and folders or have these keys, all in one transaction.

    With `run`, remove instead the posts that this run created. A dry run only returns what would be removed.

    Raises `NotFoundError` if a path or the run brought no post that is left, and `ChangedMeanwhileError`, without
    removing anything, if the removal differs from the `expected` one.
    """
    given = list(paths)
    with nullcontext() if dry_run else hold_lock(on_wait), transaction.atomic():
        removal = remove_rows(_choose_posts(given, run))
        if expected is not None and removal != expected:
            raise ChangedMeanwhileError.since_shown("removed")
        if dry_run:
            transaction.set_rollback(True)
    return removal


def find_run(number: int) -> ImportRun:
    """Return the run with this number. Raises `NotFoundError` if there is none."""
    row = ImportRun.objects.filter(pk=number).first()
    if row is None:
        raise NotFoundError(f"There is no run {number}.")
    return row


def _choose_posts(given: Sequence[str | Path], run: int | None) -> list[int]:
    if run is not None:
        find_run(run)
        created = Post.objects.filter(outcomes__run=run, outcomes__outcome="created")
        if not (found := set(created.values_list("pk", flat=True))):
            raise NotFoundError(f"No post is left that run {run} had created.")
        return sorted(found)
    chosen: set[int] = set()
    for path in given:
        place = escape(os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path)))
        folder = escape(os.path.realpath(path)).rstrip("/") + "/"
        lying = Q(path=cut_stored_path(place)) | Q(path__startswith=folder) | Q(key=str(path))
        found = set(Post.objects.filter(lying).values_list("pk", flat=True))
        if not found:
            raise NotFoundError(f"No post in the base came from {escape(str(path))}.")
        chosen |= found
    return sorted(chosen)


def remove_rows(posts: Sequence[int]) -> Removal:
    """Delete the posts, the talks that no other post has or had notes of, and shared rows that nothing uses any more.

    The posts' other talks then show what the other posts say; they are withdrawn if none has notes of them any more.
    Return what was removed. The caller opens the transaction.
    """
    sources = TalkSource.objects.filter(post__in=posts)
    told = set(sources.values_list("talk", flat=True))
    left = set(TalkSource.objects.filter(talk__in=told).exclude(post__in=posts).values_list("talk", flat=True))
    gone = told - left
    keys = tuple(Post.objects.filter(pk__in=posts).order_by("key").values_list("key", flat=True))
    editor_changes = (*(change.sentence for change in list_editor_changes(posts, gone)), *describe_corrections(posts))
    doomed = Takeaway.objects.filter(Q(post__in=posts) | Q(talk__in=gone))
    shared = find_shared(posts, told)
    takeaways = doomed.count()
    talks, talks_left = _name_talks(gone), _name_talks(left)
    forget_decisions(posts, gone)
    for post in posts:
        _import_emptied(post)
    doomed.delete()
    Talk.objects.filter(pk__in=gone).delete()
    Post.objects.filter(pk__in=posts).delete()
    renew(told, posts)
    return Removal(keys, editor_changes, talks, talks_left, takeaways, remove_orphans(shared))


def _name_talks(talks: Iterable[int]) -> tuple[str, ...]:
    rows = Talk.objects.filter(pk__in=talks).order_by("conference__slug", "slug")
    return tuple(f"{title} ({conference})" for title, conference in rows.values_list("title", "conference__slug"))


def _import_emptied(pk: int) -> None:
    """Import the post as if it had no talks, so that its talks are withdrawn or show what other posts say of them."""
    row = Post.objects.get(pk=pk)
    conference = row.imported.get("conference")
    days = tuple(ParsedDay(day.number, day.date) for day in row.days.all() if day.number is not None)
    parsed = ParsedPost(
        row.key,
        title=row.title,
        language=row.language,
        conference=ParsedConference(*conference) if conference else None,
        days=days,
    )
    reading = ReadPost(row.key, row.path, row.digest, row.source, parsed)
    known = load_known(reading, pk, lock=True)
    write_plan(reconcile(reading, known), known, None)


def render_removal(removal: Removal, *, verbosity: int = 1) -> str:
    """Return the removal as text, first all changes by editors. The other lists are cut to 20 below verbosity 2."""
    most = sys.maxsize if verbosity >= 2 else _MOST_NAMED
    lines = []
    if removal.editor_changes:
        lines += ["Edits made here that go:", *_list(removal.editor_changes, sys.maxsize), ""]
    groups = [("posts", removal.posts), ("talks", removal.talks), *removal.shared]
    for noun, things in groups:
        if things:
            one = noun if noun == "series" else noun.removesuffix("s")
            lines += [f"{show_count(len(things), one, noun)}:", *_list(things, most)]
    lines.append(show_count(removal.takeaways, "takeaway"))
    if removal.talks_left:
        lines += ["", f"{show_count(len(removal.talks_left), 'talk')} noted in other posts too, and kept:"]
        lines += _list(removal.talks_left, most)
    return "\n".join(lines)


def _list(things: Sequence[str], most: int) -> list[str]:
    shown = [f"    {escape(thing)}" for thing in things[:most]]
    return [*shown, f"    … and {len(things) - most:,} more"] if len(things) > most else shown
