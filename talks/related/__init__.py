"""Rankings for readers: the same talk elsewhere, related talks, takeaways and tags, highlights, trends."""

from talks.related.highlights import (
    add_events,
    add_noted_events,
    add_remainders,
    add_tags,
    add_takeaways,
    choose_quote,
    find_recent_tags,
)
from talks.related.related_tags import find_related_tags, find_tags_among
from talks.related.related_talks import Related, find_related
from talks.related.trends import Share, find_trends
