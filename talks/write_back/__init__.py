"""The door of write-back: hand edits go into the markdown files that they are about, into those lines only."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path

from talks.importing import escape
from talks.importing.sources import NotFoundError, Source, find_sources
from talks.importing.store import close_run, hold_lock, open_run
from talks.models import ImportRun
from talks.write_back.edited_posts import find_edited
from talks.write_back.post_writer import write_post
from talks.write_back.write_back_report import FileOutcome, WriteBackReport, render_write_back

__all__ = ["FileOutcome", "WriteBackReport", "render_write_back", "write_back"]


def write_back(
    paths: Iterable[str | Path] = (), *, dry_run: bool = False, on_wait: Callable[[], None] = lambda: None
) -> WriteBackReport:
    """Write what was edited here into the posts' files: into all of them, or those in these files and folders.

    Raises `NotFoundError` where a path does not exist; what is wrong with one file is in the report. `on_wait` is
    called when an import has to end first.
    """
    given = list(paths)
    lying = {source.place[-500:]: source for source in find_sources(given)} if given else None
    with nullcontext() if dry_run else hold_lock(on_wait):
        edited = [(pk, path) for pk, path in find_edited() if lying is None or path in lying]
        run = open_run(escape(str(path)) for path in given) if edited and not dry_run else None
        outcomes = [_write(pk, path, lying or {}, run) for pk, path in edited]
        found = tuple(outcome for outcome in outcomes if outcome)
        if run and any(outcome.written for outcome in found):
            close_run(run, [], {})
        elif run:
            run.delete()
    return WriteBackReport(found, dry_run)


def _write(pk: int, path: str, lying: Mapping[str, Source], run: ImportRun | None) -> FileOutcome | None:
    try:
        source = lying.get(path) or next(iter(find_sources([path])))
    except (NotFoundError, StopIteration, ValueError):
        return FileOutcome(path, fault="There is no such file any more, or the post never lay in one.")
    return write_post(source, pk, run)
