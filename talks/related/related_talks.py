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
    """Another talk, and at most three tags that it has in common with the page's talk, the rarest tag first."""

    talk: Talk
    shared: list[CountedTag]


@dataclass(slots=True)
class OtherTakeaway:
    """What a talk's page shows of a takeaway of another talk.

    A page has dozens of these, and model objects would be slower to make.
    """

    public_id: str
    text: str
    html: str
    language: str | None
    talk: Talk

    def get_absolute_url(self) -> str:
        return write_address("takeaway", self.public_id)


@dataclass(slots=True)
class Related:
    """Everything that the page of a talk shows of other talks.

    `given` are the same talk at other conferences, `talks` related talks. `named` maps ids of the talk's takeaways to
    the tags that the page names beside them, `beside` to related takeaways of other talks; beside the takeaways with
    ids in `quoted` the margin quotes the first related one. `before` and `after` are the previous and next talk in the
    programme of the day; None if there is none that this reader may see.
    """

    given: list[Talk] = field(default_factory=list)
    talks: list[RelatedTalk] = field(default_factory=list)
    named: dict[int, list[CountedTag]] = field(default_factory=dict)
    beside: dict[int, list[OtherTakeaway]] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)
    before: Talk | None = None
    after: Talk | None = None


def find_related(talk: Any, takeaways: Sequence[Takeaway], *, staff: bool) -> Related:
    """Return everything related to a talk that its page shows.

    The talk must be loaded with cards, tags and neighbours, and `takeaways`, which are the talk's, with the tags they
    mention. At most three queries are made, whatever the number of takeaways.
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
    """Whether two talks are one talk given at two conferences: they have equal titles and a speaker in common.

    Talks of the same conference are not; titles are compared without case.
    """
    if one.conference_id == other.conference_id or one.sort_key != other.sort_key:
        return False  # equal titles have equal keys, and keys are stored
    if fold(one.title) != fold(other.title):
        return False
    speakers = {speaker.pk for speaker in one.given_by}
    return any(speaker.pk in speakers for speaker in other.given_by)


@prepared
def _select_talks(wanted: Collection[int], title: str, conference: int, *, staff: bool) -> QuerySet[Talk]:
    """Return the visible talks with ids in `wanted`, and visible talks of other conferences with the sort key `title`.

    Of talks with that title only the newest `ALSO_GIVEN` are returned. Newest talks come first.
    """
    shown = Talk.objects.visible(staff=staff)
    namesakes = shown.filter(sort_key=title).exclude(conference=conference)
    rows = shown.filter(Q(pk__in=wanted) | Q(pk__in=namesakes.newest_first().values("pk")[:ALSO_GIVEN]))
    return rows.with_cards().newest_first()


def _rank_related_talks(
    talk: Talk, others: Sequence[Talk], weights: Weights, named: Mapping[int, CountedTag]
) -> list[RelatedTalk]:
    """Return the talks of `others` that have most tags and words of the title in common with `talk`, best first.

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
