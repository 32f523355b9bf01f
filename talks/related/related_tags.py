"""Finds the tags related to a tag, or to several: others on the same talks.

The tags with the largest share of their own talks among the talks of the given tags come first.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from talks.models import Tag, TagPair, Talk

_CANDIDATES = 80
_DOUBT = 3  # talks added to the total of each tag, since two talks of two may be chance


def find_related_tags(tag: Tag, *, staff: bool, limit: int) -> list[Any]:
    """Return the tags related to `tag`, ranked by how large a share of their own talks has `tag` too.

    `talk_count` is the number of common talks. Ranked by this number alone, the commonest tags would be related to
    every tag. The counts of pairs are stored; the shares are not, since each import changes them all. Only the tags
    with the greatest counts are ranked.
    """
    return _rank_by_share(TagPair.objects.list_beside(tag, staff=staff, limit=_CANDIDATES))[:limit]


def find_tags_among(talks: Collection[int], tags: Sequence[Tag], *, staff: bool, limit: int) -> list[Any]:
    """Return the other tags of `talks`, ranked by how large a share of their own talks is among these.

    `talks` are ids of talks that have all of `tags`; they should be few. `talk_count` is how many of them have the tag.
    """
    others = Tag.objects.exclude(pk__in=[tag.pk for tag in tags]).with_totals(staff=staff)
    return _rank_by_share(others.of_talks(Talk.objects.filter(pk__in=talks))[:_CANDIDATES])[:limit]


def _rank_by_share(tags: Iterable[Any]) -> list[Any]:
    return sorted(tags, key=lambda tag: (-tag.talk_count / (tag.total + _DOUBT), tag.sort_key))
