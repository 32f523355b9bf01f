"""Loads occurrences of words in the documents that the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from talks.search.columns import Numbers, mark_members, read_places
from talks.search.documents import ENDS, Zone
from talks.search.engine import read_postings
from talks.search.postings import UNIT_BITS
from talks.search.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Places where words occur, each with the row of its document in the snapshot and a weight.

    A place is a number made of the number of a unit, such as a takeaway, and that of a word in the unit (`postings`).
    The weight is 1 for the queried word itself.
    """

    rows: Numbers
    places: Numbers
    weights: npt.NDArray[np.float64]

    @property
    def units(self) -> Numbers:
        """The number of the unit (such as the title or a takeaway) for each occurrence."""
        return self.places >> UNIT_BITS

    def pick(self, chosen: Any) -> "Occurrences":
        """Return the occurrences that a mask, or an array of indexes, chooses."""
        return Occurrences(self.rows[chosen], self.places[chosen], self.weights[chosen])

    def within(self, zone: Zone) -> "Occurrences":
        """Return the occurrences in one zone of the documents."""
        units = self.units
        return self.pick((units >= zone) & (units < ENDS[zone]))


NONE = Occurrences(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def join_occurrences(several: Iterable[Occurrences]) -> Occurrences:
    found = [one for one in several if len(one.rows)]
    if len(found) < 2:
        return found[0] if found else NONE
    return Occurrences(*(np.concatenate([getattr(o, name) for o in found]) for name in ("rows", "places", "weights")))


def follow(words: list[Occurrences]) -> Occurrences:
    """Return the occurrences of the first word that the other words follow directly, in this order."""
    first, *others = words
    places = combine(first)
    chosen = np.ones(len(places), bool)
    for distance, other in enumerate(others, 1):
        chosen &= mark_members(places, combine(other) - distance)
    return first.pick(chosen)


def meet(words: list[Occurrences]) -> Occurrences:
    """Return the occurrences of the first word in units, such as takeaways, that contain all words in any order."""
    first, *others = words
    units = _combine_units(first)
    chosen = np.ones(len(units), bool)
    for other in others:
        chosen &= mark_members(units, _combine_units(other))
    return first.pick(chosen)


def combine(found: Occurrences) -> Numbers:
    """Return for each occurrence one number made of its row and its place, for comparing occurrences."""
    return found.rows << 32 | found.places


def _combine_units(found: Occurrences) -> Numbers:
    return found.rows << 32 | found.units


class Reader:
    """Loads occurrences of words in documents that the reader may see, and remembers those of each word."""

    def __init__(self, snapshot: Snapshot, *, staff: bool) -> None:
        self.snapshot = snapshot
        self.staff = staff
        self.visible = snapshot.list_visible(staff=staff)
        self._found: dict[str, Occurrences] = {}

    def load(self, words: Iterable[str]) -> None:
        """Load the occurrences of the words, unless they are loaded already, with one query."""
        missing = [word for word in dict.fromkeys(words) if word not in self._found]
        values = read_postings(missing) if missing else {}
        for word in missing:
            held = [(self.snapshot.bases[b], value) for b, value in values.get(word, ()) if b in self.snapshot.bases]
            self._found[word] = self._read(held) if held else NONE

    def find(self, word: str, weight: float = 1.0) -> Occurrences:
        """Return the occurrences of a word with the given weight."""
        if word not in self._found:
            self.load([word])
        found = self._found[word]
        return found if weight == 1 else Occurrences(found.rows, found.places, found.weights * weight)

    def _read(self, held: Sequence[tuple[int, bytes]]) -> Occurrences:
        rows, places = read_places(held)
        seen = self.visible[rows]
        rows = rows[seen]
        return Occurrences(rows, places[seen], np.ones(len(rows)))
