"""Reads where a speaker comes from in a sentence."""

from collections.abc import Collection


def end_before(affiliation: str, words: Collection[str]) -> str:
    """Return the affiliation without the rest of a sentence, which begins with one of the words in lower case."""
    parts = affiliation.split()
    ends = (place for place, part in enumerate(parts) if place and part[:1].islower() and part.strip(",;") in words)
    return " ".join(parts[: next(ends, len(parts))]).rstrip(",;")
