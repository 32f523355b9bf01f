"""Template tags for single lines in lists: posts, references, and the options of a filter."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talks.counts_and_cut_texts import cut_text, show_numbers
from talks.models import Edition, Post, Reference, Talk, write_address
from talks.names import fold
from talks.templatetags.notes import (
    DOT,
    archived_at,
    counted,
    format_common,
    join_html,
    row_link,
    safe_href,
    without_scheme,
)

register = template.Library()

_OPTION, _CHOSEN_OPTION = '<option value="{}">{}</option>', '<option value="{}" selected>{}</option>'
_LONGEST_NAME, _LONGEST_ON_SHELF, _LONGEST_ADDRESS = 160, 120, 70


@register.simple_tag
def date_html(on: date) -> SafeString:
    """Return a date as a `<time>` element that reads like "5 May 2024"."""
    return format_html('<time datetime="{}">{} {}</time>', on.isoformat(), on.day, f"{on:%B %Y}")


@register.simple_tag
def choices(rows: Iterable[Any], chosen: Any) -> SafeString:
    """Return the HTML options of a filter's menu, of which `chosen` is selected.

    `rows` are years, or mappings with `slug` and `name`. If `chosen` is not among them, it is the last option, so that
    the form shows by what the list is filtered.
    """
    pairs = [(row["slug"], row["name"]) if isinstance(row, Mapping) else (row, row) for row in rows]
    if chosen and chosen not in {value for value, _ in pairs}:
        pairs.append((chosen, chosen))
    return join_html(
        format_common(_CHOSEN_OPTION if value == chosen else _OPTION, value, name) for value, name in pairs
    )


@register.simple_tag
def post_line(post: Post, *, where: bool = False) -> SafeString:
    """Return a post as a line of a list: title, visibility if not public, writer, and date.

    With `where` its event is shown too, if it is named.
    """
    parts: list[SafeString] = []
    if post.writer:
        parts.append(row_link(post.writer, post.writer.name))
    if post.published_on:
        parts.append(date_html(post.published_on))
    if where and post.conference.series_id is not None:
        parts.append(_link_event(post))
    line = '<a class="name" href="{}"><bdi>{}</bdi></a><p class="byline">{}{}</p>'
    is_public = post.visibility == Post.Visibility.PUBLIC
    shown = "" if is_public else format_html('<span class="mark">{}</span> ', post.get_visibility_display())
    return format_html(line, post.get_absolute_url(), post.title, shown, join_html(parts, DOT))


@register.simple_tag
def post_trail(post: Post) -> SafeString:
    """Return the links above a post: to its only day.

    Or to its conference, followed by each of its days if it has several.
    """
    days = [day for day in post.days.all() if day.number is not None]
    if len(days) < 2:
        return _link_event(post)
    links = join_html((row_link(day, f"Day {day.number}") for day in days), ", ")
    return join_html([row_link(post.conference, str(post.conference)), links], DOT)


@register.simple_tag
def post_findings(post: Any) -> SafeString:
    """Return a line that says what was found in a post: event, talks and takeaways, unplaced lines and remarks.

    Of all but the event the numbers are given. For a post without talks it says "no talk noted" in their place, and
    names no event if the post's conference has no name.
    """
    counts = counted(post.talk_count, "talk"), counted(post.takeaway_count, "takeaway")
    found = join_html(counts, DOT) if post.talk_count else "no talk noted"
    tells = post.talk_count or post.conference.series_id is not None
    event = format_html("{}<br>", _link_event(post)) if tells else ""
    return format_html('<p class="byline">{}{}{}</p>', event, found, _link_remainders(post))


def _link_event(post: Any) -> SafeString:
    """Return a link to the event of a post: to its day if it has one day, otherwise to its conference.

    The text of a link to a conference names the numbers of the post's days if there are several.
    """
    days = list(post.days.all())
    if len(days) == 1:
        return row_link(days[0], str(days[0]))
    numbered = [day.number for day in days if day.number is not None]
    named = f" – Days {show_numbers(numbered)}" if numbered[1:] else ""
    return row_link(post.conference, f"{post.conference}{named}")


def _link_placed(talk: Talk) -> SafeString:
    """Return the HTML of a link to a talk, followed by the name of the talk's event if it has one."""
    link = row_link(talk, talk.title)
    return format_html("{}, {}", link, talk.event) if talk.event else link


def _link_remainders(post: Any) -> SafeString | str:
    unplaced = f"{counted(post.unplaced, 'line')} unplaced" if post.unplaced else ""
    remarks = counted(post.warnings, "remark") if post.warnings else ""
    if not (left := ", ".join(filter(None, (unplaced, remarks)))):
        return ""
    place = "#remarks" if remarks else ""
    return format_html('<br><a href="{}{}">{}</a>', post.get_absolute_url(), place, left)


@register.simple_tag
def edition_links(series: Any) -> SafeString:
    """Return links to the conferences of a series, the earliest first: each its year and number of talks."""
    return join_html((_link_edition(edition) for edition in reversed(series.editions)), ", ")


def _link_edition(edition: Edition) -> SafeString:
    count, talks = edition.talk_count, "talk" if edition.talk_count == 1 else "talks"
    link = '<a href="{}">{}</a>'
    number = '&nbsp;<span class="count">({}<span class="unseen"> {}</span>)</span>' if count else ""
    told = (count, talks) if count else ()
    address = write_address("conference", edition.slug)
    return format_common(link + number, address, edition.year or "year unknown", *told)


@register.simple_tag
def reference_line(reference: Any, noted_on: date | None) -> SafeString:
    """Return a reference as a line of a list: name, host, and link to the archived page.

    Below a talk's notes the line has its kind too. In the list of all references, headings name kind and host; there
    the line has the address, and links to the talks that cite it. A citing talk whose title is the reference's name is
    shown by its event alone.
    """
    cited = getattr(reference, "cited", ())
    text = _name(reference)
    short = without_scheme(reference.url)
    host = reference.host.removeprefix("www.")
    if cited:
        parts = [cut_text(short, _LONGEST_ADDRESS)] if text != short else []
    else:
        parts = [host] if reference.kind == "site" else [reference.kind.capitalize(), host]
    talks = [citation.talk for citation in cited]
    namesakes = [talk for talk in talks if talk.event and fold(talk.title) == fold(text)]
    parts += [row_link(talk, str(talk.event)) for talk in namesakes]
    parts += _link_archive(reference, noted_on)
    about = format_html('<p class="byline">{}</p>', join_html(parts, DOT)) if parts else ""
    others = join_html(format_html("<li>{}</li>", _link_placed(talk)) for talk in talks if talk not in namesakes)
    below = format_html('<ul class="cited">{}</ul>', others) if others else ""
    name = _link_out(reference, cut_text(text, _LONGEST_NAME))
    return format_html("<li>{}{}{}</li>", name, about, below)


@register.simple_tag
def shelf_line(reference: Any) -> SafeString:
    """Return a recommended reference as a line of a list: name, kind, host, citing talks, link to the archived page.

    If one talk cites it, the talk is named; otherwise the number of citing talks, and of their speakers, is given.
    """
    kind = [] if reference.kind == "site" else [reference.kind.capitalize()]
    archived = _link_archive(reference, reference.noted_on)
    about = [*kind, reference.host.removeprefix("www."), _show_citations(reference), *archived]
    name = _link_out(reference, cut_text(_name(reference), _LONGEST_ON_SHELF))
    return format_html('<li>{}<p class="byline">{}</p></li>', name, join_html(about, DOT))


def _show_citations(reference: Any) -> SafeString:
    if reference.talk_count < 2:
        return format_html("in <bdi>{}</bdi>", reference.talk_title)
    speakers = f" by {counted(reference.speaker_count, 'speaker')}" if reference.speaker_count else ""
    return format_html("{}{}", counted(reference.talk_count, "talk"), speakers)


def _name(reference: Reference) -> str:
    return reference.name or reference.title or without_scheme(reference.url)


def _link_out(reference: Reference, text: str) -> SafeString:
    if href := safe_href(reference.url):
        return format_html('<a class="name" href="{}" rel="nofollow noopener"><bdi>{}</bdi></a>', href, text)
    return format_html('<span class="name"><bdi>{}</bdi></span>', text)


def _link_archive(reference: Reference, noted_on: date | None) -> list[SafeString]:
    archived = archived_at(reference.url, noted_on)
    anchor = (
        '<a href="{}" rel="nofollow noopener" title="The page in the Internet Archive, about that time">archived {}</a>'
    )
    return [format_html(anchor, archived, noted_on.year)] if archived and noted_on else []
