"""Ranks documents by the scores of the query's parts, and by how near each other the query's words occur."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from talks.search.columns import Numbers, list_distinct
from talks.search.matching import Match, Scores
from talks.search.occurrences import Occurrences, follow
from talks.search.postings import UNIT_BITS

NEAR = 0.35  # gain for all words in one takeaway or title, as a share of the words' own scores
ADJACENT = 0.25  # gain for two words side by side as in the query, as a share of the neighbour's score
MOST_COMPARED = 150  # the best documents, whose words' distances are compared


@dataclass(frozen=True, slots=True)
class Group:
    """A word or phrase of the query with its match; `offset` is the number of its first word in the query, from 0."""

    label: str
    match: Match
    offset: int


def add_scores(groups: Sequence[Group], size: int) -> Scores:
    """Return for each row the sum of the scores of all groups."""
    total = np.zeros(size)
    for group in groups:
        if group.match.score is not None:
            total += group.match.score
    return total


def rank(groups: Sequence[Group], rows: Numbers, total: Scores, year: Numbers, key: Numbers) -> Numbers:
    """Return the rows sorted by their scores in `total`, best first; of equal scores, the latest year first.

    For the best rows the nearness of the query's words is computed, and added to `total`.
    """
    if not len(rows):
        return rows
    rows = rows[_sort(total, rows, year, key)]
    first = rows[:MOST_COMPARED]
    if len(groups) > 1:
        add_nearness(groups, first, total)
        rows = np.concatenate([first[_sort(total, first, year, key)], rows[MOST_COMPARED:]])
    return rows


def sort_newest(rows: Numbers, year: Numbers, day: Numbers, key: Numbers, *, oldest: bool = False) -> Numbers:
    """Return the rows sorted by year, latest first (with `oldest`, earliest first); rows without a year come last.

    Within a year they are sorted by number of the day, the first day first, then in the order in which they were added.
    """
    when = year[rows]
    when = np.where(when == 0, 9999, when) if oldest else -when
    return rows[np.lexsort((np.abs(key[rows]), day[rows], when))]


def add_nearness(groups: Sequence[Group], rows: Numbers, total: Scores) -> None:
    """Add to the scores `total` of these rows a bonus for words of the query that occur near each other."""
    compared = np.zeros(len(total), bool)
    compared[rows] = True
    found = [group.match.found.pick(compared[group.match.found.rows]) for group in groups]
    rarities = [group.match.rarity for group in groups]
    keys = [list_distinct(one.rows << 32 | one.units) for one in found]
    joined, place = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.bincount(place, np.concatenate([np.full(len(k), r) for k, r in zip(keys, rarities, strict=True)]))
    best = np.zeros(len(total))
    np.maximum.at(best, joined >> 32, sums)
    total[rows] += NEAR * best[rows]
    for index, (group, following) in enumerate(pairwise(groups)):
        beside = follow_at(found[index], found[index + 1], following.offset - group.offset)
        total[list_distinct(beside.rows)] += ADJACENT * min(rarities[index], rarities[index + 1])


def follow_at(first: Occurrences, second: Occurrences, distance: int) -> Occurrences:
    """Return the occurrences of the first word where the second comes `distance` words later; 1 is the next word."""
    moved = Occurrences(second.rows, second.places - (distance - 1), second.weights)
    return follow([first, moved])


def find_units(groups: Sequence[Group], row: int, first: int) -> list[int]:
    """Return the numbers of the units (such as takeaways) of the row's document that have words of the query.

    The best come first. Units before number `first` are left out.
    """
    sums: dict[int, float] = {}
    for group in groups:
        found = group.match.found
        here = found.rows == row
        units: dict[int, float] = {}
        for place, weight in zip(found.places[here].tolist(), found.weights[here].tolist(), strict=True):
            unit = place >> UNIT_BITS
            if unit >= first:
                units[unit] = max(weight, units.get(unit, 0))
        for unit, weight in units.items():
            sums[unit] = sums.get(unit, 0) + group.match.rarity * weight
    return sorted(sums, key=lambda unit: (-sums[unit], unit))


def _sort(total: Scores, rows: Numbers, year: Numbers, key: Numbers) -> Numbers:
    return np.lexsort((np.abs(key[rows]), -year[rows], -np.round(total[rows], 6)))
