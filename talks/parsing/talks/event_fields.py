"""Drops the fields of a title that tell the event and its date: "Moss Forum, 26 May 2018, Roses grow"."""

import re

from talks.names import fold_words
from talks.parsing.metadata.day_labels import is_date_alone
from talks.parsing.words.calendar import MONTHS
from talks.parsing.words.event_words import EVENT_LEADS, EVENT_NOUNS

_BETWEEN = re.compile(r"\s*[,;|]\s+|\s+[–—-]\s+")
_TOLD_BESIDE = EVENT_LEADS | EVENT_NOUNS | frozenset(MONTHS)


def drop_event_fields(title: str, series: str) -> str:
    """Return the title without fields at its ends that are only the event or a date; the whole title if all are.

    A field of the event may hold words such as "report of the conference" and a date. Without such a field the dates
    stay, too.
    """
    event = fold_words(series).split()
    cuts = list(_BETWEEN.finditer(title)) if event else []
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
    fields = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    of_event = [_is_of_event(field, event) for field in fields]
    others = [place for place, field in enumerate(fields) if not (of_event[place] or is_date_alone(field))]
    return title[starts[others[0]] : ends[others[-1]]] if others and any(of_event) else title


def _is_of_event(field: str, event: list[str]) -> bool:
    words = fold_words(field).split()
    return set(event) <= set(words) and all(word in event or word in _TOLD_BESIDE or word.isdigit() for word in words)
