"""Finds the days of a conference that a post's headings begin, and the day of each talk."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from talks.parsing.corrections import NO_DAY
from talks.parsing.metadata.date_formats import find_date
from talks.parsing.metadata.day_labels import is_date_alone, is_day_heading, read_day, read_day_of_month, read_weekday
from talks.parsing.records import ParsedDay
from talks.parsing.talks.document import Document, make_passage
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.title_slots import drop_front_slot, drop_slot
from talks.parsing.text.blocks import Form

_FOLLOWING = range(14)  # days after the first date of a post that are days of the same event
_ANY_YEAR = 2000  # orders dates without year where the year of the event is unknown; a leap year
_ANY_MONDAY = date(_ANY_YEAR, 1, 3)  # orders headings that name weekdays alone


class _Heading(NamedTuple):
    """A block with which a day begins: its number, that of the day, and its date as it is `told`.

    `on` is the date by which headings are ordered; its year is a guess if no date with a year is `told`. A `weekday`,
    0 for Monday, is given where the heading names no date.
    """

    block: int
    day: int | None
    told: date | None = None
    on: date | None = None
    weekday: int | None = None


def assign_days(
    document: Document,
    talks: Sequence[Candidate],
    default: int | None,
    begun: Mapping[int, int],
    year: int | None = None,
) -> tuple[list[int | None], list[ParsedDay]]:
    """Return the day of each talk (or None), in order, and the days with their headings, sorted.

    `default` is the day of talks above any heading of a day; without one it is day 1 if the first heading is that of
    day 2. `begun` maps lines to the days that begin there because an editor said so. Day 0, in `begun` or of a talk,
    means no day. A date without year is of the given year. Headings that only give dates or weekdays begin days by
    their distance from a day whose date is known: one whose heading gives both, else the default day, else the first of
    several with talks.
    """
    headings = _date_weekdays(list(_read_headings(document, talks, begun, year)))
    title = document.meta.title
    told = find_date(title, year) if is_day_heading(title) else None
    base = _find_dated_day(headings, default, told, [talk.start for talk in talks])
    days: dict[int, ParsedDay] = {}
    named: list[tuple[int, int]] = []
    for heading in headings:
        day = heading.day
        if day is None and base and heading.on:
            since = (heading.on - base[1]).days
            day = base[0] + since if since in _FOLLOWING else None
        if day is not None:
            named.append((heading.block, day))
            days.setdefault(day, ParsedDay(day, heading.told, make_passage(document.blocks[heading.block])))
    days.pop(NO_DAY, None)
    if default is None and not begun and named and min(days, default=0) == named[0][1] == 2:
        default = 1
    of_talks: list[int | None] = []
    current, place = default, 0
    for talk in talks:
        while place < len(named) and named[place][0] < talk.start:
            current = named[place][1] or None
            place += 1
        of_talks.append(current if talk.day is None else talk.day or None)
    for day in of_talks:
        if day and day != default:
            days.setdefault(day, ParsedDay(day))
    if default and default not in days and (not days or default in of_talks):
        days[default] = ParsedDay(default, told)
    return of_talks, [days[number] for number in sorted(days)]


def _read_headings(
    document: Document, talks: Sequence[Candidate], begun: Mapping[int, int], year: int | None
) -> Iterator[_Heading]:
    """Yield the blocks outside talks with which a day may begin, in order.

    They are the headings that tell number, date or only weekday of a day, and the blocks of any form whose line is in
    `begun`. The day in `begun` replaces the one that a heading tells.
    """
    held = {number for talk in talks for number in (*range(talk.start, talk.end), *talk.extra)}
    for number, block in enumerate(document.blocks):
        if number in held:
            continue
        heading = _read_heading(document, number, year) if block.form is Form.HEADING else _Heading(number, None)
        heading = heading._replace(day=begun.get(block.line, heading.day))
        if heading.day is not None or heading.on or heading.weekday is not None:
            yield heading


def _read_heading(document: Document, number: int, year: int | None) -> _Heading:
    plain = document.plain(number)
    has_slot = drop_slot(plain) != plain or drop_front_slot(plain)[1]
    if not is_day_heading(plain) or (has_slot and not is_date_alone(plain)):
        return _Heading(number, None)
    found = find_date(plain, year)
    of_month = read_day_of_month(plain)
    on = date(_ANY_YEAR, 1, of_month) if of_month else find_date(plain, _ANY_YEAR)
    on = found or on
    return _Heading(number, read_day(plain), found, on, None if on else read_weekday(plain))


def _date_weekdays(headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the headings; if none has a date, those of weekdays get dates, in their order, by which to order them.

    If one has a date, headings that only name a weekday are left out.
    """
    if any(heading.on for heading in headings):
        return [heading for heading in headings if heading.day is not None or heading.on]
    on, dated = _ANY_MONDAY, []
    for heading in headings:
        if heading.weekday is not None:
            on += timedelta((heading.weekday - on.weekday()) % 7)
            heading = heading._replace(on=on)
        dated.append(heading)
    return dated


def _find_dated_day(
    headings: Sequence[_Heading], default: int | None, told: date | None, starts: Sequence[int]
) -> tuple[int, date] | None:
    """Return number and date of one day, by whose date the days of other dates are numbered; None if none is known.

    `told` is the date that the title gives the default day, `starts` are the numbers of the blocks with which talks
    begin: if no day has a number, the first of several dates right above talks is that of day 1.
    """
    if default:
        first = told or next((heading.on for heading in headings if heading.on and heading.day is None), None)
        return (default, first) if first else None
    if any(heading.day for heading in headings):
        return next(((heading.day, heading.on) for heading in headings if heading.day and heading.on), None)
    blocks = [heading.block for heading in headings]
    above = {bisect_left(blocks, start) - 1 for start in starts}
    held = [heading.on for place, heading in enumerate(headings) if heading.on and place in above]
    is_rising = all(one <= other for one, other in pairwise(held)) and held[:1] != held[-1:]
    return (1, held[0]) if is_rising and (held[-1] - held[0]).days in _FOLLOWING else None
