"""General template tags and filters. Only this module marks text as safe HTML, which a test ensures."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import takewhile
from math import sqrt
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf.locale import LANG_INFO
from django.core.paginator import Page
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from talks.counts_and_cut_texts import cut_text, show_count
from talks.markup import link_times, read_text
from talks.models import Tag, Takeaway, Talk, write_address
from talks.related import Share
from talks.search import Piece
from talks.vocabulary import Marker, mark_mentions

register = template.Library()

_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
_HEADING = re.compile(r"#{1,6}\s")
_PARTS_KEPT = 8192
_LINKED_SCHEMES = frozenset({"http", "https"})
_WIDE_KINDS = frozenset({Takeaway.Kind.CODE, Takeaway.Kind.TABLE})


def fixed_html(html: str) -> SafeString:
    """Return HTML that is a constant in the code, marked as safe."""
    return mark_safe(html)  # noqa: S308


def join_html(parts: Iterable[Any], between: str = "") -> SafeString:
    """Return the texts joined with a separator; texts not marked as safe HTML are escaped."""
    return mark_safe(conditional_escape(between).join([conditional_escape(part) for part in parts]))  # noqa: S308


@lru_cache(maxsize=_PARTS_KEPT, typed=True)  # "&" and safe "&" are equal, but not of one type
def format_common(form: str, *values: str | int) -> SafeString:
    """Return the HTML of `format_html`, cached: for parts that many pages share, like links to tags and events."""
    return format_html(form, *values)


def row_link(row: Any, text: str) -> SafeString:
    """Return the HTML of a link to the page of a row, with `text` as its label; only Python code calls this."""
    return format_common('<a href="{}"><bdi>{}</bdi></a>', row.get_absolute_url(), text)


DOT = fixed_html(' <span class="dot">·</span> ')


@register.filter
def lang_attribute(language: str | None) -> SafeString:
    """Return the HTML attributes that name a language, such as ` lang="he" dir="rtl"`; empty if it is unknown."""
    return format_html(' lang="{}"{}', language, direction(language)) if language else fixed_html("")


@register.filter
def direction(language: str) -> SafeString:
    """Return ` dir="rtl"` for a language that is written from right to left, else an empty text."""
    return fixed_html(' dir="rtl"' if is_right_to_left(language) else "")


@register.filter
def stored_html(html: str) -> SafeString:
    """Mark HTML that is stored in the database, and that `talks.markup` made and cleaned, as safe."""
    return mark_safe(html)  # noqa: S308


@register.simple_tag
def takeaway_html(
    takeaway: Takeaway, *, language: str = "", marker: Marker | None = None, video: str = ""
) -> SafeString:
    """Return a takeaway's HTML in an element with its language.

    With a `marker`, mentions of tags are marked; with a `video`, times become links into that recording. Code and
    tables scroll by themselves if too wide, also by keyboard.
    """
    marked = mark_mentions(takeaway.html, marker) if marker else takeaway.html
    html = stored_html(link_times(marked, video) if video else marked)
    lang = lang_attribute(language)
    if takeaway.kind not in _WIDE_KINDS:
        return format_html('<div class="words"{}>{}</div>', lang, html)
    frame = '<div class="words scrolls" tabindex="0" role="group" aria-label="{}"{}>{}</div>'
    return format_html(frame, takeaway.get_kind_display(), lang, html)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Return data for search engines as a script element; non-ASCII characters, `<`, `>` and `&` are escaped."""
    text = json.dumps(data).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def plain_text(html: str, most: int = 0) -> str:
    """Return the text of stored HTML, without tags; if `most` is above 0, cut to at most so many characters."""
    text = read_text(html)
    return cut_text(text, most) if most > 0 else text


@register.filter
def only_headings(text: str) -> bool:
    """Whether a Markdown text has nothing but headings, such as the title above a post's talks.

    False if it is empty.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(map(_HEADING.match, lines))


@register.filter
def drop_last_headings(html: str, text: str) -> str:
    """Return HTML without the headings at its end; `text` is the Markdown that it was made from."""
    lines = [line for line in text.split("\n") if line.strip()]
    for _ in takewhile(_HEADING.match, reversed(lines)):
        start = (html := html.rstrip()).rfind("<p><strong>")
        if start < 0 or html.find("</strong></p>", start) + len("</strong></p>") != len(html):
            break
        html = html[:start]
    return html


@register.filter
def drop_first_headings(html: str, text: str) -> str:
    """Return HTML without the headings at its beginning; `text` is the Markdown that it was made from."""
    lines = [line for line in text.split("\n") if line.strip()]
    for _ in takewhile(_HEADING.match, lines):
        title, end, rest = html.lstrip().partition("</strong></p>")
        if not (end and title.startswith("<p><strong>")):
            break
        html = rest.lstrip()
    return html


@register.filter
def code_spans(text: str) -> SafeString:
    """Return the HTML of a message in which texts between backticks are code elements."""
    parts = re.split(r"`([^`]+)`", text)
    return join_html(format_html("<code>{}</code>", part) if place % 2 else part for place, part in enumerate(parts))


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Return the HTML of an excerpt, in which the words that were searched for are mark elements."""
    return join_html(format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text for piece in pieces)


@register.filter
def safe_href(url: str) -> str:
    """Return the URL if its scheme is http or https, so that a page may link to it; otherwise ""."""
    try:
        return url if urlsplit(url).scheme.lower() in _LINKED_SCHEMES else ""
    except ValueError:
        return ""


@register.filter
def without_scheme(url: str) -> str:
    """Return the URL as people read it: without scheme, `www.` and the slash at its end."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


@register.filter
def host_name(url: str) -> str:
    """Return the URL's host without `www.`, with its port if the URL has one."""
    return without_scheme(url).partition("/")[0]


def archived_at(url: str, on: date | None) -> str:
    """Return the Internet Archive's address of a page as of a day.

    Return "" without a day, or if `url` is not http or https.
    """
    return f"https://web.archive.org/web/{on:%Y%m%d}/{url}" if on and safe_href(url) else ""


@register.filter
def circle_radius(share: Share) -> str:
    """Return the radius of a circle, from 2 to 11, whose area shows a share of talks; a share of half has radius 11."""
    return f"{max(2.0, min(11.0, 11 * sqrt(2 * share.share))):.1f}"


def is_right_to_left(language: str) -> bool:
    """Whether texts in the language are written from right to left."""
    return bool(LANG_INFO.get(language.partition("-")[0].lower(), {}).get("bidi"))


@register.filter
def language_name(code: str) -> str:
    """Return the English name of a language, or its code if Django does not know it."""
    return str(LANG_INFO.get(code.partition("-")[0].lower(), {}).get("name", code))


@register.filter
def kind_name(row: Model) -> str:
    """Return the kind of a row as readers call it, such as "speaker"; for a talk also its conference."""
    return f"talk, {row.conference}" if isinstance(row, Talk) else str(row._meta.verbose_name)


@register.filter
def json_text(data: Any) -> str:
    """Return data as JSON, indented for people to read."""
    return json.dumps(data, ensure_ascii=False, indent=2)


@register.filter
def kind_plural(kind: str) -> str:
    """Return the plural name of a kind of references, such as "Papers"."""
    return {"video": "Videos", "slides": "Slides", "code": "Code"}.get(kind, f"{kind.capitalize()}s")


counted = register.simple_tag(show_count, name="counted")


@register.simple_tag
def speaker_names(talk: Talk) -> SafeString:
    """Return the names of a talk's speakers with commas between them, as HTML that isolates each one's direction."""
    return join_html((format_html("<bdi>{}</bdi>", speaker.name) for speaker in talk.given_by), ", ")


def speakers_below_title(talk: Talk) -> SafeString | str:
    """Return the names of a talk's speakers, as HTML; "" if its title is these names and says them already."""
    named = ", ".join(speaker.name for speaker in talk.given_by)
    return "" if named == talk.title else speaker_names(talk)


@register.simple_tag
def talk_byline(talk: Talk) -> SafeString:
    """Return the line below a talk's title: its speakers and the link to its event, each only if there is one."""
    return join_html([part for part in (speakers_below_title(talk), event_link(talk)) if part], DOT)


@register.simple_tag
def event_link(talk: Talk) -> SafeString:
    """Return a link to the event of a talk: its day, or its conference if the day has no number.

    If the conference has no name, return a link to the post about the talk; "" if the post has the talk's title.
    """
    edition, number = talk.conference, talk.day.number
    if edition.series is None:
        return join_html(row_link(post, post.title) for post in talk.told_in if post.title != talk.title)
    if number is None:
        return format_common('<a href="{}">{}</a>', edition.get_absolute_url(), str(edition))
    address = write_address("day", edition.slug, number)
    return format_common('<a href="{}">{}, day {}</a>', address, str(edition), number)


@register.simple_tag
def tags_url(tags: list[Tag], *, plus: Tag | None = None, minus: Tag | None = None) -> str:
    """Return the address of the page of several tags: `tags` with `plus` and without `minus`.

    If no tag is left, return the address of the list of all tags.
    """
    slugs = {tag.slug for tag in [*tags, *([plus] if plus else [])]} - {minus.slug if minus else ""}
    return write_address("tag", "+".join(sorted(slugs))) if slugs else write_address("tags")


@register.simple_tag
def filter_query(filters: Mapping[str, Any], **changes: Any) -> str:
    """Return the query string, from "?" on, of a list's `filters` after some `changes`.

    A filter that is changed to None or "" is removed.
    """
    kept = {name: value for name, value in {**filters, **changes}.items() if value not in (None, "")}
    return f"?{urlencode(kept)}"


@register.inclusion_tag("talks/partials/_pager.html")
def pager(page: Page, filters: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what the template of links between a list's pages needs: page, filters to keep, page numbers to show."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "filters": filters or {}, "numbers": list(numbers), "gap": page.paginator.ELLIPSIS}
