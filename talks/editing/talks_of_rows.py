"""Finds the talks to which rows of any kind of content belong, such as those of a speaker."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from talks.models import Conference, Day, Post, Reference, Series, Speaker, Tag, Takeaway, Talk, Writer

_PATHS_FROM_TALKS: dict[type[Model], tuple[str, ...]] = {
    Series: ("conference__series",),
    Conference: ("conference",),
    Day: ("day",),
    Talk: ("pk",),
    Takeaway: ("takeaways",),
    Speaker: ("appearances__speaker",),
    Writer: ("sources__post__writer",),
    Post: ("sources__post",),
    Reference: ("citations__reference",),
    Tag: ("tagged__tag", "takeaways__tagged__tag", "sources__post__tagged__tag"),
}
"""The lookups that lead from talks to rows of each model. Refused tags count too."""


def find_talks_of(rows: Iterable[Any]) -> QuerySet[Talk]:
    """Return a queryset of the talks to which these rows, all of one model, belong.

    It is empty for rows that are no content, such as user accounts.
    """
    chosen = list(rows)
    keys = [row.pk for row in chosen]
    is_theirs = Q(pk__in=())
    for path in _PATHS_FROM_TALKS.get(type(chosen[0]), ()) if chosen else ():
        is_theirs |= Q(pk__in=Talk.objects.filter(**{f"{path}__in": keys}).order_by().values("pk"))
    return Talk.objects.filter(is_theirs)


def list_talks_of_rows(rows: Iterable[Any]) -> set[int]:
    """Return the ids of the talks to which these rows, all of one model, belong."""
    return set(find_talks_of(rows).order_by().values_list("pk", flat=True))
