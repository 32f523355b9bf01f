"""What all pages share: who reads, which leaf of a list, and the frame."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

LAST_PAGE = 1000


def is_staff(request: HttpRequest) -> bool:
    """Whether the reader may see drafts. Without a session's cookie nobody asks for a session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_staff


def turn_page(request: HttpRequest, rows: Any, *, size: int = settings.PAGE_SIZE, count: int | None = None) -> Page:
    """The leaf of the list that the address asks for, or the nearest there is; `count` where it is known already."""
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    wanted = request.GET.get("page", "")[:9]
    number = int(wanted) if wanted.isascii() and wanted.removeprefix("-").isdigit() else 1
    return paginator.page(max(1, min(number, paginator.num_pages, LAST_PAGE)))


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    description: str,
    index: bool = True,
    status: int = 200,
) -> HttpResponse:
    """The page in its frame. Its canonical address holds only what the page depends on.

    `filters` and `page` in the context are those of its list, if it has one.
    """
    query = dict(context.get("filters", {}))
    if "page" in context and context["page"].number > 1:
        query["page"] = context["page"].number
    address = settings.SITE_URL + escape_uri_path(request.path) + (f"?{urlencode(query)}" if query else "")
    frame = {"title": title, "description": description, "canonical": address, "index": index}
    response = render(request, template, {**frame, "staff": is_staff(request), **context}, status=status)
    patch_vary_headers(response, ["Cookie"])
    if is_staff(request):
        patch_cache_control(response, private=True)
    return response
