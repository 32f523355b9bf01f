"""Chooses the year of a post's conference."""

import re
from collections.abc import Mapping

from talks.names import fold_words
from talks.parsing.events.event_sources import LOOKED_AT, OPENING_BLOCKS, iterate_sources, list_opening_rows
from talks.parsing.metadata.date_formats import find_date, read_date
from talks.parsing.metadata.series_names import fold_without_spaces, is_same_event
from talks.parsing.records import EVENT_YEAR
from talks.parsing.talks.document import Document
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.words.calendar import MONTHS

_LONG_ENOUGH = 6
_LATEST = 9999
_ADDRESS = re.compile(r"https?://([^\s/<>()]{1,200})(?:/[^\s/<>()]{0,60})?")
_FOLDER_OF_ADDRESS = re.compile(r"(?<=/)[^\s/<>()\[\]]{6,80}")
SINGLE_YEAR = re.compile(rf"({EVENT_YEAR})(?<![\d/.-]\d{{4}})(?![\d/.-]\d|\d)")
"""Finds a year, but none within a date that is written in digits, such as 2019-05-04."""
ANY_YEAR = re.compile(rf"({EVENT_YEAR})(?<!\d{{5}})(?!\d)")


def choose_year(document: Document, name: str, years: Mapping[int, float]) -> int | None:
    """Return the year in the title if that has the event's name and one year, else the best year beside the name.

    If there is neither, return the first year that one of these has, in this order: the event's folder, the title in
    the front matter, the file's name right behind the event's, a text at the top with the event's name (not after the
    post's year, nor before the year before it), the event's address, the post's date, a date at the top, the first
    paragraphs, the path. None if none has one.
    """
    title = document.called
    told = set(SINGLE_YEAR.findall(title)) if name and fold_words(name) in fold_words(title) else set()
    if len(told) == 1:
        return int(told.pop())
    if years:
        return max(years, key=lambda year: years[year])
    folder = document.path_event
    if folder and folder.year and is_same_event(folder.series, name):
        return folder.year
    if match := SINGLE_YEAR.search(document.meta.title):
        return int(match[1])
    if year := _find_year_in_file_name(document, name):
        return year
    latest = document.published_on.year if document.published_on else _LATEST
    for _, text, _ in list(iterate_sources(document))[:8]:
        match = SINGLE_YEAR.search(text) if name and fold_words(name) in fold_words(text) else None
        year = int(match[1]) if match else None
        if year and year <= latest and not is_long_past(document, year):  # else another edition is told of
            return year
    if year := _find_year_in_address(document, name):
        return year
    if document.published_on:
        return document.published_on.year
    return _find_year_at_top(document)


def is_long_past(document: Document, year: int) -> bool:
    """Whether a year is two or more before that of the post's date; False without a date.

    A text with such a year tells of the past, not of the event that was noted.
    """
    return document.published_on is not None and year < document.published_on.year - 1


def _find_year_in_file_name(document: Document, series: str) -> int | None:
    """Return the year right behind the event's name in the file's name ("moss-fest-2019-trees"); None without one."""
    if not (squeezed := fold_without_spaces(series)):
        return None
    match = re.search(rf"{re.escape(squeezed)}({EVENT_YEAR})", fold_without_spaces(document.stem))
    return int(match[1]) if match else None


def _find_year_at_top(document: Document) -> int | None:
    """Return the year of a date or month in the title or first rows, else one in the first paragraphs or the path.

    None if none of them has one.
    """
    rows = list_opening_rows(document, Form.PARAGRAPH, Form.LIST, Form.QUOTE, Form.HEADING)
    for row in (document.meta.title, *map(document.plain, document.headings[:1]), *rows):
        if dated := read_date(row) or find_date(row, None):
            return dated.year
        if (match := SINGLE_YEAR.search(row)) and not MONTHS.keys().isdisjoint(fold_words(row).split()):
            return int(match[1])  # "12 and 13 May 2019"
    for number in list(document.paragraphs(0, len(document.blocks)))[:3]:
        if match := SINGLE_YEAR.search(make_plain(document.blocks[number].content[:LOOKED_AT])):
            return int(match[1])
    match = ANY_YEAR.search(document.name[-300:])
    return int(match[1]) if match else None


def _find_year_in_address(document: Document, series: str) -> int | None:
    """Return the year beside the event's name in an address in the first blocks; None without such an address.

    The address must be the event's own ("2015.fooconf.example") or contain a folder for it
    (".../slides/2015-10-fooconf").
    """
    squeezed = fold_without_spaces(series)
    for block in document.blocks[:OPENING_BLOCKS]:
        for match in _ADDRESS.finditer(block.content[:LOOKED_AT]) if squeezed else ():
            if squeezed in fold_without_spaces(match[1]) and (year := ANY_YEAR.search(match[0])):
                return int(year[1])
        for match in _FOLDER_OF_ADDRESS.finditer(block.content[:LOOKED_AT]) if len(squeezed) >= _LONG_ENOUGH else ():
            if squeezed in fold_without_spaces(match[0]) and (year := ANY_YEAR.search(match[0])):
                return int(year[1])
    return None
