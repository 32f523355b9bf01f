"""What follows from the words of talks is made anew after each import and edit: for the talks concerned, in this order.

Mentions follow from the words, lists and counts from tags and visibility, addresses of references from who may see what
notes write, what searching reads from all of it.
"""

from collections.abc import Iterable

from talks import relating, search


def renew(talks: Iterable[int]) -> None:
    """Let all that follows from these talks follow them; some may be gone."""
    chosen = sorted(set(talks))
    relating.refresh_mentions(chosen)
    relating.refresh_standing(chosen)
    relating.refresh_references(chosen)
    search.refresh(chosen)


def renew_names(spellings: Iterable[str]) -> None:
    """The same after a change of the vocabulary: for the talks, of all in the base, that one of the names changes."""
    changed = relating.refresh_mentions(relating.seek_names(spellings))
    relating.refresh_standing(changed)
    search.refresh(changed)
