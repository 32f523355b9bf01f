"""The Atom and JSON feeds: the latest talks of the whole site, of a tag, series, speaker or writer, or of a search.

Feeds contain only what everyone may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from talks import search
from talks.formats import FeedEntry, make_entries
from talks.models import Post, Series, Speaker, Talk, TalkSource, Writer
from talks.unseen_characters import drop_forbidden
from talks.views.events import find_series, find_series_now
from talks.views.shared import find_named
from talks.views.tags import find_tags

ENTRIES, POSTS = 30, 30


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, the path of the page whose talks it has, these talks in order, and the slugs in its address.

    `renamed` is False if the feed was found by the slug of a series that its posts left. As posts may return to that
    series, the slug's address redirects temporarily only.
    """

    slug: str
    title: str
    path: str
    talks: QuerySet[Talk]
    renamed: bool = True


@require_safe
def show_latest(request: HttpRequest, suffix: str) -> HttpResponse:
    """Show the feed of the site: the first 30 talks of the latest posts.

    First come the talks of the latest post, in the post's order, then those of the next post, and so on.
    """
    posts = list(Post.objects.visible().newest_first().values_list("pk", flat=True)[:POSTS])
    order = {post: place for place, post in enumerate(posts)}
    rows = TalkSource.objects.filter(post__in=posts, withdrawn=False).values_list("post", "position", "talk")
    talks = list(dict.fromkeys(talk for _, _, talk in sorted(rows, key=lambda row: (order[row[0]], row[1]))))
    shown = {talk.pk: talk for talk in _load(Talk.objects.visible().filter(pk__in=talks[: 4 * ENTRIES]))}
    chosen = [shown[pk] for pk in talks if pk in shown][:ENTRIES]
    return _render_feed(suffix, "confnotes: the latest notes", reverse("home"), make_entries(chosen))


@require_safe
def show_found(request: HttpRequest, suffix: str) -> HttpResponse:
    """Show the feed of the 30 latest talks that match all of the query in the parameter `q`."""
    results = search.search(request.GET.get("q", ""), order="newest")
    hits = results.load_talks(results.full_rows[:ENTRIES])
    talks = {talk.pk: talk for talk in _load(Talk.objects.visible().filter(pk__in=[hit.talk.pk for hit in hits]))}
    entries = make_entries([talks[hit.talk.pk] for hit in hits if hit.talk.pk in talks])
    query = f"?{urlencode({'q': results.query})}" if results.query else ""
    return _render_feed(suffix, f"confnotes: {results.query or 'search'}", reverse("search"), entries, query)


@require_safe
def show_feed(request: HttpRequest, kind: str, slug: str, suffix: str) -> HttpResponse:
    """Show the feed of a series, speaker, writer or tag, or of talks that have several tags (`docker+kubernetes`).

    A former slug, or one of a series that its posts left, redirects to the present one. Raises 404 if there is nothing
    that everyone may see.
    """
    feed = FEEDS[kind](slug)
    if feed.slug != slug:
        return redirect(reverse("feed", args=[kind, feed.slug, suffix]), permanent=feed.renamed)
    return _render_feed(suffix, feed.title, feed.path, make_entries(_load(feed.talks[:ENTRIES])))


def _load(talks: QuerySet[Talk]) -> list[Talk]:
    return list(talks.with_cards().prefetch_related("addresses"))  # type: ignore[attr-defined]


def _find_tag_feed(slugs: str) -> Feed:
    tags = find_tags(set(slugs.split("+")), staff=False)
    joined, named = "+".join(tag.slug for tag in tags), " + ".join(tag.name for tag in tags)
    talks = Talk.objects.visible().tagged(tags).newest_tagged_first()
    return Feed(joined, f"confnotes: {named}", reverse("tag", args=[joined]), talks)


def _find_series_feed(slug: str) -> Feed:
    own = find_series(slug, staff=False)
    series = own or find_series_now(slug, staff=False)
    if not isinstance(series, Series):
        raise Http404
    talks = Talk.objects.visible().filter(conference__series=series).newest_first()
    return Feed(series.slug, f"confnotes: {series}", series.get_absolute_url(), talks, renamed=own is not None)


def _find_speaker_feed(slug: str) -> Feed:
    speaker = find_named(Speaker.objects.visible(), slug)
    talks = Talk.objects.visible().given_by(speaker).newest_first()
    return Feed(speaker.slug, f"confnotes: talks by {speaker}", speaker.get_absolute_url(), talks)


def _find_writer_feed(slug: str) -> Feed:
    writer = get_object_or_404(Writer.objects.visible(), slug=slug)
    talks = Talk.objects.visible().noted_by(writer, staff=False).newest_first()
    return Feed(slug, f"confnotes: notes by {writer}", writer.get_absolute_url(), talks)


FEEDS: dict[str, Callable[[str], Feed]] = {
    "tags": _find_tag_feed,
    "series": _find_series_feed,
    "speakers": _find_speaker_feed,
    "writers": _find_writer_feed,
}


def _render_feed(suffix: str, title: str, path: str, entries: list[FeedEntry], query: str = "") -> HttpResponse:
    page = settings.SITE_URL + path
    write = _write_atom if suffix == "atom" else _write_json
    response = write(drop_forbidden(title), page + query, f"{page}feed.{suffix}{query}", entries)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _write_atom(title: str, page: str, address: str, entries: list[FeedEntry]) -> HttpResponse:
    feed = Atom1Feed(title, page, "", language="en-gb", feed_url=address, author_name="confnotes")
    for entry in entries:
        feed.add_item(
            entry.title,
            entry.url,
            entry.html,
            unique_id=entry.id,
            author_name=", ".join(entry.authors) or None,
            categories=entry.tags,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _write_json(title: str, page: str, address: str, entries: list[FeedEntry]) -> HttpResponse:
    """Return a JSON feed: https://www.jsonfeed.org/version/1.1/."""
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.tags),
        }
        for entry in entries
    ]
    data: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    data |= {"home_page_url": page, "feed_url": address, "language": "en-GB", "items": items}
    return JsonResponse(data, content_type="application/feed+json")
