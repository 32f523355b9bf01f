"""Stamps of what a page shows. Its form sends the stamp back, so that nothing is done that an editor did not see."""

from hashlib import sha256


def make_stamp(*shown: str) -> str:
    """Return a digest of the texts that a page shows, in this order."""
    return sha256("\n".join(shown).encode()).hexdigest()[:32]
