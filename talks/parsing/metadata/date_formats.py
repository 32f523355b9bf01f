"""Reads dates in the forms that people write in front matter, headings and file names, independent of time zones."""

import re
from datetime import UTC, date, datetime

from talks.parsing.records import EVENT_YEAR
from talks.parsing.words.calendar import MONTHS

_NUMBERS = re.compile(r"(\d{4})(?:[-/.]|\. )(\d{1,2})(?:[-/.]|\. )(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_SINCE_1970 = re.compile(r"1\d{9}(\d{3})?\Z")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?P<sign>[./-])\s?(\d{1,2})(?P=sign)\s?((?:19|20)\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+)?(\d{4})\b")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_WEEKDAY = re.compile(r"\A[^\W\d]+\.?,\s+")
# A date in a folder of its year counts, too: "2019/2019-05-06-moss".
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_/.]?(0[1-9]|1[0-2])[-_/.]?(\d{2})(?!\d)")
_DATED = re.compile(r"(?<![\w./-])(?:\d|[^\W\d]{3,10}\.? \d{1,2}(?!\d))(?=.{0,20}(?:19|20)\d\d)")
_MONTH_OF_YEAR = re.compile(r"(?<!\w)([^\W\d]{3,10})\.? ((?:19|20)\d\d)(?!\d)")
_DATE_IN_NAME = re.compile(rf"(?<!\d)({EVENT_YEAR})[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_COMPACT_IN_NAME = re.compile(rf"(?<!\d)({EVENT_YEAR})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
# "[180504]Moss_meetup": year, month and day with two digits each, in brackets at the start.
_BRACKETED_DATE = re.compile(r"\A[\[(]([0-3]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\])]")
_BEGINS_WORD = re.compile(r"(?<!\w)\w")
_DAY_END = r"(?:st|nd|rd|th|\.)?"
# "12-13 May", "12 and 13 May", but not "Day 1 - 6 May".
_RANGE = re.compile(
    rf"(?:\d{_DAY_END}[-–—&+/]|(?<![^\W\d] )\b\d{{1,2}}{_DAY_END}\s+(?:[-–—&+/]|to|and|bis|au|y|et|und)\s+)"
    rf"\d{{1,2}}{_DAY_END}\s+[^\W\d]"
)
# "Dec 12, Thursday", "Mercredi 20 avril".
_NO_YEAR = re.compile(
    r"(?:([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?([^\W\d]+))(?!\w)"
)
# "06.11. - Wednesday", "11月6日": a dot stands behind both numbers, or there are no others.
_NUMBERS_NO_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})(\.?)(?![\d./])")
_EAST_ASIAN_NO_YEAR = re.compile(r"(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBER = re.compile(r"\d+")
_LONGEST = 80
_MONTHS_OF_YEAR = 12


def read_date(text: str) -> date | None:
    """Return the date, with its year, at the start of `text`; None without one.

    `2017-03-23T00:00:00Z` is 23 March in every time zone. None too if day and month cannot be told apart: `5/6/2019`.
    """
    text = text.strip()[:_LONGEST]
    if match := (_NUMBERS.match(text) or _COMPACT.match(text) or _EAST_ASIAN.match(text)):
        return _make_date(match[1], match[2], match[3])
    text = _WEEKDAY.sub("", text)
    if match := _DAY_MONTH_YEAR.match(text):
        return _read_numbers(match[1], match["sign"], match[3], match[4])
    if match := _DAY_FIRST.match(text):
        return _make_date(match[3], MONTHS.get(match[2].casefold(), 0), match[1])
    if match := _MONTH_FIRST.match(text):
        return _make_date(match[3], MONTHS.get(match[1].casefold(), 0), match[2])
    return None


def read_time_stamp(text: str) -> date | None:
    """Return the date in UTC of seconds or milliseconds since 1970, later than September 2001; else None."""
    return datetime.fromtimestamp(int(text.strip()[:10]), UTC).date() if _SINCE_1970.match(text.strip()) else None


def find_date(text: str, year: int | None) -> date | None:
    """Return the only date in the first 80 characters of a text; None if there is none, several, or a span of days.

    Dates without a year count only if no date has one, and if `year`, which they get, is not None. Then "3.11" is read
    as 3 November, even if it is a version: callers first ask whether a heading names a day (`is_day_heading`).
    """
    text = text[:_LONGEST]
    if _RANGE.search(text):
        return None
    found = {read for match in _BEGINS_WORD.finditer(text) if (read := read_date(text[match.start() :]))}
    if not found and year:
        begun = (match.start() for match in _BEGINS_WORD.finditer(text))
        found = {read for start in begun if (read := _read_in_year(text, start, str(year)))}
    return found.pop() if len(found) == 1 else None


def find_latest_date(text: str) -> date | None:
    """Return the latest date with a year in a text, or None; a month without a day counts as its first."""
    found = [read for match in _DATED.finditer(text) if (read := read_date(text[match.start() :]))]
    months = ((match[2], MONTHS.get(match[1].casefold(), 0)) for match in _MONTH_OF_YEAR.finditer(text))
    found += [read for year, month in months if (read := _make_date(year, month, "1"))]
    return max(found, default=None)


def _read_in_year(text: str, start: int, year: str) -> date | None:
    """Return the date at index `start` that tells day and month alone, in the given year, or None.

    "3.11" without a dot behind it is a date only if the text has no other numbers.
    """
    if match := _EAST_ASIAN_NO_YEAR.match(text, start):
        return _make_date(year, match[1], match[2])
    if match := _NUMBERS_NO_YEAR.match(text, start):
        is_date = match[3] or len(_NUMBER.findall(text)) == 2
        return _make_date(year, match[2], match[1]) if is_date else None
    if match := _NO_YEAR.match(text, start):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _make_date(year, MONTHS.get(month.casefold(), 0), day)
    return None


def read_date_in_name(name: str) -> date | None:
    """Return the first date in a file's name or path (`2017-03-23-day-2.md`, `2017/03/23/day-2`), or None."""
    for match in _IN_NAME.finditer(name[-1000:]):
        if found := _make_date(match[1], match[2], match[3]):
            return found
    return None


def take_date(text: str) -> tuple[str, int | None]:
    """Return the text without its date, and the year of the date; without a date, the whole text and None."""
    for form in (_DATE_IN_NAME, _COMPACT_IN_NAME):
        if match := form.search(text):
            return f"{text[: match.start()]} {text[match.end() :]}", int(match[1])
    if match := _BRACKETED_DATE.match(text):
        return text[match.end() :], 2000 + int(match[1])
    return text, None


def _read_numbers(first: str, sign: str, second: str, year: str) -> date | None:
    """Read a date in numbers: `06.05.2019` is 6 May.

    With separators other than dots, only a number above 12 shows which number is the day. None if that stays open.
    """
    if sign == "." or int(first) > _MONTHS_OF_YEAR:
        return _make_date(year, second, first)
    return _make_date(year, first, second) if int(second) > _MONTHS_OF_YEAR or first == second else None


def _make_date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
