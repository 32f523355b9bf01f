"""The page of answers."""

from itertools import chain

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from talks import search
from talks.views.pages import is_staff, render_page, turn_page


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """Talks in which all words of the question stand, with the takeaways that hold them."""
    staff = is_staff(request)
    results = search.search(request.GET.get("q", ""), staff=staff)
    page = turn_page(request, results.talks.with_cards())
    matches = results.matching(page.object_list)
    prefetch_related_objects(list(chain.from_iterable(matches.values())), "parent")
    filters = {"q": results.query} if results.query else {}
    context = {"results": results, "page": page, "filters": filters, "matches": matches}
    title = f"Search: {results.query}" if results.query else "Search"
    description = "Search in titles, names and takeaways."
    return render_page(
        request, "talks/search.html", context, title=title, description=description, index=False, keep=False
    )
