"""Chooses related takeaways to show beside a takeaway: takeaways of other talks that mention the same tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import Any

from django.db.models import F, QuerySet

from talks.grouping import group_pairs
from talks.models import Takeaway, prepared
from talks.related.shared_tags import TRIED, WORD_WEIGHT, Near, Weights, read_words

MOST_BESIDE = 3
_GOOD_LENGTHS = range(40, 400)

Candidates = dict[int, dict[int, Set[int]]]
"""By a takeaway's id: ids of takeaways that may be shown beside it, each with the tags that both mention."""


def choose_candidates(
    talk: int, mentions: Mapping[int, frozenset[int]], near: Iterable[Near], weights: Weights
) -> Candidates:
    """Return by the id of each takeaway of a talk the best takeaways of other talks that mention one of its tags.

    Of each other talk at most one is returned. `mentions` has the ids of the tags of each takeaway. A takeaway for
    which none is found is left out.
    """
    others = (row for row in near if row[1] != talk)
    by_tag = group_pairs((tag, (takeaway, other)) for tag, other, takeaway in others if takeaway is not None)
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
        if len(taken) == TRIED * MOST_BESIDE:
            break
    return {takeaway: met[takeaway, talk] for talk, takeaway in taken.items()}


def load_candidates(candidates: Candidates, *, staff: bool) -> dict[int, Any]:
    """Return by id the candidates that this reader may see, as rows with the columns that the page shows.

    A row's `day` is the id of the day of its talk.
    """
    wanted = {pk for beside in candidates.values() for pk in beside}
    return {row.pk: row for row in _select_takeaways(wanted, staff=staff)}


@prepared
def _select_takeaways(wanted: Collection[int], *, staff: bool) -> QuerySet[Any]:
    rows = Takeaway.objects.visible(staff=staff).filter(pk__in=wanted).with_language().annotate(day=F("talk__day"))
    return rows.order_by("pk").values_list("pk", "public_id", "talk", "text", "html", "language", "day", named=True)


def choose_beside(
    takeaways: Sequence[Takeaway], candidates: Candidates, found: Mapping[int, Any], *, day: int, weights: Weights
) -> dict[int, list[Any]]:
    """Return by the id of each takeaway of a page the related takeaways, rows of `found`, to show beside it.

    Takeaways of other days than `day` come first, then those whose common tags and words weigh more. At most
    `MOST_BESIDE` are shown beside one takeaway, and none is shown twice on the page. A takeaway with none is left out.
    """
    shown: set[int] = set()
    chosen = {}
    said = {pk: read_words(other.text) for pk, other in found.items()}
    for row in takeaways:
        beside = candidates.get(row.pk, {})
        own = read_words(row.text) if beside else set()

        def rank(pk: int, *, own: Set[str] = own, beside: Mapping[int, Set[int]] = beside) -> tuple[bool, float]:
            other = found[pk]
            words = WORD_WEIGHT * len(own & said[pk]) + (len(other.text) in _GOOD_LENGTHS)
            return other.day == day, -weights.sum(beside[pk]) - words

        if best := sorted((pk for pk in beside if pk in found and pk not in shown), key=rank)[:MOST_BESIDE]:
            chosen[row.pk] = [found[pk] for pk in best]
            shown.update(best)
    return chosen
