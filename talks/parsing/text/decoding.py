"""Decodes bytes without guessing: a post must be UTF-8, with or without a byte order mark."""

import codecs

from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes) -> str | Diagnostic:
    """Return the text of a file; if it is not UTF-8, a diagnostic with the place of the first wrong byte."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return catalogue.OTHER_ENCODING.at(1, name=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from after the mark, if there is one.
        start = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        before = data[:start]
        line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        column = start - max(before.rfind(b"\n"), before.rfind(b"\r"))
        if b"\x00" in data[:8192]:
            return catalogue.BINARY_FILE.at(line, column=column)
        return catalogue.WRONG_BYTE.at(line, column=column, byte=data[start])
