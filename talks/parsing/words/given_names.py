"""Given names of people at conferences, without accents: evidence that two capitalised words are a person.

The list (`given_names.txt`) is only a sample. A name that is missing here is still read if the text says who speaks.
"""

from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.words.event_words import PLACES
from talks.parsing.words.word_sets import read_words


def fold_given_name(name: str) -> str:
    """Return a given name as the sets of names have it: folded, but with its hyphens ("Jean-Luc" as "jean-luc")."""
    return "-".join(map(fold_words, name.split("-")))


# All names are folded at once, since there are thousands.
GIVEN_NAMES = frozenset(fold_given_name(" ".join(read_words("given_names.txt"))).split())
# Names that are also everyday words or products: they count only before a likely surname.
AMBIGUOUS_NAMES = frozenset(map(fold_given_name, read_words("ambiguous_given_names.txt")))


def is_person_name(words: Sequence[str]) -> bool:
    """Whether the words are a known given name and one other word, of which none is a place: "ann", "lee"."""
    first, *others = map(fold_words, words)
    return len(others) == 1 and first in GIVEN_NAMES - AMBIGUOUS_NAMES and PLACES.isdisjoint((first, *others))
