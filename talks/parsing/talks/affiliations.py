"""Finds where an affiliation that was read from a sentence ends."""

from collections.abc import Collection


def end_before(affiliation: str, words: Collection[str]) -> str:
    """Return the affiliation up to the first of the words, in lower case, behind its first word.

    "Initech" for "Initech showed us moss" and the word "showed".
    """
    parts = affiliation.split()
    ends = (place for place, part in enumerate(parts) if place and part[:1].islower() and part.strip(",;") in words)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(",;")
