"""The company that a subject keeps: those that come with it oftener than they come at all."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, QuerySet

from talks.models import Tag, TaggedTalk, Talk

_LOOKED_AT = 80
_DOUBT = 3  # talks without the subject that each is taken to have beyond those known: two of two may be chance


def find_company(tags: Collection[Tag], talks: QuerySet[Talk], *, limit: int) -> list[Any]:
    """Tags that stand with these `tags` in `talks`, by lift: the share of their own talks that are among these.

    Each has as `talk_count` how many those are. By mere count the commonest subjects would stand beside everything.
    Ranked when it is read, since each import changes all shares: of the tags met most often, so many and no more.
    """
    met = list(Tag.objects.exclude(pk__in=[tag.pk for tag in tags]).beside(talks)[:_LOOKED_AT])
    counted = TaggedTalk.objects.filter(tag__in=met).order_by().values_list("tag").annotate(total=Count("pk"))
    totals = dict(counted) if met else {}

    def rank(tag: Any) -> tuple[float, str]:
        return -tag.talk_count / (totals.get(tag.pk, 0) + _DOUBT), tag.sort_key

    return sorted(met, key=rank)[:limit]
