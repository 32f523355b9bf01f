"""Reads events in names of files and folders with dates, where names beside them tell the same event."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from talks.names import fold_words
from talks.parsing.metadata.path_events import (
    BETWEEN_WORDS,
    FILE_ENDING,
    PathEvent,
    is_common,
    read_part,
    write_camel,
    write_name,
)
from talks.parsing.metadata.path_words import CAMEL, is_event_word
from talks.parsing.metadata.series_names import fold_without_spaces
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.calendar import MONTHS
from talks.parsing.words.common import COMMON_WORDS, EVERYDAY_WORDS
from talks.parsing.words.event_words import (
    EVENT_LEADS,
    EVENT_NOUNS,
    FOLDER_WORDS,
    GATHERING_FOLDERS,
    GROUP_WORDS,
    PLACES,
)
from talks.parsing.words.given_names import is_person_name

_LEAST, _SHARE, _REPEATED = 5, 0.6, 0.3
_OF_EVENTS = 0.2
_OFTEN, _LONGEST_OPENING = 3, 5
# A mark of few small letters, an event with capitals, and a date or year: "crMossDays2014-07-09Plenary", "Oak_2017-05".
_MARK = re.compile(r"([a-z]{1,4})(?=[A-Z])")
_CALLED = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][^\W_]*[^\W\d_])[-_ ]?(?P<year>{EVENT_YEAR})(?!\d)"
    r"(?P<date>[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?(?!\d))?"
)
# "20190506_moss_club_roots", "2019-05-moss-club".
_OPENS_WITH_DATE = re.compile(
    rf"({EVENT_YEAR})[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?[-_. ]+(?=[^\W\d_])"
)
_AS_OTHERS = "the folder is called by date and event, as others beside it"
_GROUPS = GROUP_WORDS | GATHERING_FOLDERS
_NAMING_NO_EVENT = (
    COMMON_WORDS | EVERYDAY_WORDS | FOLDER_WORDS | EVENT_LEADS | EVENT_NOUNS | PLACES | (_GROUPS - {"ug", "usergroup"})
)


class _Dated(NamedTuple):
    """The name of a folder that begins with a date, the date, its year, and the words behind it, written and folded."""

    name: str
    date: str
    year: int
    words: tuple[str, ...]
    folded: tuple[str, ...]


def find_dated_events(folders: Sequence[str], *, among_events: bool) -> dict[str, PathEvent]:
    """Return the events of those folders whose names begin with a date and with the name of an event.

    "20190506_moss_club_roots" is of Moss Club if two folders of other dates begin so, and a place ("oslo") or a word
    for groups ("club", "meeting") belongs to these words or follows them once. "20190506_Moss_Day_Oslo_roots" names
    its event by a word for events. There are five folders with a date at least, and a fifth have such a word in their
    names, unless they are known to lie `among_events`.
    """
    dated = [_read_dated(name, match) for name in folders if (match := _OPENS_WITH_DATE.match(name))]
    told = sum(any(map(_tells_of_event, each.words)) for each in dated)
    if len(dated) < _LEAST or not (among_events or told >= _OF_EVENTS * len(dated)):
        return {}
    groups: defaultdict[str, list[_Dated]] = defaultdict(list)
    for each in dated:
        groups[each.folded[0]].append(each)
    events = {
        each.name: PathEvent(name, each.year, True, f"names of {count} folders begin with “{name}”")
        for group in groups.values()
        for name, count in _read_opening(group)
        for each in group
    }
    called = ((each, cut_behind_event(each.words)) for each in dated if each.name not in events)
    named = {each.name: PathEvent(write_name(words), each.year, True, _AS_OTHERS) for each, words in called if words}
    return events | named


def cut_behind_event(words: Sequence[str]) -> Sequence[str]:
    """Return the words up to the first for events and a place behind it: "Moss Day Oslo" of "Moss Day Oslo roots".

    Return () if there is none, or if only words that say nothing stand before it: "First day at work".
    """
    for place, word in enumerate(words):
        kind = fold_words(CAMEL.split(word)[-1]) in EVENT_NOUNS
        before = [fold_words(each) for each in words[:place]]
        others = [each for each in before if each not in FOLDER_WORDS | EVENT_LEADS]
        joined = len(CAMEL.split(word)) > 1
        if is_event_word(word) or (kind and (joined or len(others) > 1 or not COMMON_WORDS.issuperset(others))):
            end = place + 1
            return words[: end + (end < len(words) and fold_words(words[end]) in PLACES)]
    return ()


def _read_dated(name: str, match: re.Match[str]) -> _Dated:
    words = tuple(word for word in BETWEEN_WORDS.split(name[match.end() :]) if word)
    return _Dated(name, match[0], int(match[1]), words, tuple(map(fold_words, words)))


def _tells_of_event(word: str) -> bool:
    pieces = {fold_words(piece) for piece in (word, *CAMEL.split(word))}
    return is_event_word(word) or not pieces.isdisjoint(EVENT_NOUNS | GATHERING_FOLDERS)


def _read_opening(group: Sequence[_Dated]) -> Iterator[tuple[str, int]]:
    """Yield the name that folders with the same first word begin with, and how many do, if it is likely an event's.

    Three do at least, or two if it is the whole name of one.
    """
    opening, count = _find_opening(group)
    shared = [each for each in group if each.folded[: len(opening)] == opening]
    dates = len({each.date for each in shared})
    whole = len(opening) > 1 and any(each.folded == opening for each in shared)
    if dates < (_OFTEN - whole) or _NAMING_NO_EVENT.issuperset(opening):
        return
    beside = (word for each in shared for word in each.folded[: len(opening) + 1])
    told = any(word in PLACES or word in _GROUPS for word in beside)
    words = Counter(each.words[: len(opening)] for each in shared).most_common(1)[0][0]
    if told and not is_person_name(words):
        yield write_name(words), count


def _find_opening(group: Sequence[_Dated]) -> tuple[tuple[str, ...], int]:
    """Return the longest opening of names, folded, that most of the group have, and how many have it."""
    opening, count = group[0].folded[:1], len(group)
    while len(opening) < _LONGEST_OPENING:
        longer = Counter(each.folded[: len(opening) + 1] for each in group if len(each.folded) > len(opening))
        words, often = (longer.most_common(1) or [((), 0)])[0]
        if often < max(2, _SHARE * len(group)) or words[-1] in MONTHS or not words[-1].isalpha():
            break
        opening, count = words, often
    while opening and opening[-1] in EVENT_LEADS:
        opening = opening[:-1]
    return opening, count


def find_mark(names: Sequence[str]) -> str | None:
    """Return what stands before the event in the names of a folder's files, such as "cr" or ""; else None.

    It is None unless most of the files, five at least, are called by event and date, and a third of these have an event
    that another file has with another date.
    """
    stems = [FILE_ENDING.sub("", name) for name in names]
    marks = Counter(match[1] for match in map(_MARK.match, stems) if match)
    mark, count = (marks.most_common(1) or [("", 0)])[0]
    mark = mark if count >= _SHARE * len(stems) else ""
    called = {match[0]: match for stem in stems if (match := _match(stem, mark)) and match["date"]}
    events = Counter(fold_without_spaces(match["name"]) for match in called.values())
    repeated = sum(count for count in events.values() if count > 1)
    return mark if len(called) >= max(_LEAST, _SHARE * len(stems)) and repeated >= _REPEATED * len(called) else None


def read_marked_event(stem: str, mark: str | None) -> PathEvent | None:
    """Return the event in a file's name, in a folder whose files have this mark (`find_mark`), or None."""
    match = _match(stem, mark) if mark is not None else None
    if not match:
        return None
    part = read_part(match["name"])
    if part.kind != "named" or is_common(part.words) or is_person_name(part.words):
        return None
    name = write_camel(match["name"])
    return PathEvent(name, int(match["year"]), True, "files beside it are called by event and date, too")


def _match(stem: str, mark: str) -> re.Match[str] | None:
    return _CALLED.match(stem.removeprefix(mark)) if stem.startswith(mark) else None
