"""Write-back: what editors changed in the admin is written into the posts' Markdown files, whose other lines stay.

Other packages import this module only.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path

from talks.importing import escape
from talks.importing.sources import NotFoundError, Source, find_sources
from talks.importing.store import close_run, hold_lock, open_run
from talks.models import ImportRun
from talks.names import cut_stored_path
from talks.write_back.edited_posts import find_edited_posts
from talks.write_back.post_writer import write_post, write_text
from talks.write_back.write_back_report import FileOutcome, WriteBackReport, render_write_back

__all__ = ["FileOutcome", "WriteBackReport", "render_write_back", "write_back", "write_text"]


def write_back(
    paths: Iterable[str | Path] = (),
    *,
    dry_run: bool = False,
    shown: Mapping[str, str] | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> WriteBackReport:
    """Write editors' changes into the files of all posts, or only into the given files and folders; return a report.

    Raises `NotFoundError` if a path does not exist; the report contains what went wrong with single files. `on_wait` is
    called if another import must end first. With `shown`, which maps paths to the diffs that a person saw, a file whose
    diff would now be another one is not written. A dry run changes neither files nor rows.
    """
    given = list(paths)
    given_sources = {cut_stored_path(source.place): source for source in find_sources(given)} if given else None
    with nullcontext() if dry_run else hold_lock(on_wait):
        edited = [(pk, path) for pk, path in find_edited_posts() if given_sources is None or path in given_sources]
        run = open_run(escape(str(path)) for path in given) if edited and not dry_run else None
        outcomes = [_write_file(pk, path, given_sources or {}, run, shown) for pk, path in edited]
        found = tuple(outcome for outcome in outcomes if outcome)
        if run and any(outcome.written for outcome in found):
            close_run(run, [], {})
        elif run:
            run.delete()
    return WriteBackReport(found, dry_run)


def _write_file(
    pk: int, path: str, given_sources: Mapping[str, Source], run: ImportRun | None, shown: Mapping[str, str] | None
) -> FileOutcome | None:
    try:
        source = given_sources.get(path) or next(iter(find_sources([path])))
    except (NotFoundError, StopIteration, ValueError):
        if Path(path).is_absolute():
            return FileOutcome(path, fault="There is no such file any more.")
        said = "The post lies in no file: import its file, or download its Markdown, edits included, in the admin."
        return FileOutcome(path, fault=said, without_file=True)
    return write_post(source, pk, run, shown)
