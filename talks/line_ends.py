"""Splitting a text into lines: LF, CRLF or CR ends a line; other characters at which Python's splitlines splits do not.

Pure.
"""

import re

LINE_END = re.compile(r"\r\n?|\n")
_LF = re.compile(r"\n")
_LINE_WITH_END = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, without their line ends.

    All code uses this rule, so that equal line numbers mean the same line. Behind a line end at the end of the text
    there is one more line, an empty one.
    """
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def drop_first_lines(text: str, count: int) -> str:
    """Return a text without its first `count` lines, its line ends as LF; "" if it has no more lines than that."""
    rest = end_with_lf(text).split("\n", count)[count:]
    return rest[0] if rest else ""


def split_after_line_ends(text: str) -> list[str]:
    """Return the lines of a text with their line ends, so that the joined lines are the text."""
    return _LINE_WITH_END.findall(text)


def end_with_lf(text: str) -> str:
    """Return a text with LF in place of each line end CRLF or CR, as posts are stored.

    A last line without line end gets none.
    """
    return LINE_END.sub("\n", text) if "\r" in text else text


def list_line_starts(text: str) -> list[int]:
    """Return the index of the first character of each line in a text whose line ends are all LF."""
    return [0, *(end.end() for end in _LF.finditer(text))]


def join_lines(text: str) -> str:
    """Return a text on one line, trimmed, with one space for each run of white space, line ends included."""
    return " ".join(text.split())
