"""Watches files and folders, and imports posts when they are saved."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from threading import Event

from django.db import close_old_connections

from talks.counts_and_cut_texts import show_count
from talks.importing.escaping import escape
from talks.importing.report import ImportReport, PostOutcome, render_diagnostics
from talks.importing.sources.files import HINTS_NAME, NotFoundError
from talks.importing.sources.finding import is_post

_QUIET_MS = 200  # editors save in several steps
Import = Callable[[Collection[str] | None], ImportReport]
"""Imports the posts at these places, or all given posts."""


def watch_posts(given: Iterable[Path], run: Import, say: Callable[[str], None], *, stop: Event | None = None) -> None:
    """Import posts with `run` whenever they are saved, until `stop` is set; tell `say` of each, and of its errors.

    When a post is deleted, `run` gets its place too, since posts beside it may be read otherwise without it. When a
    `confnotes.toml` is saved, all given posts are imported; those that it does not affect stay unchanged. Raises
    `KeyboardInterrupt` at Ctrl-C, and `NotFoundError` for a path that does not exist.
    """
    paths = list(given)
    for path in paths:
        if not path.exists():
            raise NotFoundError(f"There is no file or folder {escape(str(path))}.")
    from watchfiles import watch  # imported here because web workers load this module too

    places = {path.resolve() for path in paths}
    folders = {place if place.is_dir() else place.parent for place in places}
    for changes in watch(*folders, debounce=_QUIET_MS * 2, step=_QUIET_MS, stop_event=stop, raise_interrupt=True):
        close_old_connections()  # the connection may be hours old
        changed = sorted({Path(place) for _, place in changes})
        for line in _import_changed(changed, places, run):
            say(line)


def _import_changed(changed: list[Path], places: set[Path], run: Import) -> Iterator[str]:
    if any(place.name == HINTS_NAME for place in changed):
        yield from _describe(run(None), verbose=False)
        return
    posts = [place for place in changed if any(_is_post_below(place, given) for given in places)]
    for place in posts:
        if not place.exists():
            yield f"{_tell_time()} {escape(str(place))}: gone; what came from it stays"
    if posts:  # a file that is gone may have told how those beside it are read
        yield from _describe(run({escape(str(place)) for place in posts}), verbose=True)


def _is_post_below(place: Path, given: Path) -> bool:
    """Whether the file is the given file, or a post in the given folder."""
    return place == given or (given in place.parents and is_post(place.relative_to(given)))


def _describe(report: ImportReport, *, verbose: bool) -> Iterator[str]:
    yield from (f"{_tell_time()} {escape(place)}: gone; what came from it is withdrawn" for place in report.gone)
    for post in report.outcomes:
        if verbose or post.outcome != "unchanged":
            yield f"{_tell_time()} {escape(post.path)}: {post.outcome}{_count(post)}"
            yield from render_diagnostics(post.path, [said for said in post.diagnostics if said["severity"] == "error"])


def _count(post: PostOutcome) -> str:
    warnings = sum(1 for said in post.diagnostics if said["severity"] == "warning")
    return f", {show_count(warnings, 'warning')}" if warnings else ""


def _tell_time() -> str:
    return time.strftime("%H:%M:%S")
