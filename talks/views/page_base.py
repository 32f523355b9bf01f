"""What all pages use: who reads, which page of a list is asked for, JSON and Markdown formats, and the frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from talks.formats import KINDS, describe_page, describe_structure, write_markdown
from talks.forms import read_number

LAST_PAGE = 1000
FEED_ROUTES = frozenset({"home", "tag", "series", "speaker", "writer", "search"})
FORMAT_ROUTE = "_format"  # ends the route names of pages in other formats


def read_suffix(request: HttpRequest) -> str:
    """Return `json` or `md` if the request's address asks for the page in this format, otherwise ""."""
    match = request.resolver_match
    return match.kwargs.get("suffix", "") if match else ""


def read_route(request: HttpRequest) -> str:
    """Return the name of the request's route without the suffix of another format; "" if it matched no route."""
    match = request.resolver_match
    return (match.url_name or "").removesuffix(FORMAT_ROUTE) if match else ""


def is_staff(request: HttpRequest) -> bool:
    """Whether the reader is staff, who may see drafts; always False for pages in JSON or Markdown.

    People pass such files on. The session is loaded only if the request has its cookie.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not read_suffix(request) and request.user.is_staff


def turn_page(request: HttpRequest, rows: Any, *, size: int = settings.PAGE_SIZE, count: int | None = None) -> Page:
    """Return the page of a list that the request asks for, or the nearest page that exists, at most page `LAST_PAGE`.

    `size` is the number of rows on a page. `count` is the number of all rows; if None, they are counted.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    number = read_number(request.GET.get("page", "")[:8])
    return paginator.page(max(1, min(number, paginator.num_pages, LAST_PAGE)))


def make_page_path(request: HttpRequest) -> str:
    """Return the path, without query, of the HTML page that the request, perhaps in another format, is about."""
    suffix, path = read_suffix(request), escape_uri_path(request.path)
    return path if not suffix else "/" if path == f"/index.{suffix}" else f"{path.removesuffix(f'.{suffix}')}/"


def make_format_path(path: str, suffix: str) -> str:
    """Return the path of a page in JSON or Markdown: for `/talks/` it is `/talks.json`, for `/` `/index.json`."""
    return f"{path.rstrip('/') or '/index'}.{suffix}"


def join_address(path: str, query: dict[str, Any]) -> str:
    """Return the full address, with the site's host, of a path and query."""
    return settings.SITE_URL + path + (f"?{urlencode(query)}" if query else "")


def render_in_format(suffix: str, route: str, context: dict[str, Any]) -> HttpResponse:
    """Return the response with a page as JSON or Markdown, by `suffix`, which scripts of other sites may fetch."""
    data = describe_page(route, context)
    response: Any
    if suffix == "json":
        response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(write_markdown(data), content_type="text/markdown; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["Link"] = f'<{context["canonical"]}>; rel="canonical"'
    return response


def offer_forms(request: HttpRequest, path: str, filters: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the addresses at which a page is offered as JSON, Markdown and a feed, as variables for its template.

    A page without these formats has none; one without a feed has no `feed_address`.
    """
    if read_route(request) not in KINDS:
        return {}
    query = filters | ({"page": number} if number > 1 else {})
    formats = {f"{suffix}_address": join_address(make_format_path(path, suffix), query) for suffix in ("json", "md")}
    has_feed = read_route(request) in FEED_ROUTES
    asked = {"q": filters["q"]} if "q" in filters else {}
    return formats | ({"feed_address": join_address(f"{path}feed.atom", asked)} if has_feed else {})


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    description: str,
    index: bool = True,
    status: int = 200,
    keep: bool = True,
) -> HttpResponse:
    """Return the response with a page: in the site's frame, or as JSON or Markdown if its address ends so.

    Only `filters` and `page` of the context become parameters of the canonical address. With `keep=False` the page is
    not cached: pass it for a page that depends on more than its path and filters.
    """
    suffix = read_suffix(request)
    path = make_page_path(request)
    filters, number = dict(context.get("filters", {})), context["page"].number if "page" in context else 1
    address = join_address(path, filters | ({"page": number} if number > 1 else {}))
    frame = {"title": title, "description": description, "canonical": address, "index": index}
    frame["site"] = settings.SITE_URL
    if suffix:
        more = "page" in context and context["page"].has_next() and number < LAST_PAGE
        here = escape_uri_path(request.path)
        frame["next_page"] = join_address(here, {**filters, "page": number + 1}) if more else None
        answer: Any = render_in_format(suffix, read_route(request), {**frame, **context})
        answer.may_be_kept = keep
        return answer
    frame |= offer_forms(request, path, filters, number)
    frame["structure"] = describe_structure(read_route(request), context)
    response: Any = render(request, template, {**frame, "staff": is_staff(request), **context}, status=status)
    patch_vary_headers(response, ["Cookie"])
    if is_staff(request):
        patch_cache_control(response, private=True, no_store=True)
    response.may_be_kept = keep and status == 200
    return response


def render_other_formats(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view for its routes that end in `.json` or `.md`; `render_page` in the view then renders this format.

    If the view redirects to a page of this site, the target gets the same ending.
    """

    @wraps(view)
    def show(request: HttpRequest, *, suffix: str, **slugs: Any) -> HttpResponse:
        response = view(request, **slugs)
        target = response.get("Location", "")
        if target.startswith("/") and target.endswith("/"):
            response["Location"] = make_format_path(target, suffix)
        return response

    return show
