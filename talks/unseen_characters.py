"""Which characters of a text nobody sees, which mislead in an address, and which no page may hold. Pure."""

import re
from collections.abc import Callable, Iterator

CONTROLS = r"\x00-\x1f\x7f-\x9f"
"""The control characters of ASCII and Latin 1, tab and line feed among them, as part of a class of a regex."""
HALF_CHARACTERS = r"\ud800-\udfff"
"""Halves of surrogate pairs, which no encoding can write, as part of a class of a regex."""
# Controls but tab and line feed, soft hyphen, zero-width and bidi controls, line and paragraph separators,
# noncharacters, half characters.
_UNSEEN = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    rf"\ufdd0-\ufdef{HALF_CHARACTERS}"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
# Joiners are letters' business in Arabic and Indic scripts, and hold together the parts of one emoji.
_JOINERS = "\u200c\u200d"
_JOINABLE = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
# Browsers skip a tab inside an address and read a backslash as a slash; people do not.
_MISLEADING = re.compile(rf"[{CONTROLS}\x20\xa0\\\u2028\u2029]")
# Those that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets) and the control "delete".
_FORBIDDEN = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{HALF_CHARACTERS}\ufffe\uffff]")


def find_unseen(text: str) -> Iterator[int]:
    """Yield the places of characters that nobody sees and that may mislead, such as one that turns text around.

    Tabs, line feeds, and joiners between letters or signs that they join are left out.
    """
    if not text.isprintable():
        for match in _UNSEEN.finditer(text):
            if not (match[0] in _JOINERS and _joins(text, match.start())):
                yield match.start()


def has_unseen(text: str) -> bool:
    """Whether the text has a character that `find_unseen` finds."""
    return next(find_unseen(text), None) is not None


def replace_unseen(text: str, replace: Callable[[str], str]) -> str:
    """Return the text with what `replace` returns in place of each character that `find_unseen` finds."""
    pieces, end = [], 0
    for place in find_unseen(text):
        pieces += [text[end:place], replace(text[place])]
        end = place + 1
    return "".join([*pieces, text[end:]]) if pieces else text


def drop_unseen(text: str) -> str:
    """Return the text without the characters that `find_unseen` finds."""
    return replace_unseen(text, lambda _: "")


def misleads(url: str) -> bool:
    """Whether an address has a space, or a character for which people and browsers read another address."""
    return bool(_MISLEADING.search(url))


def drop_forbidden(text: str) -> str:
    """Return the text without characters that no page or feed may hold."""
    return _FORBIDDEN.sub("", text)


def _joins(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(_JOINABLE.match(before) and _JOINABLE.match(after))
