"""Pages of talks, takeaways and posts."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from talks import search
from talks.formats import Passage, align_lines, make_citation
from talks.forms import PostFilter, TalkFilter, read_number
from talks.models import (
    CitedReference,
    Post,
    Tag,
    Takeaway,
    Talk,
    TalkAddress,
    TalkCards,
    TalkQuerySet,
    Writer,
    list_cited,
    list_noting_posts,
    load_days,
    prepared,
)
from talks.names import fold, read_permalink, slugify
from talks.parsing import merge_repeated
from talks.related import add_remainders, add_tags, add_takeaways, find_related
from talks.views.events import list_edition_choices, make_edition_terms
from talks.views.nested_takeaways import group_by_post
from talks.views.page_base import is_staff, render_page, turn_page
from talks.views.redirects import find_post
from talks.views.shared import find_common_tags, find_once, turn_whole_list
from talks.views.withdrawn_rows import find_named_talk, find_same_takeaway, find_successor
from talks.vocabulary import read_addresses

PASSAGES_A_PAGE = 6 * settings.PAGE_SIZE
TAGS_OFFERED = 100


@require_safe
def list_talks(request: HttpRequest) -> HttpResponse:
    """Show the list of talks, all or those that the filters select, the latest first."""
    staff, filters = is_staff(request), TalkFilter(request.GET).read()
    wanted = filters.get("tag", "")
    tag = _find_tag(wanted) if wanted else None
    unknown = wanted and tag is None
    if filters:
        page = turn_page(request, TalkCards(_filter_talks(filters, tag, staff=staff).newest_first()))
    else:
        page = turn_whole_list(request, "talks", Talk, _list_all_talks)
    add_tags(list(page), "pk", staff=staff)
    add_takeaways(list(page), staff=staff, tag=tag)
    context = {
        "page": page,
        "filters": filters,
        "unknown": unknown,
        "common": find_common_tags(request, TAGS_OFFERED),
        "alike": [named for named in search.suggest(wanted, staff=staff) if named.kind == "tag"] if unknown else [],
        **list_edition_choices(request),
    }
    description = "All talks with notes, the latest first."
    return render_page(request, "talks/talk_list.html", context, title="Talks", description=description)


def _find_tag(wanted: str) -> Tag | None:
    """Return the tag that a reader means by its slug, or else its name, or else by an alias or a shipped spelling.

    None if there is no such tag. Names count without case.
    """
    rows = Tag.objects.order_by("pk")
    own = rows.filter(slug=wanted).first() or rows.filter(folded=fold(wanted)).first()
    return own or rows.filter(folded__in=read_addresses({slugify(wanted)}).values()).first()


def _filter_talks(filters: dict[str, Any], tag: Tag | None, *, staff: bool) -> TalkQuerySet:
    rows = Talk.objects.visible(staff=staff).filter(**make_edition_terms(filters, path="conference__"))
    if "tag" in filters:
        rows = rows.tagged([tag]) if tag else rows.none()
    return rows


@prepared
def _list_all_talks(*, staff: bool, start: int, stop: int) -> QuerySet[Talk]:
    return Talk.objects.visible(staff=staff).newest_first().with_cards()[start:stop]


@require_safe
def show_talk(request: HttpRequest, conference_slug: str, talk_slug: str) -> HttpResponse:
    """Show a talk with all its notes.

    The former address of a talk that moved redirects to the talk, the address of a withdrawn talk to what has its lines
    now; others raise 404.
    """
    staff = is_staff(request)
    talk = next(iter(_select_talk(conference_slug, talk_slug, staff=staff)), None)
    if talk is None:
        return _redirect_talk(conference_slug, talk_slug, staff=staff)
    takeaways = _select_takeaways(talk.pk, staff=staff)
    posts = {post.pk: post for post in talk.noted_in}
    for takeaway in takeaways:
        takeaway.post = posts.get(takeaway.post_id)
    talk.day.conference = talk.conference
    near = find_related(talk, takeaways, staff=staff)
    noted_in = list({row.post_id: row.post for row in takeaways if row.post}.values()) or talk.noted_in
    references = _choose_first(talk.cited)
    context = {
        "talk": talk,
        "video": talk.video_url or _find_own(talk, references, kind="video"),
        "slides": talk.slides_url or _find_own(talk, references, kind="slides"),
        "takeaways": takeaways,
        "notes": group_by_post(takeaways),
        "near": near,
        "posts": talk.noted_in,
        "noted_in": noted_in,
        "language": next((post.language for post in noted_in if post.language), ""),
        "cite": make_citation(talk, [post.writer.name for post in noted_in if post.writer]),
        "references": references,
        "previous": near.before,
        "next": near.after,
        "tags": talk.about,
    }
    people = " and ".join(speaker.name for speaker in talk.given_by)
    where = f", from {talk.day}" if talk.conference.series else ""
    description = f"Notes on “{talk.title}”{f', a talk by {people}' if people else ''}{where}."
    title = f"{talk.title} – {talk.conference}" if talk.conference.series else talk.title
    return render_page(request, "talks/talk_detail.html", context, title=title, description=description)


def _redirect_talk(conference_slug: str, talk_slug: str, *, staff: bool) -> HttpResponse:
    """Redirect the former address of a moved talk to the talk, and that of a withdrawn talk to what has its lines now.

    Raises 404 if there is nothing that the reader may see.
    """
    former = TalkAddress.objects.filter(conference_slug=conference_slug, slug=talk_slug).values("talk")
    moved = Talk.objects.visible(staff=staff).select_related("conference__series").filter(pk__in=former).first()
    if moved:
        return redirect(moved, permanent=True)
    named = Talk.objects.filter(Q(pk__in=former) | Q(conference__slug=conference_slug, slug=talk_slug))
    talk = named.filter(withdrawn=True, hidden=False).order_by("pk").first()
    successor = find_successor(talk, staff=staff) if talk else None
    if successor is None:
        raise Http404
    return redirect(successor)


@prepared
def _select_talk(conference_slug: str, talk_slug: str, *, staff: bool) -> QuerySet[Any]:
    rows = Talk.objects.visible(staff=staff).filter(conference__slug=conference_slug, slug=talk_slug).order_by()
    rows = rows.with_cards().with_tags().with_neighbours(staff=staff)
    return rows.annotate(noted_in=list_noting_posts(staff=staff), cited=list_cited(staff=staff))


@prepared
def _select_takeaways(talk: int, *, staff: bool) -> QuerySet[Takeaway]:
    return Takeaway.objects.visible(staff=staff).filter(talk=talk).in_reading_order().with_mentions()


def _choose_first(cited: Iterable[CitedReference]) -> list[CitedReference]:
    """Return the references without repetition: each as it is cited for the first time."""
    first: dict[int, CitedReference] = {}
    for reference in cited:
        first.setdefault(reference.pk, reference)
    return list(first.values())


def _find_own(talk: Talk, references: Iterable[CitedReference], *, kind: str) -> str:
    """Return the address of the first reference of a kind (video or slides) whose name is the talk's title; else ""."""
    own = fold(talk.title)
    return next((each.url for each in references if each.kind == kind and fold(str(each)) == own), "")


@require_safe
def open_takeaway(request: HttpRequest, public_id: str) -> HttpResponse:
    """Redirect a takeaway's permalink to its place on its talk's page, or to the takeaway that it was merged into.

    If another takeaway of the talk has the text of a takeaway that left its post, the permalink leads to the other one,
    and if its line has become the heading of a talk, to that talk. For any other takeaway that is withdrawn or hidden,
    itself or with its talk or post, the answer is 410; staff see the last text there. Unknown permalinks, and those of
    drafts, raise 404. By Crockford's rules a permalink may have capitals, and letters in place of digits that they look
    like.
    """
    staff = is_staff(request)
    rows = Takeaway.objects.select_related("talk__conference")
    takeaway = get_object_or_404(rows, public_id=read_permalink(public_id))
    if Takeaway.objects.visible(staff=staff).filter(pk=takeaway.pk).exists():
        return HttpResponseRedirect(f"{takeaway.talk.get_absolute_url()}#t-{takeaway.public_id}")
    heir = Takeaway.objects.visible(staff=staff).select_related("talk__conference").filter(absorbed=takeaway).first()
    if heir:
        return HttpResponsePermanentRedirect(heir.get_absolute_url())
    get_object_or_404(Takeaway.objects.gone(staff=staff), pk=takeaway.pk)
    if same := find_same_takeaway(takeaway, staff=staff):
        return redirect(same)
    if takeaway.withdrawn and (talk := find_named_talk(takeaway, staff=staff)):
        return redirect(talk)
    context = {"takeaway": takeaway}
    description = "This takeaway is no longer in the notes."
    return render_page(
        request, "410.html", context, title="No longer here", description=description, index=False, status=410
    )


@require_safe
def show_takeaway(request: HttpRequest, public_id: str, suffix: str) -> HttpResponse:
    """Return one public takeaway, with its citation, as JSON or Markdown; raise 404 for any other takeaway."""
    rows: Any = Takeaway.objects.visible().with_place().with_mentions()
    takeaway = get_object_or_404(rows, public_id=read_permalink(public_id))
    takeaway.talk.given_by = takeaway.given_by
    title = f"From “{takeaway.talk.title}”"
    return render_page(request, "", {"takeaway": takeaway}, title=title, description="")


@require_safe
def list_posts(request: HttpRequest) -> HttpResponse:
    """Show the list of posts, all or those that the filters select, the latest first."""
    staff, filters = is_staff(request), PostFilter(request.GET).read()
    if filters:
        rows = Post.objects.visible(staff=staff).filter(**make_edition_terms(filters, path="conference__"))
        if "writer" in filters:
            rows = rows.filter(writer__slug=filters["writer"])
        page = turn_page(request, rows.newest_first().values_list("pk", flat=True))
    else:
        page = turn_whole_list(request, "posts", Post, _list_all_posts)
    # Count only for these posts: databases would count for all posts before they sort.
    page.object_list = _select_posts(list(page.object_list))
    load_days(list(page))
    add_tags(list(page), "sources__post", staff=staff)
    add_remainders(list(page))

    def list_writers() -> list[Any]:
        return list(Writer.objects.visible(staff=staff).by_name().values("slug", "name"))

    context = {
        "page": page,
        "filters": filters,
        "writers": find_once(request, "writers", list_writers),
        **list_edition_choices(request),
    }
    description = "All posts that the notes come from, the latest first."
    return render_page(request, "talks/post_list.html", context, title="Posts", description=description)


@prepared
def _list_all_posts(*, staff: bool, start: int, stop: int) -> QuerySet[Any]:
    return Post.objects.visible(staff=staff).newest_first().values_list("pk", flat=True)[start:stop]


@prepared
def _select_posts(posts: Collection[int]) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=posts).newest_first().with_findings().with_conference()


@require_safe
def show_post(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the source of a post, and beside each line what it became.

    `?line=90` redirects to the page with line 90, if this is not the first. An address that no post has here, but one
    had on the blog it comes from, redirects to that post, since many blogs keep their posts below `/posts/` too.
    """
    staff = is_staff(request)
    rows = Post.objects.visible(staff=staff).select_related("writer").with_days()
    post = rows.filter(slug=slug).first()
    if post is None:
        if former := find_post(f"posts/{slug}", staff=staff):
            return redirect(former)
        raise Http404
    sources = post.sources.filter(withdrawn=False, talk__withdrawn=False).select_related("talk__conference")
    takeaways = post.takeaways.filter(withdrawn=False).order_by("talk", "position")
    talks = Talk.objects.visible(staff=staff).filter(sources__post=post, sources__withdrawn=False)
    passages = align_lines(post, sources, takeaways)
    if leaf := find_page_number(passages, request.GET.get("line", "")):
        return redirect(f"{post.get_absolute_url()}?page={leaf}")
    context = {
        "post": post,
        "talks": talks.with_cards().order_by("sources__position"),
        "page": turn_page(request, passages, size=PASSAGES_A_PAGE),
        "tags": Tag.objects.of_row(post).by_name(),
        "remarks": merge_repeated(post.diagnostics),
    }
    description = f"The post “{post.title}” beside what each of its lines became."
    return render_page(request, "talks/post_detail.html", context, title=post.title, description=description)


def find_page_number(passages: list[Passage], line: str) -> int | None:
    """Return the number of the page with this line of a post; None if it is on the first page or on none."""
    wanted = read_number(line)
    for place, passage in enumerate(passages):
        if any(number == wanted for number, _ in passage.lines):
            return place // PASSAGES_A_PAGE + 1 if place >= PASSAGES_A_PAGE else None
    return None
