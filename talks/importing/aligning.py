"""Which of the new texts is which of the old ones, like a diff that knows rewording from replacing. Pure."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from talks.importing.identity import collapse

MOST_PAIRS = 10_000  # compared in one alignment; beyond that only texts at about the same place are
_LETTERS_UP_TO = 300  # longer texts are compared by words, and no further than this many of them


def align(old: Sequence[str], new: Sequence[str], *, threshold: float) -> list[int | None]:
    """For each new text the index of the old one that it continues, or None.

    Equal texts find each other wherever they moved, the first the first. What is left is matched by
    similarity and in order: between the equal ones that kept their order, then across all of the rest.
    """
    matched = _pair_equal(old, new)
    for olds, news in [*_find_gaps(matched, len(old), len(new)), (range(len(old)), range(len(new)))]:
        taken = set(matched.values())
        old_left = [i for i in olds if i not in taken]
        new_left = [j for j in news if j not in matched]
        matched.update(_pair_similar(old, new, old_left, new_left, threshold))
    return [matched.get(j) for j in range(len(new))]


def _pair_equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for i, text in enumerate(old):
        places[collapse(text)].append(i)
    return {j: places[shape].popleft() for j, text in enumerate(new) if places.get(shape := collapse(text))}


def _find_gaps(matched: dict[int, int], old_count: int, new_count: int) -> Iterator[tuple[range, range]]:
    """Stretches between the pairs that kept their order."""
    old_from = new_from = 0
    for j, i in [*_keep_ordered(sorted(matched.items())), (new_count, old_count)]:
        if i > old_from and j > new_from:
            yield range(old_from, i), range(new_from, j)
        old_from, new_from = i + 1, j + 1


def _keep_ordered(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both sides rise."""
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


def _pair_similar(
    old: Sequence[str], new: Sequence[str], olds: list[int], news: list[int], threshold: float
) -> dict[int, int]:
    """The pairs, in order on both sides, whose similarities add up to the most."""
    band = max(1, MOST_PAIRS // max(len(new), len(old), 1))
    ratios = {}
    for b, j in enumerate(news):
        middle = b * len(olds) // len(news)
        for a in range(max(0, middle - band), min(len(olds), middle + band + 1)):
            if (ratio := measure(old[olds[a]], new[j], threshold)) >= threshold:
                ratios[b, a] = ratio
    return {news[b]: olds[a] for b, a in _choose_heaviest(ratios, len(olds))}


def _choose_heaviest(ratios: dict[tuple[int, int], float], width: int) -> Iterator[tuple[int, int]]:
    """The heaviest chain of pairs that rise on both sides, last pair first; by a tree of prefix maxima."""
    tree: list[tuple[float, int]] = [(0.0, -1)] * (width + 1)
    chain: list[tuple[tuple[int, int], int]] = []  # a pair, and where in this list the one before it stands
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


def measure(old: str, new: str, threshold: float) -> float:
    """How alike two texts are, from 0 to 1; some value below the threshold as soon as it cannot be reached."""
    letters = max(len(old), len(new)) <= _LETTERS_UP_TO
    sides = [list(text) if letters else text.split()[:_LETTERS_UP_TO] for text in (old, new)]
    matcher = SequenceMatcher(None, sides[0], sides[1], autojunk=False)
    for look in (matcher.real_quick_ratio, matcher.quick_ratio):
        if (bound := look()) < threshold:
            return bound
    return matcher.ratio()
