"""What stands near a talk: the same talk elsewhere, talks on the same subjects, and what they say of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, prefetch_related_objects

from talks.models import Appearance, Tag, Takeaway, Talk
from talks.names import fold
from talks.related.margins import Chosen, Weights, choose_candidates, read_words, settle
from talks.related.tag_rows import find_talks, weigh

RELATED_TALKS = 5
ALSO_GIVEN = 12
_TRIED = 3  # times as many as are shown are looked up: some may not be seen
_REASONS = 3
_WORD_WEIGHT = 0.5


@dataclass(slots=True)
class Related:
    """Another talk, and the subjects that both are on, the rarest first."""

    talk: Talk
    shared: list[Tag]


@dataclass(slots=True)
class Near:
    """`given`: the same talk elsewhere. `takeaways`: of other talks, by the key of the one that they stand beside."""

    given: list[Talk] = field(default_factory=list)
    talks: list[Related] = field(default_factory=list)
    takeaways: dict[int, list[Takeaway]] = field(default_factory=dict)


def find_near(talk: Talk, takeaways: Sequence[Takeaway], tags: Iterable[Tag], *, staff: bool) -> Near:
    """What readers of the talk may want to see next. `takeaways` come `with_tags()`; `tags` are the talk's own.

    Five queries at most, whatever the number of takeaways. It also brings the speakers of `talk` itself.
    """
    named = {tag.pk: tag for tag in tags}
    mentions = {}
    for row in takeaways:
        mentioned = {tagged.tag_id: tagged.tag for tagged in row.mentioned}  # type: ignore[attr-defined]
        mentions[row.pk] = mentioned.keys()
        named |= mentioned
    weights = _weigh_talks(talk, named)
    chosen = choose_candidates(talk.pk, mentions, weights)
    ranked = sorted(weights.shared, key=lambda pk: (-weights.rank_talk(pk), -pk))[: _TRIED * RELATED_TALKS]
    others = _read_talks(talk, ranked, staff=staff)
    found = _read_takeaways(chosen, staff=staff)
    speakers = Prefetch("appearances", Appearance.objects.select_related("speaker").order_by("position", "pk"))
    prefetch_related_objects([talk, *others, *(row.talk for row in found.values())], speakers)
    given = [other for other in others if is_same_talk(talk, other)]
    related = [other for other in others if other.pk in weights.shared and other not in given]
    return Near(
        given[:ALSO_GIVEN],
        _give_reasons(talk, related, weights, named),
        settle(takeaways, chosen, found, day=talk.day_id, weights=weights),
    )


def is_same_talk(one: Talk, other: Talk) -> bool:
    """Whether it is the same talk at another conference: of the same title, and by one of the same people."""
    speakers = {appearance.speaker_id for appearance in one.appearances.all()}
    return (
        one.conference_id != other.conference_id
        and fold(one.title) == fold(other.title)
        and any(appearance.speaker_id in speakers for appearance in other.appearances.all())
    )


def _weigh_talks(talk: Talk, named: Mapping[int, Tag]) -> Weights:
    pairs = find_talks(named)
    shared: dict[int, set[int]] = defaultdict(set)
    for subject, other in pairs:
        if other != talk.pk:
            shared[other].add(subject)
    return Weights(weigh([subject for subject, _ in pairs]), shared)


def _read_talks(talk: Talk, ranked: Sequence[int], *, staff: bool) -> list[Talk]:
    """The talks that may be related, and those of the same title."""
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


def _give_reasons(talk: Talk, others: Sequence[Talk], weights: Weights, named: Mapping[int, Tag]) -> list[Related]:
    """Those that share most, in subjects and in words of the title, with what they share."""
    own = read_words(talk.title)

    def rank(other: Talk) -> tuple[float, int]:
        words = len(own & read_words(other.title))
        return -weights.rank_talk(other.pk) - _WORD_WEIGHT * words, -other.pk

    related = []
    for other in sorted(others, key=rank)[:RELATED_TALKS]:
        shared = sorted(weights.shared[other.pk], key=lambda pk: (-weights.subjects[pk], named[pk].sort_key))
        related.append(Related(other, [named[pk] for pk in shared[:_REASONS]]))
    return related
