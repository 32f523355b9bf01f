"""Imports watched posts when they are saved, and says what became of each."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from threading import Event

from django.db import close_old_connections

from talks.counts_and_cut_texts import show_count
from talks.importing.escaping import escape
from talks.importing.report import ImportReport, PostOutcome, render_diagnostics
from talks.importing.sources.watcher import watch_files

Import = Callable[[Collection[str] | None], ImportReport]
"""Imports the posts at these places, or all given posts."""


def watch_posts(given: Iterable[Path], run: Import, say: Callable[[str], None], *, stop: Event | None = None) -> None:
    """Import posts with `run` whenever they are saved, until `stop` is set; pass lines about each post to `say`.

    When a post is deleted, `run` gets its place too, since posts beside it may be read otherwise without it. When a
    `confnotes.toml` is saved, all given posts are imported; those that it does not affect stay unchanged. Raises
    `KeyboardInterrupt` at Ctrl-C, and `NotFoundError` for a path that does not exist.
    """
    for changed in watch_files(given, stop):
        close_old_connections()  # the connection may be hours old
        for line in _import_changed(changed, run):
            say(line)


def _import_changed(changed: list[Path] | None, run: Import) -> Iterator[str]:
    if changed is None:
        yield from _describe(run(None), verbose=False)
        return
    for place in changed:
        if not place.exists():
            yield f"{_show_time()} {escape(str(place))}: gone; what came from it stays"
    if changed:
        yield from _describe(run({escape(str(place)) for place in changed}), verbose=True)


def _describe(report: ImportReport, *, verbose: bool) -> Iterator[str]:
    for place, why in report.list_withdrawn():
        yield f"{_show_time()} {escape(place)}: {why}; what came from it is withdrawn"
    for post in report.outcomes:
        if verbose or post.outcome != "unchanged":
            yield f"{_show_time()} {escape(post.path)}: {post.outcome}{_count(post)}"
            yield from render_diagnostics(post.path, [said for said in post.diagnostics if said["severity"] == "error"])


def _count(post: PostOutcome) -> str:
    warnings = sum(1 for said in post.diagnostics if said["severity"] == "warning")
    return f", {show_count(warnings, 'warning')}" if warnings else ""


def _show_time() -> str:
    return time.strftime("%H:%M:%S")
