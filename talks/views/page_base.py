"""What all pages share: who the reader is, the page of a list, other forms, and the frame."""

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

LAST_PAGE = 1000
FEED_ROUTES = frozenset({"home", "tag", "series", "speaker", "writer", "search"})
FORM_ROUTE = "_form"  # ends the route names of pages' other forms


def read_suffix(request: HttpRequest) -> str:
    """Return `json` or `md` if the page is requested in that form, else nothing."""
    match = request.resolver_match
    return match.kwargs.get("suffix", "") if match else ""


def read_route(request: HttpRequest) -> str:
    """Return the name of the page's route, which HTML, Markdown and JSON of the page share."""
    match = request.resolver_match
    return (match.url_name or "").removesuffix(FORM_ROUTE) if match else ""


def is_staff(request: HttpRequest) -> bool:
    """Whether the reader may see drafts. Without a session's cookie the session is not loaded.

    Other forms of a page show staff only what an anonymous reader sees, since people pass them on.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not read_suffix(request) and request.user.is_staff


def turn_page(request: HttpRequest, rows: Any, *, size: int = settings.PAGE_SIZE, count: int | None = None) -> Page:
    """Return the requested page of the list, or the nearest one.

    `count` is the number of rows if it is known already.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    wanted = request.GET.get("page", "")[:9]
    number = int(wanted) if wanted.isascii() and wanted.removeprefix("-").isdigit() else 1
    return paginator.page(max(1, min(number, paginator.num_pages, LAST_PAGE)))


def make_page_path(request: HttpRequest) -> str:
    """Return the path of the page itself, also if it is requested in another form."""
    suffix, path = read_suffix(request), escape_uri_path(request.path)
    return path if not suffix else "/" if path == f"/index.{suffix}" else f"{path.removesuffix(f'.{suffix}')}/"


def make_form_path(path: str, suffix: str) -> str:
    """Return the path of a page's other form: `/talks/` has `/talks.json`, home has `/index.json`."""
    return f"{path.rstrip('/') or '/index'}.{suffix}"


def join_address(path: str, query: dict[str, Any]) -> str:
    """Return the full address of a path of this site."""
    return settings.SITE_URL + path + (f"?{urlencode(query)}" if query else "")


def answer_in_form(suffix: str, route: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the page as JSON or Markdown, which other sites may read too."""
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
    """Return the addresses of the page's other forms, if it has any."""
    if read_route(request) not in KINDS:
        return {}
    query = filters | ({"page": number} if number > 1 else {})
    forms = {f"{suffix}_address": join_address(make_form_path(path, suffix), query) for suffix in ("json", "md")}
    has_feed = read_route(request) in FEED_ROUTES
    asked = {"q": filters["q"]} if "q" in filters else {}
    return forms | ({"feed_address": join_address(f"{path}feed.atom", asked)} if has_feed else {})


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
    """Render the page in its frame. Its canonical address holds only what the page depends on.

    `filters` and `page` in the context are those of its list, if it has one. Set `keep` to False for a page that
    depends on more than its path and its filters: it is not cached.
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
        answer: Any = answer_in_form(suffix, read_route(request), {**frame, **context})
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


def answer_other_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view for a page's other forms. A redirect leads to the same form of the other page."""

    @wraps(view)
    def show(request: HttpRequest, *, suffix: str, **slugs: Any) -> HttpResponse:
        response = view(request, **slugs)
        target = response.get("Location", "")
        if target.startswith("/") and target.endswith("/"):
            response["Location"] = make_form_path(target, suffix)
        return response

    return show
