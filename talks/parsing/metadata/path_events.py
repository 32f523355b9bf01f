"""Reads the event, and its day, from the names of the folders above a post and of the post itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from talks.counts_and_cut_texts import cut_text
from talks.names import fold_words
from talks.parsing.metadata.date_formats import take_date
from talks.parsing.metadata.day_labels import is_date_alone, read_day
from talks.parsing.metadata.path_words import CAMEL, fold_camel_words, is_event_word, read_word
from talks.parsing.metadata.series_names import find_series, spell_series
from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.calendar import MONTHS, WEEKDAYS
from talks.parsing.words.common import COMMON_WORDS
from talks.parsing.words.event_words import (
    COUNTRIES,
    EVENT_LABELS,
    EVENT_LEADS,
    EVENT_NOUNS,
    FOLDER_WORDS,
    GATHERING_FOLDERS,
    GATHERINGS,
    NAMING_NOTHING,
    WORK_FOLDERS,
)
from talks.parsing.words.given_names import is_person_name

_LONGEST_NAME, _SHORT_HEAD = 200, 2  # characters
_MOST_WORDS, MOST_LABEL, _MOST_CALLED = 6, 2, 3
SPLIT = re.compile(r"[\\/]|_{2,}")
FILE_ENDING = re.compile(r"\.[A-Za-z]{1,9}\Z")
_THREE_DIGITS = re.compile(r"[1-9]\d\d\Z")
EXPORT_CODE = re.compile(r"\s+[0-9a-f]{32}\Z")
_SITE_OF_PAGES = re.compile(r"\.(?:github|gitlab)\.(?:io|com)\Z", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[\s_.,()\[\]&+-]+")
# In a folder of conferences: "2015-10-MossGarden.md", "20151012-MossGarden-winter.md". The name has capitals inside.
_DATE_AND_NAME = re.compile(
    rf"({EVENT_YEAR})[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?[-_ ]+"
    r"(?=[A-Z]*[a-z])([A-Z][a-z]*[A-Z][A-Za-z]+)(?:[-_ ].+)?\Z"
)
_DATED_NAME = re.compile(
    rf"([^\W\d]\S{{2,40}}?)[-_ ]({EVENT_YEAR})[-_.](?:0[1-9]|1[0-2])[-_.](?:0[1-9]|[12]\d|3[01])\Z"
)
# An event at either end of a file's name: "[2018 GardenConf] Moss", "GardenConf - Moss", "Moss (GardenConf)",
# "Moss @ GardenConf".
_EVENT_AND_TITLE = (
    re.compile(r"[\[(【](?P<event>[^\[\]()【】]+)[\])】]\s*(?:[-–—:]\s+)?(?P<title>\w.*)\Z"),
    re.compile(r"(?P<event>(?:[\d.-]+\s+[-–—]\s+)?\S.*?)\s+[-–—]\s+(?P<title>\S.*)\Z"),
    re.compile(r"(?P<title>\w.*\S)\s*[\[(【](?P<event>[^\[\]()【】]+)[\])】]\Z"),
    re.compile(r"(?P<title>\w.*\S)\s+(?:@\s*|(?P<at>at\s+))(?P<event>\w[^@]*)\Z"),
)
# "moss-2018-conference-notes" are notes of the conference "Moss 2018".
_KIND_BEHIND_YEAR = re.compile(rf"\w[-_. ]*{EVENT_YEAR}[-_. ]*conference[-_. ]*notes", re.IGNORECASE)
# A folder named by a date and a title contains the one post of that date: "2019-04-21-moss/index.md".
_DAY_DATE = re.compile(rf"{EVENT_YEAR}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])[-_. ]")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)\Z", re.IGNORECASE)
_SLOT = re.compile(
    rf"{EVENT_YEAR}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])[-_ T]+"
    r"(?:[01]?\d|2[0-3])[:.h-][0-5]\d(?:[:.-][0-5]\d)?[-_ ]+(?=[^\W\d])"
)
# A number that puts folders in order: "2-gardening".
_SORTING_NUMBER = re.compile(r"\d{1,2}[-_. ]+(?=[^\W\d_])")
_LAST_CAPITAL = re.compile(r"[A-Z][a-zß-ÿ]+\Z")
_NAME_AND_YEAR = re.compile(r"([^\W\d_]{3,})([0-2]\d)\Z")
_SURE_ENDING = re.compile(r"(?:\w+(?:conf|kaigi)|(?i:\w*[a-z\d])(?:Con|Conf|Fest|Camp|Summit|Kaigi|Meetup))\Z")
_SURE_NOUNS = frozenset({"camp", "con", "conf", "conference", "fest", "kaigi", "summit"})
_NOTED_NOUNS = frozenset({"colloquium", "meetup", "seminar", "workshop"})
_DATED_NOUNS = _SURE_NOUNS | {"congress", "meetup", "symposium"}
# Words for events that languages without spaces write at the end of a name: "모스컨퍼런스".
_JOINED_NOUNS = tuple(sorted(noun for noun in EVENT_LABELS if not noun.isascii() and len(noun) > _SHORT_HEAD))
_TALK_FOLDERS = frozenset({"talks", "sessions", "keynotes", "workshops"})
_LEAST_INITIALS, _LONGEST_INITIALS = 3, 3
_IN_EXPANSIONS = frozenset({"a", "and", "for", "in", "of", "on", "the", "to", "de", "des", "du", "la", "für", "und"})
_FOLDERS_OF_DAY = 2  # "day-2/moss/README.md"
_NO_INITIALS = EVENT_NOUNS | EVENT_LEADS | {"dev", "new", "los", "san", "web", "net", "pub", "sql", "bar", "tea", "all"}
_PLAIN_WORDS = COMMON_WORDS | FOLDER_WORDS | WORK_FOLDERS
_FOLDERS_OF_EVENTS = GATHERING_FOLDERS | GATHERINGS
# User names, made of a name and a year: "annlee2009", "Ann1987".
_NAME_OF_PERSON = re.compile(r"[A-Za-z][a-z]+(?:19|20)\d\d\Z")
_FIRST_NOTED = 2000  # the year from which files hold notes of events
# What a folder of all of a person's notes is called.
_PRIVATE = frozenset({"obsidian", "logseq", "vault", "wiki", "blog", "site", "website", "zettelkasten"})
HOLDS_DAYS, HAS_YEAR, BESIDE_YEAR = "holds folders of days", "has a year", "lies beside a year"


@dataclass(frozen=True, slots=True)
class PathEvent:
    """The event that a path names, and in `reason` why; one that is not `sure` counts only with other evidence."""

    series: str
    year: int | None
    sure: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A folder's name, analysed. `words` may be the name of an event if the `kind` is "named", else they are empty.

    Other kinds are "day", "year", "number", "gatherings" (a collection of events) and "". The name of a folder that is
    `noted` has a word for notes.
    """

    written: str
    kind: str = ""
    words: tuple[str, ...] = ()
    year: int | None = None
    noted: bool = False

    @property
    def shown(self) -> str:
        """The folder as reasons of evidence name it."""
        return f"the folder “{cut_text(self.written, 60)}”"

    @property
    def is_event(self) -> bool:
        """Whether the words are evidently the name of an event: by a word for events or as a well-known series."""
        if len(self.words) > 1 and fold_words(self.words[-1]) in GATHERINGS:
            return self.year is not None or not NAMING_NOTHING.issuperset(map(fold_words, self.words))
        known = find_series(" ".join(self.words)) is not None and (self.year is not None or not is_common(self.words))
        return known or any(is_event_word(word) for word in self.words)


def read_path_event(name: str) -> PathEvent | None:
    """Return the event in the file's name, else in the innermost folder that names one; None if there is none."""
    *folders, last = SPLIT.split(name)
    if match := _DATED_NAME.match(FILE_ENDING.sub("", last)):
        called = BETWEEN_WORDS.split(match[1].strip(" -_"))
        if not all(_is_dull(word) for word in called) and not any(map(read_day, called)):
            return PathEvent(write_name(called), int(match[2]), False, "the file is called by a name and a date")
    parts = [read_part(part) for part in folders if part.strip()]
    if event := read_file_event(name):
        return event
    for place in range(len(parts) - 1, -1, -1):
        if parts[place].kind == "named" and (event := _weigh_part(parts, place)):
            own = place == len(parts) - 1 and last.casefold().startswith("index.")  # the one post of its folder
            is_post = own and (event.reason.endswith(HAS_YEAR) or is_dated_folder(name))
            return replace(event, sure=False) if is_post else event
    return None


def read_file_event(name: str) -> PathEvent | None:
    """Return the event at the start or end of a file's name ("2018-06-02 GardenConf Oslo - Moss"), or None.

    In a folder of events, a date and one name with capitals inside are enough: "2015-10-MossGarden".
    """
    *folders, last = SPLIT.split(name)
    folders = [part for part in folders if part.strip()]
    stem = FILE_ENDING.sub("", last)
    match = _DATE_AND_NAME.match(stem)
    if match and folders and read_part(folders[-1]).kind == "gatherings" and match[2].casefold() not in COMMON_WORDS:
        return PathEvent(write_camel(match[2]), int(match[1]), True, "the file is called by date and name")
    called, _ = split_event(stem, lies_among_events(name)) or (None, "")
    if called:
        return PathEvent(write_name(called.words), called.year, True, "the file is called by event and title")
    return None


def split_event(stem: str, among_events: bool) -> tuple[_Part, str] | None:
    """Return the event at either end of a file's name, and the title beside it; None if no event stands there."""
    for form in _EVENT_AND_TITLE:
        if match := form.match(stem[:_LONGEST_NAME]):
            called = read_part(match["event"])
            if not called.year and not among_events and match.groupdict().get("at"):
                continue  # "Speaking at GardenConf" may be about anything
            if called.kind == "named" and len(called.words) <= _MOST_CALLED and _is_surely_event(called, among_events):
                return called, match["title"]
    return None


def _is_surely_event(part: _Part, among_events: bool) -> bool:
    """Whether the name beside a title is that of an event.

    With neither a year nor a folder of events, only a name that can hardly be anything else is: "GardenConf".
    """
    *named, last = part.words
    dated = part.year is not None or among_events
    if named and fold_words(last) in (_DATED_NOUNS if dated else _SURE_NOUNS) and (dated or not _is_plain(named)):
        return True
    if dated:
        return is_event_word(part.words[0]) or last.endswith(_JOINED_NOUNS)
    known = find_series(" ".join(part.words)) is not None and not is_common(part.words)
    spelled = len(part.words) > 1 or any(c.isupper() for c in part.words[0][1:])
    return (known and spelled) or any(_SURE_ENDING.match(word) and is_event_word(word) for word in part.words)


def lies_among_events(name: str) -> bool:
    """Whether one of the folders of a path is called like a collection of events: "conference-notes".

    A folder of one post, called by date and title, does not count.
    """
    folders = SPLIT.split(name)[: -2 if is_dated_folder(name) else -1]
    words = fold_camel_words(" ".join(folders)).split()
    return not _FOLDERS_OF_EVENTS.isdisjoint(words)


def is_dated_folder(name: str, index: str = "index") -> bool:
    """Whether a path ends in a folder with a date that holds one post: "2019-04-21-moss/index.md".

    The post is called `index`.
    """
    *folders, last = [part for part in SPLIT.split(name) if part.strip()] or [""]
    return last.partition(".")[0].casefold() == index and bool(folders and _DAY_DATE.match(folders[-1]))


def read_path_day(name: str) -> int | None:
    """Return the day in the file's name ("Day1-Containers.md"), else in those of the two folders above, else None."""
    *folders, last = [part for part in SPLIT.split(name) if part.strip()] or [""]
    for part in (FILE_ENDING.sub("", last), *reversed(folders[-_FOLDERS_OF_DAY:])):
        if day := read_day(" ".join(BETWEEN_WORDS.split(part))):
            return day
    return None


@lru_cache(maxsize=1024)  # posts of a folder share its name, and posts of a blog their tags
def read_part(written: str) -> _Part:
    """Return what the name of a folder, a file or a tag says: its kind, the words of a name, a year."""
    text = _SITE_OF_PAGES.sub("", EXPORT_CODE.sub("", written.strip()))[:_LONGEST_NAME]
    if cut_slot(text):
        return _Part(written)
    text, year = take_date(text)
    words, of_words = _read_words(BETWEEN_WORDS.split(text))
    year = year or of_words
    folded = [fold_words(piece) for word in words for piece in CAMEL.split(word)]
    if year is None and ((read_day(text := " ".join(words)) and len(words) <= 3) or is_date_alone(text)):
        return _Part(written, "day")
    noted = any(word in ("note", "notes", "notizen", "recap", "takeaways") for word in folded)
    kept = _drop_expansion(_drop_edges(_drop_day(words)))
    if noted and _KIND_BEHIND_YEAR.search(written) and len(kept) > 1 and fold_words(kept[-1]) in _SURE_NOUNS:
        kept = kept[:-1]
    if any(not word.isdigit() for word in kept) and not all(fold_words(word) in EVENT_NOUNS for word in kept):
        kept = _drop_ordinal(kept)
        kept = [word for place, word in enumerate(kept) if not (word.isdigit() and _only_counts(kept, place))]
        return _Part(written, "named", tuple(kept[:_MOST_WORDS]), year, noted)
    if year and not any(word.isdigit() for word in folded):
        return _Part(written, "year", year=year)
    if not _FOLDERS_OF_EVENTS.isdisjoint(folded) and not _TALK_FOLDERS & set(folded):
        return _Part(written, "gatherings", year=year)
    return _Part(written, "number" if words and all(word.isdigit() for word in folded) else "", year=year)


def cut_slot(folder: str) -> str:
    """Return the title of a folder of one talk that is named by date, time and title, else an empty text.

    "Moss on walls" for "2019-05-06 14:30:00 Moss on walls".
    """
    match = _SLOT.match(folder)
    return folder[match.end() :] if match else ""


def _read_words(parts: Sequence[str]) -> tuple[list[str], int | None]:
    """Return the words of a name, and its year or None.

    Two words or more behind an event with its year are a title and left out: "MossConf2018_how_to_water".
    """
    words: list[str] = []
    year: int | None = None
    ends = 0
    for part in parts:
        found, of_part = read_word(part)
        words += found
        year = year or of_part
        if of_part and found and any(map(is_event_word, words)):
            ends = len(words)
    return (words[:ends] if ends and len(words) >= ends + MOST_LABEL else words), year


def _drop_day(words: Sequence[str]) -> list[str]:
    """Return the words before those that name a day ("KubeCon Day 2"); all if none do, or if the day stands first."""
    for place in range(1, len(words)):
        beside = " ".join(words[place : place + 2])
        if read_day(words[place]) or (read_day(beside) and not any(map(read_day, words[place + 1 : place + 2]))):
            return list(words[:place])
    return list(words)


def _only_counts(words: Sequence[str], place: int) -> bool:
    """Whether the number at index `place` only numbers the folder, as the first word or as the last one does.

    "101" in "Moss 101" is part of the name, since it has three digits.
    """
    return place == 0 or (place == len(words) - 1 and not _THREE_DIGITS.match(words[place]))


def _drop_edges(words: Sequence[str]) -> list[str]:
    """Return the words without common words of folders' names at either end, and without "conf" behind an event.

    "gardenconf", for instance, for "my gardenconf conf notes".
    """
    kept = list(words)
    while kept and _is_dull(kept[0]) and not find_series(" ".join(kept[:MOST_LABEL])):
        kept = kept[1:]
    while kept and _is_dull(kept[-1]) and not _ends_name(kept):
        kept = kept[:-1]
    if (
        len(kept) > 1
        and kept[-1].casefold() in ("con", "conf")
        and (is_event_word(kept[-2]) or _ends_with_country(kept[-2]))
    ):
        return kept[:-1]  # "gardenconf-2019-conf-notes", "MossEurope_conf_notes"
    return kept


def _drop_expansion(words: Sequence[str]) -> list[str]:
    """Return the first word alone, in capitals, if the others say what it stands for: "MG moss and gardens"."""
    first, *others = words or [""]
    initials = "".join(word[0] for word in others if word.casefold() not in _IN_EXPANSIONS)
    told = len(first) >= _LEAST_INITIALS and first.casefold() == initials.casefold()
    return [first.upper()] if told else list(words)


def _drop_ordinal(words: Sequence[str]) -> list[str]:
    """Return the words of an event's name without the number of its edition: "Moss Meetup" for "Moss 4th Meetup"."""
    counted = [place for place, word in enumerate(words) if _ORDINAL.match(word)]
    if len(words) > MOST_LABEL and len(counted) == 1 and any(fold_words(word) in EVENT_NOUNS for word in words):
        return [word for place, word in enumerate(words) if place not in counted]
    return list(words)


def _ends_with_country(word: str) -> bool:
    last = _LAST_CAPITAL.search(word)
    return last is not None and fold_words(last[0]) in COUNTRIES


def _ends_name(words: Sequence[str]) -> bool:
    """Whether the last word is a kind of event and the words before it its name: "PyTorch Conference"."""
    return len(words) > 1 and fold_words(words[-1]) in EVENT_NOUNS - {"conferences"}


def _is_dull(word: str) -> bool:
    folded = fold_words(word)
    pieces = CAMEL.split(word)
    if len(pieces) > 1 and all(_is_dull(piece) for piece in pieces):
        return True  # "ConferenceNotes"
    if not folded or folded in FOLDER_WORDS or folded in WEEKDAYS or folded in MONTHS:
        return True
    return folded in EVENT_LEADS and not word.isupper()


def _weigh_part(parts: Sequence[_Part], place: int) -> PathEvent | None:
    part = parts[place]
    above = parts[place - 1] if place else _Part("")
    below = parts[place + 1] if place + 1 < len(parts) else _Part("")
    year = part.year
    dated = any(later.kind == "number" for later in parts[place + 1 :])
    short = below.written if below.kind == "number" and len(below.written) == 2 and below.written >= "08" else ""
    if year is None and below.kind == "year" and not dated:
        year = below.year
    elif year is None and above.kind == "year":
        year = above.year
    elif year is None and short and part.is_event:
        year = 2000 + int(short)
    name, shown = write_name(part.words), part.shown
    if event := _find_event_of_day(parts, place):
        return event
    if part.is_event:
        return PathEvent(name, year, True, f"{shown} is called like an event")
    if above.kind == "year" and below.kind == "" and below.written.casefold() in _TALK_FOLDERS:
        return PathEvent(name, year, True, f"{shown} holds talks and lies in that of a year")
    if above.kind == "named" and above.is_event and year and _SORTING_NUMBER.match(part.written):
        return PathEvent(write_name(above.words), year, True, f"{shown} sorts the files of an event")
    in_country = len(part.words) == 1 and fold_words(part.words[0]) in COUNTRIES and below.kind == "year"
    if above.kind == "named" and (above.is_event or (in_country and not is_common(above.words))):
        joined = f"{write_name(above.words)} {name}"
        own = part.year and part.year != above.year  # not "gardenconf-2018/moss-20180506"
        edition = below.kind == "year" or (own and not is_common(part.words))
        return PathEvent(joined, year, True, f"{shown} lies in that of an event") if edition else None
    has_year = part.year or below.kind == "year"
    if _is_in_gatherings_folder(parts[:place]) and (has_year or not _is_plain(part.words)):
        if year is None and (match := _NAME_AND_YEAR.match(part.words[-1])) and not _is_plain([match[1]]):  # "week12"
            name, year = write_name([*part.words[:-1], match[1]]), 2000 + int(match[2])
        return PathEvent(name, year, True, f"{shown} lies in one of events")
    if _is_in_year_of_event(parts, place) or (is_common(part.words) and not part.noted):
        return None
    return _weigh_plain_name(part, year, above, below)


def _find_event_of_day(parts: Sequence[_Part], place: int) -> PathEvent | None:
    """Return the event whose folder holds that of a date in its year: "GardenConf 2019/2019-05-06 Day of moss"."""
    part, above = parts[place], parts[place - 1] if place else _Part("")
    if above.kind != "named" or not above.year or above.year != part.year or not _DAY_DATE.match(part.written):
        return None
    event = above.is_event or _is_in_gatherings_folder(parts[: place - 1])
    return _weigh_part(parts, place - 1) if event else None


def _weigh_plain_name(part: _Part, year: int | None, above: _Part, below: _Part) -> PathEvent | None:
    """Return the event of a folder that is not called like one, by its year and the folders around it, or None."""
    name, shown = write_name(part.words), part.shown
    if is_person_name(part.words):  # "ann-lee-2019-12-04"
        return None
    if part.year:
        if not (above.written or part.noted) and _is_of_person(part, below):
            return None
        return PathEvent(name, year, not _DAY_DATE.match(part.written), f"{shown} {HAS_YEAR}")
    if year and (below.kind == "year" or above.kind == "year"):
        return PathEvent(name, year, below.kind == "day", f"{shown} {BESIDE_YEAR}")
    if below.kind == "day" and not _is_plain(part.words):
        return PathEvent(name, year, False, f"{shown} {HOLDS_DAYS}")
    gathering = len(part.words) > 1 and fold_words(part.words[-1]) in _NOTED_NOUNS
    return PathEvent(name, year, gathering, f"{shown} is called notes of it") if part.noted else None


def _is_of_person(part: _Part, below: _Part) -> bool:
    """Whether a folder with a year is called like a person, and its year or the folder in it is no event's.

    "annlee2009/moss/day-1", "Ann2009/vault/moss", "Ann1987/notes".
    """
    if not _NAME_OF_PERSON.match(part.written):
        return False
    born = part.year is not None and part.year < _FIRST_NOTED
    return (
        born or below.kind in ("named", "gatherings") or bool(_PRIVATE.intersection(fold_words(below.written).split()))
    )


def _is_in_year_of_event(parts: Sequence[_Part], place: int) -> bool:
    """Whether a folder without a year is in a folder of a year, in a folder of an event: "GardenConf/2021/moss"."""
    return place > 1 and parts[place - 1].kind == "year" and not parts[place].year and parts[place - 2].is_event


def is_common(words: Sequence[str]) -> bool:
    return all(fold_words(word) in COMMON_WORDS for word in words)


def _is_plain(words: Sequence[str]) -> bool:
    """Whether all words are what folders of any work are called ("specs") and the last is no kind of event."""
    return not _ends_name(words) and all(fold_words(word) in _PLAIN_WORDS for word in words)


def _is_in_gatherings_folder(above: Sequence[_Part]) -> bool:
    """Whether the nearest folder above is named "conferences" or the like.

    Years and names that say nothing, such as "docs", are passed over.
    """
    nearest = next((part for part in reversed(above) if part.kind not in ("year", "")), None)
    return nearest is not None and nearest.kind == "gatherings"


def write_camel(word: str) -> str:
    return spell_series(word) if find_series(word) else write_name(CAMEL.split(word))


def write_name(words: Sequence[str]) -> str:
    """Return the words as a name: "Moss" for "moss", "JUG" for "jug", which is short enough for initials.

    Words with capitals stay; a well-known series gets its proper spelling.
    """
    return spell_series(" ".join(_write_word(word) for word in words))


def _write_word(word: str) -> str:
    if any(c.isupper() for c in word) or not word[:1].isalpha():
        return word
    initials = len(word) <= _LONGEST_INITIALS and fold_words(word) not in _NO_INITIALS
    return word.upper() if initials else word[:1].upper() + word[1:]
