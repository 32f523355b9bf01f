"""How titles and names compare inside one post: lineup entries with sections, signs with words."""

import difflib
import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Words only: case, accents, width, punctuation and kinds of space do not count."""
    if text.isascii():
        return " ".join(_NOT_WORD.sub(" ", text.casefold()).split())
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_NOT_WORD.sub(" ", bare).split())


def squeeze(text: str) -> str:
    """One line, every kind of space as one plain space."""
    return " ".join(text.split())


def measure_likeness(a: str, b: str) -> float:
    """How alike two folded titles are, 0 to 1; a title that begins with the whole other one is nearly the same."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    shorter, longer = sorted((a, b), key=len)
    if longer.startswith(f"{shorter} ") and len(shorter) >= 8:
        return 0.9
    words = set(shorter.split())
    if len(longer) > 3 * len(shorter) or (" " in shorter and 2 * len(words & set(longer.split())) < len(words)):
        return 0.0
    matcher = difflib.SequenceMatcher(None, a[:300], b[:300], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.6 else 0.0
