"""What templates need beyond Django's own. The one module that calls a text safe: a test holds that."""

import json
from datetime import date
from html import unescape
from math import sqrt
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from talks.markup import link_times
from talks.models import Tag, Takeaway, Talk
from talks.related import Share
from talks.vocabulary import Marker, mark_mentions

register = template.Library()

_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
_LINKED_SCHEMES = frozenset({"http", "https"})
_WIDE_KINDS = frozenset({Takeaway.Kind.CODE, Takeaway.Kind.TABLE})


@register.filter
def stored_html(html: str) -> SafeString:
    """HTML that `talks.markup` made and cleaned before it was stored."""
    return mark_safe(html)  # noqa: S308


@register.simple_tag
def words(takeaway: Takeaway, *, language: str = "", marker: Marker | None = None, video: str = "") -> SafeString:
    """What a takeaway says, in its language, with what the marker finds marked, and times linked into the video.

    What is wider than the page scrolls by itself, by keyboard too.
    """
    marked = mark_mentions(takeaway.html, marker) if marker else takeaway.html
    html = stored_html(link_times(marked, video) if video else marked)
    lang = format_html(' lang="{}"', language) if language else ""
    if takeaway.kind not in _WIDE_KINDS:
        return format_html('<div class="words"{}>{}</div>', lang, html)
    frame = '<div class="words scrolls" tabindex="0" role="group" aria-label="{}"{}>{}</div>'
    return format_html(frame, takeaway.get_kind_display(), lang, html)


@register.simple_tag
def structured(data: dict[str, Any]) -> SafeString:
    """Data for search engines, in which no text can end the element: all but ASCII, and `<`, `>`, `&`, is escaped."""
    text = json.dumps(data).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def plain(html: str) -> str:
    """Stored HTML as the words that it shows."""
    return unescape(strip_tags(html))


@register.filter
def safe_href(url: str) -> str:
    """The URL where a reader may be sent there, else nothing."""
    try:
        return url if urlsplit(url).scheme.lower() in _LINKED_SCHEMES else ""
    except ValueError:
        return ""


@register.filter
def without_scheme(url: str) -> str:
    """The URL as people write it."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


@register.filter
def site(url: str) -> str:
    """The host of an address, as people write it."""
    return without_scheme(url).partition("/")[0]


@register.filter
def as_it_was(url: str, on: date | None) -> str:
    """The archived page that is nearest to the day; nothing without a day, or where no page is."""
    return f"https://web.archive.org/web/{on:%Y%m%d}/{url}" if on and safe_href(url) else ""


@register.filter
def radius(share: Share) -> str:
    """Of a circle whose area is the share; what half of all talks are on fills its place."""
    return f"{max(2.0, min(11.0, 11 * sqrt(2 * share.share))):.1f}"


@register.simple_tag
def weight(count: int, most: int) -> int:
    """How large a tag of so many talks is set, from 1 to 5, where `most` is the count of the commonest."""
    return 1 + round(4 * count / most) if most else 1


@register.filter
def kind_name(kind: str) -> str:
    """What many references of a kind are called."""
    return {"video": "Videos", "slides": "Slides", "code": "Code"}.get(kind, f"{kind.capitalize()}s")


@register.filter
def of(found: dict[int, list[Takeaway]], row: Talk | Takeaway) -> list[Takeaway]:
    """What was found of a talk, or stands beside a takeaway."""
    return found.get(row.pk, [])


@register.simple_tag
def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: 1 talk, 1,204 talks."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


@register.simple_tag
def people(talk: Talk) -> SafeString:
    """Who gave the talk, in order, each in its own direction of writing."""
    names = ((appearance.speaker.name,) for appearance in talk.appearances.all())
    return format_html_join(", ", "<bdi>{}</bdi>", names)


@register.simple_tag
def place(talk: Talk) -> SafeString:
    """Where the talk was given, with a link there: its day, or the conference where the notes know no days."""
    edition, number = talk.conference, talk.day.number
    if number is None or edition.series is None:
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition)
    return format_html('<a href="{}">{}, day {}</a>', reverse("day", args=[edition.slug, number]), edition, number)


@register.simple_tag
def crossed(tags: list[Tag], *, plus: Tag | None = None, minus: Tag | None = None) -> str:
    """The address where these tags meet, with one more or one less; that of all tags where none is left."""
    slugs = {tag.slug for tag in [*tags, *([plus] if plus else [])]} - {minus.slug if minus else ""}
    return reverse("tag", args=["+".join(sorted(slugs))]) if slugs else reverse("tags")


@register.simple_tag
def query(filters: dict[str, Any], **changes: Any) -> str:
    """The query of an address with these filters, changed; None takes one away."""
    kept = {name: value for name, value in {**filters, **changes}.items() if value not in (None, "")}
    return f"?{urlencode(kept)}"


@register.inclusion_tag("talks/partials/_pager.html")
def pager(page: Page, filters: dict[str, Any] | None = None) -> dict[str, Any]:
    """Links to the other leaves of a list, where it has any."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "filters": filters or {}, "numbers": list(numbers), "gap": page.paginator.ELLIPSIS}
