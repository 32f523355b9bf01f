"""Ranks what is related to a talk: the same talk elsewhere, talks that share tags, takeaways beside its takeaways.

All of it is ranked when it is read: rarity depends on the whole base, so one import would change every stored ranking.
Of each tag only the latest rows are read, up to a limit, so that a page takes as long for a tag of half of
all talks as for a tag of ten.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.db import connection, models
from django.db.models import Prefetch, Q, prefetch_related_objects

from talks.models import Appearance, Tag, TaggedTakeaway, TaggedTalk, Takeaway, Talk
from talks.names import fold, fold_accents

MOST_TAGS = 60
TALKS_A_TAG = 400
TAKEAWAYS_A_TAG = 200
RELATED_TALKS = 5
ALSO_GIVEN = 12
MARGIN_SIZE = 3  # takeaways beside one takeaway
_TRIED = 3  # times as many as are shown are looked up: some may not be seen
_REASONS = 3
_SHORTEST_WORD = 4
_WORD_WEIGHT = 0.5
_GOOD_LENGTHS = range(40, 400)

Chosen = dict[int, dict[int, Set[int]]]
"""By a takeaway's id: ids of takeaways that may be shown beside it, each with the tags that both mention."""


@dataclass(slots=True)
class RelatedTalk:
    """Another talk, and the tags that both talks have, the rarest first."""

    talk: Talk
    shared: list[Tag]


@dataclass(slots=True)
class Related:
    """Everything related to a talk: `given` elsewhere, `talks`, and `takeaways` by the id of the talk's takeaway."""

    given: list[Talk] = field(default_factory=list)
    talks: list[RelatedTalk] = field(default_factory=list)
    takeaways: dict[int, list[Takeaway]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of tags, and the tags that each other talk shares with the talk on the page."""

    tags: Mapping[int, float]
    shared: Mapping[int, Collection[int]]

    def sum(self, tags: Iterable[int]) -> float:
        """Return the weight of sharing all of these tags."""
        return sum(self.tags.get(tag, 1.0) for tag in tags)

    def weigh_talk(self, talk: int) -> float:
        """Return the weight of all tags that this talk shares with the talk on the page."""
        return self.sum(self.shared.get(talk, ()))


def find_related(talk: Talk, takeaways: Sequence[Takeaway], tags: Iterable[Tag], *, staff: bool) -> Related:
    """Return what readers of the talk may want to see next. `takeaways` are loaded `with_tags()`.

    `tags` are the talk's.

    This takes five queries at most, whatever the number of takeaways, and loads the speakers of `talk` too.
    """
    named = {tag.pk: tag for tag in tags}
    mentions = {}
    for row in takeaways:
        mentioned = {tagged.tag_id: tagged.tag for tagged in row.mentioned}  # type: ignore[attr-defined]
        mentions[row.pk] = mentioned.keys()
        named |= mentioned
    weights = _weigh_talks(talk, named)
    chosen = choose_candidates(talk.pk, mentions, weights)
    ranked = sorted(weights.shared, key=lambda pk: (-weights.weigh_talk(pk), -pk))[: _TRIED * RELATED_TALKS]
    others = _read_talks(talk, ranked, staff=staff)
    found = _read_takeaways(chosen, staff=staff)
    speakers = Prefetch("appearances", Appearance.objects.select_related("speaker").order_by("position", "pk"))
    prefetch_related_objects([talk, *others, *(row.talk for row in found.values())], speakers)
    given = [other for other in others if is_same_talk(talk, other)]
    related = [other for other in others if other.pk in weights.shared and other not in given]
    return Related(
        given[:ALSO_GIVEN],
        _give_reasons(talk, related, weights, named),
        choose_margins(takeaways, chosen, found, day=talk.day_id, weights=weights),
    )


def is_same_talk(one: Talk, other: Talk) -> bool:
    """Whether both are one talk at two conferences: with the same title and a speaker in common."""
    speakers = {appearance.speaker_id for appearance in one.appearances.all()}
    return (
        one.conference_id != other.conference_id
        and fold(one.title) == fold(other.title)
        and any(appearance.speaker_id in speakers for appearance in other.appearances.all())
    )


def _weigh_talks(talk: Talk, named: Mapping[int, Tag]) -> Weights:
    pairs = find_talks(named)
    shared: dict[int, set[int]] = defaultdict(set)
    for tag, other in pairs:
        if other != talk.pk:
            shared[other].add(tag)
    return Weights(weigh_tags([tag for tag, _ in pairs]), shared)


def _read_talks(talk: Talk, ranked: Sequence[int], *, staff: bool) -> list[Talk]:
    """Load the ranked talks, and the talks of other conferences with the same title."""
    namesakes = Q(sort_key=talk.sort_key) & ~Q(conference=talk.conference_id)
    rows = Talk.objects.visible(staff=staff).filter(Q(pk__in=ranked) | namesakes)
    limit = len(ranked) + ALSO_GIVEN
    return list(rows.select_related("conference__series", "day").newest_first()[:limit])


def _read_takeaways(chosen: Chosen, *, staff: bool) -> dict[int, Takeaway]:
    wanted = {pk for beside in chosen.values() for pk in beside}
    if not wanted:
        return {}
    rows = Takeaway.objects.visible(staff=staff).filter(pk__in=wanted).with_language()
    return {row.pk: row for row in rows.select_related("talk__conference__series")}


def _give_reasons(talk: Talk, others: Sequence[Talk], weights: Weights, named: Mapping[int, Tag]) -> list[RelatedTalk]:
    """Return the talks that share most tags and words of the title, each with the shared tags."""
    own = read_words(talk.title)

    def rank(other: Talk) -> tuple[float, int]:
        words = len(own & read_words(other.title))
        return -weights.weigh_talk(other.pk) - _WORD_WEIGHT * words, -other.pk

    related = []
    for other in sorted(others, key=rank)[:RELATED_TALKS]:
        shared = sorted(weights.shared[other.pk], key=lambda pk: (-weights.tags[pk], named[pk].sort_key))
        related.append(RelatedTalk(other, [named[pk] for pk in shared[:_REASONS]]))
    return related


def choose_candidates(talk: int, mentions: Mapping[int, Set[int]], weights: Weights) -> Chosen:
    """Choose other talks' takeaways for each takeaway: those that mention the same tags, one of each talk.

    `mentions` has the tags of each takeaway by id.
    """
    by_tag: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for tag, takeaway, other in find_takeaways({tag for tags in mentions.values() for tag in tags}):
        if other != talk:
            by_tag[tag].append((takeaway, other))
    chosen = {}
    for pk, tags in mentions.items():
        met: dict[tuple[int, int], set[int]] = defaultdict(set)
        for tag in tags:
            for key in by_tag.get(tag, ()):
                met[key].add(tag)
        if met:
            chosen[pk] = _take_one_a_talk(met, weights)
    return chosen


def _take_one_a_talk(met: Mapping[tuple[int, int], set[int]], weights: Weights) -> dict[int, Set[int]]:
    def rank(key: tuple[int, int]) -> tuple[float, float, int]:
        takeaway, talk = key
        return -weights.sum(met[key]), -weights.weigh_talk(talk), -takeaway

    taken: dict[int, int] = {}
    for takeaway, talk in sorted(met, key=rank):
        taken.setdefault(talk, takeaway)
        if len(taken) == _TRIED * MARGIN_SIZE:
            break
    return {takeaway: met[takeaway, talk] for talk, takeaway in taken.items()}


def choose_margins(
    takeaways: Sequence[Takeaway], chosen: Chosen, found: Mapping[int, Takeaway], *, day: int, weights: Weights
) -> dict[int, list[Takeaway]]:
    """Return the takeaways to show beside each takeaway: from other days than `day` first, then by shared tags.

    None is shown twice on a page: nobody reads a margin that repeats another.
    """
    shown: set[int] = set()
    margins = {}
    for row in takeaways:
        beside = chosen.get(row.pk, {})
        own = read_words(row.text)

        def rank(pk: int, *, own: Set[str] = own, beside: Mapping[int, Set[int]] = beside) -> tuple[bool, float]:
            other = found[pk]
            words = _WORD_WEIGHT * len(own & read_words(other.text)) + (len(other.text) in _GOOD_LENGTHS)
            return other.talk.day_id == day, -weights.sum(beside[pk]) - words

        if best := sorted((pk for pk in beside if pk in found and pk not in shown), key=rank)[:MARGIN_SIZE]:
            margins[row.pk] = [found[pk] for pk in best]
            shown.update(best)
    return margins


def read_words(text: str) -> set[str]:
    """Return the words by which the likeness of two texts is measured."""
    return {word for word in fold_accents(text).split() if len(word) >= _SHORTEST_WORD}


def find_talks(tags: Collection[int]) -> list[tuple[int, int]]:
    """Return pairs (tag, talk) of the latest talks with each of the tags."""
    return _read_last(TaggedTalk, tags, TALKS_A_TAG, ("tag_id", "content_object_id"))


def find_takeaways(tags: Collection[int]) -> list[tuple[int, int, int]]:
    """Return triples (tag, takeaway, talk) of the latest takeaways that mention each of the tags."""
    fields = ("tag_id", "content_object_id", "content_object__talk_id")
    return _read_last(TaggedTakeaway, tags, TAKEAWAYS_A_TAG, fields)


def weigh_tags(tags: Collection[int]) -> dict[int, float]:
    """Return the weight of sharing each tag: the rarer, the greater. `tags` has a tag once for each talk with it.

    The weight goes from 1 for a tag of more talks than are read, to about 4 for a tag of two talks.
    """
    return {tag: 1 + log(TALKS_A_TAG / count) / 2 for tag, count in Counter(tags).items()}


def _read_last(model: type[models.Model], tags: Collection[int], limit: int, fields: Sequence[str]) -> list[Any]:
    """Run one limited query for each tag as a union, since neither database stops early in a query for all tags."""
    parts: list[str] = []
    values: list[Any] = []
    for tag in sorted(tags)[:MOST_TAGS]:
        rows = model._default_manager.filter(tag=tag).order_by("-content_object_id").values_list(*fields)[:limit]
        sql, given = rows.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608 Django wrote it
        values += given
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return cursor.fetchall()
