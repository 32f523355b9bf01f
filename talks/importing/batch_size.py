"""Says when a batch of an import is full: writing it may lock the base for about a second."""

import time
from collections.abc import Sequence

from talks.importing.batch import Pending

_MOST_POSTS, _SECONDS = 100, 1.0  # seconds for which reading a batch may take, and writing it may lock the base
# Writing a batch has costs that do not depend on its size. So a batch waits for eight short posts, but no longer than
# five seconds, even if reading them takes more than a second.
_LEAST_POSTS, _SHORT, _LONGEST_SECONDS = 8, 30_000, 5.0


class BatchSize:
    """Decides when a batch is full: by its number of posts, and by the seconds since its first post was waited for."""

    def __init__(self) -> None:
        self._most = _MOST_POSTS
        self.begin()

    def begin(self) -> None:
        """Note that the wait for the batch's first post begins now: `is_full` counts seconds from here."""
        self._begun = time.monotonic()

    def is_full(self, batch: Sequence[Pending], left: int | None = None) -> bool:
        """Return whether the batch must be written before another post is read.

        It must if it has as many posts as `fit_next` allowed (100 at first), after five seconds, or after one second if
        it is large enough by `_count_least`. While workers parse the last posts of a run, it must if it has as many
        posts as are `left`, so that little is to be written when all are parsed.
        """
        seconds = time.monotonic() - self._begun
        return (
            len(batch) >= self._most
            or (left is not None and len(batch) >= max(left, _LEAST_POSTS))
            or seconds > _LONGEST_SECONDS
            or (seconds > _SECONDS and len(batch) >= _count_least(batch))
        )

    def fit_next(self, batch: Sequence[Pending], seconds: float) -> None:
        """Limit the next batch to the number of posts that can be written in about a second, 100 at most.

        That number follows from the `seconds` that writing `batch` took.
        """
        fitting = int(len(batch) * _SECONDS / (seconds + 1e-6))
        self._most = max(_count_least(batch) // 2, min(_MOST_POSTS, fitting), 1)


def _count_least(batch: Sequence[Pending]) -> int:
    """Return how many posts make a batch large enough: eight, or one if a post has over 30,000 characters."""
    return _LEAST_POSTS if all(len(post.reading.text) <= _SHORT for post in batch) else 1
