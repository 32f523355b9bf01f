"""What all pages use: whether the reader is staff, the page of a list, JSON and Markdown formats, and the frame."""

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
    """Return `json` or `md` if the request asks for the page in that format, else an empty text."""
    match = request.resolver_match
    return match.kwargs.get("suffix", "") if match else ""


def read_route(request: HttpRequest) -> str:
    """Return the name of the page's route, which is the same for HTML, Markdown and JSON."""
    match = request.resolver_match
    return (match.url_name or "").removesuffix(FORMAT_ROUTE) if match else ""


def is_staff(request: HttpRequest) -> bool:
    """Whether the reader is staff, who may see drafts. The session is loaded only if the request has its cookie.

    For pages as JSON or Markdown the answer is always False, since people pass such files on.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not read_suffix(request) and request.user.is_staff


def turn_page(request: HttpRequest, rows: Any, *, size: int = settings.PAGE_SIZE, count: int | None = None) -> Page:
    """Return the requested page of a list, or the nearest page that exists, up to `LAST_PAGE`.

    `count` is the number of rows, if it is known; else they are counted.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    number = read_number(request.GET.get("page", "")[:8])
    return paginator.page(max(1, min(number, paginator.num_pages, LAST_PAGE)))


def make_page_path(request: HttpRequest) -> str:
    """Return the path of the HTML page, without a query, also if the page was requested in another format."""
    suffix, path = read_suffix(request), escape_uri_path(request.path)
    return path if not suffix else "/" if path == f"/index.{suffix}" else f"{path.removesuffix(f'.{suffix}')}/"


def make_format_path(path: str, suffix: str) -> str:
    """Return the path of a page in another format: `/talks/` has `/talks.json`, the home page `/index.json`."""
    return f"{path.rstrip('/') or '/index'}.{suffix}"


def join_address(path: str, query: dict[str, Any]) -> str:
    """Return the full address of a path of this site with this query."""
    return settings.SITE_URL + path + (f"?{urlencode(query)}" if query else "")


def render_in_format(suffix: str, route: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page as JSON or Markdown, which scripts of other sites may fetch."""
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
    """Return `json_address`, `md_address` and `feed_address` of the page for its template: those that it has."""
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
    """Render a page inside the frame of the site or, if its address ends in `.json` or `.md`, as JSON or Markdown.

    The canonical address contains only parameters that change the page. `filters` and `page` in the context are those
    of the page's list, if there is one. Pass `keep=False` for a page that depends on more than its path and filters, so
    that it is not cached.
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
    """Wrap a view for its routes that end in `.json` or `.md`: `render_page` renders that format, by the suffix.

    A redirect of the view to a path with a slash at its end gets the same suffix.
    """

    @wraps(view)
    def show(request: HttpRequest, *, suffix: str, **slugs: Any) -> HttpResponse:
        response = view(request, **slugs)
        target = response.get("Location", "")
        if target.startswith("/") and target.endswith("/"):
            response["Location"] = make_format_path(target, suffix)
        return response

    return show
