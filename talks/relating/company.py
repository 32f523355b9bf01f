"""The company that a subject keeps: those that come with it oftener than they come at all."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from talks.models import SubjectPair, Tag, TalkSubject

_LOOKED_AT = 80
_DOUBT = 3  # talks without the subject that each is taken to have beyond those known: two of two may be chance


def find_company(tag: Tag, *, staff: bool, limit: int) -> list[Any]:
    """Tags that stand with the `tag`, by lift: the share of their own talks that are among its talks.

    Each has as `talk_count` how many those are. By mere count the commonest subjects would stand beside everything.
    Counts of pairs are kept, the shares are not: each import changes them all. They are made of the tags met most
    often, so many and no more.
    """
    met = SubjectPair.objects.count_beside(tag, staff=staff, limit=_LOOKED_AT)
    return _rank(met, staff=staff, limit=limit)


def find_company_in(talks: Collection[int], tags: Sequence[Tag], *, staff: bool, limit: int) -> list[Any]:
    """The same of several `tags` at once, or of some of the talks: counted in these `talks`, which are few."""
    met = TalkSubject.objects.count_beside(talks, limit=_LOOKED_AT + len(tags))
    for tag in tags:
        met.pop(tag.pk, None)
    return _rank(met, staff=staff, limit=limit)


def _rank(met: Mapping[int, int], *, staff: bool, limit: int) -> list[Any]:
    tags: list[Any] = list(Tag.objects.filter(pk__in=met).with_counts(staff=staff))
    tags.sort(key=lambda tag: (-met[tag.pk] / (tag.talk_count + _DOUBT), tag.sort_key))
    for tag in tags:
        tag.talk_count = met[tag.pk]
    return tags[:limit]
