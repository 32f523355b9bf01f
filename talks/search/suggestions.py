"""Suggests tags, speakers, events and talks while somebody types, by the first letters of the words in their names."""

from collections.abc import Collection

from django.db.models import QuerySet

from talks.models import Talk, prepared
from talks.search import tokens
from talks.search.direct_hits import Named
from talks.search.name_prefixes import find_names, find_titles
from talks.search.query import clean_typed
from talks.search.snapshot import take_snapshot

_MOST = 3
_MOST_TALKS = 5
_SHORTEST = 2


def suggest(text: str, *, staff: bool) -> list[Named]:
    """Return pages of tags, speakers, series and conferences whose names contain the text, then talks with its words.

    The text must begin with a word of the name (a conference may have its words in any order); its last word may be
    unfinished. For a single letter of a script with spaces alone nothing is returned. Conferences are found only if
    the text has a digit. At most three of each kind are returned, and five newest talks with the words in their title.
    """
    text = clean_typed(text)
    words = tokens.list_phrase(text)
    if not words or (len(words) == 1 and len(words[0]) < _SHORTEST and not tokens.is_pair(words[0])):
        return []
    snapshot = take_snapshot()
    found = find_names(text, words, staff=staff, most=_MOST)
    keys = find_titles(words, snapshot, staff=staff, most=_MOST_TALKS)
    if keys:
        talks = {talk.pk: talk for talk in _select_titles(keys, staff=staff)}
        found += [Named("talk", talks[key].title, talks[key].get_absolute_url()) for key in keys if key in talks]
    return found


@prepared
def _select_titles(keys: Collection[int], *, staff: bool) -> QuerySet[Talk]:
    shown = Talk.objects.visible(staff=staff).filter(pk__in=keys).select_related("conference").order_by()
    return shown.only("title", "slug", "conference__slug")
