"""Pages of tags and references."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from talks.forms import NameFilter, ReferenceFilter, read_filters
from talks.models import Post, Reference, Tag, Talk
from talks.names import sort_key
from talks.views.pages import is_staff, render_page, turn_page

MOST_TAGS = 4  # in one address: beyond that there is nothing left to narrow
INDEXED_TAGS = 2
MENTIONS_A_TALK, RELATED, POSTS_SHOWN, TALKS_A_REFERENCE = 12, 24, 12, 6
TAGS_A_PAGE = 5 * settings.PAGE_SIZE  # a tag takes a word, not a line


@require_safe
def list_tags(request: HttpRequest) -> HttpResponse:
    """All tags, from A to Z or by the number of their talks."""
    staff, filters = is_staff(request), read_filters(NameFilter, request.GET)
    everything = Tag.objects.visible(staff=staff)
    rows = everything.with_counts(staff=staff)
    if letter := sort_key(filters.get("letter", "")):
        rows = rows.beginning_with(letter)
    rows = rows.by_count() if "order" in filters else rows.by_name()
    context = {
        "page": turn_page(request, rows, size=TAGS_A_PAGE),
        "filters": filters,
        "letters": everything.letters(),
        "letter": letter,
    }
    description = "All subjects that talks and notes are about."
    return render_page(request, "talks/tag_list.html", context, title="Tags", description=description)


@require_safe
def show_tag(request: HttpRequest, slugs: str) -> HttpResponse:
    """What was said of a subject, or where up to four subjects meet; one address for any order of them."""
    wanted, ordered = slugs.split("+"), sorted(set(slugs.split("+")))
    if len(ordered) > MOST_TAGS:
        raise Http404
    if wanted != ordered:
        return redirect("tag", "+".join(ordered), permanent=True)
    staff = is_staff(request)
    tags = sorted(Tag.objects.visible(staff=staff).filter(slug__in=ordered), key=lambda tag: tag.slug)
    if len(tags) < len(ordered):
        raise Http404
    talks = Talk.objects.visible(staff=staff).tagged(tags)
    cards = talks.newest_first().with_cards().with_mentions(tags, staff=staff, limit=MENTIONS_A_TALK)
    context = {
        "tags": tags,
        "page": turn_page(request, cards),
        "posts": Post.objects.visible(staff=staff).tagged(tags).newest_first().in_brief()[:POSTS_SHOWN],
        "related": Tag.objects.exclude(pk__in=[tag.pk for tag in tags]).beside(talks)[:RELATED],
        "may_narrow": len(tags) < MOST_TAGS,
    }
    title = " + ".join(tag.name for tag in tags)
    description = f"What was said of {' and '.join(tag.name for tag in tags)} at conferences, year by year."
    index = len(tags) <= INDEXED_TAGS
    return render_page(request, "talks/tag_detail.html", context, title=title, description=description, index=index)


@require_safe
def list_references(request: HttpRequest) -> HttpResponse:
    """What notes point to, site by site."""
    staff, filters = is_staff(request), read_filters(ReferenceFilter, request.GET)
    everything = Reference.objects.visible(staff=staff)
    rows = everything.filter(**filters).by_host().with_talks(staff=staff, limit=TALKS_A_REFERENCE)
    context = {"page": turn_page(request, rows), "filters": filters, "kinds": everything.kinds()}
    description = "Papers, books, videos, slides, code and sites that the notes point to."
    return render_page(request, "talks/reference_list.html", context, title="References", description=description)
