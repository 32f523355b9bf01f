"""References: the resources that notes link to, and the places in the notes that link to them (citations)."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, When

from talks import names
from talks.models.audience import is_open, is_shown
from talks.models.posts import Post
from talks.models.takeaways import Takeaway
from talks.models.talks import Talk

_MOST_CITED = 500
_SMALL_TALK = ("twitter.com", "x.com", "facebook.com", "linkedin.com", "instagram.com")
_KINDS = ("paper", "book", "video", "slides", "code", "site")


class CitationQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the citations in notes that may be seen."""
        return self.filter(
            Q(takeaway=None) | Q(takeaway__withdrawn=False, takeaway__hidden=False),
            is_shown("talk__", staff=staff),
            is_open("post__", staff=staff),
        )


class ReferenceQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the references with a citation that may be seen."""
        return self.filter(Exists(Citation.objects.visible(staff=staff).filter(reference=OuterRef("pk"))))

    def count_kinds(self) -> dict[str, int]:
        """Count the references of each kind."""
        return dict(self.order_by("kind").values_list("kind").annotate(count=Count("pk")))

    def by_kind(self) -> Self:
        """Order by kind, the kind that takes longest to read first; within it by site."""
        return self.order_by(_order_kinds(), "kind", "host", "url", "pk")

    def most_recommended(self, talks: QuerySet[Talk] | None = None, *, staff: bool, limit: int) -> list[Any]:
        """Return the references that most speakers' talks cite (all talks, or these), in notes that may be seen.

        Each has the number of speakers and of talks, and the date of the earliest post that cites it. Sites of
        profiles are left out: links to them name who spoke and recommend nothing.
        """
        shown = Citation.objects.visible(staff=staff)
        if talks is None:
            shown = shown.filter(reference__in=_list_most_cited())
        else:
            shown = shown.filter(talk__in=talks.order_by().values("pk"))
        worth_reading = self.exclude(host__in=[host for name in _SMALL_TALK for host in (name, f"www.{name}")])
        counted = worth_reading.filter(citations__in=shown).annotate(
            speaker_count=Count("citations__talk__appearances__speaker", distinct=True),
            talk_count=Count("citations__talk", distinct=True),
            noted_on=Min("citations__post__published_on"),
            called=Max("citations__title"),  # a draft may call it otherwise
            talk_title=Min("citations__talk__title"),
        )
        return list(counted.order_by("-speaker_count", "-talk_count", _order_kinds(), "host", "pk")[:limit])

    def with_talks(self, *, staff: bool, limit: int) -> Self:
        """Load the first citations of each, as `cited`."""
        cited = Citation.objects.visible(staff=staff).select_related("talk__conference__series")
        cited = cited.annotate(noted_on=F("post__published_on")).order_by("talk_id", "pk")
        return self.prefetch_related(Prefetch("citations", cited[:limit], to_attr="cited"))

    def cited_in(self, talk: Talk, *, staff: bool) -> list[Citation]:
        """Return the first citation of each reference in a talk's notes, in the order of the notes."""
        citations = Citation.objects.visible(staff=staff).filter(talk=talk).select_related("reference", "takeaway")
        ordered = citations.annotate(noted_on=F("post__published_on")).order_by(
            F("post__published_on").asc(nulls_last=True), "post__key", "position"
        )
        first: dict[int, Citation] = {}
        for citation in ordered:
            first.setdefault(citation.reference_id, citation)
        return list(first.values())


def _list_most_cited() -> list[int]:
    """Return the ids of the references cited most often: enough to include those of most speakers."""
    counted = Citation.objects.order_by().values("reference").annotate(places=Count("pk")).filter(places__gt=1)
    return list(counted.order_by("-places", "reference").values_list("reference", flat=True)[:_MOST_CITED])


def _order_kinds() -> Case:
    return Case(*(When(kind=kind, then=place) for place, kind in enumerate(_KINDS)), default=len(_KINDS))


class Reference(models.Model):
    """A resource that notes link to. `key` is the digest of the form that all its addresses share.

    `url` is the best of the addresses in its citations; an address that everyone may see comes before others.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.CharField(max_length=2000)
    host = models.CharField(max_length=255, db_index=True, editable=False)
    title = models.CharField(max_length=names.TITLE_LENGTH, blank=True)
    kind = models.CharField(max_length=10, default="site")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["host", "url"]

    def __str__(self) -> str:
        return self.title or self.url


class Citation(models.Model):
    """A place in a talk's notes that links to a reference."""

    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="citations")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="citations")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="citations")
    takeaway = models.ForeignKey(Takeaway, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")
    url = models.CharField(max_length=2000, help_text="As the notes write it.")
    title = models.CharField(max_length=names.TITLE_LENGTH, blank=True)
    position = models.PositiveIntegerField(help_text="Among the references of the talk in its post, from 1.")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "post", "position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "post", "position"], name="citation_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="citation_position_from_1"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.reference)
