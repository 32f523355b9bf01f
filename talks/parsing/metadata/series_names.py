"""Decides when two names mean one series of events, how its name is spelled, and the years of numbered editions."""

from functools import cache
from itertools import pairwise

from talks.names import fold_words
from talks.parsing.words.common import COMMON_WORDS
from talks.parsing.words.event_words import EVENT_LEADS, EVENT_NOUNS
from talks.parsing.words.series import AMBIGUOUS_SERIES, KNOWN_SERIES, NUMBERED

_SHORTEST = 3


def fold_without_spaces(name: str) -> str:
    """Return a name without case, spaces and signs: "re:Invent", "Re Invent" and "reinvent" become equal."""
    return name.lower() if name.isascii() and name.isalnum() else fold_words(name).replace(" ", "")


@cache
def _index_series() -> dict[str, str]:
    return {fold_without_spaces(name): own for own, others in KNOWN_SERIES.items() for name in (own, *others)}


def find_series(name: str) -> str | None:
    """Return the proper spelling of a well-known series ("AWS re:Invent" for "AWS Re:Invent"), else None."""
    return _index_series().get(fold_without_spaces(name))


def spell_series(name: str) -> str:
    """Return the name with a well-known series at its start properly spelled: "KubeCon Europe" for "Kubecon Europe".

    If the whole name is in capitals, the words behind the series get one capital each, unless they are short.
    """
    words = name.split()
    for length in range(len(words), 0, -1):
        if known := find_series(" ".join(words[:length])):
            if [word.casefold() for word in words[length:]] == ["conference"] and not known.endswith(" Conf"):
                return known  # "EmberConf Conference"
            rest = [word.capitalize() if name.isupper() and len(word) > _SHORTEST else word for word in words[length:]]
            return " ".join([known, *rest])  # "PYCON KOREA"
    return name


@cache
def list_spellings(name: str) -> frozenset[str]:
    """Return known spellings of a series, folded without spaces: that of `name`, and others of four letters or more.

    Other spellings that may mean something else, such as "build", are left out.
    """
    squeezed = fold_without_spaces(name)
    known = _index_series().get(squeezed)
    others = {spelling for spelling, own in _index_series().items() if known and own == known}
    return frozenset({squeezed} | {each for each in others if len(each) > _SHORTEST and each not in AMBIGUOUS_SERIES})


def read_edition_year(name: str, number: int) -> int | None:
    """Return the year of an edition of a series whose editions are numbered: 2016 for "defcon" and 24.

    None for other names, and for editions before those in `NUMBERED`.
    """
    known = [row for row in NUMBERED.get(name.casefold(), ()) if row[0] <= number]
    if not known:
        return None
    first, year, yearly = known[-1]
    return year + (number - first) // yearly


def is_same_event(name: str, other: str) -> bool:
    """Whether two names mean one series: they are spelled alike, or one has all words of the other and more.

    Spellings of a well-known series are alike. More words are, for instance, a city: "QCon", "QCon New York". Years and
    words such as "conference" do not count, unless the name has no others. A name of one word also equals two words of
    the other that stand side by side.
    """
    shorter, longer = sorted((name, other), key=lambda text: len(fold_without_spaces(text)))
    if fold_without_spaces(shorter) == fold_without_spaces(longer):
        return True
    if (known := find_series(shorter)) and known == find_series(longer):
        return True
    few, many = _list_telling(shorter), _list_telling(longer)
    if few and set(few) <= set(many):
        return True
    joined = {"".join(pair) for pair in pairwise(many)}
    return bool(few) and len(few) == 1 and len(few[0]) > _SHORTEST and few[0] in joined


def _list_telling(name: str) -> list[str]:
    """Return the words that distinguish a name from others, without "conference", numbers and the like.

    If no more than common words were left, return all words.
    """
    words = fold_words(name).split()
    telling = [word for word in words if word not in EVENT_NOUNS and word not in EVENT_LEADS and not word.isdigit()]
    return telling if any(word not in COMMON_WORDS for word in telling) else words
