"""Questions to the base, and the words that answer them."""

from talks.search.engine import Results, search
from talks.search.index import refresh, stale

__all__ = ["Results", "refresh", "search", "stale"]
