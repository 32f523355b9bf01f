"""Renders the Markdown of one block of notes as safe HTML, within limits of size and time, and without exceptions."""

import html
import re
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from talks.line_ends import end_with_lf
from talks.markup import rendering_limits
from talks.markup.allow_list import Cleaner
from talks.markup.dialect import Outline, make_markdown, read_code, show_code
from talks.markup.images import FoundImage, find_images, locate_image, place_images
from talks.markup.plain_text import ELEMENT, read_text
from talks.markup.simple_text import render_simple
from talks.markup.video_times import link_times
from talks.unseen_characters import drop_forbidden

__all__ = [
    "ELEMENT",
    "NO_IMAGES",
    "FoundImage",
    "Rendered",
    "find_images",
    "link_times",
    "locate_image",
    "read_text",
    "render",
]

NO_IMAGES: Mapping[str, str] = MappingProxyType({})
_BLOCK_SIGN = re.compile(r"(?:[-+*]|#{1,6}|\d{1,9}[.)])(?= |\Z)")


class Rendered(NamedTuple):
    """Safe HTML. If the markup is too long or tangled, it shows the text as written, and `fault` says why."""

    html: str
    fault: str | None = None


def render(
    text: str, *, post: str | None = None, kind: str = "paragraph", images: Mapping[str, str] = NO_IMAGES
) -> Rendered:
    """Return one block of notes rendered as safe HTML.

    `kind` is a takeaway's kind, `post` the key of the post to which links are relative, `images` maps paths of images
    to addresses in the media store. In the kind "image", an image that is alone in its paragraph gets its alternative
    text as caption. Images of other sites become links; of images of this site that are not in `images`, only the
    alternative text is shown. A point that is a single paragraph is rendered without `<p>`.
    """
    base = f"/{post or ''}"
    text = drop_forbidden(end_with_lf(text))
    if kind in {"point", "paragraph"} and (simple := render_simple(text)) is not None:
        return Rendered(simple if kind == "point" else f"<p>{simple}</p>")
    if kind == "code":
        return Rendered(show_code(read_code(text)))
    if fault := rendering_limits.find_excess(text):
        return _show_plain(text, fault)
    try:
        placed = place_images(text, base, images)
        shown = _THREAD.render(_frame(placed, kind), base, frozenset(images.values()), captioned=kind == "image")
    except (RecursionError, AssertionError, ValueError, LookupError, TypeError, AttributeError):
        _THREAD.start_anew()
        return _show_plain(text, "The markup is too tangled to be rendered.")
    if fault := rendering_limits.find_growth(shown, text):
        return _show_plain(text, fault)
    if not shown and text.strip() and not text.lstrip().startswith("<!--"):
        return Rendered(f"<p>{_escape(text.strip())}</p>")  # it has only definitions of links
    if kind == "point" and shown.count("<p>") == 1 and shown.startswith("<p>") and shown.endswith("</p>"):
        shown = shown.removeprefix("<p>").removesuffix("</p>").strip()
    return Rendered(shown)


def _show_plain(text: str, fault: str) -> Rendered:
    return Rendered(f"<pre>{_escape(text)}</pre>", fault)


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _frame(text: str, kind: str) -> str:
    """Return the text of a takeaway as Markdown that is read as its kind: a quote behind ">", a point as no list.

    So "1. of May" in a point does not become a list inside it. Texts of other kinds are returned unchanged.
    """
    if kind == "quote" and not text.lstrip().startswith(">"):
        return "\n".join(f"> {line}" for line in text.strip().split("\n"))
    if kind == "point" and (sign := _BLOCK_SIGN.match(text := text.strip())):
        return f"{text[: sign.end() - 1]}\\{text[sign.end() - 1 :]}"
    return text


class _Thread(threading.local):
    """The converters of one thread, since Python-Markdown's objects have state while they convert."""

    def __init__(self) -> None:
        self.start_anew()

    def start_anew(self) -> None:
        """Make new converters; this is also done after an exception, which leaves them in an undefined state."""
        self.markdown = make_markdown()
        self.outline = Outline(self.markdown)
        self.markdown.treeprocessors.register(self.outline, "outline", 15)
        self.cleaner = Cleaner()

    def render(self, text: str, base: str, shown: frozenset[str], *, captioned: bool) -> str:
        """Return safe HTML of the text; `shown` are the addresses of images that may be shown.

        May raise any exception.
        """
        self.outline.shown, self.outline.captioned = shown, captioned
        return self.cleaner.clean(self.markdown.reset().convert(text), base)


_THREAD = _Thread()
