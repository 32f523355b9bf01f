"""Columns of numbers: the places of words as numpy arrays. Pure.

Only the modules that answer queries use them, so that a web worker loads numpy with the first query.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a word: `rows` are documents, each with `counts` entries in `places`."""

    rows: Numbers
    counts: Numbers
    places: Numbers


NOWHERE = Places(*(np.zeros(0, np.int64) for _ in range(3)))


def read_places(values: Sequence[tuple[int, bytes]]) -> Places:
    """Decode several stored values at once; each comes with the row of its block's first document."""
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
    """Return the numbers of several ranges, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
