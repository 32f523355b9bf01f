"""Finds rows whose stored HTML is not what their text is rendered to."""

from collections.abc import Iterator
from typing import Any

from talks.compact_fields import leave_out_same
from talks.markup import NO_IMAGES, render
from talks.models import Post, PostMedia, Takeaway

_CHUNK = 500


def find_stale_takeaways() -> Iterator[Takeaway]:
    """Yield each takeaway whose HTML is wrong, as a `Takeaway` with only `pk`, `public_id` and the right HTML.

    The HTML is in the form that is stored: None if it is only the text, escaped.
    """
    images = PostMedia.objects.all().addresses()
    rows = Takeaway.objects.order_by("pk").values_list("pk", "public_id", "text", "kind", "html", "post__key", "post")
    for pk, public_id, text, kind, html, key, post in rows.iterator(_CHUNK):
        due = render(text, post=key, kind=kind, images=images.get(post, NO_IMAGES)).html
        if due != html:
            stored: Any = leave_out_same(due, text)
            yield Takeaway(pk=pk, public_id=public_id, html=stored)


def find_stale_posts() -> Iterator[tuple[Post, list[str]]]:
    """Yield pairs for posts with wrong HTML: a `Post` with only `pk`, `key` and the right HTML, and its wrong parts.

    The parts are "intro" and "outro".
    """
    images = PostMedia.objects.all().addresses()
    rows = Post.objects.order_by("pk").values_list("pk", "key", "intro", "intro_html", "outro", "outro_html")
    for pk, key, intro, intro_html, outro, outro_html in rows.iterator(_CHUNK):
        own = images.get(pk, NO_IMAGES)
        due = {"intro": render(intro, post=key, images=own).html, "outro": render(outro, post=key, images=own).html}
        wrong = [part for part, html in (("intro", intro_html), ("outro", outro_html)) if html != due[part]]
        if wrong:
            yield Post(pk=pk, key=key, intro_html=due["intro"], outro_html=due["outro"]), wrong
