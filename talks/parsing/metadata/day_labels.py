"""Reads which day of a conference a heading or title names."""

import re
from collections.abc import Collection
from functools import lru_cache

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.metadata.date_formats import find_date, read_date
from talks.parsing.words.calendar import DAY_WORDS, MONTHS, NUMBER_WORDS, WEEKDAYS
from talks.parsing.words.word_sets import match_any

_DAY = match_any(DAY_WORDS)
_NUMBER = match_any(NUMBER_WORDS)
# "D-Day 5" is no day of an event.
_DAY_NUMBER = compile_late(rf"\b(?<!\b[A-Za-z]-)(?:{_DAY})\s*#?\s*(?:(\d{{1,2}})|({_NUMBER}))(?!\w)", re.IGNORECASE)
_NUMBER_DAY = compile_late(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|er|ère|ere|e|ème|eme|º|ª|\.)?|({_NUMBER}))\s+(?:{_DAY})(?!\w)", re.IGNORECASE
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7}
_DAY_ROMAN = compile_late(rf"\b(?i:{_DAY})\s+(I{{1,3}}|IV|VI{{0,2}})(?=\s*(?:\Z|[-–—:,.|(]))")
# "11月6日" is a date.
_EAST_ASIAN = compile_late(r"(?<![月0-9])(?<!月 )(?:第\s*)?([0-9一二三四五六七])\s*(?:日目|天|日(?!間)|일차)")
_KOREAN = compile_late(r"(?<!\w)(첫|둘|셋|넷|다섯)째?\s?날")
_KOREAN_NUMBERS = {"첫": 1, "둘": 2, "셋": 3, "넷": 4, "다섯": 5}
_DIGITS_OF_YEAR, _LAST_PLACE = 4, 2  # in "2019-04-17"
_WEEKDAY = compile_late(rf"\b(?<!black )(?<!cyber )({match_any(WEEKDAYS)})\b", re.IGNORECASE)
_SHORT_WEEKDAYS = frozenset(name[:length] for name in WEEKDAYS for length in range(2, 6))
# The shortest words for days, which all others contain: an ASCII text without them names no day.
_NAMES = {word for word in (*DAY_WORDS, *WEEKDAYS) if word.isascii()}
_SHORTEST_NAMES = tuple(word for word in sorted(_NAMES) if not any(other in word for other in _NAMES - {word}))
_HAN = "一二三四五六七"
_WORDS = compile_late(r"[^\W\d_]+|\d+")
_LONGEST_DATE = 40
_DAY_OF_MONTH = re.compile(r"(?:the )?(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)", re.IGNORECASE)
_NOT_COUNTED = frozenset(["st", "nd", "rd", "th", "er", "of", "the", "de", "del", "den", "le", "el"])
_LAST_DAY, _LEAST_YEAR, _LEAP_YEAR = 31, 1000, 2000
# "10/17/19", "3/6/2022": a date, whichever number is the month.
_SLASHED_DATE = compile_late(
    r"(?:(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))/(?:19|20)?\d\d"
)
_ENDS_WITH_DOT = compile_late(r"\d{1,2}\.\s?\d{1,2}\.(?!\d)")
# Signs that a word before "6.11" is short for a weekday: "Mi. 6.11" and "Mi 06.11", but "DOM 4.1" is a version.
_SHOWS_SHORT_WEEKDAY = compile_late(r"[^\W\d_][.,]|(?<!\d)\d\d\.\s?\d\d(?!\d)")
_EAST_ASIAN_DATE = compile_late(
    r"(?:\d{4}\s*[年년]\s*)?\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일]\s*(?:[(（]?[^\W\d]{1,3}[)）]?)?"
)


@lru_cache(maxsize=256)  # several recognisers ask of the same titles
def read_day(text: str) -> int | None:
    """Return the number, from 1 to 31, of the day that a text names ("Day 2", "zweiter Tag", "2日目"), or None."""
    if not _may_name_day(text):
        return None
    if match := _DAY_NUMBER.search(text) or _NUMBER_DAY.search(text):
        number = int(match[1]) if match[1] else NUMBER_WORDS[match[2].casefold()]
        return number if 1 <= number <= 31 else None
    if match := _DAY_ROMAN.search(text):
        return _ROMAN[match[1]]
    if match := _EAST_ASIAN.search(text):
        digit = match[1]
        return _HAN.index(digit) + 1 if digit in _HAN else int(digit) or None
    if match := _KOREAN.search(text):
        return _KOREAN_NUMBERS[match[1]]
    return None


@lru_cache(maxsize=256)  # several recognisers ask of the same headings
def is_day_heading(text: str) -> bool:
    """Whether a heading of at most twelve words is that of a day: "Day 2 - Thursday", "Mercredi 20 avril".

    It begins with a numbered day, which more may follow ("Day 2: Workshops in the garden"), or is a short text with a
    numbered day, a weekday or a date. A heading that begins with a weekday may be longer if it has a digit, or if a
    sign stands behind the weekday and a word such as "day" at the end; another with a weekday, if it has the name of a
    month. Black Friday and Cyber Monday are no weekdays.
    """
    words = fold_words(text).split()
    if not words or len(words) > 12:
        return False
    if is_date_alone(text):
        return True
    if not _may_name_day(text):
        return len(words) <= 5 and read_date(text.strip()) is not None
    found = (pattern.search(text) for pattern in (_DAY_NUMBER, _NUMBER_DAY, _DAY_ROMAN, _EAST_ASIAN, _KOREAN))
    if match := next(filter(None, found), None):
        return match.start() <= 3 or len(words) <= 7
    if match := _WEEKDAY.match(bare := text.strip(" \t*_#(")):
        told = words[-1] in DAY_WORDS and not bare[match.end() : match.end() + 1].isspace()
        return len(words) <= 4 or any(c.isdigit() for c in text) or told
    if weekday := _WEEKDAY.search(text):
        # "Talks on Thursday" and "20 April, Wednesday" do, "The Sunday of software" does not.
        return (len(words) <= 4 and not text[weekday.end() :].strip()) or any(word in MONTHS for word in words)
    return len(words) <= 5 and read_date(text.strip()) is not None


def find_folder_day(name: str, beside: Collection[str]) -> int | None:
    """Return the number of the day to which a folder belongs by its name and the names beside it, or None.

    `beside` are all names in the folder above, its own among them. Two folders at least must be called by weekdays
    ("Monday", "2-tuesday"), or by dates that follow each other ("17-April", "10.17.19"); the first of them is day 1.
    The first weekday is the one after the longest pause: Thursday of Monday, Thursday and Friday.
    """
    weekday = _read_weekday_alone(name)
    if weekday is not None:
        held = sorted({other for other in map(_read_weekday_alone, beside) if other is not None})
        first = max(held, key=lambda one: min((one - other) % 7 or 7 for other in held), default=weekday)
        return (weekday - first) % 7 + 1 if len(held) > 1 else None
    words, others = _read_date_words(name), [_read_date_words(other) for other in beside]
    for place, word in enumerate(words):
        if place < _LAST_PLACE and len(words[0]) == _DIGITS_OF_YEAR:
            continue  # the month of "2019-04-17"
        alike = (other[place] for other in others if [*other[:place], word, *other[place + 1 :]] == words)
        days = {int(other) for other in alike if other.isdecimal()}
        if word.isdecimal() and len(days) > 1 and max(days) - min(days) < len(days) and max(days) <= _LAST_DAY:
            return int(word) - min(days) + 1
    return None


def _read_weekday_alone(name: str) -> int | None:
    """Return the weekday, 0 for Monday, of a name with nothing else but perhaps a number ("2-tuesday"); else None."""
    words = [word for word in _WORDS.findall(name.casefold()) if not word.isdecimal()]
    return WEEKDAYS[words[0]] - 1 if len(words) == 1 and words[0] in WEEKDAYS else None


def _read_date_words(name: str) -> list[str]:
    """Return the numbers and the month of a name that is a date ("17-april", "10.17.19"); [] for any other name.

    A weekday beside the date is left out: "Monday 18th May".
    """
    words = [word for word in _WORDS.findall(name.casefold()) if word not in _NOT_COUNTED and word not in WEEKDAYS]
    named = [word for word in words if not word.isdecimal()]
    with_month = len(words) > 1 and len(named) == 1 and named[0] in MONTHS
    with_year = len(words) == 3 and not named and (len(words[0]) == _DIGITS_OF_YEAR or len(words[2]) in (2, 4))
    return words if with_month or with_year else []


def read_weekday(text: str) -> int | None:
    """Return which weekday a text names: 0 for Monday to 6 for Sunday; None if it names none."""
    match = _WEEKDAY.search(text) if _may_name_day(text) else None
    return WEEKDAYS[match[1].casefold()] - 1 if match else None


def is_date_alone(text: str) -> bool:
    """Whether a text is nothing but a date, perhaps with its weekday: "Wed 6 Nov", "06.11. - Wednesday", "17th".

    Two numbers, as in "6.11", are a date only with a year, a weekday, or a dot behind each. A longer text than
    40 characters is none.
    """
    text = text.strip(" \t*_#:")
    if len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
        return False
    if _EAST_ASIAN_DATE.fullmatch(text) or _SLASHED_DATE.fullmatch(text) or read_day_of_month(text):
        return True
    tokens = [token for token in _WORDS.findall(text.casefold()) if token not in _NOT_COUNTED]
    numbers = [int(token) for token in tokens if token.isdecimal()]
    months = [token for token in tokens if token in MONTHS]
    weekdays = [token for token in tokens if token not in MONTHS and _is_weekday(token)]
    if len(numbers) + len(months) + len(weekdays) < len(tokens) or len(months) > 1 or len(weekdays) > 1:
        return False
    days = [number for number in numbers if number <= _LAST_DAY]
    if any(_LAST_DAY < number < _LEAST_YEAR for number in numbers) or len(numbers) - len(days) > 1:
        return False
    if months:
        return len(days) == 1
    if len(days) != 2 or find_date(text, _LEAP_YEAR) is None:
        return False
    if len(numbers) > len(days) or _ENDS_WITH_DOT.search(text):
        return True
    return any(word in WEEKDAYS or _SHOWS_SHORT_WEEKDAY.search(text) for word in weekdays)


def read_day_of_month(text: str) -> int | None:
    """Return the number of a text that is no more than a day of some month ("17th"), or None."""
    match = _DAY_OF_MONTH.fullmatch(text.strip(" \t*_#:"))
    return int(match[1]) if match else None


def _is_weekday(word: str) -> bool:
    return word in WEEKDAYS or word in _SHORT_WEEKDAYS


def _may_name_day(text: str) -> bool:
    """Whether the text may name a day: a fast test before the patterns are tried."""
    small = text.lower()
    return not text.isascii() or any(map(small.__contains__, _SHORTEST_NAMES))
