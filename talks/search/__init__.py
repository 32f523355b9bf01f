"""The search: it answers queries, and writes the index that holds the words of talks and posts.

Modules that write the index are loaded with this package. Modules that answer queries need numpy and are loaded with
the first query, so that a web worker starts faster and uses less memory until then.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from talks.search.documents import Document, PlacedNotes, Zone, number_note, place_notes, read_bit
from talks.search.engine import drop_block, list_blocks, list_stale, write_documents
from talks.search.excerpts import Piece
from talks.search.postings import list_keys, locate

if TYPE_CHECKING:
    from talks.search.results import PostHit, Results, TalkHit, find_lines, search
    from talks.search.suggestions import suggest

_ANSWERING = {
    "PostHit": "results",
    "Results": "results",
    "TalkHit": "results",
    "find_lines": "results",
    "search": "results",
    "suggest": "suggestions",
}


def __getattr__(name: str) -> Any:
    """Load the module of a name that answers queries, such as `search`, when the name is first used.

    Return what the name stands for. Raises `AttributeError` for any other name.
    """
    if name not in _ANSWERING:
        raise AttributeError(name)
    return getattr(import_module(f"talks.search.{_ANSWERING[name]}"), name)
