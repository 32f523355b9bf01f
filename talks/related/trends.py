"""What a series talked about over the years: shares of each year's talks, what rises and what fades."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.db.models import Count, QuerySet

from talks.models import Tag, TaggedTalk, Talk

SUBJECTS, MOVING = 14, 6
FEW_TALKS = 10  # a year with fewer is drawn hollow: one talk more or less would turn its picture
_LEAST_TALKS = 2
_CLEARLY = 1.0  # standard errors between the two halves


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a year's talks were on the subject."""

    year: int
    count: int
    talks: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.count / self.talks if self.talks else 0.0

    @property
    def is_weak(self) -> bool:
        """Whether there are too few talks to read anything out of it."""
        return self.talks < FEW_TALKS


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject over the years, and in the earlier and the later half of them; `shift` is in standard errors."""

    tag: Tag
    years: list[Share]
    early: Share
    late: Share

    @property
    def count(self) -> int:
        """In all years."""
        return self.early.count + self.late.count

    @property
    def shift(self) -> float:
        """How clearly its share grew: with few talks in a half, a large step may still be chance."""
        if self.early.is_weak or self.late.is_weak:
            return 0.0
        whole = self.count / (self.early.talks + self.late.talks)
        error = sqrt(whole * (1 - whole) * (1 / self.early.talks + 1 / self.late.talks))
        return (self.late.share - self.early.share) / error if error else 0.0


@dataclass(frozen=True, slots=True)
class Trends:
    """`subjects` are those most talked about; `turn` is the first year of the later half."""

    years: list[int]
    turn: int | None
    subjects: list[Subject]
    rising: list[Subject]
    fading: list[Subject]


def find_trends(talks: QuerySet[Talk], talks_by_year: Mapping[int | None, int], *, but: str = "") -> Trends:
    """Trends in these talks; `talks_by_year` is how many of them there are. What has no year is left out.

    So is the tag with the slug `but`: writers tag their notes with the event, which is no subject of its own talks.
    """
    totals = dict(sorted((year, count) for year, count in talks_by_year.items() if year is not None))
    turn = _find_turn(totals)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    tagged = TaggedTalk.objects.filter(content_object__in=talks.order_by().values("pk")).order_by()
    rows = tagged.exclude(tag__slug=but).values_list("tag", "content_object__conference__year").annotate(n=Count("pk"))
    for tag, year, count in rows:
        if year in totals:
            counts[tag][year] = count
    told = {tag: years for tag, years in counts.items() if years.total() >= _LEAST_TALKS or len(totals) < 2}
    tags = Tag.objects.in_bulk(told)
    subjects = [_read_subject(tags[tag], years, totals, turn) for tag, years in told.items()]
    subjects.sort(key=lambda subject: (-subject.count, subject.tag.sort_key))
    moved = sorted((subject for subject in subjects if abs(subject.shift) >= _CLEARLY), key=lambda s: -abs(s.shift))
    return Trends(
        list(totals),
        turn,
        subjects[:SUBJECTS],
        [subject for subject in moved if subject.shift > 0][:MOVING],
        [subject for subject in moved if subject.shift < 0][:MOVING],
    )


def _find_turn(totals: Mapping[int, int]) -> int | None:
    """The year that parts the talks into two halves as equal as can be; None where there is but one year."""
    years = list(totals)
    before = [sum(totals[year] for year in years[:place]) for place in range(1, len(years))]
    half = sum(totals.values()) / 2
    return min(zip(years[1:], before, strict=True), key=lambda cut: abs(cut[1] - half))[0] if before else None


def _read_subject(tag: Tag, counts: Counter[int], totals: Mapping[int, int], turn: int | None) -> Subject:
    years = [Share(year, counts[year], talks) for year, talks in totals.items()]
    early = [share for share in years if turn and share.year < turn]
    return Subject(tag, years, _sum(early), _sum(years[len(early) :]))


def _sum(rows: Sequence[Share]) -> Share:
    year = rows[0].year if rows else 0
    return Share(year, sum(row.count for row in rows), sum(row.talks for row in rows))
