"""Finds where an affiliation that was read from a sentence ends, and which notes are none."""

import re
from collections.abc import Collection

_REMARK = re.compile(
    r"(?:about|in|on|whom?|whose|which|where|when|that|but|and|so|dealing|presenting|talking|explaining|showing)\s(?=.*[a-z])"
    r"|(?:\S+\s+){2,}(?:is|was|were|had)\s"
)


def is_remark(note: str) -> bool:
    """Whether a note behind a name tells of the talk or the writer: "about moss", "whom I asked", "it was long"."""
    return bool(_REMARK.match(note))


def end_before(affiliation: str, words: Collection[str]) -> str:
    """Return the affiliation up to the first of the words, in lower case, behind its first word.

    "Initech" for "Initech showed us moss" and the word "showed".
    """
    parts = affiliation.split()
    ends = (place for place, part in enumerate(parts) if place and part[:1].islower() and part.strip(",;") in words)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(",;")
