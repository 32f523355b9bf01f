"""Pages of speakers and writers."""

from typing import Any

from django.db.models import F, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from talks.models import Appearance, Post, Reference, Speaker, Tag, Talk, TalkCards, Writer, load_years
from talks.related import add_events, add_noted_events, add_tags, add_takeaways
from talks.views.charts import NARROW_WIDTH, count_by_year, draw_years
from talks.views.page_base import is_staff, render_page, turn_page
from talks.views.shared import find_named, list_names

TAGS_SHOWN, POSTS_SHOWN, PARTNERS_SHOWN, AFFILIATIONS_SHOWN, SHELF = 20, 12, 12, 12, 12
TAKEAWAYS_A_TALK = 3


@require_safe
def list_speakers(request: HttpRequest) -> HttpResponse:
    """Show the list of speakers, all or those with one first letter, alphabetically or by number of talks."""
    staff = is_staff(request)
    context = list_names(request, Speaker.objects.visible(staff=staff), "speaker")
    add_events(list(context["page"]), staff=staff)
    add_tags(list(context["page"]), "speakers", staff=staff)
    description = "All speakers with notes of their talks."
    return render_page(request, "talks/speaker_list.html", context, title="Speakers", description=description)


@require_safe
def show_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a speaker's talks, tags, affiliations and partners.

    The address of a former name, or of somebody who was merged into the speaker, redirects; others raise 404.
    """
    staff = is_staff(request)
    speaker = find_named(Speaker.objects.visible(staff=staff), slug)
    if speaker.slug != slug:
        return redirect(speaker, permanent=True)
    talks = Talk.objects.visible(staff=staff).given_by(speaker)
    editions = talks.by_edition()
    count = sum(row["talk_count"] for row in editions)
    page = turn_page(request, TalkCards(talks.newest_first()), count=count)
    add_takeaways(list(page), staff=staff, limit=TAKEAWAYS_A_TALK)
    context = {
        "speaker": speaker,
        "page": page,
        "chart": draw_years(count_by_year(editions), width=NARROW_WIDTH),
        "affiliations": list_affiliations(speaker.appearances.filter(talk__in=talks.order_by().values("pk"))),
        "partners": Speaker.objects.partners_of(speaker, talks)[:PARTNERS_SHOWN],
        "shelf": Reference.objects.most_recommended(talks, staff=staff)[:SHELF],
        "tags": Tag.objects.of_talks(talks)[:TAGS_SHOWN],
    }
    description = f"Talks by {speaker}, with notes that listeners took of them."
    return render_page(request, "talks/speaker_detail.html", context, title=speaker.name, description=description)


def list_affiliations(appearances: QuerySet[Appearance]) -> list[dict[str, Any]]:
    """Return a speaker's affiliations in these appearances, each with `name`, and the years `first` and `last`.

    At most `AFFILIATIONS_SHOWN` are returned, the latest `last` first; years are None if no conference has a year.
    """
    named = appearances.exclude(affiliation="").order_by().values(name=F("affiliation"))
    spans = named.annotate(first=Min("talk__conference__year"), last=Max("talk__conference__year"))
    return [dict(row) for row in spans.order_by(F("last").desc(nulls_last=True), "name")[:AFFILIATIONS_SHOWN]]


@require_safe
def list_writers(request: HttpRequest) -> HttpResponse:
    """Show the list of writers, with the years and conferences of their posts."""
    staff = is_staff(request)
    rows = Writer.objects.visible(staff=staff).with_counts(staff=staff).by_name()
    page = turn_page(request, rows)
    load_years(list(page), staff=staff)
    add_noted_events(list(page), staff=staff)
    context = {"page": page}
    description = "The people whose notes these are."
    return render_page(request, "talks/writer_list.html", context, title="Writers", description=description)


@require_safe
def show_writer(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a writer's posts, and the talks that these posts are about."""
    staff = is_staff(request)
    writer = get_object_or_404(Writer.objects.visible(staff=staff), slug=slug)
    talks = Talk.objects.visible(staff=staff).noted_by(writer, staff=staff)
    posts = Post.objects.visible(staff=staff).filter(writer=writer).newest_first().in_brief()
    page = turn_page(request, TalkCards(talks.newest_first()))
    context = {
        "writer": writer,
        "posts": list(posts[: POSTS_SHOWN + 1]),
        "posts_shown": POSTS_SHOWN,
        "page": page,
        "tags": Tag.objects.of_talks(talks)[:TAGS_SHOWN],
    }
    description = f"What {writer} heard and noted at conferences."
    return render_page(request, "talks/writer_detail.html", context, title=writer.name, description=description)
