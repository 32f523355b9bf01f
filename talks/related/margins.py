"""Elsewhere, in the margin: beside a takeaway, what other talks say of the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from talks.models import Takeaway
from talks.names import fold_accents
from talks.related.tag_rows import find_takeaways

BESIDE_A_TAKEAWAY = 3
_TRIED = 3  # times as many as are shown are looked up: some may not be seen
_SHORTEST_WORD = 4
_WORD_WEIGHT = 0.5
_TELLING_LENGTHS = range(40, 400)

Chosen = dict[int, dict[int, Set[int]]]
"""For a takeaway's primary key those that may stand beside it, each with the subjects that both mention."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling subjects are, and what each talk that has one of them shares with the talk that is read."""

    subjects: Mapping[int, float]
    shared: Mapping[int, Collection[int]]

    def sum(self, subjects: Iterable[int]) -> float:
        """How telling it is to share all of these."""
        return sum(self.subjects.get(subject, 1.0) for subject in subjects)

    def rank_talk(self, talk: int) -> float:
        """How telling it is what the talk shares with the one that is read."""
        return self.sum(self.shared.get(talk, ()))


def choose_candidates(talk: int, mentions: Mapping[int, Set[int]], weights: Weights) -> Chosen:
    """Takeaways of other talks for each takeaway that mentions something (its key -> its subjects), one a talk."""
    by_subject: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for subject, takeaway, other in find_takeaways({subject for subjects in mentions.values() for subject in subjects}):
        if other != talk:
            by_subject[subject].append((takeaway, other))
    chosen = {}
    for pk, subjects in mentions.items():
        met: dict[tuple[int, int], set[int]] = defaultdict(set)
        for subject in subjects:
            for key in by_subject.get(subject, ()):
                met[key].add(subject)
        if met:
            chosen[pk] = _take_one_a_talk(met, weights)
    return chosen


def _take_one_a_talk(met: Mapping[tuple[int, int], set[int]], weights: Weights) -> dict[int, Set[int]]:
    def rank(key: tuple[int, int]) -> tuple[float, float, int]:
        takeaway, talk = key
        return -weights.sum(met[key]), -weights.rank_talk(talk), -takeaway

    taken: dict[int, int] = {}
    for takeaway, talk in sorted(met, key=rank):
        taken.setdefault(talk, takeaway)
        if len(taken) == _TRIED * BESIDE_A_TAKEAWAY:
            break
    return {takeaway: met[takeaway, talk] for talk, takeaway in taken.items()}


def settle(
    takeaways: Sequence[Takeaway], chosen: Chosen, found: Mapping[int, Takeaway], *, day: int, weights: Weights
) -> dict[int, list[Takeaway]]:
    """What is shown beside each: what was said elsewhere before what the same `day` said, then what shares most.

    Nothing stands twice on a page: a margin that says the same again is not read.
    """
    shown: set[int] = set()
    settled = {}
    for row in takeaways:
        beside = chosen.get(row.pk, {})
        own = read_words(row.text)

        def rank(pk: int, *, own: Set[str] = own, beside: Mapping[int, Set[int]] = beside) -> tuple[bool, float]:
            other = found[pk]
            words = _WORD_WEIGHT * len(own & read_words(other.text)) + (len(other.text) in _TELLING_LENGTHS)
            return other.talk.day_id == day, -weights.sum(beside[pk]) - words

        if best := sorted((pk for pk in beside if pk in found and pk not in shown), key=rank)[:BESIDE_A_TAKEAWAY]:
            settled[row.pk] = [found[pk] for pk in best]
            shown.update(best)
    return settled


def read_words(text: str) -> set[str]:
    """The words by which two texts are alike."""
    return {word for word in fold_accents(text).split() if len(word) >= _SHORTEST_WORD}
