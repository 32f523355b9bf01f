"""Finds talks and takeaways that have tags in common with a talk, and weighs common tags: rare tags weigh more.

Weights are computed for each page, since they depend on the whole base, and one import would change all of them. For
each tag only the latest rows are read, up to a limit, so that a page takes as long for a tag of half of all talks as
for a tag of ten.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import log

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast

from talks.models import TaggedTakeaway, TaggedTalk, read_parts
from talks.names import fold_accents

MOST_TAGS = 60
TALKS_A_TAG = 200
TAKEAWAYS_A_TAG = 100
TRIED = 3  # times as many as are shown are looked up: some may not be seen
WORD_WEIGHT = 0.5  # of a word that two titles, or two takeaways, have in common
_SHORTEST_WORD = 4

Near = tuple[int, int, int | None]
"""The ids of a tag, of a talk and of a takeaway of that talk that mentions the tag; None if the talk has the tag."""


class Weights:
    """How much each tag weighs, and which tags, of which weight, each other talk has in common with the page's talk.

    `talk` is the id of the page's talk; `pairs` are ids of a tag and of a talk that has it, the page's own talk
    included.
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
        """Return the sum of the weights of these tags."""
        return sum([self.tags.get(tag, 1.0) for tag in sorted(tags)])

    def weigh_talk(self, talk: int) -> float:
        """Return the sum of the weights of all tags that this talk has in common with the page's talk; 0 if none."""
        return self.talks.get(talk, 0.0)


def find_near(tags: Collection[int], mentioned: Collection[int]) -> list[Near]:
    """Return triples of ids: a tag, a talk with it, and None; or a tag, a talk, and a takeaway of it with the tag.

    They are for the latest talks that have each of `tags`, and the latest takeaways that mention each of `mentioned`.
    Only the first `MOST_TAGS` of `tags`, and of `mentioned`, are looked up.
    """
    talks = _write_part(TaggedTalk, "content_object_id", TALKS_A_TAG)
    takeaways = _write_part(TaggedTakeaway, "content_object__talk_id", TAKEAWAYS_A_TAG)
    parts = [(talks, [tag]) for tag in sorted(tags)[:MOST_TAGS]]
    return read_parts(parts + [(takeaways, [tag]) for tag in sorted(mentioned)[:MOST_TAGS]])


@cache
def _write_part(model: type[models.Model], talk: str, limit: int) -> str:
    """Return SQL that selects the latest `limit` talks, or takeaways, with a tag, whose id is the only parameter.

    `talk` is the field path from a row of `model` to its talk.
    """
    takeaway = F("content_object_id") if model is TaggedTakeaway else Cast(Value(None), models.BigIntegerField())
    rows = model._default_manager.filter(tag=0).order_by("-content_object_id").annotate(takeaway=takeaway)
    sql, _ = rows.values_list("tag_id", talk, "takeaway")[:limit].query.sql_with_params()
    return sql


def weigh_tags(tags: Collection[int]) -> dict[int, float]:
    """Return the weight of each tag, greater for rarer tags. `tags` contains a tag once for each talk that has it.

    Weights range from 1, for a tag with `TALKS_A_TAG` talks, to about 3.3, for a tag with two talks.
    """
    return {tag: 1 + log(TALKS_A_TAG / count) / 2 for tag, count in Counter(tags).items()}


def read_words(text: str) -> set[str]:
    """Return the words of four characters or more in a text, without case and accents, to compare two texts."""
    return {word for word in fold_accents(text).split() if len(word) >= _SHORTEST_WORD}
