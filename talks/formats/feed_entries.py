"""Makes entries of Atom and JSON feeds from talks, with their takeaways as HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch

from talks.grouping import group_pairs
from talks.models import Post, Takeaway, Talk, group_by_parent
from talks.unseen_characters import drop_forbidden

_SITE_PATH = re.compile(r'(\s(?:href|src)=")/(?!/)')
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A talk in a feed. `id` never changes, even if the talk is edited or moved; `authors` are who took the notes."""

    id: str
    url: str
    title: str
    html: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


def make_entries(talks: Sequence[Talk]) -> list[FeedEntry]:
    """Return the feed entries of talks, with only what everyone may see.

    The talks must be loaded `with_cards`.
    """
    shown = Takeaway.objects.visible().filter(talk__in=[talk.pk for talk in talks])
    posts = Post.objects.in_brief().select_related("run")
    rows = shown.in_reading_order().with_mentions().prefetch_related(Prefetch("post", posts))
    takeaways = group_pairs((takeaway.talk_id, takeaway) for takeaway in rows)
    return [_make_entry(talk, takeaways[talk.pk]) for talk in talks]


def _make_entry(talk: Talk, takeaways: list[Takeaway]) -> FeedEntry:
    posts = {takeaway.post_id: takeaway.post for takeaway in takeaways if takeaway.post}
    dates = sorted(post.published_on for post in posts.values() if post.published_on)
    published = datetime.combine(dates[0], time(), UTC) if dates else UNDATED
    updated = max([published, *(post.run.started_at for post in posts.values() if post.run)])
    speakers = ", ".join(speaker.name for speaker in talk.given_by)
    event = str(talk.event or "")
    details = f"{f' – {speakers}' if speakers else ''}{f' ({event})' if event else ''}"
    below = group_by_parent(takeaways)
    notes = "".join(_write_level(below[None], below))
    named = {tag.name: None for takeaway in takeaways for tag in takeaway.mentioned}
    return FeedEntry(
        id=_make_id(talk),
        url=settings.SITE_URL + talk.get_absolute_url(),
        title=drop_forbidden(talk.title + details),
        html=drop_forbidden(_SITE_PATH.sub(rf"\1{settings.SITE_URL}/", notes)),
        authors=tuple(dict.fromkeys(drop_forbidden(post.writer.name) for post in posts.values() if post.writer)),
        tags=tuple(drop_forbidden(name) for name in named),
        published=published,
        updated=updated,
    )


def _make_id(talk: Talk) -> str:
    """Return a tag URI (https://www.rfc-editor.org/rfc/rfc4151) of the talk's first address; the URI never changes."""
    first = min(talk.addresses.all(), key=lambda address: address.pk, default=None)
    place = f"{first.conference_slug}/{first.slug}" if first else f"{talk.conference.slug}/{talk.slug}"
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2017:talks/{place}"


def _write_level(level: list[Takeaway], below: dict[int | None, list[Takeaway]]) -> Iterable[str]:
    """Yield the HTML of takeaways as nested lists, with a permalink for each.

    `below` has by the id of each takeaway those that are nested in it.
    """
    if level:
        yield "<ul>"
        for takeaway in level:
            link = escape(settings.SITE_URL + takeaway.get_absolute_url())
            yield f'<li>{takeaway.html} <a href="{link}">#</a>'
            yield from _write_level(below[takeaway.pk], below)
            yield "</li>"
        yield "</ul>"
