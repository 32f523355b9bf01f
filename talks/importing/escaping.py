"""Escapes file names and other people's text in reports, so that no character controls a terminal or a log."""

import re

# C0 and C1 controls, zero-width and bidi controls, line and paragraph separators, half surrogates.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def escape(text: str) -> str:
    r"""Return the text on one line, with control characters and others that nobody sees as `\x1b` or `\u202e`."""
    return _UNSHOWN.sub(_name, text)


def _name(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8, as Python hands it over
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
