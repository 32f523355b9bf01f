"""Groups pairs by their first parts. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def group_pairs(pairs: Iterable[tuple[K, V]]) -> defaultdict[K, list[V]]:
    """Return by each first part the list of the second parts, in their order; an empty list for any other key."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
