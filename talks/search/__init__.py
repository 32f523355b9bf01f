"""Questions to the base, and the words that answer them."""

from talks.search.engine import Results, search

__all__ = ["Results", "search"]
