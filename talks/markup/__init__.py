"""Renders the Markdown of one block of notes as safe HTML: within limits, cleaned, and without ever raising."""

import html
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from talks.lines import end_with_lf
from talks.markup import bounds
from talks.markup.allow_list import Cleaner
from talks.markup.dialect import Outline, make_markdown, read_code, show_code
from talks.markup.images import FoundImage, find_images, locate_image, place_images
from talks.markup.simple_text import render_simple
from talks.markup.video_times import link_times

__all__ = ["NO_IMAGES", "FoundImage", "Rendered", "find_images", "link_times", "locate_image", "render"]

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
NO_IMAGES: Mapping[str, str] = MappingProxyType({})
_BLOCK_SIGN = re.compile(r"(?:[-+*]|#{1,6}|\d{1,9}[.)])(?= |\Z)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML. If only the plain text could be shown, `fault` is a sentence that says why."""

    html: str
    fault: str | None = None


def render(
    text: str, *, post: str | None = None, kind: str = "paragraph", images: Mapping[str, str] = NO_IMAGES
) -> Rendered:
    """Render one block: `kind` is a takeaway's kind; relative links are resolved from the post with the key `post`.

    `images` has the address in the media store of each image, by site path; other images become links to
    them. A point of a single paragraph comes without `<p>`.
    """
    base = f"/{post or ''}"
    text = _UNWANTED.sub("", end_with_lf(text))
    if kind in {"point", "paragraph"} and (simple := render_simple(text)) is not None:
        return Rendered(simple if kind == "point" else f"<p>{simple}</p>")
    if kind == "code":
        return Rendered(show_code(read_code(text)))
    if fault := bounds.find_excess(text):
        return _show_plain(text, fault)
    try:
        placed = place_images(text, base, images) if images else text
        shown = _THREAD.render(_frame(placed, kind), base, frozenset(images.values()), captioned=kind == "image")
    except (RecursionError, AssertionError, ValueError, LookupError, TypeError, AttributeError):
        _THREAD.start_anew()
        return _show_plain(text, "The markup is too tangled to be rendered.")
    if fault := bounds.find_growth(shown, text):
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
    """Return the text as markdown that cannot be read as another kind of block than `kind`."""
    if kind == "quote" and not text.lstrip().startswith(">"):
        return "\n".join(f"> {line}" for line in text.strip().split("\n"))
    if kind == "point" and (sign := _BLOCK_SIGN.match(text := text.strip())):
        return f"{text[: sign.end() - 1]}\\{text[sign.end() - 1 :]}"
    return text


class _Thread(threading.local):
    """The converter of one thread: Python-Markdown's object keeps state while it converts."""

    def __init__(self) -> None:
        self.start_anew()

    def start_anew(self) -> None:
        """Make new converters, since an exception leaves the old ones in the middle of their work."""
        self.markdown = make_markdown()
        self.outline = Outline(self.markdown)
        self.markdown.treeprocessors.register(self.outline, "outline", 15)
        self.cleaner = Cleaner()

    def render(self, text: str, base: str, shown: frozenset[str], *, captioned: bool) -> str:
        """Return safe HTML of the text; `shown` are the addresses of images that may be shown. May raise anything."""
        self.outline.shown, self.outline.captioned = shown, captioned
        return self.cleaner.clean(self.markdown.reset().convert(text), base)


_THREAD = _Thread()
