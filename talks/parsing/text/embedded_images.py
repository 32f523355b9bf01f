"""Replaces images that are embedded in a text as data by short names, so that lines stay short."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_DATA = re.compile(r"data:image/([a-z0-9.+-]{1,20});base64,([A-Za-z0-9+/_=%-]*)", re.IGNORECASE)
_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg"}


@dataclass(frozen=True, slots=True)
class EmbeddedImage:
    """An embedded image with its short name; its address begins at index `start` of the text, `data` is its base 64."""

    name: str
    start: int
    data: str


def find_embedded(text: str) -> Iterator[EmbeddedImage]:
    """Yield the images that are embedded in the text as base 64, in order."""
    if "base64," in text:
        yield from (EmbeddedImage(_name(found), found.start(), found[2]) for found in _DATA.finditer(text))


def cut_embedded(text: str) -> str:
    """Return the text with a short name ("embedded-….png") as the address of each embedded image."""
    return _DATA.sub(_name, text) if "base64," in text else text


def _name(found: re.Match[str]) -> str:
    digest = hashlib.sha256(found[2].encode()).hexdigest()[:16]
    form = found[1].casefold()
    return f"embedded-{digest}.{_ENDINGS.get(form, re.sub('[^a-z0-9]', '', form) or 'img')}"
