"""The home page."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from talks.models import Conference, Post, Speaker, Tag, Talk, TalkSource, load_days, load_told, prepared
from talks.related import add_tags, choose_quote, find_recent_tags
from talks.views.page_base import is_staff, render_page
from talks.views.shared import find_common_tags, find_once

LATEST_POSTS, TALKS_A_POST, TAGS, RECENT_TAGS = 6, 3, 40, 12


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the home page: numbers of what the base has, the latest posts, common tags, and the takeaway of the day."""
    staff = is_staff(request)
    talks = Talk.objects.visible(staff=staff)
    posts = _select_latest(with_talks=True, staff=staff) or _select_latest(with_talks=False, staff=staff)
    load_days(posts)
    load_told(posts, limit=TALKS_A_POST)
    add_tags(posts, "sources__post", staff=staff)
    tags = find_common_tags(request, TAGS)
    context = {
        "posts": posts,
        "tags": tags,
        "most": max((tag.talk_count for tag in tags), default=0),
        "recent": find_once(request, "recent", lambda: find_recent_tags(talks, staff=staff, limit=RECENT_TAGS)),
        "drawn": choose_quote(timezone.localdate(), staff=staff),
        "numbers": find_once(request, "numbers", lambda: count_rows_shown(staff=staff)),
    }
    description = "What was said at conferences, noted talk by talk, and brought together by subject."
    return render_page(request, "talks/home.html", context, title="confnotes", description=description)


@prepared
def _select_latest(*, with_talks: bool, staff: bool) -> QuerySet[Post]:
    """Return the latest visible posts, `LATEST_POSTS` at most.

    With `with_talks` only posts with talks are chosen from, since most posts of a blog may be no notes.
    """
    posts = Post.objects.visible(staff=staff)
    if with_talks:
        posts = posts.filter(Exists(TalkSource.objects.shown().filter(post=OuterRef("pk"))))
    latest = posts.newest_first().values("pk")[:LATEST_POSTS]
    return Post.objects.filter(pk__in=latest).newest_first().in_brief().with_conference()


def count_rows_shown(*, staff: bool) -> list[tuple[int, str, str]]:
    """Return triples for takeaways, talks, conferences, speakers, tags and posts: number, noun, address of their list.

    Only visible ones count. The address of takeaways is "", since there is no list of them.
    """
    talks = Talk.objects.visible(staff=staff).aggregate(talks=Count("pk"), takeaways=Sum("noted", default=0))
    models: list[tuple[Any, str, str]] = [
        (Conference, "conference", "conferences"),
        (Speaker, "speaker", "speakers"),
        (Tag, "tag", "tags"),
        (Post, "post", "posts"),
    ]
    rows = [model.objects.visible(staff=staff).order_by().annotate(noun=Value(noun)) for model, noun, _ in models]
    first, *others = [kind.values_list("noun").annotate(count=Count("pk")) for kind in rows]
    counts = dict(first.union(*others, all=True))
    return [
        (talks["takeaways"], "takeaway", ""),
        (talks["talks"], "talk", reverse("talks")),
        *((counts.get(noun, 0), noun, reverse(name)) for _, noun, name in models),
    ]
