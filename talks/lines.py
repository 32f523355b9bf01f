"""Line ends: LF, CRLF or CR end a line, and nothing else that Python's splitlines knows. Pure."""

import re

LINE_END = re.compile(r"\r\n?|\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, which every room numbers from 1.

    A line end at the end is followed by an empty line.
    """
    return LINE_END.split(text)


def end_with_lf(text: str) -> str:
    """Return the text as it is stored: each line ends with LF."""
    return LINE_END.sub("\n", text)


def join_lines(text: str) -> str:
    """Return the text on one line, with each run of white space as one space."""
    return " ".join(text.split())
