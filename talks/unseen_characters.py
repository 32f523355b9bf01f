"""Which characters of a text nobody sees, which ones mislead in an address, and which ones no page may contain.

Pure.
"""

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
    """Yield the index of each character that nobody sees and that may mislead, such as one that reverses a text.

    Tabs and line feeds are left out, as are joiners between letters or parts of an emoji that they join.
    """
    if not text.isprintable():
        for match in _UNSEEN.finditer(text):
            if not (match[0] in _JOINERS and _joins(text, match.start())):
                yield match.start()


def has_unseen(text: str) -> bool:
    """Whether a text has a character that nobody sees and that may mislead, by `find_unseen`."""
    return next(find_unseen(text), None) is not None


def replace_unseen(text: str, replace: Callable[[str], str]) -> str:
    """Return a text in which each character that `find_unseen` finds is replaced by the result of `replace` for it."""
    pieces, end = [], 0
    for place in find_unseen(text):
        pieces += [text[end:place], replace(text[place])]
        end = place + 1
    return "".join([*pieces, text[end:]]) if pieces else text


def drop_unseen(text: str) -> str:
    """Return a text without characters that nobody sees and that may mislead, by `find_unseen`."""
    return replace_unseen(text, lambda _: "")


def misleads(url: str) -> bool:
    """Whether an address has white space, a control or a backslash: browsers may read another one than people."""
    return bool(_MISLEADING.search(url))


def drop_forbidden(text: str) -> str:
    """Return a text without the characters that XML forbids, so that every page and feed may contain it."""
    return _FORBIDDEN.sub("", text)


def _joins(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(_JOINABLE.match(before) and _JOINABLE.match(after))
