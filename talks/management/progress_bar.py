"""The progress bar of an import, loaded on a terminal alone: loading it takes longer than many an import."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from talks.importing import OnProgress, PostOutcome

_SECONDS_BETWEEN_MOVES = 0.1


@contextmanager
def show_bar() -> Iterator[OnProgress]:
    """Show a progress bar on standard error; yield the function that is told of each post done and moves the bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # A bar that draws itself would do so in a thread, beside which the process must not be copied for its workers.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        yield _BarMover(progress)


class _BarMover:
    """Moves a progress bar when it is told of a post done, several times a second at most."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._task = progress, progress.add_task("Importing", total=None)
        self._next = time.monotonic()

    def __call__(self, done: int, total: int, outcome: PostOutcome) -> None:
        now = time.monotonic()
        due = done == total or now >= self._next
        if due:
            self._next = now + _SECONDS_BETWEEN_MOVES
        self._progress.update(self._task, completed=done, total=total, refresh=due)
