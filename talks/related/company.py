"""The company that a subject keeps: those that come with it oftener than they come at all."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from talks.models import Tag, TagPair, Talk

_LOOKED_AT = 80
_DOUBT = 3  # talks without the subject that each is taken to have beyond those known: two of two may be chance


def find_company(tag: Tag, *, staff: bool, limit: int) -> list[Any]:
    """Tags that stand with the `tag`, by lift: the share of their own talks that are among its talks.

    Each has as `talk_count` how many those are. By mere count the commonest subjects would stand beside everything.
    Counts of pairs are kept, the shares are not: each import changes them all. They are made of the tags met most
    often, so many and no more.
    """
    return _rank(TagPair.objects.list_beside(tag, staff=staff, limit=_LOOKED_AT))[:limit]


def find_company_in(talks: Collection[int], tags: Sequence[Tag], *, staff: bool, limit: int) -> list[Any]:
    """The same of several `tags` at once, or of some of the talks: counted in these `talks`, which are few."""
    others = Tag.objects.exclude(pk__in=[tag.pk for tag in tags]).with_totals(staff=staff)
    return _rank(others.beside(Talk.objects.filter(pk__in=talks))[:_LOOKED_AT])[:limit]


def _rank(tags: Iterable[Any]) -> list[Any]:
    return sorted(tags, key=lambda tag: (-tag.talk_count / (tag.total + _DOUBT), tag.sort_key))
