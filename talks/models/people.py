"""People: speakers with their appearances at talks, and the writers of posts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from talks import names
from talks.models.audience import is_open, is_shown
from talks.models.named import SLUG_LENGTH, AlphabeticalQuerySet, Named
from talks.models.subqueries import count_related, count_rows, has_related


class SpeakerQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the speakers of a talk that may be seen."""
        return self.filter(Exists(Appearance.objects.visible(staff=staff).filter(speaker=OuterRef("pk"))))

    def with_counts(self, *, staff: bool) -> Self:
        """Count the talks that may be seen, as `talk_count`."""
        return self.annotate(talk_count=count_rows(Appearance.objects.visible(staff=staff), "speaker"))

    def of_talks(self, talks: QuerySet) -> Self:
        """Keep the speakers of these talks, counting how many of them each gave, the greatest count first."""
        near = self.filter(appearances__talk__in=talks.order_by().values("pk"))
        return near.annotate(talk_count=Count("appearances")).by_count()

    def beside(self, speaker: Speaker, talks: QuerySet) -> Self:
        """Keep those who gave these talks together with the speaker, as `of_talks` does."""
        return self.of_talks(talks).exclude(pk=speaker.pk)

    def named(self, said: Iterable[str]) -> dict[str, Any]:
        """Find speakers by folded name: by their own, and by the names of people who were merged into them."""
        wanted = {names.fold_name(name) for name in said}
        aliases = dict(SpeakerAlias.objects.filter(folded__in=wanted).values_list("folded", "speaker"))
        found: QuerySet[Any] = self.filter(Q(folded__in=wanted) | Q(pk__in=set(aliases.values())))
        rows = {row.pk: row for row in found}
        return {row.folded: row for row in rows.values()} | {folded: rows[pk] for folded, pk in aliases.items()}


class AppearanceQuerySet(QuerySet):
    def visible(self, *, staff: bool) -> Self:
        """Keep the appearances at talks that may be seen."""
        return self.filter(is_shown("talk__", staff=staff))


class WriterQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the writers of a post that may be seen."""
        return self.filter(has_related(self, is_open("posts__", staff=staff)))

    def with_counts(self, *, staff: bool) -> Self:
        """Count the posts that may be seen, as `post_count`."""
        return self.annotate(post_count=count_related(self, "posts", is_open("posts__", staff=staff)))


class Speaker(Named):
    """A person who gave a talk."""

    handle = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=2000, blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])


class SpeakerAlias(models.Model):
    """Another way in which posts write a speaker's name; `slug` is the address that the speaker of that name had.

    Only an editor who merges two speakers makes an alias.
    """

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=names.NAME_LENGTH)
    folded = models.CharField(max_length=names.FOLDED_NAME_LENGTH, unique=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name_plural = "speaker aliases"

    def __str__(self) -> str:
        return self.name


Speaker.former_slugs = SpeakerAlias


class Appearance(models.Model):
    """A speaker at a talk: in which place among its speakers, and with which affiliation at that time."""

    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveSmallIntegerField(default=1)
    affiliation = models.CharField(max_length=names.NAME_LENGTH, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "speaker"], name="appearance_once_a_talk"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="appearance_position_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.affiliation})" if self.affiliation else str(self.speaker)


class Writer(Named):
    """A person whose notes a post holds."""

    objects = WriterQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return reverse("writer", args=[self.slug])
