"""Questions to the base, and the words that answer them."""

from talks.search.answers import ORDERS
from talks.search.documents import Document, Zone, mark_tag, read_bit
from talks.search.engine import drop_block, list_blocks, list_stale, write_documents
from talks.search.facets import Chip, Choice, Facet
from talks.search.named import Named
from talks.search.postings import list_keys, locate
from talks.search.results import Excerpt, PostHit, Results, TalkHit, find_lines, search
from talks.search.suggestions import suggest

__all__ = [
    "ORDERS",
    "Answer",
    "Chip",
    "Choice",
    "Document",
    "Excerpt",
    "Facet",
    "Named",
    "PostHit",
    "Results",
    "TalkHit",
    "Zone",
    "answer_question",
    "drop_block",
    "find_lines",
    "list_blocks",
    "list_keys",
    "list_stale",
    "locate",
    "mark_tag",
    "read_bit",
    "search",
    "suggest",
    "write_documents",
]
