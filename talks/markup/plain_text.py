"""Reads the text of rendered notes. Pure."""

import re
from html import unescape

ELEMENT = re.compile(r"""<(?:[^<>"]|"[^"]*")*>""")
"""A tag of HTML as the cleaner writes it: with values of attributes in double quotation marks."""


def read_text(html: str) -> str:
    """Return the text of stored HTML, without tags and with entities resolved."""
    return unescape(ELEMENT.sub("", html)) if "<" in html or "&" in html else html
