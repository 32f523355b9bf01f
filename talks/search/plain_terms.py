"""From what somebody typed to a question: folded words, cut to a size that any database answers."""

import re
from dataclasses import dataclass

from talks import names

LONGEST = 200
MOST_TERMS = 16

# Signs that belong to a name stay at its word: C++, C#, .NET.
_WORD = re.compile(r"(?:(?<![^\s(\[/,;])\.)?[^\W_]+(?:\+\+|#)?")
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # PostgreSQL takes no NUL and no half of a surrogate pair
_PART = re.compile(r'"([^"]*)(?:"|\Z)|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Question:
    """What must be found: each term, folded, is a piece of the words of a talk. `fault` says why there are none."""

    text: str
    terms: tuple[str, ...] = ()
    fault: str | None = None


def read_question(text: str) -> Question:
    """The question in a text: words, and phrases between double quotes. All of them must be found."""
    text = names.normalise(_UNWANTED.sub(" ", text[:LONGEST]))
    terms: dict[str, None] = {}
    for phrase, word in _PART.findall(text):
        terms |= dict.fromkeys([fold_words(phrase)] if phrase else split_words(word))
    found = tuple(_place(term) for term in terms if term)[:MOST_TERMS]
    if not found and text:
        return Question(text, fault="Search for words: there is no letter or digit in this question.")
    return Question(text, found)


def split_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(names.fold_accents(text))


def fold_words(text: str) -> str:
    """The words of a text, folded, one space between them."""
    return " ".join(split_words(text))


def _place(term: str) -> str:
    """Where the term may stand in a talk's words: at the start of one; anywhere where a script has no spaces.

    One letter alone is a name (C, R) and no beginning of one.
    """
    if names.is_unspaced(term):
        return term
    return f" {term} " if len(term) == 1 else f" {term}"
