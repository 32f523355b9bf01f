"""The template tag for the number of open doubts in the header of every admin page."""

from django import template
from django.core.cache import cache

from talks import editing
from talks.admin.doubts import COUNT_KEY

register = template.Library()
_COUNT_SECONDS = 300


@register.simple_tag
def count_doubts() -> int:
    """Return the number of open doubts that are not trifling.

    It is cached for five minutes; opening the list of doubts counts them again.
    """
    found = cache.get(COUNT_KEY)
    if found is None:
        found = editing.count_pressing(editing.list_doubts())
        cache.set(COUNT_KEY, found, _COUNT_SECONDS)
    return int(found)
