"""How text ends its lines: LF, CRLF or CR, and nothing else that Python would take for a line's end. Pure."""

import re

LINE_END = re.compile(r"\r\n?|\n")


def split_lines(text: str) -> list[str]:
    """The lines as they are numbered from 1 everywhere; after a line end at the end comes an empty one."""
    return LINE_END.split(text)


def end_with_lf(text: str) -> str:
    """The text as it is stored: each line ends with LF."""
    return LINE_END.sub("\n", text)
