"""Finds what shares tags with a talk, and weighs the tags that are shared: the rarer a tag, the more it says.

All of it is weighed when it is read: rarity depends on the whole base, so one import would change every stored weight.
Of each tag only the latest rows are read, up to a limit, so that a page takes as long for a tag of half of
all talks as for a tag of ten.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import log

from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Cast

from talks.models import TaggedTakeaway, TaggedTalk
from talks.names import fold_accents

MOST_TAGS = 60
TALKS_A_TAG = 200
TAKEAWAYS_A_TAG = 100
TRIED = 3  # times as many as are shown are looked up: some may not be seen
WORD_WEIGHT = 0.5  # of a word that two titles, or two takeaways, have in common
_SHORTEST_WORD = 4

Near = tuple[int, int, int | None]
"""The ids of a tag and of a talk that has it; and of the takeaway of that talk that mentions it, else None."""


class Weights:
    """The weights of tags, and the tags that each other talk shares with the talk on the page, and their weight.

    `pairs` are of a tag and a talk that has it, also of the talk on the page.
    """

    def __init__(self, talk: int, pairs: Sequence[tuple[int, int]]) -> None:
        self.tags: Mapping[int, float] = weigh_tags([tag for tag, _ in pairs])
        shared: dict[int, set[int]] = defaultdict(set)
        for tag, other in pairs:
            if other != talk:
                shared[other].add(tag)
        self.shared: Mapping[int, Collection[int]] = shared
        self.talks: Mapping[int, float] = {other: self.sum(tags) for other, tags in shared.items()}

    def sum(self, tags: Iterable[int]) -> float:
        """Return the weight of sharing all of these tags."""
        return sum([self.tags.get(tag, 1.0) for tag in sorted(tags)])

    def weigh_talk(self, talk: int) -> float:
        """Return the weight of all tags that this talk shares with the talk on the page."""
        return self.talks.get(talk, 0.0)


def find_near(tags: Collection[int], mentioned: Collection[int]) -> list[Near]:
    """Return the latest talks with each of the tags, and the latest takeaways that mention each of `mentioned`.

    One bounded query a tag, as a union, since neither database stops early in a query for all tags.
    """
    talks = _write_part(TaggedTalk, "content_object_id", TALKS_A_TAG)
    takeaways = _write_part(TaggedTakeaway, "content_object__talk_id", TAKEAWAYS_A_TAG)
    wanted = [(talks, tag) for tag in sorted(tags)[:MOST_TAGS]]
    wanted += [(takeaways, tag) for tag in sorted(mentioned)[:MOST_TAGS]]
    if not wanted:
        return []
    parts = [f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _) in enumerate(wanted)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [tag for _, tag in wanted])
        return cursor.fetchall()


@cache
def _write_part(model: type[models.Model], talk: str, limit: int) -> str:
    """Return the query for the latest rows of one tag, its only parameter; `talk` is the path to the row's talk."""
    takeaway = F("content_object_id") if model is TaggedTakeaway else Cast(Value(None), models.BigIntegerField())
    rows = model._default_manager.filter(tag=0).order_by("-content_object_id").annotate(takeaway=takeaway)
    sql, _ = rows.values_list("tag_id", talk, "takeaway")[:limit].query.sql_with_params()
    return sql


def weigh_tags(tags: Collection[int]) -> dict[int, float]:
    """Return the weight of sharing each tag: the rarer, the greater. `tags` has a tag once for each talk with it.

    The weight goes from 1 for a tag of more talks than are read, to about 4 for a tag of two talks.
    """
    return {tag: 1 + log(TALKS_A_TAG / count) / 2 for tag, count in Counter(tags).items()}


def read_words(text: str) -> set[str]:
    """Return the words by which the likeness of two texts is measured."""
    return {word for word in fold_accents(text).split() if len(word) >= _SHORTEST_WORD}
