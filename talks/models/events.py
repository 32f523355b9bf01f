"""Events: a series, its conferences (editions), and their days."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from talks import names
from talks.models.addresses import write_address
from talks.models.lengths import SLUG_LENGTH
from talks.models.named_model import AlphabeticalQuerySet, Named, taken_slugs
from talks.models.prepared_queries import prepared
from talks.models.subqueries import ListedRows, count_related, has_related
from talks.models.visibility import is_open, is_shown
from talks.parsing import DAYS, YEARS

NO_CONFERENCE = "no conference named"
CONFERENCE_PATH, SERIES_PATH = "/conferences/{}", "/series/{}"
"""Addresses, by slug, of conferences and series that a post left, as `PostAlias` keeps them."""


class SeriesQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the series that have a talk or post visible to the reader."""
        return self.filter(Exists(Conference.objects.visible(staff=staff).filter(series=OuterRef("pk"))))

    def with_editions(self, *, staff: bool) -> Self:
        """Load on each series the list `editions`: its visible conferences, latest first, as `Edition` values."""
        shown = Conference.objects.visible(staff=staff).filter(series=OuterRef("pk"))
        shown = shown.with_counts(staff=staff).newest_first()
        return self.annotate(editions=ListedRows(shown.values_list(*Edition._fields), Edition))

    def find_called(self, slug: str) -> Series | None:
        """Return the series that has an alias of which this is the slug; None if there is none."""
        rows: Any = self.exclude(aliases=[]).order_by("pk")
        called = (row for row in rows if slug in {names.slugify(str(alias)) for alias in row.aliases})
        return next(called, None)

    def find_by_names(self, wanted: Collection[str]) -> dict[str, Series]:
        """Return the series that these folded names mean, by name: found by its name, else by alias, else by spelling.

        Two spellings fit if `names.list_series_keys` gives an equal key for both. Names without a series are left out.
        """
        keys = {name: names.list_series_keys(name) for name in wanted}
        by_name: dict[str, Series] = {}
        by_alias: dict[str, Series] = {}
        by_key: dict[str, Series] = {}
        squeezed = Replace(Replace("folded", Value(" "), Value("")), Value("-"), Value(""))
        known: Any = self.annotate(squeezed=Replace(squeezed, Value("conference"), Value("conf")))
        maybe = {form for each in keys.values() for key in each for form in (key, f"{key}conf")}
        # Few series have aliases, and no database compares aliases as names compare.
        for series in known.filter(Q(squeezed__in=maybe) | ~Q(aliases=[])).order_by("-pk"):
            by_name[series.folded] = series
            by_key |= dict.fromkeys(names.list_series_keys(series.folded), series)
            by_alias |= {names.fold_name(alias): series for alias in series.aliases if isinstance(alias, str)}
        found = {
            name: by_name.get(name) or by_alias.get(name) or next((by_key[key] for key in each if key in by_key), None)
            for name, each in keys.items()
        }
        return {name: series for name, series in found.items() if series}


class Edition(NamedTuple):
    """What the list of series shows of a conference: year, slug and number of visible talks."""

    year: int | None
    slug: str
    talk_count: int


class ConferenceQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the named conferences that have a talk or post visible to the reader."""
        talks = has_related(self, is_shown("talks__", staff=staff))
        return self.named().filter(talks | has_related(self, is_open("posts__", staff=staff)))

    def named(self) -> Self:
        """Leave out unnamed conferences, which belong to posts that name no event."""
        return self.filter(series__isnull=False)

    def with_counts(self, *, staff: bool) -> Self:
        """Annotate each conference with the number of its talks visible to the reader, as `talk_count`."""
        return self.annotate(talk_count=count_related(self, "talks", is_shown("talks__", staff=staff)))

    def with_size(self, *, staff: bool) -> Self:
        """Annotate each conference with the numbers of its visible talks, and of their speakers and days.

        They are `talk_count`, `speaker_count` and `day_count`. The day without a number, which is the conference as a
        whole, is not counted.
        """
        shown = is_shown("talks__", staff=staff)
        numbered = is_shown("days__talks__", staff=staff) & Q(days__number__isnull=False)
        return self.with_counts(staff=staff).annotate(
            speaker_count=count_related(self, "talks__speakers", shown),
            day_count=count_related(self, "days", numbered),
        )

    def newest_first(self) -> Self:
        """Sort by year, latest first; conferences without a year come last."""
        return self.order_by(F("year").desc(nulls_last=True), "series__sort_key", "pk")


@prepared
def select_conferences(keys: Collection[int]) -> QuerySet[Conference]:
    """Return the conferences with these primary keys, with their series."""
    return Conference.objects.filter(pk__in=keys).select_related("series").order_by()


class DayQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the days of named conferences that have a talk or post visible to the reader."""
        talks = has_related(self, is_shown("talks__", staff=staff))
        named = self.filter(conference__series__isnull=False)
        return named.filter(talks | has_related(self, is_open("posts__", staff=staff)))

    def in_order(self) -> Self:
        """Sort by number; the day without a number, which is the conference as a whole, comes first."""
        return self.order_by(F("number").asc(nulls_first=True))


class Series(Named):
    """An event over the years, such as QCon London."""

    aliases = models.JSONField(default=list, blank=True, help_text="Other spellings, as a list of texts.")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name_plural = "series"

    def get_absolute_url(self) -> str:
        return write_address("series", self.slug)


class Conference(models.Model):
    """One edition of a series, such as QCon London 2017. The year is empty if the notes do not name it.

    A post that names no event has an unnamed conference of its own, which has no series and is never listed.
    """

    series = models.ForeignKey(
        Series,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conferences",
        help_text="Empty where the post names no event.",
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "series__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="conference_one_per_year"),
            models.UniqueConstraint(fields=["series"], condition=Q(year=None), name="conference_one_without_year"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(YEARS[0], YEARS[-1])), name="conference_year_range"
            ),
        ]

    def __str__(self) -> str:
        if self.series is None:
            return NO_CONFERENCE
        return f"{self.series} {self.year}" if self.year else str(self.series)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; a new conference gets a slug."""
        if not self.slug:
            name = str(self)
            self.slug = names.choose_slug(name, taken_slugs(Conference, name), fallback="conference")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the conference's page.

        An unnamed conference has the address of the list of talks without a named event.
        """
        if self.series_id is None:
            return f"{write_address('talks')}?conference=none"
        return write_address("conference", self.slug)


class Day(models.Model):
    """A numbered day of a conference; without a number, the conference as a whole."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="day_one_per_number"),
            models.UniqueConstraint(fields=["conference"], condition=Q(number=None), name="day_one_without_number"),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__range=(DAYS[0], DAYS[-1])), name="day_number_range"
            ),
        ]

    def __str__(self) -> str:
        named = self.number is not None and self.conference.series_id is not None
        return f"{self.conference} – Day {self.number}" if named else str(self.conference)

    def get_absolute_url(self) -> str:
        """Return the address of the day's page.

        A day without a number, or of an unnamed conference, has the address of its conference.
        """
        if self.number is None or self.conference.series_id is None:
            return self.conference.get_absolute_url()
        return write_address("day", self.conference.slug, self.number)
