"""Texts and names as runs of words, so that both are read alike. Pure.

A letter of a script that sets no spaces is a word by itself: a Chinese name is found anywhere, and a Latin word beside
it begins where it begins.
"""

import re
import unicodedata
from dataclasses import dataclass

from talks.names import UNSPACED_RANGES

# Signs belong to the word in C++, C#, .NET and °C; underscores join what they stand between.
_WORD = re.compile(
    rf"[{UNSPACED_RANGES}]|(?:(?<![\w.])\.|°)?[^\W_{UNSPACED_RANGES}]+(?:_+[^\W_{UNSPACED_RANGES}]+)*(?:(?:\+\+|\#)(?![+\#]))?"
)
_UNSPACED = re.compile(rf"[{UNSPACED_RANGES}]")
_SPACE = re.compile(r"\s+|[‐‑-]")
_NO_PLURALS = frozenset({"news"})
_APOSTROPHES = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words as they are written, folded, and where they stand."""

    text: str
    raw: list[str]
    folded: list[str]
    spans: list[tuple[int, int]]

    def join(self, place: int) -> str:
        """What stands before the word at `place`, as far as it tells names apart: one space for all that is space."""
        start, end = self.spans[place - 1][1], self.spans[place][0]
        gap = self.text[start:end]
        if gap == " " or _SPACE.fullmatch(gap):
            beside = self.text[start - 1] + self.text[end]
            return "" if not beside.isascii() and _UNSPACED.search(beside) else " "
        stripped = gap.strip()
        return stripped if stripped in {"/", "&"} else gap


def split_words(text: str) -> Words:
    """The words of a text without accents."""
    text = strip_accents(text).translate(_APOSTROPHES)
    found = list(_WORD.finditer(text))
    raw = [match[0] for match in found]
    return Words(text, raw, [word.casefold() for word in raw], [match.span() for match in found])


def strip_accents(text: str) -> str:
    """The text with its letters plain; case stays."""
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in marked if not unicodedata.combining(c)))


def spell(name: str, *, singular: bool = False) -> str:
    """The form under which two spellings are one: case, accents, and space or hyphen do not count, nor a plural s."""
    words = split_words(name)
    if not words.raw:
        return ""
    folded = list(words.folded)
    if singular:
        folded[-1] = fold_plural(words.raw[-1], folded[-1])
    return folded[0] + "".join(words.join(place) + folded[place] for place in range(1, len(folded)))


def fold_plural(raw: str, folded: str) -> str:
    """The singular of a word, or what stands for it in texts and names alike. `DNS`, `iOS` and `is` are no plurals."""
    if len(folded) < 3 or not raw.endswith("s") or raw.endswith("ss") or folded in _NO_PLURALS:
        return folded
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    return folded[:-2] if folded.endswith(("sses", "xes", "tches", "nches", "rches", "shes")) else folded[:-1]
