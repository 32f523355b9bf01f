"""Cleans a text into lines that other modules can rely on: in NFC, without misleading invisible characters."""

import re
import unicodedata
from dataclasses import dataclass

from talks.line_ends import split_lines
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.unseen_characters import drop_unseen, find_unseen

LONGEST_LINE = 1_000_000
_LONGEST_MARK_RUN = 30  # as in Unicode's Stream-Safe Text Format: normalising longer runs takes quadratic time

_LONGEST_RUN = 60
_LONG_RUN = re.compile(rf"(.)\1{{{_LONGEST_RUN},}}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CleanText:
    """The lines of a post, as numbered on disk but from index 0, and the diagnostics of cleaning them."""

    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def clean_text(text: str) -> CleanText:
    """Split a text into lines in NFC without invisible characters; report such characters and very long lines.

    For an empty text, or one with NUL, report an error alone; its lines only lose NUL.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    diagnostics = _find_fatal(text, lines)
    if diagnostics:
        return CleanText(tuple(line.replace("\x00", "") for line in lines), diagnostics)
    if all(map(str.isascii, lines)) and all(map(str.isprintable, lines)):
        return CleanText(tuple(lines), _report_long_lines(lines))
    cleaned = []
    removed, first = 0, None
    for number, line in enumerate(lines, 1):
        if line.isascii() and line.isprintable():
            cleaned.append(line)
            continue
        shorter = drop_unseen(line)
        if len(shorter) < len(line):
            removed += len(line) - len(shorter)
            first = first or (number, next(find_unseen(line)) + 1)
        cleaned.append(_normalise(shorter))
    return CleanText(tuple(cleaned), _report_removed(removed, first) + _report_long_lines(cleaned))


def cut_runs(text: str) -> str:
    """Return the text with runs of one character cut to 60, so that no pattern becomes slow."""
    return _LONG_RUN.sub(lambda run: run[0][:_LONGEST_RUN], text) if len(text) > _LONGEST_RUN else text


def clean_value(value: str) -> str:
    """Return a value cleaned like a line of text, since escape sequences may have put anything into it.

    Its line ends become spaces.
    """
    return _normalise(drop_unseen(value.replace("\n", " ").replace("\r", " ")))


def _find_fatal(text: str, lines: list[str]) -> tuple[Diagnostic, ...]:
    for number, line in enumerate(lines, 1) if "\0" in text else ():
        if (column := line.find("\x00")) >= 0:
            return (catalogue.NUL_CHARACTER.at(number, column=column + 1),)
    if not any(line.strip() for line in lines):
        return (catalogue.EMPTY_POST.at(1),)
    return ()


def _normalise(line: str) -> str:
    if line.isascii():
        return line
    if len(line) > _LONGEST_MARK_RUN and any(map(unicodedata.combining, set(line))):
        line = _cut_mark_runs(line)
    return unicodedata.normalize("NFC", line)


def _cut_mark_runs(line: str) -> str:
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
    if max(map(len, lines)) <= LONGEST_LINE:
        return ()
    return tuple(
        catalogue.LONG_LINE.at(number, length=len(line))
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST_LINE
    )
