"""Watches files and folders, and says which posts were saved or deleted."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from talks.importing.escaping import escape
from talks.importing.sources.files import HINTS_NAME, NotFoundError
from talks.importing.sources.finding import is_post

_QUIET_MS = 200  # editors save in several steps


def watch_files(given: Iterable[Path], stop: Event | None = None) -> Iterator[list[Path] | None]:
    """Yield, after each change and until `stop` is set, the paths of the posts that were saved or deleted, if any.

    None is yielded if a `confnotes.toml` was changed, since it may change how any post is read. Raises
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
        changed = sorted({Path(place) for _, place in changes})
        if any(place.name == HINTS_NAME for place in changed):
            yield None
        else:
            yield [place for place in changed if any(_is_post_below(place, given) for given in places)]


def _is_post_below(place: Path, given: Path) -> bool:
    """Whether the file is the given file, or a post in the given folder."""
    return place == given or (given in place.parents and is_post(place.relative_to(given)))
