"""Recognises names of organisations, where an affiliation behind a person's name ends, and notes that are none."""

import re
from collections.abc import Collection

from talks.names import fold_words
from talks.parsing.metadata.series_names import find_series
from talks.parsing.words.series import AMBIGUOUS_SERIES
from talks.parsing.words.talk_words import ORGANISATION_WORDS, PLACE_WORDS, RESOURCE_LABELS, UNIVERSITIES

_WORDS = re.compile(r"\w+")
_UNIVERSITY = re.compile(r"(?:\A|\s)U(?:\s(?:of\s)?[A-Z]\w*\s?\w*\Z|\Z)")  # "U of Acme", "Acme U"
_REMARK = re.compile(
    r"(?:about|in|on|whom?|whose|which|where|when|that|but|and|so|dealing|presenting|talking|explaining|showing)\s(?=.*[a-z])"
    r"|(?:\S+\s+){2,}(?:is|was|were|had)\s"
)

_WITH_YEAR = re.compile(r"\S[\s,]+(?:19|20)\d\d\Z")


def is_remark(note: str) -> bool:
    """Whether a note behind a name tells of the talk or writer: "about moss", "whom I asked", "the talk was long".

    So does the event where the talk was given, or the room: "FooConf 2019", "Moss devroom".
    """
    if _REMARK.match(note) or _WITH_YEAR.search(note):
        return True
    words = fold_words(note).split()
    if len(words) > 1 and words[-1] in PLACE_WORDS:
        return True
    return find_series(note) is not None and note.casefold() not in AMBIGUOUS_SERIES


def end_before(affiliation: str, words: Collection[str]) -> str:
    """Return the affiliation up to its first word that is among `words` and begins with a small letter.

    Its first word always stays. "Initech showed us moss" and the word "showed" give "Initech".
    """
    parts = affiliation.split()
    ends = (place for place, part in enumerate(parts) if place and part[:1].islower() and part.strip(",;") in words)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(",;")


def names_organisation(text: str) -> bool:
    """Whether a text holds a word of names of organisations, such as "University"."""
    return (
        not ORGANISATION_WORDS.isdisjoint(fold_words(text).split())
        or not UNIVERSITIES.isdisjoint(_WORDS.findall(text))
        or bool(_UNIVERSITY.search(text))
    )


def names_resources(text: str) -> bool:
    """Whether a text only says what a link leads to: "website", "Slides & video"."""
    words = fold_words(text).split()
    return bool(words) and RESOURCE_LABELS.issuperset(words)
