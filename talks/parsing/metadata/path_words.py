"""Splits the names of folders and files into words, dates and years, and says which words are clearly events."""

import re

from talks.names import fold_words
from talks.parsing.metadata.series_names import find_series, read_edition_year, spell_series
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.common import COMMON_WORDS
from talks.parsing.words.event_words import EVENT_ENDINGS, EVENT_REGIONS, NO_EVENTS
from talks.parsing.words.word_sets import match_any

_SHORT_HEAD, _LEAST_NAMED = 2, 5  # characters
CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_YEAR = re.compile(rf"{EVENT_YEAR}\Z")
_GLUED_YEAR = re.compile(rf"((?:[^\W\d_][\w.!:]*)?[^\W\d_])['’]?({EVENT_YEAR}|[0-3]\d)\Z")
_NUMBER_FIRST = re.compile(r"(\d{1,3})([^\W\d_][\w]*)\Z")
_NUMBER_LAST = re.compile(r"(?!c3|scale\d+\Z)([^\W\d_]+)(\d{1,3})x?\Z", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"2k([0-4]\d)\Z", re.IGNORECASE)
_ENDING = re.compile(r"(?:\w{2,}(?:conf|fest|camp|summit|kaigi|meetup)|\w{2,}con)\Z", re.IGNORECASE)
_REGION = match_any(EVENT_REGIONS)
_ENDING_AND_REGION = re.compile(rf"([^\W\d_]{{2,}}(?:con|conf|camp|fest))({_REGION})\Z", re.IGNORECASE)
_YEAR_AND_REGION = re.compile(rf"({EVENT_YEAR})({_REGION})\Z", re.IGNORECASE)


def fold_camel_words(name: str) -> str:
    """Return the folded words of a name in which capitals may begin words: "tech talk notes" for "TechTalkNotes"."""
    return fold_words(CAMEL.sub(" ", name))


def is_event_word(word: str) -> bool:
    """Whether a single word is clearly an event: it ends like one ("MossConf"), or is a well-known series."""
    folded = word.casefold()
    if folded in NO_EVENTS or folded in COMMON_WORDS:
        return False
    return bool(_ENDING.match(word) or (find_series(word) and len(folded) > _SHORT_HEAD))


def ends_like_event(word: str) -> bool:
    """Whether a folded word ends like the name of an event ("mosscon") and is no common word ("fridays")."""
    return len(word) >= _LEAST_NAMED and word.endswith(EVENT_ENDINGS) and word not in COMMON_WORDS | NO_EVENTS


def read_word(word: str) -> tuple[list[str], int | None]:
    """Split one word of a name ("MossConEurope2013") into words; return them, and the year or None."""
    if not word:
        return [], None
    if _YEAR.match(word):
        return [], int(word)
    if match := _YEAR_AND_REGION.match(word):
        return [match[2].upper()], int(match[1])
    if match := _SHORT_YEAR.match(word):
        return [], 2000 + int(match[1])
    if (match := _NUMBER_FIRST.match(word)) and (year := read_edition_year(match[2], int(match[1]))):
        return [spell_series(match[2])], year
    if (match := _NUMBER_LAST.match(word)) and (year := read_edition_year(match[1], int(match[2]))):
        return [spell_series(match[1])], year
    if match := _GLUED_YEAR.match(word):
        words = _split_camel(match[1])
        if len(match[2]) == 4 or is_event_word(words[-1]):
            return words, int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
    return _split_camel(word), None


def _split_camel(word: str) -> list[str]:
    """Return the words in one word: "MossCon" and "Europe" for "MossConEurope".

    A word without an ending for events inside ("PyTorch") and a well-known series stay whole.
    """
    if match := _ENDING_AND_REGION.match(word):
        return [match[1], match[2].upper()]
    if find_series(word):
        return [word]
    for place in [match.start() for match in CAMEL.finditer(word)]:
        if _ENDING.match(word[:place]) and len(word[place:]) > 1:
            return [word[:place], *_split_camel(word[place:])]
    return [word]
