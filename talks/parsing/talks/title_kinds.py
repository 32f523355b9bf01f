"""Words in a title that only say of what kind the talk is: "Opening keynote", "Lightning talk: Gardens"."""

import re

from talks.parsing.words.talk_words import KIND_WORDS

_KIND = re.compile(
    r"((?:[\w&-]+\s+){0,3}?[\w&-]+)\s*(?:#?\d{1,2})?\s*[:：–—|]\s+"
    r"|((?:[\w-]+\s+){0,2}?[\w-]+)\s+-\s+|[\[(]([\w -]{3,30})[\])]\s*"
)
_KIND_SIGNS = ":：–—|-"
_LEAST_KIND = 3  # characters: "lab"
_BARE_KINDS = KIND_WORDS - {"first", "second", "third", "last", "final"}


def names_only_kind(text: str) -> bool:
    """Whether a text says of what kind a talk is, and nothing else: "Opening keynote"."""
    return set(text.casefold().split()) <= _BARE_KINDS


def measure_kind(title: str) -> int:
    """Return the length of the kind of talk before a title, with its separator ("Keynote: "); 0 without one."""
    may = title.startswith(("(", "[")) or any(map(title.__contains__, _KIND_SIGNS))
    match = _KIND.match(title) if may else None
    if not match or match.end() >= len(title):
        return 0
    words = (match[1] or match[2] or match[3]).casefold().replace("-", " ").split()
    # "Talk the Talk: …" plays with words; no kind of talk says one twice.
    # "Q:" is a question, and no kind either.
    told = len(set(words)) == len(words) and max(map(len, words), default=0) >= _LEAST_KIND
    told = told and all(word in KIND_WORDS for word in words)
    return match.end() if told else 0


def begins_with_kind(title: str) -> bool:
    """Whether a title begins with its kind: "Keynote: Gardens"."""
    return measure_kind(title) > 0
