"""Columns of numbers: the places of words as the engine reckons with them. Pure.

Only what answers questions reckons so. A web worker loads numpy with the first question, and not at its start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a word stands: `rows` are documents, each `counts` times in `places`."""

    rows: Numbers
    counts: Numbers
    places: Numbers


NOWHERE = Places(*(np.zeros(0, np.int64) for _ in range(3)))


def read_places(values: Sequence[tuple[int, bytes]]) -> Places:
    """The places in several values at once; with each comes the row of its block's first document."""
    if not values:
        return NOWHERE
    numbers = np.frombuffer(b"".join(value for _, value in values), "<u4").astype(np.int64)
    sizes = np.fromiter((len(value) // 4 for _, value in values), np.int64, len(values))
    starts = np.cumsum(sizes) - sizes
    documents = numbers[starts]
    heads = numbers[spread(starts + 1, documents)]
    first = np.fromiter((row for row, _ in values), np.int64, len(values))
    places = numbers[spread(starts + 1 + documents, sizes - 1 - documents)]
    return Places(np.repeat(first, documents) + (heads >> 16), heads & 0xFFFF, places)


def spread(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers of several ranges, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
