"""What several pages share: data that is cached for one version of the base, and lists of names.

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
    """Return the result of `find`; for readers who are not staff it is cached under `name` for one version of the base.

    `find` must depend only on the base and never return None.
    """
    if is_staff(request) or not settings.PAGES_KEPT:
        return find()
    version = getattr(request, "base_version", None) or read_version()
    key = f"shared-{name}-{digest_program()}-{version.number}"
    return cache.get_or_set(key, find, SECONDS_KEPT)


def turn_whole_list(request: HttpRequest, name: str, model: Any, read: Callable[..., list[Any]]) -> Page:
    """Return the requested page of a list of all rows of `model` that the reader may see.

    `read` is a prepared query for a part of the rows. Their number is cached under `name`.
    """
    staff = is_staff(request)
    count = find_once(request, name, lambda: model.objects.visible(staff=staff).count())
    return turn_page(request, PreparedRows(read, staff=staff), count=count)


def find_named(rows: Any, slug: str) -> Any:
    """Return the series or speaker that has this slug, or another or former name with it; raise 404 if there is none.

    If the slug of the returned row differs, the caller redirects to it.
    """
    found = rows.filter(slug=slug).first() or rows.find_called(slug)
    if found is None:
        raise Http404
    return found


def find_common_tags(request: HttpRequest, limit: int) -> list[Any]:
    """Return the `limit` visible tags with most talks, sorted by name."""
    staff = is_staff(request)
    common = find_once(request, f"common-{limit}", lambda: Tag.objects.commonest(staff=staff, limit=limit))
    return sorted(common, key=lambda tag: tag.sort_key)


def list_names(request: HttpRequest, everything: Any, noun: str, *, size: int = settings.PAGE_SIZE) -> dict[str, Any]:
    """Return the context of a page that lists names, of speakers or tags: `page`, `filters`, `letters`, `letter`.

    Rows are those with the first letter `letter`, or all, sorted by name, or by number of talks with the filter
    `order`. `letters` are all first letters; if more than six are not Latin, these are in `other_letters` instead.
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
