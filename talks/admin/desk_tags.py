"""The number of open doubts, which every page of the admin shows in its header."""

from django import template
from django.core.cache import cache

from talks import editing
from talks.admin.doubts import COUNT_KEY

register = template.Library()
_COUNT_SECONDS = 300


@register.simple_tag
def count_doubts() -> int:
    """Return the number of open doubts, from a cache of five minutes; opening the inbox counts anew."""
    found = cache.get(COUNT_KEY)
    if found is None:
        found = len(editing.list_doubts())
        cache.set(COUNT_KEY, found, _COUNT_SECONDS)
    return int(found)
