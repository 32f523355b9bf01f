"""All data that is computed from other rows and can be rebuilt: mentions, listings, counts, addresses, search text."""

from talks.derived.listings import count_pairs, find_stale_listings, read_pairs, recount_pairs, refresh_listings
from talks.derived.mentions import find_stale_mentions, refresh_mentions
from talks.derived.new_talks import NewNotes, NewTalks
from talks.derived.reference_addresses import find_stale_references, refresh_addresses, refresh_references
from talks.derived.renewal import find_posts_naming, find_talks_naming, render_takeaway, renew, renew_names
from talks.derived.search_text import find_stale_search_text, refresh_passages, refresh_search_text, rewrite_search_text
from talks.derived.texts_read import NOTHING_READ, ReadTexts, join_texts, read_texts
from talks.models import Resource, read_resource
from talks.parsing import URL_LENGTH
