"""Measures how similar notes are by their common words: rare and long words count more. Pure."""

import math
from collections import Counter
from collections.abc import Sequence

from talks import names
from talks.late_patterns import compile_late

# The beginning of a word, to recognise it with another ending; Han, kana and hangul letter by letter.
_WORD = compile_late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_TOLD_BY = 5
_LONG = 8
_MOST_WORDS = 400

Bag = Counter[str]


class Likeness:
    """Compares old texts with new ones; texts are named by their indexes.

    Of each text the first 400 words count, and of each word the first five letters.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._lengths: dict[str, int] = {}
        self._old, self._new = ([self._count(text) for text in texts] for texts in (old, new))
        self._weights = self._weigh()
        self._sizes = [[self._sum(bag) for bag in bags] for bags in (self._old, self._new)]

    def compare(self, i: int, j: int) -> float:
        """Return the likeness of old text `i` and new text `j`, from 0 (no common word) to 1 (equal words)."""
        size = self._sizes[0][i] + self._sizes[1][j]
        return 2 * self._sum(self._old[i] & self._new[j]) / size if size else 0.0

    def measure_share(self, i: int, j: int, but: int) -> float:
        """Return which share of old text `i`, from 0 to 1, is in new text `j` and not explained by old text `but`.

        Words are weighed, as in `compare`.
        """
        size = self._sizes[0][i]
        return self._sum(self._old[i] & (self._new[j] - self._old[but])) / size if size else 0.0

    def _count(self, text: str) -> Bag:
        bag: Bag = Counter()
        for word in _WORD.findall(names.fold(text))[:_MOST_WORDS]:
            bag[word[:_TOLD_BY]] += 1
            self._lengths[word[:_TOLD_BY]] = min(len(word), _LONG)
        return bag

    def _weigh(self) -> dict[str, float]:
        """Return the weight of each word: the longer the word and the fewer the texts with it, the greater."""
        common = [Counter(word for bag in bags for word in bag) for bags in (self._old, self._new)]
        total = max(len(self._old), len(self._new), 1)
        return {
            word: length * math.log(1 + total / max(common[0][word], common[1][word]))
            for word, length in self._lengths.items()
        }

    def _sum(self, bag: Bag) -> float:
        return sum(self._weights[word] * number for word, number in bag.items())
