"""Rebuilds derived data: HTML, mentions, listings, addresses of references, search text.

Keys for comparing and sorting are not rebuilt. Rows that are correct already are not written.
"""

from collections.abc import Iterable

from django.db.models import Model

from talks import derived
from talks.backup.rendered_html import find_stale_posts, find_stale_takeaways
from talks.models import Reference, Tag, Talk
from talks.models.bulk import split_chunks, update_rows

_CHUNK = 500


def rebuild_base() -> dict[str, int]:
    """Rebuild HTML, mentions, listings, addresses of references and search text.

    Return how many rows of each kind were wrong: `{"takeaways rendered": 3, …}`.
    """
    changed = render_base()
    talks = Talk.objects.order_by("pk").values_list("pk", flat=True)
    changed["talks with other mentions"] = len(derived.refresh_mentions(list(talks)))
    Tag.objects.filter(sought=False).update(sought=True)
    stale_talks = list(derived.find_stale_listings())
    derived.refresh_listings(stale_talks)
    changed["talks listed or counted elsewhere"] = len(stale_talks)
    changed["counts of tags"] = derived.recount_pairs()
    references = Reference.objects.order_by("pk").values_list("pk", flat=True)
    changed["references shown otherwise"] = derived.refresh_addresses(list(references))
    return changed | rebuild_search_text()


def rebuild_search_text() -> dict[str, int]:
    """Rebuild only the search text; return how many talks and posts were wrong, in the form of `rebuild_base`."""
    stale = list(derived.find_stale_search_text())
    derived.rewrite_search_text(stale)
    return {"talks and posts found by other words": len(stale)}


def render_base() -> dict[str, int]:
    """Rebuild only the HTML; return how many takeaways and posts were wrong, in the form of `rebuild_base`."""
    return {
        "takeaways rendered": _store(find_stale_takeaways(), ["html"]),
        "posts rendered": _store((post for post, _ in find_stale_posts()), ["intro_html", "outro_html"]),
    }


def _store(rows: Iterable[Model], columns: list[str]) -> int:
    """Store these columns of the rows, and return how many rows there were."""
    count = 0
    for chunk in split_chunks(rows, _CHUNK):
        update_rows(chunk, columns)
        count += len(chunk)
    return count
