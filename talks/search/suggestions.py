"""Suggests tags, speakers, events and talks while somebody types, by the first letters of the words in their names."""

from talks.models import Talk
from talks.search import tokens
from talks.search.beginnings import find_names, find_titles
from talks.search.direct_hits import Named
from talks.search.query import LONGEST
from talks.search.snapshot import take_snapshot

_MOST = 3
_MOST_TALKS = 5
_SHORTEST = 2


def suggest(text: str, *, staff: bool) -> list[Named]:
    """Return pages whose names contain all of the words; the last word may be unfinished."""
    words = tokens.list_phrase(text[:LONGEST])
    if not words or (len(words[-1]) < _SHORTEST and not tokens.is_pair(words[-1])):
        return []
    snapshot = take_snapshot()
    found = find_names(text[:LONGEST], words, snapshot, staff=staff, most=_MOST)
    keys = find_titles(words, snapshot, staff=staff, most=_MOST_TALKS)
    if keys:
        shown = Talk.objects.visible(staff=staff).select_related("conference")
        talks = shown.only("title", "slug", "conference__slug").in_bulk(keys)
        found += [Named("talk", talks[key].title, talks[key].get_absolute_url()) for key in keys if key in talks]
    return found
