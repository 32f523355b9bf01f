"""Says when a batch of an import is full: writing it may lock the base for about a second."""

import time
from collections.abc import Sequence

from talks.importing.batch import Pending

_MOST_POSTS, _SECONDS = 100, 1.0  # seconds for which reading a batch may take, and writing it may lock the base
# Writing a batch has costs that do not depend on its size. So a batch waits for eight short posts, but no longer than
# five seconds, even if reading them takes more than a second.
_LEAST_POSTS, _SHORT, _LONGEST_SECONDS = 8, 30_000, 5.0


class BatchSize:
    """How many posts the next batch may have, and since when it has been filled."""

    def __init__(self) -> None:
        self._most = _MOST_POSTS
        self.begin()

    def begin(self) -> None:
        """Count seconds from now."""
        self._begun = time.monotonic()

    def is_full(self, batch: Sequence[Pending]) -> bool:
        """Return whether the batch that is being filled must be written before another post is read."""
        seconds = time.monotonic() - self._begun
        return (
            len(batch) >= self._most
            or seconds > _LONGEST_SECONDS
            or (seconds > _SECONDS and len(batch) >= _count_least(batch))
        )

    def fit_next(self, batch: Sequence[Pending], seconds: float) -> None:
        """Limit the next batch so that writing it takes about a second, since writing `batch` took `seconds`."""
        fitting = int(len(batch) * _SECONDS / (seconds + 1e-6))
        self._most = max(_count_least(batch) // 2, min(_MOST_POSTS, fitting), 1)


def _count_least(batch: Sequence[Pending]) -> int:
    """Return how many posts make a batch large enough: eight, or one if the batch has a long post."""
    return _LEAST_POSTS if all(len(post.reading.text) <= _SHORT for post in batch) else 1
