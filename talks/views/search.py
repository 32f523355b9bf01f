"""The page of search results, and the suggestions of the search box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from talks import search
from talks.forms import SearchForm
from talks.views.page_base import is_staff, render_page, turn_page
from talks.views.shared import find_common_tags

COMMON_TAGS = 24


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """Show the talks that match the query with their best takeaways; if few talks match, also help."""
    staff, filters = is_staff(request), SearchForm(request.GET).read()
    results = search.search(filters.get("q", ""), staff=staff, order=filters.get("sort", "relevance"))
    order = {"sort": filters["sort"]} if "sort" in filters else {}
    page = turn_page(request, results.rows)
    hits = results.load_talks(list(page.object_list))
    context = {
        "results": results,
        "page": page,
        "found": hits,
        "hits": [hit for hit in hits if results.mixed or not hit.missing],
        "partial": [hit for hit in hits if hit.missing and not results.mixed],
        "common": find_common_tags(request, COMMON_TAGS) if not results.total else [],
        "filters": {**({"q": results.query} if results.query else {}), **order},
    }
    title = f"Search: {results.query}" if results.query else "Search"
    description = "Search in titles, names and takeaways."
    return render_page(
        request, "talks/search.html", context, title=title, description=description, index=False, keep=False
    )


@require_safe
def show_suggestions(request: HttpRequest) -> HttpResponse:
    """Return suggestions for the words typed so far, as a fragment of HTML for the search box."""
    staff = is_staff(request)
    suggestions = search.suggest(request.GET.get("q", ""), staff=staff)
    response = render(request, "talks/partials/_suggestions.html", {"suggestions": suggestions})
    patch_vary_headers(response, ["Cookie"])
    if staff:
        patch_cache_control(response, private=True)
    return response
