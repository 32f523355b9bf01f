"""Says where a company's name ends in a sentence, and which notes behind a person's name hold no company."""

import re
from collections.abc import Collection

_REMARK = re.compile(
    r"(?:about|in|on|whom?|whose|which|where|when|that|but|and|so|dealing|presenting|talking|explaining|showing)\s(?=.*[a-z])"
    r"|(?:\S+\s+){2,}(?:is|was|were|had)\s"
)


def is_remark(note: str) -> bool:
    """Whether a note behind a name tells of the talk or writer: "about moss", "whom I asked", "the talk was long"."""
    return bool(_REMARK.match(note))


def end_before(affiliation: str, words: Collection[str]) -> str:
    """Cut the affiliation before its first word that is among `words` and begins with a small letter.

    Its first word always stays. "Initech showed us moss" and the word "showed" give "Initech".
    """
    parts = affiliation.split()
    ends = (place for place, part in enumerate(parts) if place and part[:1].islower() and part.strip(",;") in words)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(",;")
