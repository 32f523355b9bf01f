"""Ranks what readers of a talk may want to read next: the same talk elsewhere, and talks with common tags."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from talks.models import CountedTag, Takeaway, Talk, prepared, write_address
from talks.names import fold
from talks.related.beside_takeaway import choose_beside, choose_candidates, load_candidates
from talks.related.margin_fit import fit_margin, name_once
from talks.related.shared_tags import TRIED, WORD_WEIGHT, Weights, find_near, read_words

RELATED_TALKS = 5
ALSO_GIVEN = 12
_REASONS = 3


@dataclass(slots=True)
class RelatedTalk:
    """Another talk, and up to three tags that it has in common with the talk on the page, the rarest first."""

    talk: Talk
    shared: list[CountedTag]


@dataclass(slots=True)
class OtherTakeaway:
    """What a page shows of a takeaway of another talk. A page has dozens of these; model objects are slower to make."""

    public_id: str
    text: str
    html: str
    language: str | None
    talk: Talk

    def get_absolute_url(self) -> str:
        return write_address("takeaway", self.public_id)


@dataclass(slots=True)
class Related:
    """Everything related to a talk: the same talk `given` elsewhere, other `talks`, and takeaways to show `beside` it.

    `named` maps the ids of the talk's takeaways to the tags that its page names beside them, `beside` to related
    takeaways of other talks; beside those in `quoted` the margin quotes the first. `before` and `after` are the talk's
    neighbours in the programme of the day.
    """

    given: list[Talk] = field(default_factory=list)
    talks: list[RelatedTalk] = field(default_factory=list)
    named: dict[int, list[CountedTag]] = field(default_factory=dict)
    beside: dict[int, list[OtherTakeaway]] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)
    before: Talk | None = None
    after: Talk | None = None


def find_related(talk: Any, takeaways: Sequence[Takeaway], *, staff: bool) -> Related:
    """Return what readers of the talk may want to read next.

    The talk must be loaded with cards, tags and neighbours, and `takeaways` with mentions. At most three queries are
    made, regardless of the number of takeaways.
    """
    named = {tag.pk: tag for tag in talk.about}
    first = name_once(takeaways)
    mentions = {pk: frozenset(tag.pk for tag in tags) for pk, tags in first.items()}
    mentioned = {tag.pk: tag for tags in first.values() for tag in tags}
    named |= mentioned
    near = find_near(named, mentioned)
    weights = Weights(talk.pk, [(tag, other) for tag, other, takeaway in near if takeaway is None])
    candidates = choose_candidates(talk.pk, mentions, near, weights)
    ranked = sorted(weights.shared, key=lambda pk: (-weights.weigh_talk(pk), -pk))[: TRIED * RELATED_TALKS]
    loaded = load_candidates(candidates, staff=staff)
    chosen = choose_beside(takeaways, candidates, loaded, day=talk.day_id, weights=weights)
    wanted = {*ranked, *(row.talk for rows in chosen.values() for row in rows), talk.before, talk.after} - {None}
    others = {other.pk: other for other in _select_talks(wanted, talk.sort_key, talk.conference_id, staff=staff)}
    given = [other for other in others.values() if is_same_talk(talk, other)]
    related = [others[pk] for pk in ranked if pk in others and others[pk] not in given]
    beside = {
        pk: [OtherTakeaway(row.public_id, row.text, row.html, row.language, others[row.talk]) for row in rows]
        for pk, rows in chosen.items()
    }
    quoted = fit_margin(takeaways, first, beside)
    talks = _rank_related_talks(talk, related, weights, named)
    return Related(given[:ALSO_GIVEN], talks, first, beside, quoted, others.get(talk.before), others.get(talk.after))


def is_same_talk(one: Talk, other: Talk) -> bool:
    """Whether two talks are one talk given at two conferences: they have equal titles and a speaker in common."""
    if one.conference_id == other.conference_id or one.sort_key != other.sort_key:
        return False  # equal titles have equal keys, and keys are stored
    if fold(one.title) != fold(other.title):
        return False
    speakers = {speaker.pk for speaker in one.given_by}
    return any(speaker.pk in speakers for speaker in other.given_by)


@prepared
def _select_talks(wanted: Collection[int], title: str, conference: int, *, staff: bool) -> QuerySet[Talk]:
    """Return a list of the talks with the ids `wanted`, and other conferences' talks of this title, newest first."""
    shown = Talk.objects.visible(staff=staff)
    namesakes = shown.filter(sort_key=title).exclude(conference=conference)
    rows = shown.filter(Q(pk__in=wanted) | Q(pk__in=namesakes.newest_first().values("pk")[:ALSO_GIVEN]))
    return rows.with_cards().newest_first()


def _rank_related_talks(
    talk: Talk, others: Sequence[Talk], weights: Weights, named: Mapping[int, CountedTag]
) -> list[RelatedTalk]:
    """Return the talks, best first, that have most tags and words of the title in common with `talk`.

    Rare tags weigh more than common ones. At most `RELATED_TALKS` are returned, each with its rarest common tags.
    """
    own = read_words(talk.title)

    def rank(other: Talk) -> tuple[float, int]:
        words = len(own & read_words(other.title))
        return -weights.weigh_talk(other.pk) - WORD_WEIGHT * words, -other.pk

    related = []
    for other in sorted(others, key=rank)[:RELATED_TALKS]:
        shared = sorted(weights.shared[other.pk], key=lambda pk: (-weights.tags[pk], named[pk].sort_key))
        related.append(RelatedTalk(other, [named[pk] for pk in shared[:_REASONS]]))
    return related
