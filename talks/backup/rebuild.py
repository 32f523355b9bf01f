"""Rebuilds all derived data: HTML, mentions, listings, addresses of references, search text.

Rows that are correct already are not written.
"""

from talks import derived
from talks.markup import NO_IMAGES, render
from talks.models import Post, PostMedia, Reference, Tag, Takeaway, Talk
from talks.models.bulk import split_chunks

_CHUNK = 500


def rebuild_base() -> dict[str, int]:
    """Rebuild all derived data; return how many rows were wrong, by kind."""
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
    """Rebuild only the search text; return how many talks and posts were wrong."""
    stale = list(derived.find_stale_search_text())
    derived.rewrite_search_text(stale)
    return {"talks and posts found by other words": len(stale)}


def render_base() -> dict[str, int]:
    """Rebuild only the HTML; return how many rows were wrong, by kind."""
    return {"takeaways rendered": _render_takeaways(), "posts rendered": _render_posts()}


def _render_takeaways() -> int:
    count = 0
    images = PostMedia.objects.all().addresses()
    rows = Takeaway.objects.order_by("pk").values_list("pk", "text", "kind", "html", "post__key", "post")
    for chunk in split_chunks(rows.iterator(_CHUNK), _CHUNK):
        wrong = [
            Takeaway(pk=pk, html=due)
            for pk, text, kind, html, key, post in chunk
            if (due := render(text, post=key, kind=kind, images=images.get(post, NO_IMAGES)).html) != html
        ]
        Takeaway.objects.bulk_update(wrong, ["html"])
        count += len(wrong)
    return count


def _render_posts() -> int:
    count = 0
    images = PostMedia.objects.all().addresses()
    rows = Post.objects.order_by("pk").values_list("pk", "key", "intro", "intro_html", "outro", "outro_html")
    for chunk in split_chunks(rows.iterator(_CHUNK), _CHUNK):
        wrong = []
        for pk, key, intro, intro_html, outro, outro_html in chunk:
            own = images.get(pk, NO_IMAGES)
            due = [render(text, post=key, images=own).html for text in (intro, outro)]
            if due != [intro_html, outro_html]:
                wrong.append(Post(pk=pk, intro_html=due[0], outro_html=due[1]))
        Post.objects.bulk_update(wrong, ["intro_html", "outro_html"])
        count += len(wrong)
    return count
