"""People: speakers with their appearances at talks, and the writers of posts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from talks import names
from talks.models.addresses import write_address
from talks.models.named_model import SLUG_LENGTH, AlphabeticalQuerySet, Named
from talks.models.subqueries import count_related, count_rows, has_related
from talks.models.visibility import is_open, is_shown


class SpeakerQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the speakers of a talk that the reader may see."""
        return self.filter(Exists(Appearance.objects.visible(staff=staff).filter(speaker=OuterRef("pk"))))

    def with_counts(self, *, staff: bool) -> Self:
        """Count the talks that the reader may see, as `talk_count`."""
        return self.annotate(talk_count=count_rows(Appearance.objects.visible(staff=staff), "speaker"))

    def of_talks(self, talks: QuerySet) -> Self:
        """Keep the speakers of these talks, with the number of them as `talk_count`, the greatest first."""
        near = self.filter(appearances__talk__in=talks.order_by().values("pk"))
        return near.annotate(talk_count=Count("appearances")).by_count()

    def partners_of(self, speaker: Speaker, talks: QuerySet) -> Self:
        """Keep the people who gave these talks together with the speaker, counted and ordered as by `of_talks`."""
        return self.of_talks(talks).exclude(pk=speaker.pk)

    def named(self, said: Iterable[str]) -> dict[str, Any]:
        """Return speakers by folded name: their own, or the name of a speaker merged into them."""
        wanted = {names.fold_name(name) for name in said}
        aliases = dict(SpeakerAlias.objects.filter(folded__in=wanted).values_list("folded", "speaker"))
        found: QuerySet[Any] = self.filter(Q(folded__in=wanted) | Q(pk__in=set(aliases.values())))
        rows = {row.pk: row for row in found}
        return {row.folded: row for row in rows.values()} | {folded: rows[pk] for folded, pk in aliases.items()}


class AppearanceQuerySet(QuerySet):
    def visible(self, *, staff: bool) -> Self:
        """Keep the appearances at talks that the reader may see."""
        return self.filter(is_shown("talk__", staff=staff))


class WriterQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the writers of a post that the reader may see."""
        return self.filter(has_related(self, is_open("posts__", staff=staff)))

    def with_counts(self, *, staff: bool) -> Self:
        """Count the posts that the reader may see, as `post_count`."""
        return self.annotate(post_count=count_related(self, "posts", is_open("posts__", staff=staff)))


class Speaker(Named):
    """A person who gave a talk."""

    handle = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=2000, blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return write_address("speaker", self.slug)


class SpeakerAlias(models.Model):
    """Another name of a speaker: that of a merged speaker, whose address was `slug`, or a former name of this one.

    Only an editor who merges speakers or renames one makes an alias.
    """

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=names.NAME_LENGTH)
    folded = models.CharField(max_length=names.FOLDED_NAME_LENGTH, unique=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, editable=False)
    merged = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="Handle and address of the speaker who was merged, each with whether the other took it over.",
    )

    class Meta:
        ordering = ["folded"]
        verbose_name_plural = "speaker aliases"

    def __str__(self) -> str:
        return self.name


Speaker.former_slugs = SpeakerAlias


class Appearance(models.Model):
    """A speaker's part in a talk: the place among its speakers, and the affiliation at that time."""

    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="appearances", db_index=False)
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveSmallIntegerField(default=1)
    affiliation = models.CharField(max_length=names.NAME_LENGTH, blank=True)
    merged = models.JSONField(
        null=True, blank=True, editable=False, help_text="Folded names, merged since, of those who gave the talk."
    )

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
        return write_address("writer", self.slug)
