"""Matches new texts with old ones, like a diff, and distinguishes reworded texts from replaced ones. Pure."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from talks.importing.reconcile.likeness import Likeness
from talks.line_ends import join_lines

MOST_PAIRS = 10_000  # compared in one alignment; of more, only texts at about the same place
PLACED_ALIKE, MOVED_ALIKE, STRAYED_ALIKE = 0.12, 0.4, 0.5  # by words; measured with bench/permalinks.py
_LETTERS_UP_TO = 300  # longer texts are compared by words, and no further than this many of them


def align_texts(old: Sequence[str], new: Sequence[str], *, threshold: float) -> list[int | None]:
    """Return for each new text the index of the old text that it continues, or None.

    Equal texts match wherever they moved, the first with the first. Of the other texts those match whose likeness
    reaches the threshold, in order: first between equal texts that kept their order, then among all that are left.
    """
    matched = _pair_equal(old, new)
    for olds, news in [*_find_gaps(matched, len(old), len(new)), (range(len(old)), range(len(new)))]:
        taken = set(matched.values())
        old_left = [i for i in olds if i not in taken]
        new_left = [j for j in news if j not in matched]
        pairs = _compare(lambda i, j: measure_text_likeness(old[i], new[j], threshold), old_left, new_left, threshold)
        matched.update(_pair_in_order(pairs, old_left, new_left))
    return [matched.get(j) for j in range(len(new))]


@dataclass(frozen=True, slots=True)
class Note:
    """A takeaway's text for matching, and the index of its talk in the post; -1 if the post no longer has the talk."""

    text: str
    talk: int


def pair_equal_notes(old: Sequence[Note], new: Sequence[Note]) -> dict[int, int]:
    """Pair notes with equal texts, first within each talk, then anywhere; return old index by new index."""
    matched: dict[int, int] = {}
    for whole in (False, True):
        sides = [[f"{join_lines(note.text)}\n{-1 if whole else note.talk}" for note in notes] for notes in (old, new)]
        old_left, new_left = _find_left(matched, len(old), len(new))
        equal = _pair_equal([sides[0][i] for i in old_left], [sides[1][j] for j in new_left])
        matched.update({new_left[j]: old_left[i] for j, i in equal.items()})
    return matched


def align_notes(
    old: Sequence[Note], new: Sequence[Note], likeness: Likeness, settled: Mapping[int, int | None]
) -> list[int | None]:
    """Return for each new note of a post the index of the old note that it continues, or None.

    `settled` are pairs that are known already, old index by new one, with None for a new note that continues no old
    note. Of the other notes, one between the same neighbours needs little likeness, one that moved within its talk
    needs more, and one that moved to another talk most.
    """
    matched = dict(settled)
    for talk in sorted({note.talk for note in new}):
        matched.update(_align_talk(old, new, talk, matched, likeness))
    old_left, new_left = _find_left(matched, len(old), len(new))
    for talk in sorted({new[j].talk for j in new_left}):
        olds = [i for i in old_left if old[i].talk == talk]
        news = [j for j in new_left if new[j].talk == talk]
        matched.update(pair_alike(likeness.compare, olds, news, MOVED_ALIKE))
    matched.update(pair_alike(likeness.compare, *_find_left(matched, len(old), len(new)), STRAYED_ALIKE))
    return [matched.get(j) for j in range(len(new))]


def _find_left(matched: Mapping[int, int | None], old_count: int, new_count: int) -> tuple[list[int], list[int]]:
    taken = set(matched.values())
    return [i for i in range(old_count) if i not in taken], [j for j in range(new_count) if j not in matched]


def _align_talk(
    old: Sequence[Note], new: Sequence[Note], talk: int, matched: Mapping[int, int | None], likeness: Likeness
) -> dict[int, int]:
    """Pair notes of one talk that are not `matched` yet, each within its gap between matched pairs.

    Return the index of the old note by that of the new one, for the pairs found here alone.
    """
    olds = [i for i, note in enumerate(old) if note.talk == talk]
    news = [j for j, note in enumerate(new) if note.talk == talk]
    place = {i: number for number, i in enumerate(olds)}
    known = {number: place[i] for number, j in enumerate(news) if (i := matched.get(j)) in place}
    taken = set(matched.values())
    found: dict[int, int] = {}
    for old_gap, new_gap in _find_gaps(known, len(olds), len(news)):
        old_left = [olds[number] for number in old_gap if olds[number] not in taken]
        new_left = [news[number] for number in new_gap if news[number] not in matched]
        pairs = _compare(likeness.compare, old_left, new_left, PLACED_ALIKE)
        found.update(_pair_in_order(pairs, old_left, new_left))
    return found


def _pair_equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for i, text in enumerate(old):
        places[join_lines(text)].append(i)
    return {j: places[shape].popleft() for j, text in enumerate(new) if places.get(shape := join_lines(text))}


def _find_gaps(matched: dict[int, int], old_count: int, new_count: int) -> Iterator[tuple[range, range]]:
    """Yield the gaps before, between and behind matched pairs; pairs that changed their order are ignored.

    A gap is two ranges of indexes, of old and of new texts. Gaps in which either range is empty are left out.
    """
    old_from = new_from = 0
    for j, i in [*_choose_ordered(sorted(matched.items())), (new_count, old_count)]:
        if i > old_from and j > new_from:
            yield range(old_from, i), range(new_from, j)
        old_from, new_from = i + 1, j + 1


def _choose_ordered(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest sequence of the pairs, which are sorted by the first index, in which the second rises too."""
    tails: list[int] = []
    tail_at: list[int] = []
    previous: list[int] = []
    for index, (_, i) in enumerate(pairs):
        length = bisect_left(tails, i)
        previous.append(tail_at[length - 1] if length else -1)
        tails[length:] = [i]
        tail_at[length:] = [index]
    kept = []
    index = tail_at[-1] if tail_at else -1
    while index >= 0:
        kept.append(pairs[index])
        index = previous[index]
    return kept[::-1]


def _compare(
    compare: Callable[[int, int], float], olds: Sequence[int], news: Sequence[int], threshold: float
) -> dict[tuple[int, int], float]:
    """Return the likeness of pairs of texts that reaches the threshold, by (place in `news`, place in `olds`).

    `olds` and `news` hold the indexes that `compare` takes. Of very many texts, each is compared only with those at
    about the same place.
    """
    band = max(1, MOST_PAIRS // max(len(news), len(olds), 1))
    ratios = {}
    for b, j in enumerate(news):
        middle = b * len(olds) // len(news)
        for a in range(max(0, middle - band), min(len(olds), middle + band + 1)):
            if (ratio := compare(olds[a], j)) >= threshold:
                ratios[b, a] = ratio
    return ratios


def _pair_in_order(ratios: Mapping[tuple[int, int], float], olds: Sequence[int], news: Sequence[int]) -> dict[int, int]:
    """Return old index by new index: the pairs with the greatest sum of likeness of which no two cross."""
    return {news[b]: olds[a] for b, a in _choose_heaviest(ratios, len(olds))}


def pair_alike(
    compare: Callable[[int, int], float], olds: Sequence[int], news: Sequence[int], threshold: float
) -> dict[int, int]:
    """Return old index by new index for pairs whose likeness reaches the threshold; pairs may cross.

    The most similar pair is chosen first. Each text is in one pair at most.
    """
    ratios = _compare(compare, olds, news, threshold)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for b, a in sorted(ratios, key=lambda pair: (-ratios[pair], pair)):
        if news[b] not in pairs and a not in taken:
            pairs[news[b]] = olds[a]
            taken.add(a)
    return pairs


def _choose_heaviest(ratios: Mapping[tuple[int, int], float], width: int) -> Iterator[tuple[int, int]]:
    """Yield, last first, the pairs (new place, old place) with the greatest sum of likeness in which both places rise.

    `ratios` gives the likeness by pair. The pairs are found by a tree of prefix maxima; `width` is the number of old
    places.
    """
    tree: list[tuple[float, int]] = [(0.0, -1)] * (width + 1)
    chain: list[tuple[tuple[int, int], int]] = []  # a pair, and the index in this list of the pair before it
    for _, row in groupby(sorted(ratios), key=itemgetter(0)):
        reached = []
        for pair in row:
            weight, before = max(tree[place] for place in _walk_down(pair[1]))
            reached.append((pair[1] + 1, (weight + ratios[pair], len(chain))))
            chain.append((pair, before))
        for place, entry in reached:
            for above in _walk_up(place, width):
                tree[above] = max(tree[above], entry)
    at = max(tree)[1]
    while at >= 0:
        pair, at = chain[at]
        yield pair


def _walk_down(place: int) -> Iterator[int]:
    yield 0
    while place:
        yield place
        place &= place - 1


def _walk_up(place: int, width: int) -> Iterator[int]:
    while place <= width:
        yield place
        place += place & -place


def measure_text_likeness(old: str, new: str, threshold: float) -> float:
    """Return how similar two texts are, from 0 to 1; if the likeness cannot reach the threshold, any value below it.

    Texts are compared by letters; if one has more than 300 letters, both by their first 300 words.
    """
    letters = max(len(old), len(new)) <= _LETTERS_UP_TO
    sides = [list(text) if letters else text.split()[:_LETTERS_UP_TO] for text in (old, new)]
    matcher = SequenceMatcher(None, sides[0], sides[1], autojunk=False)
    for look in (matcher.real_quick_ratio, matcher.quick_ratio):
        if (bound := look()) < threshold:
            return bound
    return matcher.ratio()
