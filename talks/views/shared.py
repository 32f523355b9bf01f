"""Caches data that many pages use, for one version of the base: the numbers in lists, and the choices of filters.

Staff, who are few and may see more, always get fresh data.
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
    """Return the result of `find`, from the cache if possible.

    `find` must depend only on the base and never return None.
    """
    if is_staff(request) or not settings.PAGES_KEPT:
        return find()
    version = getattr(request, "base_version", None) or read_version()
    key = f"shared-{name}-{digest_program()}-{version.number}"
    found = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, SECONDS_KEPT)
    return found
