"""Marks the words in which two versions of a text differ. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 1_500  # comparing takes their product
_LEAST_COMMON = 0.3  # as a share: texts with less in common are easier read as they are


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text, and whether the other text differs there."""

    text: str
    differs: bool


def mark_differences(one: str, other: str) -> tuple[list[Stretch], list[Stretch]]:
    """Return both texts as lists of stretches, each of which says whether the texts differ there.

    No stretch is marked if a text has more than `_MOST_WORDS` pieces, or the two have too little in common.
    """
    words, other_words = _PIECE.findall(one), _PIECE.findall(other)
    plain = [Stretch(one, differs=False)][: len(one)], [Stretch(other, differs=False)][: len(other)]
    if max(len(words), len(other_words)) > _MOST_WORDS:
        return plain
    matcher = SequenceMatcher(None, words, other_words, autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if _count(words[block.a : block.a + block.size])]
    common = sum(_count(words[block.a : block.a + block.size]) for block in same)
    if 2 * common < _LEAST_COMMON * (_count(words) + _count(other_words)):
        return plain
    here, there = [(a, size) for a, _, size in same], [(b, size) for _, b, size in same]
    return list(_cut(words, here)), list(_cut(other_words, there))


def _count(words: Sequence[str]) -> int:
    """Return how many of the pieces of a text are not white space.

    White space that both texts have does not count as common: it would only split a changed stretch.
    """
    return sum(not word.isspace() for word in words)


def _cut(words: Sequence[str], same: list[tuple[int, int]]) -> Iterator[Stretch]:
    done = 0
    for start, size in [*same, (len(words), 0)]:
        for begin, end, differs in ((done, start, True), (start, start + size, False)):
            if begin < end:
                yield Stretch("".join(words[begin:end]), differs)
        done = start + size
