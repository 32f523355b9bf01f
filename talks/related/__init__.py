"""What stands beside what a reader looks at: the same elsewhere, related talks, tags that come together, trends."""

from talks.related.company import find_company, find_company_in
from talks.related.highlights import add_events, add_remainders, add_tags, add_takeaways, find_recent_tags
from talks.related.nearness import Near, find_near
from talks.related.trends import Share, find_trends

__all__ = [
    "Near",
    "Share",
    "add_events",
    "add_remainders",
    "add_tags",
    "add_takeaways",
    "find_company",
    "find_company_in",
    "find_near",
    "find_recent_tags",
    "find_trends",
]
