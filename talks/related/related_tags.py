"""Finds tags related to one tag or to several: other tags of the same talks.

A tag comes first if a large share of its talks are talks of the given tags.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from talks.models import Tag, TagPair, Talk

_CANDIDATES = 80
_DOUBT = 3  # talks added to the total of each tag, since two talks of two may be chance


def find_related_tags(tag: Tag, *, staff: bool, limit: int) -> list[Any]:
    """Return at most `limit` tags related to `tag`, sorted by how large a share of their talks have `tag` too.

    `talk_count` of a tag is the number of talks with both tags. Sorted by that number alone, the commonest tags would
    be related to every tag. Therefore only the `_CANDIDATES` tags with the greatest numbers are loaded, and then sorted
    by share.
    """
    return _rank_by_share(TagPair.objects.list_beside(tag, staff=staff, limit=_CANDIDATES))[:limit]


def find_tags_among(talks: Collection[int], tags: Sequence[Tag], *, staff: bool, limit: int) -> list[Any]:
    """Return at most `limit` tags of `talks` except `tags`, sorted by how large a share of their talks is in `talks`.

    `talks` are ids of the talks that have all of `tags`; they should be few. A tag's `talk_count` is how many of
    `talks` have it.
    """
    others = Tag.objects.exclude(pk__in=[tag.pk for tag in tags]).with_totals(staff=staff)
    return _rank_by_share(others.of_talks(Talk.objects.filter(pk__in=talks))[:_CANDIDATES])[:limit]


def _rank_by_share(tags: Iterable[Any]) -> list[Any]:
    return sorted(tags, key=lambda tag: (-tag.talk_count / (tag.total + _DOUBT), tag.sort_key))
