"""Chooses what a talk's page shows in its margin, so that each entry fits beside its own takeaway.

A tag is named once a talk, beside the first takeaway that mentions it. Heights here are in rem of the stylesheet; they
are estimated from numbers of characters, and rather too large than too small for entries.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from talks.models import CountedTag, Takeaway
from talks.related.highlights import rank_text

QUOTED = 1 / 5  # of a talk's takeaways at most
_SHORTEST_QUOTE, _LONGEST_QUOTE = 40, 105
_LINE, _GAP, _NESTED_GAP, _HEADING, _END = 1.62, 0.75, 0.4, 2.6, 4.0
_TAGS, _SUMMARY, _QUOTED_LINE, _BYLINE, _AIR = 1.13, 1.09, 1.12, 1.09, 1.5
_IN_A_LINE, _IN_A_QUOTED_LINE, _IN_A_BYLINE = 80, 28, 30  # characters


def name_once(takeaways: Sequence[Takeaway]) -> dict[int, list[CountedTag]]:
    """Return by takeaway id the tags that this takeaway mentions and no earlier one.

    Takeaways without any are left out.
    """
    named: set[int] = set()
    first = {}
    for row in takeaways:
        if tags := [tag for tag in row.mentioned if tag.pk not in named]:
            first[row.pk] = tags
            named.update(tag.pk for tag in tags)
    return first


def fit_margin(takeaways: Sequence[Takeaway], named: Mapping[int, Any], beside: dict[int, list[Any]]) -> set[int]:
    """Return the ids of the takeaways beside which the margin quotes a related takeaway.

    `named` has the takeaways with an entry in the margin, `beside` their related takeaways. An entry has room down to
    the next entry. With no room for a second line, the takeaway is removed from `beside`. With room for a telling
    related takeaway, the most telling one is moved to the front of its list in `beside`, and may be quoted. The most
    telling of all takeaways to be quoted are returned: at most the share `QUOTED` of the talk's takeaways, but at least
    one if there is any.
    """
    found = []
    for row, room in _list_rooms(takeaways, named):
        others = beside.get(row.pk, [])
        if room < _TAGS + _SUMMARY:
            beside.pop(row.pk, None)
        elif fitting := [other for other in others if is_telling(other.text) and _measure_quote(other, others) <= room]:
            best = max(fitting, key=lambda other: rank_text(other.text))
            beside[row.pk] = [best, *(other for other in others if other is not best)]
            found.append((rank_text(best.text), row.pk))
    found.sort(key=lambda each: -each[0])
    return {pk for _, pk in found[: max(1, int(len(takeaways) * QUOTED))]}


def is_telling(text: str) -> bool:
    """Whether a takeaway's text is worth quoting alone: no fragment, no title, and no name with a position.

    It has 40 characters or more, begins with no small letter, has capitals in at most half of its words, and ranks
    above 0.
    """
    words = [word for word in text.split() if word[0].isalpha()]
    large = sum(word[0].isupper() for word in words)
    whole = _measure_text(text) >= _SHORTEST_QUOTE and not text[:1].islower()
    return whole and large * 2 <= len(words) and rank_text(text) > 0


def _list_rooms(takeaways: Sequence[Takeaway], named: Mapping[int, Any]) -> list[tuple[Takeaway, float]]:
    """Return pairs: each takeaway that has an entry in the margin, and the entry's room in rem.

    The room is the height from the takeaway's top to the top of the next takeaway with an entry, or to the end.
    """
    tops, height = [], 0.0
    for row in takeaways:
        height += _HEADING * bool(row.headings) + (_NESTED_GAP if row.parent_id else _GAP)
        if row.pk in named:
            tops.append((row, height))
        height += _LINE * max(1, ceil(_measure_text(row.text) / _IN_A_LINE))
    ends = [*(top for _, top in tops), height + _END]
    return [(row, end - top) for (row, top), (_, end) in zip(tops, pairwise(ends), strict=True)]


def _measure_quote(other: Any, others: Sequence[Any]) -> float:
    byline = sum(len(name) + 2 for name in [*map(str, other.talk.given_by), str(other.talk.event or "")])
    lines = ceil(min(_measure_text(other.text), _LONGEST_QUOTE) / _IN_A_QUOTED_LINE)
    height = _TAGS + _QUOTED_LINE * lines + _BYLINE * ceil(byline / _IN_A_BYLINE) + _AIR
    return height + _SUMMARY * (len(others) > 1)


def _measure_text(text: str) -> int:
    """Return the number of characters of a text; wide ones, such as Chinese characters, count twice."""
    return len(text) + (not text.isascii() and sum(east_asian_width(character) in "WF" for character in text))
