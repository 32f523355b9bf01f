"""Compares titles within one post: counts their words, and measures how similar two titles are."""

import difflib
import re
from collections.abc import Set
from functools import cache

from talks.late_patterns import compile_late
from talks.names import fold_words

_WORD = re.compile(r"[^\W\d_]+")
_SPACELESS = compile_late("[\u3040-\u30ff\u3400-\u9fff]")
_SPACELESS_RUN = compile_late("[\u3040-\u30ff\u3400-\u9fff]{2,}")


def count_words(text: str) -> int:
    """Return the number of words in a title; of Chinese and Japanese characters each two count as one word."""
    if text.isascii():
        return len(text.split())
    characters = len(_SPACELESS.findall(text))
    return len(_SPACELESS.sub(" ", text).split()) + (characters + 1) // 2


def has_any(folded: str, words: frozenset[str]) -> bool:
    """Whether a folded text contains one of the words; in Chinese and Japanese also inside a run of characters."""
    if not words.isdisjoint(folded.split()):
        return True
    if folded.isascii() or not _SPACELESS_RUN.search(folded):
        return False
    return any(word in folded for word in _find_spaceless(words))


@cache
def _find_spaceless(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if _SPACELESS_RUN.fullmatch(word))


def opens_with_other(text: str, words: Set[str]) -> bool:
    """Whether a text begins with a word in ASCII that is not among `words`: a fast test, true of most sentences."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and first[0].isascii() and first[0].isalpha() and first[0].casefold() not in words


def tells_any(text: str, words: frozenset[str]) -> bool:
    """Whether a text contains one of the words, folded or, for a word listed with its accents alone, as written."""
    accented = () if text.isascii() else _WORD.findall(text.casefold())
    return has_any(fold_words(text), words) or not words.isdisjoint(accented)


def measure_likeness(a: str, b: str) -> float:
    """Return how similar two folded titles are, from 0 to 1; 0.9 if one begins with the other (8 characters at least).

    It is 0 if they have few words or letters in common, or very different lengths.
    """
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
