"""Cleans a text into lines that other modules can rely on: in NFC, without misleading invisible characters."""

import re
import unicodedata
from dataclasses import dataclass

from talks.line_ends import split_lines
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic

LONGEST_LINE = 1_000_000
_LONGEST_MARK_RUN = 30  # as in Unicode's Stream-Safe Text Format: normalising longer runs takes quadratic time

_LONGEST_RUN = 60
_LONG_RUN = re.compile(rf"(.)\1{{{_LONGEST_RUN},}}", re.DOTALL)
# C0 and C1 controls but tab, soft hyphen, zero-width and bidi controls, line and paragraph separators,
# noncharacters, half surrogates.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
# Joiners are letters' business in Arabic and Indic scripts, and hold together the parts of one emoji.
_JOINERS = "\u200c\u200d"
_JOINABLE = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """The lines of a post, as numbered on disk but from index 0, and the diagnostics of cleaning them."""

    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def clean_text(text: str) -> CleanText:
    """Split a text into lines and remove invisible characters; for an empty text, or one with NUL, report an error."""
    lines = split_lines(text.removeprefix("\ufeff"))
    diagnostics = _find_fatal(lines)
    if diagnostics:
        return CleanText(tuple(line.replace("\x00", "") for line in lines), diagnostics)
    cleaned = []
    removed, first = 0, None
    for number, line in enumerate(lines, 1):
        if line.isascii() and line.isprintable():
            cleaned.append(line)
            continue
        shorter, place = _remove_unwanted(line)
        if place:
            removed += len(line) - len(shorter)
            first = first or (number, place)
        cleaned.append(_normalise(shorter))
    return CleanText(tuple(cleaned), _report_removed(removed, first) + _report_long_lines(cleaned))


def bound_runs(text: str) -> str:
    """Return the text with runs of one character cut to 60, so that no pattern becomes slow."""
    return _LONG_RUN.sub(lambda run: run[0][:_LONGEST_RUN], text) if len(text) > _LONGEST_RUN else text


def clean_value(value: str) -> str:
    """Return a value cleaned like a line of text, since escape sequences may have put anything into it.

    Its line ends become spaces.
    """
    return _normalise(_remove_unwanted(value.replace("\n", " ").replace("\r", " "))[0])


def _find_fatal(lines: list[str]) -> tuple[Diagnostic, ...]:
    for number, line in enumerate(lines, 1):
        if (column := line.find("\x00")) >= 0:
            return (catalogue.NUL_CHARACTER.at(number, column=column + 1),)
    if not any(line.strip() for line in lines):
        return (catalogue.EMPTY_POST.at(1),)
    return ()


def _remove_unwanted(line: str) -> tuple[str, int]:
    """Return the line without unwanted characters, and the column (from 1) of the first of these, or 0."""
    if line.isprintable() or not _UNWANTED.search(line):
        return line, 0
    kept, first, end = [], 0, 0
    for match in _UNWANTED.finditer(line):
        start = match.start()
        if match[0] in _JOINERS and _joins(line, start):
            continue
        first = first or start + 1
        kept.append(line[end:start])
        end = match.end()
    return "".join([*kept, line[end:]]), first


def _joins(line: str, place: int) -> bool:
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    return bool(_JOINABLE.match(before) and _JOINABLE.match(after))


def _normalise(line: str) -> str:
    if line.isascii():
        return line
    if len(line) > _LONGEST_MARK_RUN and any(map(unicodedata.combining, set(line))):
        line = _bound_mark_runs(line)
    return unicodedata.normalize("NFC", line)


def _bound_mark_runs(line: str) -> str:
    """Return the line with runs of combining marks cut to 30, more than any language needs."""
    kept, run = [], 0
    for character in line:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _LONGEST_MARK_RUN:
            kept.append(character)
    return "".join(kept) if len(kept) < len(line) else line


def _report_removed(count: int, first: tuple[int, int] | None) -> tuple[Diagnostic, ...]:
    if not first:
        return ()
    line, column = first
    return (catalogue.CONTROL_CHARACTERS.at(line, column=column, count=count),)


def _report_long_lines(lines: list[str]) -> tuple[Diagnostic, ...]:
    return tuple(
        catalogue.LONG_LINE.at(number, length=len(line))
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST_LINE
    )
