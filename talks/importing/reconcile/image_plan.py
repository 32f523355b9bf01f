"""Compares the images that a post shows with those that it showed before. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from talks import markup
from talks.importing.reconcile.known import KnownImage, KnownPost
from talks.models import Takeaway


def merge_images(new: Mapping[str, KnownImage], post: KnownPost | None) -> dict[str, KnownImage]:
    """Return all images of the post by path: the `new` ones, and at other paths the images that it had before.

    So an image whose file is gone stays, since older takeaways show it. But an image that an editor gave stays only
    while it is among the `new` ones; if the editor took it back, it is not.
    """
    before = post.images if post else {}
    return {**{path: image for path, image in before.items() if not image.given}, **new}


def plan_images(
    images: Mapping[str, KnownImage], post: KnownPost | None, texts: Iterable[str], base: str
) -> tuple[tuple[str, KnownImage], ...]:
    """Return pairs of path and image, sorted by path, for the images of the post whose rows change.

    They are new or changed images, images that none of the `texts` shows any more (`withdrawn`), and images that a text
    shows again. `images` are all images of the post, from `merge_images`; `base` is the path to which addresses in
    `texts` relate.
    """
    if not images:
        return ()
    before = post.images if post else {}
    shown = {markup.locate_image(found.src, base) for text in texts for found in markup.find_images(text)}
    after = {path: replace(image, withdrawn=path not in shown) for path, image in images.items()}
    return tuple((path, image) for path, image in sorted(after.items()) if before.get(path) != image)


def render_withdrawn(
    takeaways: Iterable[Takeaway], live: set[int], addresses: Mapping[str, str], key: str
) -> dict[int, str]:
    """Return new HTML, by primary key, for takeaways that left the post and show images, where their HTML changes.

    `live` are the primary keys of the takeaways that the post has. `addresses` are the images' places in the media
    store, by path. `key` is the key of the post.
    """
    gone = (row for row in takeaways if row.pk not in live and any(markup.find_images(row.text)))
    shown = ((row, markup.render(row.text, post=key, kind=row.kind, images=addresses).html) for row in gone)
    return {row.pk: html for row, html in shown if html != row.html}
