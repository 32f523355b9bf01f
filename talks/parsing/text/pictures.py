"""Pictures beside words, such as emoji, which are no part of a label, a heading's words or a name."""

import re

# Symbols of Unicode that are neither operators nor brackets, and emoji.
_SYMBOLS = (
    "\u2195-\u2199\u21a9-\u21ad\u2300-\u2307\u230c-\u2328\u232b-\u239a\u23b4-\u23ff\u2500-\u25b6\u25b8-\u266e"
    "\u2670-\u2767\u2794-\u27bf\u2b00-\u2b2f\u2b45-\u2bff\U0001f000-\U0001faff"
)
_JOINERS = "\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f"  # they join symbols, and choose how these look
_SIGN = rf"(?:[0-9#*]\ufe0f?\u20e3|[{_SYMBOLS}{_JOINERS}])"
EMOJI_CODE = re.compile(r":(?<!\w:)[a-z0-9_+-]{2,30}:(?!\w)")
"""Matches a picture written as its name: ":tada:"."""
PICTURES = rf"(?:(?:{_SIGN}|{EMOJI_CODE.pattern})\s*)*"
"""Any number of emoji and other pictorial signs and the space behind each, as part of a pattern."""
_FRONT = re.compile(rf"\s*{PICTURES}")
_RUN = re.compile(rf"{_SIGN}(?:\s|{_SIGN})*")


def measure_pictures(text: str) -> int:
    """Return the length of the emoji, other pictorial signs and spaces at the start of a text."""
    match = None if text.isascii() else _FRONT.match(text)
    return match.end() if match else len(text) - len(text.lstrip())


def drop_last_pictures(text: str) -> str:
    """Return the text without emoji, other pictorial signs and spaces at its end."""
    text = text.rstrip()
    if not text or text[-1].isascii():
        return text
    last = next((match.start() for match in _RUN.finditer(text) if match.end() == len(text)), len(text))
    return text[:last].rstrip()


def drop_edge_pictures(text: str) -> str:
    """Return the text without emoji, other pictorial signs and spaces at its ends; those between words stay."""
    return drop_last_pictures(text[measure_pictures(text) :])


def drop_pictures(text: str) -> str:
    """Return the text with a space in place of each run of emoji and other pictorial signs."""
    return text if text.isascii() else _RUN.sub(" ", text).strip()
