"""Reads the text of rendered notes. Pure."""

import re
from html import unescape

_ELEMENT = re.compile(r"""<(?:[^>"]|"[^"]*")*>""")  # as the cleaner of stored HTML writes it


def read_text(html: str) -> str:
    """Return the text of stored HTML, without tags and with entities resolved."""
    return unescape(_ELEMENT.sub("", html)) if "<" in html or "&" in html else html
