"""Pages of tags and references."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from talks.forms import ReferenceFilter, TagPageFilter
from talks.models import (
    Post,
    PreparedRows,
    Reference,
    Speaker,
    Tag,
    Talk,
    TalkCards,
    count_editions,
    load_tag_mentions,
    load_tags_called,
    prepared,
)
from talks.related import find_related_tags, find_tags_among
from talks.views.charts import count_by_year, draw_years
from talks.views.events import make_edition_terms
from talks.views.page_base import is_staff, render_page, turn_page
from talks.views.shared import find_once, list_names
from talks.vocabulary import make_marker, read_addresses

MOST_TAGS = 4  # in one address: with more, hardly a talk is left
INDEXED_TAGS = 2
MENTIONS_A_TALK, RELATED, POSTS_SHOWN, TALKS_A_REFERENCE = 12, 24, 12, 6
RECOMMENDED, SHELF, MOST_SPEAKERS = 10, 12, 100
TALKS_WEIGHED = 200  # speakers, references and, if narrowed, related tags are of the last talks only
TAGS_A_PAGE = 5 * settings.PAGE_SIZE  # tags are shown side by side


@require_safe
def list_tags(request: HttpRequest) -> HttpResponse:
    """Show the list of tags, all or those with one first letter, alphabetically or by number of talks."""
    context = list_names(request, Tag.objects.visible(staff=is_staff(request)), "tag", size=TAGS_A_PAGE)
    description = "All subjects that talks and notes are about."
    return render_page(request, "talks/tag_list.html", context, title="Tags", description=description)


@require_safe
def show_tag(request: HttpRequest, slugs: str) -> HttpResponse:
    """Show the talks with all of one to four tags, and takeaways that mention these tags; `+` joins their slugs.

    An address with the slugs in another order, or with the slug of an alias, redirects. Unknown tags raise 404.
    """
    staff, wanted = is_staff(request), slugs.split("+")
    tags = find_tags(set(wanted), staff=staff)
    ordered = [tag.slug for tag in tags]
    if wanted != ordered:
        return redirect("tag", "+".join(ordered), permanent=True)
    editions, keys = count_editions(tags, staff=staff), [tag.pk for tag in tags]
    filters = TagPageFilter(request.GET).read()
    if filters:
        talks: Any = Talk.objects.visible(staff=staff).tagged(tags).filter(**make_tag_terms(filters))
        last = list(_choose_last(talks, TALKS_WEIGHED))
        talks = TalkCards(talks.newest_tagged_first())
    else:
        talks = PreparedRows(_select_talks, *keys, staff=staff)
        last = _select_last(*keys, staff=staff, limit=TALKS_WEIGHED)
    page = turn_page(request, talks, count=count_talks(editions, filters))
    load_tag_mentions(list(page), tags, staff=staff, limit=MENTIONS_A_TALK)
    alone = len(tags) == 1 and not filters
    context = {
        "tags": tags,
        "filters": filters,
        "marker": make_marker(tags),
        "page": page,
        **describe_years(editions),
        "posts": _select_posts(*keys, staff=staff),
        "related": find_related_tags(tags[0], staff=staff, limit=RELATED)
        if alone
        else find_tags_among(last, tags, staff=staff, limit=RELATED),
        "speakers": _select_speakers(last),
        "shelf": _select_shelf(last, staff=staff),
        "may_narrow": len(tags) < MOST_TAGS,
    }
    title = " + ".join(tag.name for tag in tags)
    description = f"What was said of {' and '.join(tag.name for tag in tags)} at conferences, year by year."
    index = len(tags) <= INDEXED_TAGS and not filters
    return render_page(request, "talks/tag_detail.html", context, title=title, description=description, index=index)


def _choose_last(talks: QuerySet[Talk], limit: int) -> QuerySet[Any]:
    """Return a queryset of the ids of the `limit` talks that were stored last; an index of a tag's talks gives them."""
    return talks.order_by("-listings__talk_id").values_list("pk", flat=True)[:limit]


@prepared
def _select_last(*tags: int, staff: bool, limit: int) -> QuerySet[Any]:
    return _choose_last(Talk.objects.visible(staff=staff).tagged(tags), limit)


@prepared
def _select_talks(*tags: int, staff: bool, start: int, stop: int) -> QuerySet[Talk]:
    return Talk.objects.visible(staff=staff).tagged(tags).newest_tagged_first().with_cards()[start:stop]


@prepared
def _select_posts(*tags: int, staff: bool) -> QuerySet[Post]:
    return Post.objects.visible(staff=staff).tagged(tags).newest_first().in_brief()[:POSTS_SHOWN]


@prepared
def _select_speakers(talks: Collection[int]) -> QuerySet[Speaker]:
    return Speaker.objects.of_talks(Talk.objects.filter(pk__in=talks))[:MOST_SPEAKERS]


@prepared
def _select_shelf(talks: Collection[int], *, staff: bool) -> QuerySet[Reference]:
    return Reference.objects.most_recommended(Talk.objects.filter(pk__in=talks), staff=staff)[:SHELF]


def find_tags(slugs: set[str], *, staff: bool) -> list[Tag]:
    """Return the visible tags with these slugs, or with aliases or shipped spellings of these slugs, sorted by slug.

    Raises 404 if there is none for one of the slugs, or if there are more than `MOST_TAGS` slugs.
    """
    if len(slugs) > MOST_TAGS:
        raise Http404
    found = {tag.slug: tag for tag in load_tags_called(slugs, staff=staff)}
    if missing := slugs - found.keys():
        meant = read_addresses(missing)
        rows = Tag.objects.visible(staff=staff).prefetch_related("aliases")
        others = {tag.folded: tag for tag in rows.filter(folded__in=meant.values())}
        if any(meant.get(slug) not in others for slug in missing):
            raise Http404
        found |= {tag.slug: tag for tag in others.values()}
    return sorted(found.values(), key=lambda tag: tag.slug)


def make_tag_terms(filters: dict[str, Any]) -> dict[str, Any]:
    """Return the filters of a tag's page (series, year, speaker) as keyword arguments for a queryset of talks."""
    terms = make_edition_terms(filters, path="conference__")
    return terms | ({"appearances__speaker__slug": filters["speaker"]} if "speaker" in filters else {})


def count_talks(editions: list[dict[str, Any]], filters: dict[str, Any]) -> int | None:
    """Return how many talks of a tag pass the filters, from counts by year and series.

    If the talks are filtered by speaker, return None.
    """
    if "speaker" in filters:
        return None
    fitting = (row for row in editions if all(row[name] == value for name, value in filters.items()))
    return sum(row["talk_count"] for row in fitting)


def describe_years(editions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a tag's page shows of years: a chart, the total of talks, and the years and series to filter by."""
    counts = count_by_year(editions)
    named = {row["series"]: row["name"] for row in editions if row["series"]}
    return {
        "chart": draw_years(counts),
        "years": sorted((year for year in counts if year is not None), reverse=True),
        "all_series": [{"slug": slug, "name": name} for slug, name in named.items()],
        "total": counts.total(),
    }


@require_safe
def list_references(request: HttpRequest) -> HttpResponse:
    """Show the list of resources that notes link to, by kind and host.

    The first page, without filters, begins with the resources of several talks that most speakers recommend.
    """
    staff, filters = is_staff(request), ReferenceFilter(request.GET).read()
    everything = Reference.objects.visible(staff=staff)
    rows = everything.of_kind(filters["kind"]) if "kind" in filters else everything
    rows = rows.filter(host=filters["host"]) if "host" in filters else rows
    rows = rows.by_kind().with_talks(staff=staff, limit=TALKS_A_REFERENCE)
    kinds = find_once(request, "kinds", lambda: Reference.objects.count_kinds(staff=staff))
    count = kinds.get(filters["kind"], 0) if "kind" in filters else sum(kinds.values())
    page = turn_page(request, rows, count=None if "host" in filters else count)
    whole = page.number == 1 and not filters
    best: Any = Reference.objects.most_recommended(staff=staff)[:RECOMMENDED] if whole else []
    context = {
        "page": page,
        "filters": filters,
        "kinds": list(kinds),
        "recommended": [reference for reference in best if reference.talk_count > 1],
    }
    description = "Papers, books, videos, slides, code and sites that the notes point to."
    return render_page(request, "talks/reference_list.html", context, title="References", description=description)
