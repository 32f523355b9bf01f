"""Ranks what is related to a talk: the same talk elsewhere, talks that share tags, takeaways beside its takeaways.

All of it is ranked when it is read: rarity depends on the whole base, so one import would change every stored ranking.
Of each tag only the latest rows are read, up to a limit, so that a page takes as long for a tag of half of
all talks as for a tag of ten.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import Any

from django.db import connection, models
from django.db.models import F, Prefetch, Q, Value, prefetch_related_objects
from django.db.models.functions import Cast

from talks.models import Appearance, Tag, TaggedTakeaway, TaggedTalk, Takeaway, Talk
from talks.names import fold, fold_accents

MOST_TAGS = 60
TALKS_A_TAG = 200
TAKEAWAYS_A_TAG = 100
RELATED_TALKS = 5
ALSO_GIVEN = 12
MARGIN_SIZE = 3  # takeaways beside one takeaway
_TRIED = 3  # times as many as are shown are looked up: some may not be seen
_REASONS = 3
_SHORTEST_WORD = 4
_WORD_WEIGHT = 0.5
_GOOD_LENGTHS = range(40, 400)

Near = tuple[int, int, int | None]
"""The ids of a tag and of a talk that has it; and of the takeaway of that talk that mentions it, else None."""

Chosen = dict[int, dict[int, Set[int]]]
"""By a takeaway's id: ids of takeaways that may be shown beside it, each with the tags that both mention."""


@dataclass(slots=True)
class RelatedTalk:
    """Another talk, and the tags that both talks have, the rarest first."""

    talk: Talk
    shared: list[Tag]


@dataclass(slots=True)
class Related:
    """Everything related to a talk: `given` elsewhere, `talks`, and `takeaways` by the id of the talk's takeaway.

    `before` and `after` are its neighbours in the programme of the day.
    """

    given: list[Talk] = field(default_factory=list)
    talks: list[RelatedTalk] = field(default_factory=list)
    takeaways: dict[int, list[Takeaway]] = field(default_factory=dict)
    before: Talk | None = None
    after: Talk | None = None


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


def find_related(talk: Any, takeaways: Sequence[Takeaway], tags: Iterable[Tag], *, staff: bool) -> Related:
    """Return what readers of the talk may want to see next. `tags` are the talk's.

    The talk is loaded `with_neighbours()`, `takeaways` are loaded `with_tags()`. This takes four queries at most,
    whatever the number of takeaways, and loads the speakers of `talk` too.
    """
    named = {tag.pk: tag for tag in tags}
    mentions = {}
    for row in takeaways:
        mentioned = {tagged.tag_id: tagged.tag for tagged in row.mentioned}  # type: ignore[attr-defined]
        mentions[row.pk] = frozenset(mentioned)
        named |= mentioned
    near = find_near(named, {tag for mentioned in mentions.values() for tag in mentioned})
    weights = Weights(talk.pk, [(tag, other) for tag, other, takeaway in near if takeaway is None])
    chosen = choose_candidates(talk.pk, mentions, near, weights)
    ranked = sorted(weights.shared, key=lambda pk: (-weights.weigh_talk(pk), -pk))[: _TRIED * RELATED_TALKS]
    found = _read_takeaways(chosen, staff=staff)
    margins = choose_margins(takeaways, chosen, found, day=talk.day_id, weights=weights)
    beside = [row for rows in margins.values() for row in rows]
    wanted = {*ranked, *(row.talk_id for row in beside), talk.before, talk.after} - {None}
    others = _read_talks(talk, wanted, staff=staff)
    for row in beside:
        row.talk = others[row.talk_id]
    given = [other for other in others.values() if is_same_talk(talk, other)]
    related = [others[pk] for pk in ranked if pk in others and others[pk] not in given]
    return Related(
        given[:ALSO_GIVEN],
        _rank_related_talks(talk, related, weights, named),
        margins,
        others.get(talk.before),
        others.get(talk.after),
    )


def is_same_talk(one: Talk, other: Talk) -> bool:
    """Whether both are one talk at two conferences: with the same title and a speaker in common."""
    if one.conference_id == other.conference_id or fold(one.title) != fold(other.title):
        return False
    speakers = {appearance.speaker_id for appearance in one.appearances.all()}
    return any(appearance.speaker_id in speakers for appearance in other.appearances.all())


def _read_talks(talk: Talk, wanted: Collection[int], *, staff: bool) -> dict[int, Talk]:
    """Load these talks and some with the same title, as cards, the newest first; and the speakers of `talk`."""
    shown = Talk.objects.visible(staff=staff)
    namesakes = shown.filter(sort_key=talk.sort_key).exclude(conference=talk.conference_id)
    rows = shown.filter(Q(pk__in=wanted) | Q(pk__in=namesakes.newest_first().values("pk")[:ALSO_GIVEN]))
    others = list(rows.select_related("conference__series", "day").newest_first())
    speakers = Appearance.objects.select_related("speaker").order_by("position", "pk")
    prefetch_related_objects([talk, *others], Prefetch("appearances", speakers))
    return {other.pk: other for other in others}


def _read_takeaways(chosen: Chosen, *, staff: bool) -> dict[int, Any]:
    """Return the chosen takeaways that the reader may see, by id, with the columns that a margin shows and `day`."""
    wanted = {pk for beside in chosen.values() for pk in beside}
    if not wanted:
        return {}
    rows = Takeaway.objects.visible(staff=staff).filter(pk__in=wanted).with_language().annotate(day=F("talk__day"))
    return {row.pk: row for row in rows.only("public_id", "talk_id", "text", "html").order_by("pk")}


def _rank_related_talks(
    talk: Talk, others: Sequence[Talk], weights: Weights, named: Mapping[int, Tag]
) -> list[RelatedTalk]:
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


def choose_candidates(
    talk: int, mentions: Mapping[int, frozenset[int]], near: Iterable[Near], weights: Weights
) -> Chosen:
    """Choose other talks' takeaways for each takeaway: those that mention the same tags, one of each talk.

    `mentions` has the tags of each takeaway by id.
    """
    by_tag: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for tag, other, takeaway in near:
        if takeaway is not None and other != talk:
            by_tag[tag].append((takeaway, other))
    chosen: dict[frozenset[int], dict[int, Set[int]]] = {}
    for tags in set(mentions.values()):
        met: dict[tuple[int, int], set[int]] = defaultdict(set)
        for tag in tags:
            for key in by_tag.get(tag, ()):
                met[key].add(tag)
        chosen[tags] = _take_one_a_talk(met, weights)
    return {pk: chosen[tags] for pk, tags in mentions.items() if chosen[tags]}


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
    takeaways: Sequence[Takeaway], chosen: Chosen, found: Mapping[int, Any], *, day: int, weights: Weights
) -> dict[int, list[Takeaway]]:
    """Return the takeaways to show beside each takeaway: from other days than `day` first, then by shared tags.

    None is shown twice on a page: nobody reads a margin that repeats another.
    """
    shown: set[int] = set()
    margins = {}
    said = {pk: read_words(other.text) for pk, other in found.items()}
    for row in takeaways:
        beside = chosen.get(row.pk, {})
        own = read_words(row.text) if beside else set()

        def rank(pk: int, *, own: Set[str] = own, beside: Mapping[int, Set[int]] = beside) -> tuple[bool, float]:
            other = found[pk]
            words = _WORD_WEIGHT * len(own & said[pk]) + (len(other.text) in _GOOD_LENGTHS)
            return other.day == day, -weights.sum(beside[pk]) - words

        if best := sorted((pk for pk in beside if pk in found and pk not in shown), key=rank)[:MARGIN_SIZE]:
            margins[row.pk] = [found[pk] for pk in best]
            shown.update(best)
    return margins


def read_words(text: str) -> set[str]:
    """Return the words by which the likeness of two texts is measured."""
    return {word for word in fold_accents(text).split() if len(word) >= _SHORTEST_WORD}


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
