"""What follows from the words of talks is made anew after each import and edit: for the talks concerned, in this order.

Mentions follow from the words, lists and counts from tags and visibility, addresses of references from who may see what
notes write, what searching reads from all of it.
"""

from collections.abc import Iterable, Mapping

from talks import markup
from talks.derived.affected_talks import seek_names
from talks.derived.mentions import refresh_mentions
from talks.derived.reference_addresses import refresh_references
from talks.derived.search_text import refresh_search_text
from talks.derived.talk_standing import refresh_standing
from talks.models import PostMedia, Takeaway


def renew(talks: Iterable[int]) -> None:
    """Let all that follows from these talks follow them; some may be gone."""
    chosen = sorted(set(talks))
    refresh_mentions(chosen)
    refresh_standing(chosen)
    refresh_references(chosen)
    refresh_search_text(chosen)


def renew_names(spellings: Iterable[str]) -> None:
    """The same after a change of the vocabulary: for the talks, of all in the base, that one of the names changes."""
    changed = refresh_mentions(seek_names(spellings))
    refresh_standing(changed)
    refresh_search_text(changed)


def render_takeaway(takeaway: Takeaway) -> str:
    """The HTML that follows from the takeaway's text; links are relative to the post, and so are images."""
    images: Mapping[str, str] = markup.NO_IMAGES
    if takeaway.post_id and any(markup.find_images(takeaway.text)):
        images = PostMedia.objects.filter(post=takeaway.post_id).addresses().get(takeaway.post_id, images)
    post = takeaway.post.key if takeaway.post else ""
    return markup.render(takeaway.text, post=post, kind=takeaway.kind, images=images).html
