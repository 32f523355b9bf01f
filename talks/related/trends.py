"""Trends of tags over the years of a series: which tags have a growing or falling share of the talks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, QuerySet

from talks.models import Tag, TaggedTalk, Talk

MOST_TAGS, MOVING = 14, 6
FEW_TALKS = 10  # a year with fewer is drawn hollow: one talk more or less would turn its picture
_LEAST_TALKS = 2
_CLEARLY = 1.0  # standard errors between the two halves


@dataclass(frozen=True, slots=True)
class Share:
    """The year's number of talks, `talks`, and the number of these talks that have a tag, `count`."""

    year: int
    count: int
    talks: int

    @property
    def share(self) -> float:
        """The share of the year's talks with the tag, between 0 and 1."""
        return self.count / self.talks if self.talks else 0.0

    @property
    def is_weak(self) -> bool:
        """Whether the year has fewer than `FEW_TALKS` talks, too few for the share to be meaningful."""
        return self.talks < FEW_TALKS


@dataclass(frozen=True, slots=True)
class TagTrend:
    """The shares of talks that have a tag: in each year, and in the earlier and the later half of all talks."""

    tag: Tag
    years: list[Share]
    early: Share
    late: Share

    @property
    def count(self) -> int:
        return self.early.count + self.late.count

    @property
    def shift(self) -> float:
        """By how many standard errors the tag's share of talks grew from the earlier half to the later.

        It is below 0 if the share fell, and 0 if one half has too few talks.
        """
        if self.early.is_weak or self.late.is_weak:
            return 0.0
        whole = self.count / (self.early.talks + self.late.talks)
        error = sqrt(whole * (1 - whole) * (1 / self.early.talks + 1 / self.late.talks))
        return (self.late.share - self.early.share) / error if error else 0.0


@dataclass(frozen=True, slots=True)
class Trends:
    """The trends of the commonest tags, and the tags whose share of talks clearly grew (`rising`) or fell (`fading`).

    `turn` is the year in which the later half of the talks begins; None if all talks are of one year.
    """

    years: list[int]
    turn: int | None
    tags: list[TagTrend]
    rising: list[TagTrend]
    fading: list[TagTrend]


def find_trends(talks: QuerySet[Talk], talks_by_year: Mapping[int | None, int], *, but: str = "") -> Trends:
    """Return the trends of tags in `talks` by year; `talks_by_year` has the number of talks in each year.

    Talks without a year are left out, and, if there are several years, tags of a single talk. So is the tag with the
    slug `but`: it names the event itself and says nothing about its talks.
    """
    totals = dict(sorted((year, count) for year, count in talks_by_year.items() if year is not None))
    turn = _find_turn(totals)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    tagged = TaggedTalk.objects.filter(content_object__in=talks.order_by().values("pk")).order_by()
    rows = tagged.exclude(tag__slug=but).values_list("tag", "content_object__conference__year").annotate(n=Count("pk"))
    for tag, year, count in rows:
        if year in totals:
            counts[tag][year] = count
    counted = {tag: years for tag, years in counts.items() if years.total() >= _LEAST_TALKS or len(totals) < 2}
    loaded = Tag.objects.in_bulk(counted)
    trends = [_read_trend(loaded[tag], years, totals, turn) for tag, years in counted.items()]
    trends.sort(key=lambda trend: (-trend.count, trend.tag.sort_key))
    moved = sorted((trend for trend in trends if abs(trend.shift) >= _CLEARLY), key=lambda s: -abs(s.shift))
    rising = [trend for trend in moved if trend.shift > 0]
    fading = [trend for trend in moved if trend.shift < 0]
    return Trends(list(totals), turn, trends[:MOST_TAGS], rising[:MOVING], fading[:MOVING])


def _find_turn(totals: Mapping[int, int]) -> int | None:
    """Return the year that begins the later half of talks, so that both halves are most equal.

    With fewer than two years, return None.
    """
    years = list(totals)
    before = [sum(totals[year] for year in years[:place]) for place in range(1, len(years))]
    half = sum(totals.values()) / 2
    return min(zip(years[1:], before, strict=True), key=lambda cut: abs(cut[1] - half))[0] if before else None


def _read_trend(tag: Tag, counts: Counter[int], totals: Mapping[int, int], turn: int | None) -> TagTrend:
    years = [Share(year, counts[year], talks) for year, talks in totals.items()]
    early = [share for share in years if turn and share.year < turn]
    return TagTrend(tag, years, _sum(early), _sum(years[len(early) :]))


def _sum(rows: Sequence[Share]) -> Share:
    year = rows[0].year if rows else 0
    return Share(year, sum(row.count for row in rows), sum(row.talks for row in rows))
