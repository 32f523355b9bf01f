"""The template tag for the number of open doubts in the header of every admin page."""

from typing import Any

from django import template
from django.core.cache import cache

from talks import editing
from talks.admin.doubts import COUNT_KEY, COUNT_SECONDS

register = template.Library()


@register.simple_tag
def count_doubts() -> Any:
    """Return the number of open doubts that are not trifling.

    It is cached for five minutes; opening the list of doubts counts them again.
    """
    return cache.get_or_set(COUNT_KEY, lambda: len(editing.choose_pressing(editing.list_doubts())), COUNT_SECONDS)
