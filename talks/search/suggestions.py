"""Suggestions while somebody types: tags, speakers, events and talks with a word that begins with the typed letters."""

from typing import Any

import numpy as np
from django.db.models import Q

from talks import names
from talks.models import Series, Speaker, Tag, Talk
from talks.search import tokens
from talks.search.documents import TITLE_SIGN
from talks.search.engine import list_words_with
from talks.search.named import Named
from talks.search.occurrences import Reader
from talks.search.query import LONGEST
from talks.search.ranking import sort_newest
from talks.search.snapshot import take_snapshot

_MOST = 3
_MOST_TALKS = 5
_MOST_WORDS = 20
_SHORTEST = 2


def suggest(text: str, *, staff: bool) -> list[Named]:
    """Return things whose names contain all the words; the last word may be unfinished."""
    words = tokens.list_phrase(text[:LONGEST])
    if not words or (len(words[-1]) < _SHORTEST and not tokens.is_pair(words[-1])):
        return []
    key = names.sort_key(text[:LONGEST])
    starts = Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}")
    rows: list[tuple[str, Any]] = [
        ("tag", Tag.objects.visible(staff=staff).filter(starts).with_counts(staff=staff).by_count()),
        ("speaker", Speaker.objects.filter(starts).visible(staff=staff).order_by("sort_key")),
        ("series", Series.objects.filter(starts).visible(staff=staff).order_by("sort_key")),
    ]
    found = [Named(kind, row.name, row.get_absolute_url()) for kind, several in rows for row in several[:_MOST]]
    return found + _suggest_talks(words, staff=staff)


def _suggest_talks(words: list[str], *, staff: bool) -> list[Named]:
    snapshot = take_snapshot()
    reader = Reader(snapshot, staff=staff)
    *whole, last = [TITLE_SIGN + word for word in words]
    begun = list_words_with(last, limit=_MOST_WORDS)
    reader.load([*whole, *begun])
    rows = np.unique(np.concatenate([np.zeros(0, np.int64), *(reader.find(word).rows for word in begun)]))
    for word in whole:
        rows = np.intersect1d(rows, reader.find(word).rows)
    rows = rows[snapshot.key[rows] > 0]
    numbers = snapshot.numbers
    keys = [
        int(key) for key in snapshot.key[sort_newest(rows, numbers["year"], numbers["day"], snapshot.key)[:_MOST_TALKS]]
    ]
    talks = Talk.objects.visible(staff=staff).select_related("conference").in_bulk(keys)
    return [Named("talk", talks[key].title, talks[key].get_absolute_url()) for key in keys if key in talks]
