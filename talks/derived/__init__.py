"""Whatever follows from rows and can be made again: mentions, counts, lists, addresses of references, search text."""

from talks.derived.affected_talks import seek_names
from talks.derived.mentions import load_vocabulary, refresh_mentions, stale_mentions
from talks.derived.reference_addresses import refresh_references, settle_references, stale_references
from talks.derived.renewal import render_takeaway, renew, renew_names
from talks.derived.resources import URL_LENGTH, Resource, read_resource
from talks.derived.search_text import refresh_search_text, stale_search_text
from talks.derived.tag_pairs import count_pairs, read_pairs, recount_pairs
from talks.derived.talk_standing import refresh_standing, stale_standing

__all__ = [
    "URL_LENGTH",
    "Resource",
    "count_pairs",
    "load_vocabulary",
    "read_pairs",
    "read_resource",
    "recount_pairs",
    "refresh_mentions",
    "refresh_references",
    "refresh_search_text",
    "refresh_standing",
    "render_takeaway",
    "renew",
    "renew_names",
    "seek_names",
    "settle_references",
    "stale_mentions",
    "stale_references",
    "stale_search_text",
    "stale_standing",
]
