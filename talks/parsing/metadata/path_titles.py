"""Reads the title of a talk from the name of its file, or of the folder if the file's name says nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache

from talks.names import fold_words
from talks.parsing.metadata.date_formats import take_date
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.metadata.path_events import (
    EXPORT_CODE,
    FILE_ENDING,
    MOST_LABEL,
    SPLIT,
    cut_slot,
    lies_among_events,
    split_event,
)
from talks.parsing.metadata.path_words import is_event_word
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.common import NAMES_WITH_CAPITALS

_UNTITLED = frozenset({"readme", "index", "notes", "note", "content", "post", "talk", "slides", "presentation"})
_NAME_AND_YEAR = re.compile(rf"([^\W\d_]{{3,}}){EVENT_YEAR}\Z")
_LEAST_CAMEL = 3  # words
_NUMERONYMS = r"(?:k8s|i18n|l10n|p2p|e2e|b2b|b2c|v8)[-_. ]"  # "k8s-moss"
_OPENING_NUMBERS = re.compile(
    rf"\A(?!{_NUMERONYMS})(?:[a-z]?\d{{1,4}}[a-z]?(?:[:h]\d{{2}}(?::\d{{2}})?)?\s*[-_.)]+\s*)+(?=\S)"
)
_WORD_SIGNS = re.compile(r"[_\s]+|(?<=\S)-+(?=\S)")
# The words of a title written as one; some names have a capital inside.
_TITLE_WORD = re.compile(rf"{'|'.join(NAMES_WITH_CAPITALS)}|[A-Z]+(?![a-zß-ÿ])[^A-Za-zß-ÿ]*|[A-Z]?[^A-Z]+")


@lru_cache(maxsize=8)  # several recognisers ask of the same file
def read_path_title(name: str) -> str:
    """Return the title in the file's name, without the date, time, day, number or event beside it.

    For a name that says nothing, such as "index" or "notes", return the title in the folder's name, and also for any
    file in a folder of one talk that is named by date and time.
    """
    *folders, last = [part for part in SPLIT.split(name) if part.strip()] or [""]
    stem = EXPORT_CODE.sub("", FILE_ENDING.sub("", last)).strip()
    slot = cut_slot(folders[-1]) if folders else ""
    if slot or (fold_words(stem) in _UNTITLED and folders):
        stem = slot or folders[-1]
    if event := split_event(stem, lies_among_events(name)):
        stem = event[1]
    rest = _OPENING_NUMBERS.sub("", take_date(stem)[0].strip(" -_.")) or stem
    words = _WORD_SIGNS.sub(" ", rest).split() if " " not in rest.strip() else rest.split()
    words = [part for word in words for part in _split_title(word)]
    if len(words) > 1 and read_day(" ".join(words[:1])):
        words = words[1:]
    elif len(words) > MOST_LABEL and read_day(" ".join(words[:2])):
        words = words[2:]
    if len(words) > MOST_LABEL and (is_event_word(words[0]) or _repeats_event(words[0], folders)):
        words = words[1:]
    return " ".join(words).strip(" -–—_:")


def _repeats_event(word: str, folders: Sequence[str]) -> bool:
    """Whether a word ends in a year and one of the folders has the name before it: "MGN2019" in "2019-MGN-gardens"."""
    named = _NAME_AND_YEAR.match(word)
    return named is not None and any(named[1].casefold() in fold_words(folder).split() for folder in folders)


def _split_title(word: str) -> list[str]:
    """Return the words of a title of three or more written as one: "GrowingMossAtHome"; any other word stays whole.

    A name may have a capital inside: "GraphQL".
    """
    parts = _TITLE_WORD.findall(word)
    return parts if len(parts) >= _LEAST_CAMEL and word[:1].isupper() else [word]
