"""Numpy arrays of numbers, such as the places of words in documents. Pure.

Only modules that answer queries use this module, so that a web worker loads numpy with the first query.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def read_places(values: Sequence[tuple[int, bytes]]) -> tuple[Numbers, Numbers]:
    """Decode values of `postings.pack_documents`, one for each block, given with the row of the block's slot 0.

    Return two arrays with an entry for each place: the row of its document, and the place itself.
    """
    numbers = np.frombuffer(b"".join(value for _, value in values), "<u4").astype(np.int64)
    sizes = np.fromiter((len(value) // 4 for _, value in values), np.int64, len(values))
    starts = np.cumsum(sizes) - sizes
    documents = numbers[starts]
    heads = numbers[spread(starts + 1, documents)]
    first = np.fromiter((row for row, _ in values), np.int64, len(values))
    places = numbers[spread(starts + 1 + documents, sizes - 1 - documents)]
    return np.repeat(np.repeat(first, documents) + (heads >> 16), heads & 0xFFFF), places


def list_distinct(numbers: Numbers) -> Numbers:
    """Return the distinct numbers, sorted.

    `np.unique` would load masked arrays, which takes as long as loading the rest of numpy.
    """
    numbers = np.sort(numbers, kind="stable")
    return numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])] if len(numbers) else numbers


def mark_members(numbers: Numbers, members: Numbers) -> npt.NDArray[np.bool_]:
    """Return an array that says of each number whether it is one of the `members`."""
    if not len(members):
        return np.zeros(len(numbers), bool)
    members = np.sort(members, kind="stable")  # runs that are sorted already take little time
    return members[np.minimum(np.searchsorted(members, numbers), len(members) - 1)] == numbers


def spread(starts: Numbers, lengths: Numbers) -> Numbers:
    """Return all numbers of several ranges, one range after the other: starts 2, 7 and lengths 2, 1 give 2, 3, 7."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
