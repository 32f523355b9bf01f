"""Decodes bytes without guessing: a post is UTF-8, with or without a byte order mark."""

import codecs

from talks.parsing.diagnostics import Diagnostic, Severity

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE_AS_UTF8 = "Save the file as UTF-8."


def decode(data: bytes) -> str | Diagnostic:
    """Return the text of a file, or an error with the line of the first byte that is not UTF-8."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _refuse(1, f"The file is {name}, not UTF-8.", _SAVE_AS_UTF8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from after the mark, if there is one.
        start = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        before = data[:start]
        line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        column = start - max(before.rfind(b"\n"), before.rfind(b"\r"))
        if b"\x00" in data[:8192]:
            return _refuse(line, "The file is binary, not text.", "Give a markdown file.", column)
        return _refuse(line, f"The byte 0x{data[start]:02X} is not UTF-8.", _SAVE_AS_UTF8, column)


def _refuse(line: int, message: str, hint: str, column: int = 1) -> Diagnostic:
    return Diagnostic(Severity.ERROR, "not-utf8", line, message, hint, column)
