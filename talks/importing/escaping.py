"""Escapes file names and other people's text in reports, so that no character controls a terminal or a log."""

from talks.unseen_characters import replace_unseen


def escape(text: str) -> str:
    r"""Return the text on one line, with control characters and others that nobody sees as `\x1b` or `\u202e`."""
    return replace_unseen(text, _name).replace("\t", r"\x09").replace("\n", r"\x0a")


def _name(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8, as Python hands it over
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
