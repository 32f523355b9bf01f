"""Reconciles the images that a post shows with those that it had. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from talks import markup
from talks.importing.reconcile.known import KnownImage, KnownPost, KnownTakeaway


def merge_images(new: Mapping[str, KnownImage], post: KnownPost | None) -> dict[str, KnownImage]:
    """All images of the post by path. One whose file is gone stays: old takeaways show it, and it may come back."""
    return {**(post.images if post else {}), **new}


def settle_images(
    images: Mapping[str, KnownImage], post: KnownPost | None, texts: Iterable[str], base: str
) -> tuple[tuple[str, KnownImage], ...]:
    """Those that are new or other than before; what no text shows any more is withdrawn."""
    if not images:
        return ()
    before = post.images if post else {}
    shown = {markup.locate_image(found.src, base) for text in texts for found in markup.find_images(text)}
    after = {path: replace(image, withdrawn=path not in shown) for path, image in images.items()}
    return tuple((path, image) for path, image in sorted(after.items()) if before.get(path) != image)


def render_withdrawn(
    takeaways: Iterable[KnownTakeaway], live: set[int], addresses: Mapping[str, str], key: str
) -> dict[int, str]:
    """HTML, by primary key, of takeaways that left the post of this key and show another image than before."""
    gone = (row for row in takeaways if row.pk not in live and any(markup.find_images(row.text)))
    shown = ((row, markup.render(row.text, post=key, kind=row.kind, images=addresses).html) for row in gone)
    return {row.pk: html for row, html in shown if html != row.html}
