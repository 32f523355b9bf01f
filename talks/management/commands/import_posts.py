"""`manage.py import_posts PATH…`: imports posts, and reports what happened to each and why."""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from talks import importing
from talks.importing.sources import MOST_WITH_IMAGES
from talks.management.command_failures import WRONG_USAGE, explain_failures

Sources = list[str | Path | importing.Content]
INTERRUPTED = 130
_SECONDS_BETWEEN_LINES = 5.0


class Command(BaseCommand):
    help = "Import posts of conference notes: markdown files, folders of them, or - for standard input."
    requires_system_checks: list[str] = []  # they load the modules of all pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input")
        parser.add_argument("--name", help="what the post on standard input is called, like 2017/day-2.md")
        parser.add_argument("--dry-run", action="store_true", help="report what would happen, write nothing")
        parser.add_argument(
            "--jobs",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="processes: one writes posts, the others read ahead",
        )
        parser.add_argument("--strict", action="store_true", help="refuse posts that have warnings")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="of the report")
        parser.add_argument("--watch", action="store_true", help="go on importing whatever is saved, until Ctrl-C")
        parser.add_argument("--last", action="store_true", help="print the report of the last run again")

    def handle(self, *, paths: list[str], name: str | None, verbosity: int, **options: Any) -> None:
        """Run the import, print its report, and exit with 1 if a post was refused.

        With --last, only the report of the last run is printed, and the exit code is 0.
        """
        if options["last"]:
            report = _read_last(paths)
        else:
            sources = _read_sources(paths, name)
            watched = _list_paths(sources) if options["watch"] else []
            with importing.collect_garbage_seldom(to_the_end=True), _explain_faults():
                report = self._import(sources, verbosity, options)
                if watched:
                    self._watch(watched, report, verbosity, options)
                    return
        if options["format"] == "json":
            self.stdout.write(importing.render_json(report))
        elif text := importing.render_text(report, verbosity=verbosity, look_at=f"{settings.SITE_URL}/"):
            self.stdout.write(text)
        if report.refused and not options["last"]:
            sys.exit(1)

    def _watch(
        self, paths: list[Path], report: importing.ImportReport, verbosity: int, options: dict[str, Any]
    ) -> None:
        """Print the report of the first import, then a line for each post saved later, until Ctrl-C."""
        self.stdout.write(importing.render_text(report, verbosity=verbosity))
        self.stdout.write("Watching. Ctrl-C ends it.")
        self.stdout.flush()

        def run(places: Collection[str] | None) -> importing.ImportReport:
            return self._import([path for path in paths if path.exists()], 0, options, only=places)

        try:
            importing.watch_posts(paths, run, self._say)
        except KeyboardInterrupt:
            self.stdout.write("\nNo longer watching. What was imported is kept.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _import(
        self, sources: Sources, verbosity: int, options: dict[str, Any], *, only: Collection[str] | None = None
    ) -> importing.ImportReport:
        with _show_progress(verbosity) as on_progress:
            return importing.import_posts(
                sources,
                only=only,
                dry_run=options["dry_run"],
                strict=options["strict"],
                jobs=1 if options["watch"] else options["jobs"],
                on_progress=on_progress,
                on_wait=lambda: self.stderr.write("Another import is running; waiting for it to end."),
            )


def _list_paths(sources: Sources) -> list[Path]:
    paths = [Path(source) for source in sources if not isinstance(source, importing.Content)]
    if len(paths) < len(sources):
        raise CommandError("Standard input cannot be watched: give files and folders.", returncode=WRONG_USAGE)
    return paths


def _read_last(paths: list[str]) -> importing.ImportReport:
    if paths:
        raise CommandError("--last takes no paths: it prints what the last run said.", returncode=WRONG_USAGE)
    report = importing.read_last()
    if report is None:
        raise CommandError("Nothing has been imported yet.")
    return report


def _read_sources(paths: list[str], name: str | None) -> Sources:
    """Return the given paths, each once; `-` becomes the content of standard input.

    Raises `CommandError` for no paths, or for `-` without a name or the reverse.
    """
    if not paths:
        raise CommandError("Give a file or a folder of posts, or - for standard input.", returncode=WRONG_USAGE)
    if ("-" in paths) != bool(name and name.strip("/ ")):
        message = "Standard input and --name go together: import_posts - --name 2017/day-2.md < notes.md"
        raise CommandError(message, returncode=WRONG_USAGE)
    most = MOST_WITH_IMAGES * settings.POST_MAX_BYTES
    read = importing.Content(name or "", sys.stdin.buffer.read(most + 1)) if name else None
    return [read if read and path == "-" else Path(path) for path in dict.fromkeys(paths)]


@contextmanager
def _explain_faults() -> Iterator[None]:
    """Turn errors that are no fault of a post into a `CommandError` with one sentence; Ctrl-C exits with 130.

    Posts imported before stay.
    """
    try:
        with explain_failures("What was imported before is kept."):
            yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise CommandError(f"The import stopped: {error.strerror}{place}. What was imported before is kept.") from error
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. What was imported before is kept; run it again for the rest.\n")
        sys.exit(INTERRUPTED)


@contextmanager
def _show_progress(verbosity: int) -> Iterator[importing.OnProgress | None]:
    """Yield what shows the progress: a bar on a terminal, lines for a log, or None if little is to be printed."""
    if not verbosity:
        yield None
    elif not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _LinePrinter()
    else:
        from talks.management.progress_bar import show_bar

        with show_bar() as on_progress:
            yield on_progress


class _LinePrinter:
    """Prints a line of progress every few seconds, for a log."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SECONDS_BETWEEN_LINES

    def __call__(self, done: int, total: int, outcome: importing.PostOutcome) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SECONDS_BETWEEN_LINES
            sys.stderr.write(f"{done:,} of {total:,} posts: {os.path.basename(outcome.path)}\n")
            sys.stderr.flush()
