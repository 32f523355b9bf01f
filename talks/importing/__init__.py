"""The door of the importer: posts become rows, and nothing is ever lost on the way."""

import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from talks.importing.departed import withdraw_missing
from talks.importing.escaping import escape
from talks.importing.identity import collapse, make_digest
from talks.importing.removal import ChangedMeanwhileError, Removal, remove_posts, render_removal
from talks.importing.report import ImportReport, PostOutcome, render_diagnostics, render_json, render_text
from talks.importing.run import Run
from talks.importing.sources.files import Content, NotFoundError, find_sources
from talks.importing.sources.watcher import watch_posts
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.run_journal import close_run, open_run, read_last
from talks.models import ImportRun

__all__ = [
    "ChangedMeanwhileError",
    "Content",
    "ImportReport",
    "NotFoundError",
    "OnProgress",
    "PostOutcome",
    "Removal",
    "collapse",
    "escape",
    "hold_lock",
    "import_posts",
    "make_digest",
    "read_last",
    "remove_posts",
    "render_diagnostics",
    "render_json",
    "render_removal",
    "render_text",
    "watch_posts",
]

OnProgress = Callable[[int, int, PostOutcome], None]


def import_posts(
    sources: Iterable[str | Path | Content],
    *,
    only: Collection[str] | None = None,
    dry_run: bool = False,
    strict: bool = False,
    on_progress: OnProgress | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Bring the posts in these files and folders into the base; of them those at the places in `only`, if given.

    A post's own faults are in the report; `NotFoundError` is raised, and nothing imported, where a path does not
    exist. `on_progress` hears how many posts are done, of how many, and what became of the last; `on_wait` is
    called when another import has to end first.
    """
    given = list(sources)
    started = time.monotonic()
    found = [source for source in find_sources(given) if only is None or source.place in only]
    gone: list[tuple[str, int]] = []

    def go(row: ImportRun | None) -> Run:
        run = Run(found, row, strict=strict)
        for number, source in enumerate(found, 1):
            outcome = run.take(source)
            if on_progress:
                on_progress(number, len(found), outcome)
        if only is None:  # a part of what lies there tells nothing of what does not
            gone.extend(withdraw_missing(given, found, run.met, row))
        run.finish(pk for _, pk in gone)
        return run

    if dry_run:
        run = go(None)
    else:
        with hold_lock(on_wait):
            row = open_run(escape(item.name if isinstance(item, Content) else str(item)) for item in given)
            run = go(row)
            close_run(row, run.unkept, run.tally.total())
    places = tuple(place for place, _ in gone)
    return ImportReport(tuple(run.outcomes), run.tally.total(), time.monotonic() - started, dry_run, places)
