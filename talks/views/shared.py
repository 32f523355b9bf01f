"""What several pages share: data cached for one version of the base (numbers, choices of filters), lists of names.

Staff, who are few and may see more, always get fresh data.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Page
from django.http import Http404, HttpRequest

from talks.forms import NameFilter
from talks.models import PreparedRows, Tag, read_version
from talks.names import sort_key
from talks.views.page_base import is_staff, turn_page
from talks.views.page_cache import SECONDS_KEPT, digest_program

_MOST_OTHERS = 6  # letters of other scripts than the Latin one that stand beside its letters


def find_once(request: HttpRequest, name: str, find: Callable[[], Any]) -> Any:
    """Return the result of `find`, for others than staff from the cache if it is kept there under `name`.

    `find` must depend only on the base and never return None.
    """
    if is_staff(request) or not settings.PAGES_KEPT:
        return find()
    version = getattr(request, "base_version", None) or read_version()
    key = f"shared-{name}-{digest_program()}-{version.number}"
    return cache.get_or_set(key, find, SECONDS_KEPT)


def turn_whole_list(request: HttpRequest, name: str, model: Any, read: Callable[..., list[Any]]) -> Page:
    """Return the requested page of all rows of the model that the reader may see; `read` is a prepared query for it.

    The number of these rows is cached under `name`.
    """
    staff = is_staff(request)
    count = find_once(request, name, lambda: model.objects.visible(staff=staff).count())
    return turn_page(request, PreparedRows(read, staff=staff), count=count)


def find_named(rows: Any, slug: str) -> Any:
    """Return the series or speaker with this slug, or the one of which it is another or a former name.

    Raises 404 if there is none. If the returned row has another slug, the caller redirects to it.
    """
    found = rows.filter(slug=slug).first() or rows.find_called(slug)
    if found is None:
        raise Http404
    return found


def find_common_tags(request: HttpRequest, limit: int) -> list[Any]:
    """Return the `limit` tags with most talks, in alphabetical order."""
    staff = is_staff(request)
    common = find_once(request, f"common-{limit}", lambda: Tag.objects.commonest(staff=staff, limit=limit))
    return sorted(common, key=lambda tag: tag.sort_key)


def list_names(request: HttpRequest, everything: Any, noun: str, *, size: int = settings.PAGE_SIZE) -> dict[str, Any]:
    """Return what the template of a list of names needs: `page` (of rows), `filters`, `letters`, the chosen `letter`.

    Letters of other scripts than the Latin one are in `other_letters` if they are many, such as those of Chinese names.
    The rows are sorted alphabetically, or by number of talks if the filter `order` says so.
    """
    filters = NameFilter(request.GET).read()
    rows = everything.with_counts(staff=is_staff(request))
    if letter := sort_key(filters.get("letter", "")):
        rows = rows.beginning_with(letter)
    rows = rows.by_count() if "order" in filters else rows.by_name()
    count = find_once(request, f"{noun}s", everything.count) if not letter else None
    page = turn_page(request, rows, size=size, count=count)
    letters = find_once(request, f"{noun}-letters", everything.letters)
    others = [one for one in letters if not one.isascii()]
    if len(others) <= _MOST_OTHERS:
        others = []
    letters = [one for one in letters if one not in others]
    return {"page": page, "filters": filters, "letters": letters, "other_letters": others, "letter": letter}
