"""Pages of series, conferences and their days."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from talks.forms import EditionFilter
from talks.models import CONFERENCE_PATH, SERIES_PATH, Conference, Day, Post, Series, Tag, Talk, TalkAddress, prepared
from talks.related import add_tags, add_takeaways, find_trends
from talks.views.charts import count_by_year, draw_spans, draw_years
from talks.views.page_base import is_staff, render_page, turn_page
from talks.views.shared import find_once, turn_whole_list

MOST_TAGS = 200
POSTS_SHOWN = 12  # beside the talks of a conference; the list of posts shows all
PROGRAMME_SIZE = 5 * settings.PAGE_SIZE  # a programme is read as a whole, and few have more talks


def list_edition_choices(request: HttpRequest) -> dict[str, Any]:
    """Return the choices of the filters of lists: `all_series`, sorted by name, and `years`, the latest first."""
    staff = is_staff(request)

    def find() -> dict[str, Any]:
        years = Conference.objects.visible(staff=staff).exclude(year=None).order_by("-year")
        return {
            "all_series": list(Series.objects.visible(staff=staff).by_name().values("slug", "name")),
            "years": list(years.values_list("year", flat=True).distinct()),
        }

    return find_once(request, "editions", find)


def make_edition_terms(filters: dict[str, Any], *, path: str = "") -> dict[str, Any]:
    """Return keyword arguments that filter a queryset by a list's filters for series, year and "no conference named".

    All other filters are ignored. `path` is a prefix for the arguments, such as `"conference__"`.
    """
    terms = {"series": f"{path}series__slug", "year": f"{path}year"}
    found = {terms[name]: value for name, value in filters.items() if name in terms}
    return found | ({f"{path}series": None} if filters.get("conference") == "none" else {})


def _list_tags(talks: QuerySet[Talk], conference: Conference) -> QuerySet[Tag]:
    """Return a queryset of the commonest tags of an event's talks, without the tag named like the event's series."""
    series = conference.series
    return Tag.objects.of_talks(talks).exclude(slug=series.slug if series else "")[:MOST_TAGS]


def _redirect_moved(slug: str, *, staff: bool) -> HttpResponse:
    """Redirect from the address of a conference that has no page; raise 404 if there is nothing the reader may see.

    An unnamed conference leads to a post about it. Another leads to the named conference of a talk that moved from it;
    if there is none, to the present conference of a post that left it, or to the post itself if that conference has no
    name.
    """
    posts = Post.objects.visible(staff=staff)
    if post := posts.filter(conference__slug=slug, conference__series=None).first():
        return redirect(post)
    moved = TalkAddress.objects.filter(conference_slug=slug).values("talk")
    talk = Talk.objects.visible(staff=staff).filter(pk__in=moved, conference__series__isnull=False).first()
    if talk:
        return redirect(talk.conference, permanent=True)
    post = _find_post_that_left(CONFERENCE_PATH.format(slug), staff=staff)
    return redirect(post.conference if post.conference.series else post)


def _find_post_that_left(path: str, *, staff: bool) -> Post:
    """Return a visible post that belonged to the event with the address `path` and left it.

    Raise 404 if there is none.
    """
    return get_object_or_404(Post.objects.visible(staff=staff).with_conference(), aliases__path=path)


@require_safe
def list_conferences(request: HttpRequest) -> HttpResponse:
    """Show the list of conferences, all or those that the filters select, the latest year first."""
    staff, filters = is_staff(request), EditionFilter(request.GET).read()
    if filters:
        rows = Conference.objects.visible(staff=staff).filter(**make_edition_terms(filters)).newest_first()
        page = turn_page(request, rows.values_list("pk", flat=True))
    else:
        page = turn_whole_list(request, "conferences", Conference, _list_all_conferences)
    page.object_list = _select_conferences(list(page.object_list), staff=staff)
    add_tags(list(page), "conference", staff=staff)
    context = {"page": page, "filters": filters, **list_edition_choices(request)}
    description = "All conferences with notes, by year."
    return render_page(request, "talks/conference_list.html", context, title="Conferences", description=description)


@prepared
def _list_all_conferences(*, staff: bool, start: int, stop: int) -> QuerySet[Any]:
    return Conference.objects.visible(staff=staff).newest_first().values_list("pk", flat=True)[start:stop]


@prepared
def _select_conferences(conferences: Collection[int], *, staff: bool) -> QuerySet[Conference]:
    rows = Conference.objects.filter(pk__in=conferences).select_related("series")
    return rows.with_size(staff=staff).newest_first()


@require_safe
def show_conference(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a conference: its talks day by day, and the posts about it.

    If there is no such conference that the reader may see, redirect to where its posts or talks are now, or raise 404.
    """
    staff = is_staff(request)
    rows = Conference.objects.visible(staff=staff).select_related("series")
    conference = rows.filter(slug=slug).first()
    if conference is None:
        return _redirect_moved(slug, staff=staff)
    talks = Talk.objects.visible(staff=staff).filter(conference=conference)
    posts = Post.objects.visible(staff=staff).filter(conference=conference).newest_first()
    page = turn_page(request, talks.in_programme_order().with_cards(), size=PROGRAMME_SIZE)
    add_tags(list(page), "pk", staff=staff)
    telling = posts.about_event() if page.paginator.count else posts
    context = {
        "conference": conference,
        "days": conference.days.visible(staff=staff).filter(number__isnull=False).in_order(),
        "page": page,
        "posts": list(posts.in_brief()[: POSTS_SHOWN + 1]),
        "posts_shown": POSTS_SHOWN,
        "whole": telling.filter(days__number=None).with_passages(),
        "tags": _list_tags(talks, conference),
    }
    description = f"Notes from {conference}: the talks day by day, with what was taken away from each."
    return render_page(request, "talks/conference_detail.html", context, title=str(conference), description=description)


@require_safe
def show_day(request: HttpRequest, conference_slug: str, number: int) -> HttpResponse:
    """Show a day of a conference: its talks, and the intros and outros of its posts.

    If there is no such day that the reader may see, redirect to where posts or talks of the conference are now, or
    raise 404.
    """
    staff = is_staff(request)
    rows = Day.objects.visible(staff=staff).select_related("conference__series")
    day = rows.filter(conference__slug=conference_slug, number=number).first()
    if day is None:
        return _redirect_moved(conference_slug, staff=staff)
    talks = Talk.objects.visible(staff=staff).filter(day=day)
    posts = Post.objects.visible(staff=staff).filter(days=day).newest_first().with_passages()
    page = turn_page(request, talks.in_programme_order().with_cards(), size=PROGRAMME_SIZE)
    add_tags(list(page), "pk", staff=staff)
    add_takeaways(list(page), staff=staff)
    context = {
        "day": day,
        "days": day.conference.days.visible(staff=staff).filter(number__isnull=False).in_order(),
        "page": page,
        "posts": posts,
        "tags": _list_tags(talks, day.conference),
        "own_tags": Tag.objects.only_of_posts(posts, talks).by_name(),
    }
    description = f"Notes from day {day.number} of {day.conference}: its talks, with what was taken away from each."
    return render_page(request, "talks/day_detail.html", context, title=str(day), description=description)


@require_safe
def list_series(request: HttpRequest) -> HttpResponse:
    """Show the list of series, each with the years of its conferences."""
    staff = is_staff(request)
    page = turn_whole_list(request, "series", Series, _list_all_series)
    add_tags(list(page), "conference__series", staff=staff)
    spans = draw_spans([{edition.year: edition.talk_count for edition in series.editions} for series in page])
    context = {"page": page, "rows": list(zip(page, spans, strict=True))}
    description = "All events with notes, each with its years."
    return render_page(request, "talks/series_list.html", context, title="Series", description=description)


@prepared
def _list_all_series(*, staff: bool, start: int, stop: int) -> QuerySet[Any]:
    return Series.objects.visible(staff=staff).with_editions(staff=staff).by_name()[start:stop]


def find_series(slug: str, *, staff: bool) -> Series | None:
    """Return the series that has this slug, or another name with this slug; None if the reader may see none."""
    rows = Series.objects.visible(staff=staff)
    return rows.filter(slug=slug).first() or rows.find_called(slug)


def find_series_now(slug: str, *, staff: bool) -> Series | Post:
    """Return the series to which a post moved from the series with this slug; the post if its conference has no name.

    Raises 404 if the reader may see no such post.
    """
    post = _find_post_that_left(SERIES_PATH.format(slug), staff=staff)
    return post.conference.series or post


@require_safe
def show_series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a series with its conferences, tags and trends over the years.

    The slug of another name redirects to the series. If all posts left the series, redirect to where one of them is
    now, by `find_series_now`, which may raise 404.
    """
    staff = is_staff(request)
    series = find_series(slug, staff=staff)
    if series is None:
        return redirect(find_series_now(slug, staff=staff))
    if series.slug != slug:
        return redirect(series, permanent=True)
    rows = Conference.objects.visible(staff=staff).filter(series=series).select_related("series").newest_first()
    talks = Talk.objects.visible(staff=staff).filter(conference__series=series)
    counts = count_by_year(talks.by_edition())
    page = turn_page(request, rows.with_size(staff=staff))
    add_tags(list(page), "conference", staff=staff, but=[series.slug])
    context = {
        "series": series,
        "page": page,
        "chart": draw_years(counts),
        "trends": find_trends(talks, counts, but=series.slug),
        "tags": Tag.objects.of_talks(talks).exclude(slug=series.slug)[:MOST_TAGS],
    }
    description = f"{series} over the years: its editions, and the subjects of its talks."
    return render_page(request, "talks/series_detail.html", context, title=series.name, description=description)
