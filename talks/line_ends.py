"""Splitting a text into lines: LF, CRLF or CR ends a line; other characters at which Python's splitlines splits do not.

Pure.
"""

import re

LINE_END = re.compile(r"\r\n?|\n")
_LF = re.compile(r"\n")
_LINE_WITH_END = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, by the rule that every room uses, so that equal line numbers mean the same line.

    A text that ends with a line end has an empty last line.
    """
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def drop_first_lines(text: str, count: int) -> str:
    """Return the text without its first `count` lines, with LF between the others; empty if there are no others."""
    rest = end_with_lf(text).split("\n", count)[count:]
    return rest[0] if rest else ""


def split_after_line_ends(text: str) -> list[str]:
    """Return the lines of a text, each with the line end behind it; joined again they are the text."""
    return _LINE_WITH_END.findall(text)


def end_with_lf(text: str) -> str:
    """Return the text with each CRLF and CR replaced by LF, as it is stored; nothing is added to the last line."""
    return LINE_END.sub("\n", text) if "\r" in text else text


def list_line_starts(text: str) -> list[int]:
    """Return the index at which each line of a text begins whose line ends are LF."""
    return [0, *(end.end() for end in _LF.finditer(text))]


def join_lines(text: str) -> str:
    """Return the text on one line, with each run of white space as one space."""
    return " ".join(text.split())
