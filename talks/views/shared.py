"""What many pages show alike is found once for each version of the base: counts of lists, and choices of filters.

Else a page would count the whole base for a few numbers at its edge. Staff, who are few and see more, wait for it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache

from talks.models import read_version
from talks.views.page_cache import SECONDS_KEPT, digest_program


def find_once(name: str, find: Callable[[], Any], *, staff: bool) -> Any:
    """Return what `find` finds, which depends on nothing but the base, and is not None."""
    if staff or not settings.PAGES_KEPT:
        return find()
    key = f"shared-{name}-{digest_program()}-{read_version().number}"
    found = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, SECONDS_KEPT)
    return found
