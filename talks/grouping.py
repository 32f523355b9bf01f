"""Groups the second parts of pairs by the first parts. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def group_pairs(pairs: Iterable[tuple[K, V]]) -> defaultdict[K, list[V]]:
    """Return a dictionary from each first part of the pairs to its second parts, in order.

    Other keys give an empty list.
    """
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
