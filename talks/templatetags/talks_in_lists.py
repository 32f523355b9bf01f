"""Template tags that write the HTML of rows on list pages: cards of talks, tags, takeaways.

They are functions because including a template for each row is far slower.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talks.models import CountedTag, Tag, Takeaway, Talk, pair_with_parents, write_address
from talks.related import Related
from talks.templatetags.notes import (
    DOT,
    counted,
    event_link,
    filter_query,
    fixed_html,
    format_common,
    join_html,
    lang_attribute,
    plain_text,
    row_link,
    safe_href,
    speaker_names,
    speakers_below_title,
    tags_url,
    takeaway_html,
    talk_byline,
)
from talks.vocabulary import Marker

register = template.Library()

_COMMA = fixed_html('<span class="unseen">, </span>')
_STEPS = {"list": "<ul>", "end list": "</ul>", "end item": "</li>", "end block": "</div>"}
_ENDS = {step: fixed_html(html) for step, html in _STEPS.items()}
_LONGEST_QUOTE, _LONGEST_ELSEWHERE, _LONGEST_ABOVE = 190, 105, 160


def name_tags(tags: Iterable[CountedTag]) -> SafeString:
    """Return links to tags, with commas that only screen readers read."""
    return join_html((row_link(tag, tag.name) for tag in tags), _COMMA)


@register.simple_tag
def topics(row: Any) -> SafeString:
    """Return a paragraph of links to a row's most characteristic tags, which `add_tags` has set.

    It is empty if the row has none.
    """
    telling = name_tags(row.telling)
    return format_html('<p class="topics"><span class="unseen">On </span>{}</p>', telling) if telling else telling


@register.simple_tag
def tag_links(tags: Iterable[Any], *, shown: int | None = None) -> SafeString:
    """Return an HTML list of links to tags, each with its number of talks if this is known and above one.

    With `shown`, only so many tags are visible at once; the rest is folded away behind a label such as "3 more".
    """
    items = [_write_tag(tag) for tag in tags]
    listed = format_html('<ul class="tags">{}</ul>', join_html(items[:shown])) if items else join_html([])
    return listed + _fold('<ul class="tags">{}</ul>', items[shown:]) if shown else listed


def _fold(form: str, items: Sequence[SafeString]) -> SafeString:
    """Return items folded away behind a label such as "3 more"; `form` is the HTML of their list.

    Empty without items.
    """
    if not items:
        return join_html([])
    folded = '<details class="folded"><summary>{} more</summary>{}</details>'
    return format_html(folded, len(items), format_html(form, join_html(items)))


def _write_tag(tag: Any) -> SafeString:
    count = getattr(tag, "talk_count", 0)
    if count < 2:
        return format_html("<li>{}</li>", row_link(tag, tag.name))
    item = '<li><a href="{}"><bdi>{}</bdi> <span class="count">{}<span class="unseen"> talks</span></span></a></li>'
    return format_html(item, tag.get_absolute_url(), tag.name, count)


@register.simple_tag
def tag_cloud(tags: Iterable[Any], most: int) -> SafeString:
    """Return list items with links to tags, in sizes from 1 to 5 by number of talks; the commonest tag has `most`."""
    item = '<li class="w{}"><a href="{}"><bdi>{}</bdi><span class="unseen">, {}</span></a></li>'
    cloud = []
    for tag in tags:
        size, talks = 1 + round(4 * tag.talk_count / most), counted(tag.talk_count, "talk")
        cloud.append(format_html(item, size, tag.get_absolute_url(), tag.name, talks))
    return join_html(cloud)


@register.simple_tag
def narrowing_links(tags: list[Tag], related: Iterable[Any], *, may_narrow: bool) -> SafeString:
    """Return links from the page of `tags` to pages of these tags and one of the `related` tags.

    If the page cannot be narrowed to one more tag, each related tag links to its own page.
    """
    item = '<li><a href="{}"><bdi>{}</bdi> <span class="count">{}<span class="unseen"> {}</span></span></a></li>'
    if not may_narrow:
        return join_html(format_html("<li>{}</li>", row_link(tag, tag.name)) for tag in related)
    return join_html(
        format_html(
            item, tags_url(tags, plus=tag), tag.name, tag.talk_count, "talk" if tag.talk_count == 1 else "talks"
        )
        for tag in related
    )


@register.simple_tag
def narrowing_speakers(speakers: Iterable[Any], filters: Mapping[str, Any], *, shown: int) -> SafeString:
    """Return a list of links to speakers' pages, and for a speaker of several talks a link that filters the page.

    That link's text is the number of the speaker's talks. Only `shown` speakers are visible at once; the rest is folded
    away.
    """
    narrowed = ' <a class="count" href="{}" rel="nofollow">{}</a>'
    items = []
    for speaker in speakers:
        address, talks = filter_query(filters, speaker=speaker.slug), counted(speaker.talk_count, "talk")
        given = format_html(narrowed, address, talks) if speaker.talk_count > 1 else ""
        items.append(format_html("<li>{}{}</li>", row_link(speaker, speaker.name), given))
    return format_html("<ul>{}</ul>", join_html(items[:shown])) + _fold("<ul>{}</ul>", items[shown:])


@register.simple_tag
def heard_talk(talk: Any, marker: Marker | None) -> SafeString:
    """Return a talk on a tag's page: title, speakers, event, and the talk's takeaways that mention the tag."""
    line = talk_byline(talk)
    quoted = quotes(talk.mentions, marker=marker)
    byline = format_html('<p class="byline">{}</p>', line) if line else ""
    article = '<article class="heard"><h3><a href="{}"><bdi>{}</bdi></a></h3>{}{}</article>'
    return format_html(article, talk.get_absolute_url(), talk.title, byline, quoted)


@register.simple_tag
def talk_card(talk: Talk, *, where: bool = False, day: bool = False) -> SafeString:
    """Return the title of a talk, and a line with its speakers and a link to its recording.

    With `where` the line links to the event too; without it, with `day`, to the day if that has a number.
    """
    video = safe_href(talk.video_url)
    watch = format_html('<a href="{}" rel="nofollow noopener">Video</a>', video) if video else ""
    place = event_link(talk) if where else _link_day(talk) if day else ""
    line = join_html([part for part in (speakers_below_title(talk), place, watch) if part], DOT)
    name = '<a class="name" href="{}"><bdi>{}</bdi></a><p class="byline">{}</p>'
    return format_html(name, talk.get_absolute_url(), talk.title, line)


def _link_day(talk: Talk) -> SafeString | str:
    number, edition = talk.day.number, talk.conference
    if number is None or edition.series is None:
        return ""
    return format_common('<a href="{}">Day {}</a>', write_address("day", edition.slug, number), number)


@register.simple_tag
def talk_row(talk: Any, *, day: bool = False) -> SafeString:
    """Return a talk in a list: its card, its most characteristic tags, and quoted takeaways."""
    quote = '<p class="quoted-small"{}>{}</p>'
    quotes = join_html(
        format_html(quote, lang_attribute(row.language), plain_text(row.html, _LONGEST_QUOTE)) for row in talk.quoted
    )
    return format_html("<div>{}{}</div>{}", talk_card(talk, day=day), topics(talk), quotes)


@register.simple_tag
def quotes(takeaways: Iterable[Any], *, marker: Marker | None = None) -> SafeString:
    """Return an HTML list of takeaways quoted below their talk, some with the parent takeaway above; "" without any."""
    items = [_quote(takeaway, parent, marker) for takeaway, parent in pair_with_parents(takeaways)]
    return format_html('<ul class="quoted">{}</ul>', join_html(items)) if items else join_html(())


def _quote(takeaway: Any, parent: Any, marker: Marker | None) -> SafeString:
    item = '<li class="mention"{}>{}{}{}</li>'
    heading = format_html('<p class="above">{}</p>', plain_text(parent.html, _LONGEST_ABOVE)) if parent else ""
    said = takeaway_html(takeaway, marker=marker)
    link = _link_permanently(takeaway, "In the notes")
    return format_html(item, lang_attribute(takeaway.language), heading, said, link)


@register.simple_tag
def outline(steps: Iterable[tuple[str, Takeaway | None]], near: Related, *, video: str = "") -> SafeString:
    """Return the HTML of a post's takeaways about a talk: points as nested lists, other takeaways as blocks.

    `steps` are those of `build_outline`. Each takeaway is followed by its tags, and by takeaways of other talks, from
    `near`. With `video`, times in the text link into that recording.
    """
    return join_html(
        _ENDS[step] if takeaway is None else _open_takeaway(step, takeaway, near, video) for step, takeaway in steps
    )


def _open_takeaway(step: str, takeaway: Any, near: Related, video: str) -> SafeString:
    if step == "headings":
        return join_html(format_html('<h3 class="part"><bdi>{}</bdi></h3>', each) for each in takeaway.list_headings())
    start = '<{} class="takeaway {}" id="t-{}">'
    opened = format_html(start, "li" if step == "item" else "div", takeaway.kind, takeaway.public_id)
    link, said = _link_permanently(takeaway, "Link to this takeaway"), takeaway_html(takeaway, video=video)
    return join_html((opened, link, said, _write_entry(takeaway.pk, near), _link_line(takeaway)))


def _link_permanently(takeaway: Takeaway, said: str) -> SafeString:
    anchor = '<a class="permalink" href="{}"><span aria-hidden="true">#</span><span class="unseen">{}</span></a>'
    return format_html(anchor, takeaway.get_absolute_url(), said)


def _write_entry(takeaway: int, near: Related) -> SafeString:
    """Return the HTML beside a takeaway: its tags, and takeaways of other talks, folded away; empty without tags.

    If the margin quotes the first of these takeaways, the quote is included; only wide screens show it.
    """
    if takeaway not in near.named:
        return join_html(())
    tags, others, quote = name_tags(near.named[takeaway]), near.beside.get(takeaway, []), ""
    said = f"What {counted(len(others), 'other talk')} {'says' if len(others) == 1 else 'say'}"
    if takeaway in near.quoted:
        quote = format_html('<div class="echo">{}</div>', _write_other(others[0]))
        more = len(others) - 1
        wide = f"What {counted(more, 'more talk')} {'says' if more == 1 else 'say'}"
        said = format_html('<span class="narrow">{}</span><span class="wide">{}</span>', said, wide)
    listed = join_html(format_html("<li>{}</li>", _write_other(other)) for other in others)
    details = '<details class="elsewhere"><summary>{}</summary><ul>{}</ul></details>'
    elsewhere = format_html(details, said, listed) if others else ""
    entry = '<div class="beside"><p class="mentions"><span class="unseen">Mentions: </span>{}</p>{}{}</div>'
    return format_html(entry, tags, quote, elsewhere)


def _write_other(other: Any) -> SafeString:
    link, said = '<a href="{}"{}><bdi>{}</bdi></a><p>{}</p>', plain_text(other.html, _LONGEST_ELSEWHERE)
    told = join_html([part for part in (speaker_names(other.talk), str(other.talk.event or "")) if part], ", ")
    return format_html(link, other.get_absolute_url(), lang_attribute(other.language), said, told)


def _link_line(takeaway: Takeaway) -> SafeString | str:
    if not takeaway.line or takeaway.post is None:
        return ""
    anchor = '<a class="line" href="{}" rel="nofollow"><span class="unseen">In the post: </span>line {}</a>'
    return format_html(anchor, takeaway.post.get_line_url(takeaway.line), takeaway.line)
