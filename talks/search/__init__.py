"""Questions to the base, and the words that answer them."""

from talks.search.engine import Results, search
from talks.search.plain_terms import fold_words

__all__ = ["Results", "fold_words", "search"]
