"""Pages of speakers and writers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from talks.forms import NameFilter, read_filters
from talks.models import Post, Speaker, Tag, Talk, Writer
from talks.names import sort_key
from talks.views.pages import is_staff, render_page, turn_page

TAGS_SHOWN, POSTS_SHOWN = 20, 12


@require_safe
def list_speakers(request: HttpRequest) -> HttpResponse:
    """All speakers, from A to Z or by the number of their talks."""
    staff, filters = is_staff(request), read_filters(NameFilter, request.GET)
    everybody = Speaker.objects.visible(staff=staff)
    rows = everybody.with_counts(staff=staff)
    if letter := sort_key(filters.get("letter", "")):
        rows = rows.beginning_with(letter)
    rows = rows.by_count() if "order" in filters else rows.by_name()
    context = {"page": turn_page(request, rows), "filters": filters, "letters": everybody.letters(), "letter": letter}
    description = "All speakers with notes of their talks."
    return render_page(request, "talks/speaker_list.html", context, title="Speakers", description=description)


@require_safe
def show_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker's talks, the latest first."""
    staff = is_staff(request)
    speaker = get_object_or_404(Speaker.objects.visible(staff=staff), slug=slug)
    talks = Talk.objects.visible(staff=staff).given_by(speaker)
    context = {
        "speaker": speaker,
        "page": turn_page(request, talks.newest_first().with_cards()),
        "tags": Tag.objects.beside(talks)[:TAGS_SHOWN],
    }
    description = f"Talks by {speaker}, with notes that listeners took of them."
    return render_page(request, "talks/speaker_detail.html", context, title=speaker.name, description=description)


@require_safe
def list_writers(request: HttpRequest) -> HttpResponse:
    """All who took notes."""
    staff = is_staff(request)
    rows = Writer.objects.visible(staff=staff).with_counts(staff=staff).by_name()
    context = {"page": turn_page(request, rows)}
    description = "The people whose notes these are."
    return render_page(request, "talks/writer_list.html", context, title="Writers", description=description)


@require_safe
def show_writer(request: HttpRequest, slug: str) -> HttpResponse:
    """What a writer heard: the talks, and the posts that tell of them."""
    staff = is_staff(request)
    writer = get_object_or_404(Writer.objects.visible(staff=staff), slug=slug)
    talks = Talk.objects.visible(staff=staff).noted_by(writer, staff=staff)
    posts = Post.objects.visible(staff=staff).filter(writer=writer).newest_first().in_brief()
    context = {
        "writer": writer,
        "posts": posts[:POSTS_SHOWN],
        "page": turn_page(request, talks.newest_first().with_cards()),
        "tags": Tag.objects.beside(talks)[:TAGS_SHOWN],
    }
    description = f"What {writer} heard and noted at conferences."
    return render_page(request, "talks/writer_detail.html", context, title=writer.name, description=description)
