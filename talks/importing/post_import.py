"""Imports the posts in files and folders, as one run."""

import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import Any

from django.db.models import Count, QuerySet

from talks.importing.escaping import escape
from talks.importing.report import ImportReport, PostOutcome
from talks.importing.run import NO_CORRECTIONS, Corrections, Run
from talks.importing.sources.files import Content, Source, exists
from talks.importing.sources.finding import Found, find_sources, search_folders
from talks.importing.sources.folders import Folders, is_index
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.run_journal import close_run, open_run
from talks.importing.withdrawn_posts import withdraw_missing
from talks.models import ImportRun, Post, TalkSource, prepared

OnProgress = Callable[[int, int, PostOutcome], None]


def import_posts(
    sources: Iterable[str | Path | Content],
    *,
    only: Collection[str] | None = None,
    dry_run: bool = False,
    strict: bool = False,
    corrections: Mapping[str, Corrections] = NO_CORRECTIONS,
    jobs: int = 1,
    on_progress: OnProgress | None = None,
    on_wait: Callable[[], None] = lambda: None,
    locked: bool = False,
) -> ImportReport:
    """Import the posts in these files and folders; with `only`, just those of them at these places.

    Without `only`, posts that are gone from a given folder, or excluded there, are withdrawn. Stored posts beside given
    files are imported again if the files change how those posts are read. A dry run writes nothing; a `strict` run
    refuses posts with warnings.

    Many posts are parsed by `jobs` processes. Faults of single posts are in the report; if a path does not exist,
    `NotFoundError` is raised and nothing is imported. `corrections`, by the post's key, follow those that the base has
    for the post. `on_progress` is called with the number of posts done, the number of all posts, and the last outcome;
    `on_wait` is called if another import must end first. `locked` means that the caller holds the import lock.
    """
    given = list(sources)
    started = time.monotonic()
    folders = Folders()
    all_found = search_folders(given, folders, frozenset(_list_places()))
    found = [source for source in all_found.sources if only is None or source.place in only]
    gone: list[tuple[str, int]] = []

    def go(row: ImportRun | None) -> Run:
        excluded = all_found.excluded
        run = Run(found, row, folders, strict=strict, jobs=jobs, corrections=corrections, excluded=excluded)
        beside = [each for each in _find_beside(given, only, found, all_found.sources) if run.is_read_otherwise(each)]
        done = count(1)

        def announce(outcome: PostOutcome) -> None:
            if on_progress:
                on_progress(next(done), len(found) + len(beside), outcome)

        run.import_all([*found, *beside], announce)
        if only is None:  # an import of some files does not know which are missing
            gone.extend(withdraw_missing(given, all_found, run.met, row))
        run.finish(pk for _, pk in gone)
        return run

    row = None
    if dry_run:
        run = go(None)
    else:
        with nullcontext() if locked else hold_lock(on_wait):
            row = open_run(escape(item.name if isinstance(item, Content) else str(item)) for item in given)
            run = go(row)
            close_run(row, run.unkept, run.tally.total())
    excluded = tuple(place for place, _ in gone if place in all_found.excluded)
    places = tuple(place for place, _ in gone if place not in excluded)
    seconds = time.monotonic() - started
    said = (tuple(run.outcomes), run.tally.total(), seconds, dry_run, places, *_list_passed_over(all_found, only))
    shared = _list_shared(found) if row and only is None else ()
    return ImportReport(*said, run=row.pk if row else None, shared=shared, excluded=excluded)


def _list_places() -> Iterable[str]:
    """Return the places of the posts that are here: their files are imported unless `exclude` leaves them out."""
    return Post.objects.filter(withdrawn=False).values_list("path", flat=True)


def _list_shared(given: Iterable[Source]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return pairs of a talk's title and its posts' paths, for talks with notes in several posts, one of them given."""
    shared: dict[tuple[int, str], dict[str, None]] = {}
    places = {source.place for source in given}
    for talk, title, path in _select_shared():
        shared.setdefault((talk, title), {})[path] = None
    return tuple((title, tuple(paths)) for (_, title), paths in shared.items() if not places.isdisjoint(paths))


@prepared
def _select_shared() -> QuerySet[Any, Any]:
    sources = TalkSource.objects.filter(withdrawn=False, post__withdrawn=False)
    several = sources.values("talk").annotate(posts=Count("post", distinct=True)).filter(posts__gt=1)
    rows = sources.filter(talk__in=several.values("talk")).order_by("talk__sort_key", "post__path")
    return rows.values_list("talk", "talk__title", "post__path")


def _list_passed_over(
    found: Found, only: Collection[str] | None
) -> tuple[tuple[tuple[str, str], ...], Mapping[str, int]]:
    """Return pairs of path and reason for the files passed over; and how many images and the like, by file ending.

    Both are empty for an import of only some files (`only`).
    """
    if only is not None:
        return (), {}
    return tuple((other.path, other.why) for other in found.passed_over), dict(sorted(found.others.items()))


def _find_beside(
    given: Iterable[str | Path | Content],
    only: Collection[str] | None,
    found: Collection[Source],
    known: Collection[Source],
) -> list[Source]:
    """Return the stored posts in the folders of the given files and below, since files may change how others are read.

    With `only`, the files at these places count in place of the given ones. For an index file (README), the folder
    above its own counts, too. Posts in `found`, posts whose files are gone, and the posts of given folders are left
    out. For a post among the `known` sources, that `Source` is returned, else a new one.
    """
    items = [Path(item) for item in given if not isinstance(item, Content)]
    files = [Path(place) for place in only] if only is not None else [item for item in items if not item.is_dir()]
    folders = {escape(os.path.realpath(file.parent)) for file in files}
    folders |= {os.path.dirname(escape(os.path.realpath(file.parent))) for file in files if is_index(file.name)}
    taken = {source.place for source in found}
    beside: set[str] = set()
    for folder in folders:
        rows = Post.objects.filter(withdrawn=False, path__startswith=f"{folder}/")
        beside |= set(rows.values_list("path", flat=True)) - taken
    inside = [source for source in known if source.place in beside]
    outside = beside - {source.place for source in inside}
    return [*inside, *find_sources(path for path in outside if exists(path))]
