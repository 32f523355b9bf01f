"""Events: a series, its editions, their days."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from talks import names
from talks.models.named import SLUG_LENGTH, Named, taken_slugs
from talks.querysets import ConferenceQuerySet, DayQuerySet, SeriesQuerySet


class Series(Named):
    """An event over the years: QCon London."""

    aliases = models.JSONField(default=list, blank=True, help_text="Other spellings, as a list of texts.")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name_plural = "series"

    def get_absolute_url(self) -> str:
        """The event over the years."""
        return reverse("series", args=[self.slug])


class Conference(models.Model):
    """One edition of an event. Its year is empty where the notes do not tell it."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="conferences")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "series__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="conference_one_per_year"),
            models.UniqueConstraint(fields=["series"], condition=Q(year=None), name="conference_one_without_year"),
            models.CheckConstraint(condition=Q(year=None) | Q(year__range=(1900, 2200)), name="conference_year_range"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}" if self.year else str(self.series)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; a new one gets its address."""
        if not self.slug:
            name = str(self)
            self.slug = names.choose_slug(name, taken_slugs(Conference, name), fallback="conference")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The edition with its days."""
        return reverse("conference", args=[self.slug])


class Day(models.Model):
    """A numbered day of a conference, or, without a number, the conference as a whole."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="day_one_per_number"),
            models.UniqueConstraint(fields=["conference"], condition=Q(number=None), name="day_one_without_number"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__range=(0, 99)), name="day_number_range"),
        ]

    def __str__(self) -> str:
        return f"{self.conference} – Day {self.number}" if self.number is not None else str(self.conference)

    def get_absolute_url(self) -> str:
        """The day; the conference's own page where the notes know no days."""
        if self.number is None:
            return self.conference.get_absolute_url()
        return reverse("day", args=[self.conference.slug, self.number])
