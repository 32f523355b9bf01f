"""Answers at addresses without a page: old addresses, links between posts, error pages, the icon."""

import re
import sys
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from talks.models import Conference, Post, Series, Speaker, Tag, Talk, is_page, is_temporary
from talks.names import PATH_LENGTH, slugify_file
from talks.views.page_base import is_staff

_NEAR: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Talk, ("conference",)),
    (Conference, ("series",)),
    (Series, ()),
    (Speaker, ()),
    (Tag, ()),
    (Post, ()),
)
_INDEX = re.compile(r"(?<=[^/])/index(?:\.\w{1,8})?\Z")
_ALIKE_LETTERS, _ALIKE = 3, 0.65
_NEAR_TRIED, _NEAR_SHOWN = 40, 5


def revalidate_redirects(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware by which a browser asks again before it follows a permanent redirect that it remembers.

    Search engines shall take over the new address. But a talk that moved may move back, and merged speakers may be
    split: a browser that never asked again would then lead its reader round in circles.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 301:
            patch_cache_control(response, no_cache=True)
        return response

    return answer


@require_safe
def redirect_old_address(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect an unknown address to the one with a slash at its end, if that is a page, or else to the post it means.

    Raises 404 if `find_post` finds no post, or if a part of the path begins with a dot.
    """
    if "\x00" in path or any(part.startswith(".") for part in path.split("/")):
        raise Http404
    if not path.endswith("/") and is_page(f"/{path}/"):
        query = request.META.get("QUERY_STRING", "")
        return redirect(quote(f"/{path}/") + (f"?{query}" if query else ""), permanent=True)
    if post := find_post(path.strip("/"), staff=is_staff(request)):
        return redirect(post)
    raise Http404


def find_post(path: str, *, staff: bool) -> Post | None:
    """Return the post that a path means: by an old address, by its key, or by a file name that no other post has.

    The path has no slash at its ends. A file `index.md` is called by its folder, as its post is. The ending `.md` may
    be left out, as vaults do. Return None if the reader may see no such post.
    """
    visible = Post.objects.visible(staff=staff).only("slug")
    called = _INDEX.sub("", path)
    name = called.rpartition("/")[2]
    by_stem = [Q(stem=stem) for stem in slugify_file(name)]
    # The stem of a post whose front matter has an address comes from that.
    by_file = Q(key=f"{name}.md") | Q(key__iendswith=f"/{name}.md")
    named = (list(visible.filter(condition)[:2]) for condition in (*by_stem, by_file))
    return (
        visible.filter(aliases__path=f"/{path}").first()
        or visible.filter(key=called).first()
        or visible.filter(key=f"{called}.md").first()
        or next((posts[0] for posts in named if len(posts) == 1), None)
    )


def show_missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the 404 page, which suggests pages whose addresses are similar to the missing one."""
    near = find_near_pages(request.path, staff=is_staff(request))
    return render(request, "404.html", {"near": near}, status=404)


def find_near_pages(path: str, *, staff: bool) -> list[Any]:
    """Return at most five rows whose slugs are similar to the last part of the path, the most similar first.

    Only slugs with the same first three letters are compared, since an index finds these; paths too short have none.
    """
    wanted = next(iter(slugify_file(path.strip("/")[:PATH_LENGTH].rpartition("/")[2])), "")
    if len(wanted) < _ALIKE_LETTERS:
        return []
    found = []
    for model, related in _NEAR:
        rows = model._default_manager.visible(staff=staff).select_related(*related)
        found += list(rows.filter(slug__startswith=wanted[:_ALIKE_LETTERS]).order_by("slug")[:_NEAR_TRIED])
    likeness = {row: SequenceMatcher(None, wanted, row.slug).ratio() for row in found}
    return sorted((row for row in found if likeness[row] >= _ALIKE), key=lambda row: -likeness[row])[:_NEAR_SHOWN]


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the error page for a form without a valid CSRF token."""
    return render(request, "403.html", status=403)


def show_failure(request: HttpRequest) -> HttpResponse:
    """Return the page for an unexpected error, with the status 500.

    If another process blocked the database, the page asks the reader to try again, with the status 503.
    """
    if not is_temporary(sys.exception()):
        return server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})


@require_safe
def show_icon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon, for browsers that request `/favicon.ico`."""
    return HttpResponseRedirect(static("favicon.svg"))
