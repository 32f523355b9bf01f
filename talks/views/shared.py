"""Caches data that many pages share, for each version of the base: counts of lists, and choices of filters.

Otherwise a page would count the whole base for a few numbers. Staff, who are few and see more, get no cached data.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from talks.models import read_version
from talks.views.page_base import is_staff
from talks.views.page_cache import SECONDS_KEPT, digest_program


def find_once(request: HttpRequest, name: str, find: Callable[[], Any]) -> Any:
    """Return the result of `find`, from the cache if it is there. It may depend on the base only, and never be None."""
    if is_staff(request) or not settings.PAGES_KEPT:
        return find()
    version = getattr(request, "base_version", None) or read_version()
    key = f"shared-{name}-{digest_program()}-{version.number}"
    found = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, SECONDS_KEPT)
    return found
