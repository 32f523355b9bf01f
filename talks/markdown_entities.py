"""Reads entities of HTML in Markdown, such as `&amp;`. Pure."""

import re
from html import unescape
from html.entities import html5

ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", re.IGNORECASE)
"""A regex for what may be an entity. Only its semicolon makes it one, for addresses hold `&region=` and `&section=`."""


def read_entities(text: str) -> str:
    """Return a text with the character that each HTML entity stands for in place of it; unknown entities stay."""
    return ENTITY.sub(_read_entity, text) if "&" in text else text


def _read_entity(found: re.Match[str]) -> str:
    return unescape(found[0]) if found[0][1] == "#" or found[0][1:] in html5 else found[0]
