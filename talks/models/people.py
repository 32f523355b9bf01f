"""People: speakers with their appearances in talks, and the writers of posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet

from talks import names
from talks.models.addresses import write_address
from talks.models.lengths import HANDLE_LENGTH, SLUG_LENGTH
from talks.models.named_model import AlphabeticalQuerySet, Named
from talks.models.prepared_queries import prepared
from talks.models.subqueries import ListedRows, count_related, count_rows, has_related
from talks.models.visibility import is_open, is_shown
from talks.parsing import URL_LENGTH


class SpeakerQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the speakers of talks visible to the reader."""
        return self.filter(Exists(Appearance.objects.visible(staff=staff).filter(speaker=OuterRef("pk"))))

    def with_counts(self, *, staff: bool) -> Self:
        """Annotate each speaker with the number of talks visible to the reader, as `talk_count`."""
        return self.annotate(talk_count=count_rows(Appearance.objects.visible(staff=staff), "speaker"))

    def of_talks(self, talks: QuerySet) -> Self:
        """Keep the speakers of these talks, most talks first; `talk_count` is how many of the talks each gave."""
        near = self.filter(appearances__talk__in=talks.order_by().values("pk"))
        return near.annotate(talk_count=Count("appearances")).by_count()

    def partners_of(self, speaker: Speaker, talks: QuerySet) -> Self:
        """Keep the other speakers of these talks, which must all be given by `speaker`; most common talks first.

        `talk_count` is the number of talks given together.
        """
        return self.of_talks(talks).exclude(pk=speaker.pk)

    def find_called(self, slug: str) -> Speaker | None:
        """Return the speaker who had this slug under a former name; None if there is none.

        A speaker into whom the owner of the slug was merged counts too.
        """
        rows: Any = self.filter(aliases__slug=slug)
        return rows.first()

    def named(self, said: Iterable[str]) -> dict[str, Any]:
        """Return the speakers with these names, by folded name; a name that nobody has is left out.

        A former name counts too, and so does the name of somebody who was merged into the speaker. A speaker found by
        such a name is also there by the present name.
        """
        wanted = {names.fold_name(name) for name in {*said}}
        if not wanted:
            return {}
        aliases = dict(_select_aliases(wanted))
        rows = {row.pk: row for row in _select_speakers(wanted)}
        if missing := set(aliases.values()) - rows.keys():
            merged: Any = self.filter(pk__in=missing)
            rows |= {row.pk: row for row in merged}
        return {row.folded: row for row in rows.values()} | {folded: rows[pk] for folded, pk in aliases.items()}


@prepared
def _select_aliases(folded: Collection[str]) -> QuerySet[Any, Any]:
    return SpeakerAlias.objects.filter(folded__in=folded).values_list("folded", "speaker")


@prepared
def _select_speakers(folded: Collection[str]) -> QuerySet[Any]:
    return Speaker.objects.filter(folded__in=folded)


class AppearanceQuerySet(QuerySet):
    def visible(self, *, staff: bool) -> Self:
        """Keep the appearances in talks visible to the reader."""
        return self.filter(is_shown("talk__", staff=staff))


class WriterQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the writers of posts visible to the reader."""
        return self.filter(has_related(self, is_open("posts__", staff=staff)))

    def with_counts(self, *, staff: bool) -> Self:
        """Annotate each writer with the number of posts visible to the reader, as `post_count`."""
        return self.annotate(post_count=count_related(self, "posts", is_open("posts__", staff=staff)))


class Speaker(Named):
    """A person who gave a talk."""

    handle = models.CharField(max_length=HANDLE_LENGTH, blank=True)
    url = models.URLField(max_length=URL_LENGTH, blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return write_address("speaker", self.slug)


class SpeakerAlias(models.Model):
    """Another name of a speaker: a former name, or the name of a merged speaker, whose address was `slug`.

    Aliases arise only when an editor merges or renames speakers.
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
    """The tie between a speaker and a talk: the position among its speakers, and the affiliation at that time."""

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


class NamedSpeaker(NamedTuple):
    """What pages show of a speaker beside a talk: name, slug, and affiliation at that time."""

    pk: int
    name: str
    slug: str
    affiliation: str

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return write_address("speaker", self.slug)


def list_speakers(talk: str) -> ListedRows:
    """Return an expression for the speakers of a talk in order, as `NamedSpeaker`.

    `talk` is the path to the talk from the outer query's row.
    """
    rows = Appearance.objects.filter(talk=OuterRef(talk)).order_by("position", "pk")
    columns = rows.values_list("speaker", "speaker__name", "speaker__slug", "affiliation")
    return ListedRows(columns, NamedSpeaker)


class Writer(Named):
    """A person whose notes a post contains."""

    objects = WriterQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return write_address("writer", self.slug)
