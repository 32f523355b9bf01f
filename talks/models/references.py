"""References (the resources that notes link to) and citations (the places in notes that link to them)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet

from talks import names
from talks.compact_fields import DigestField
from talks.models.lengths import REFERENCE_KIND_LENGTH
from talks.models.posts import Post
from talks.models.subqueries import ListedRows
from talks.models.takeaways import Takeaway
from talks.models.talks import Talk
from talks.models.visibility import is_open, is_shown
from talks.parsing import HOST_LENGTH, REFERENCE_KINDS, URL_LENGTH

_MOST_CITED = 500
_SMALL_TALK = ("twitter.com", "x.com", "facebook.com", "linkedin.com", "instagram.com")


class CitationQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the citations in notes visible to the reader."""
        return self.filter(
            Q(takeaway=None) | Q(takeaway__withdrawn=False, takeaway__hidden=False),
            is_shown("talk__", staff=staff),
            is_open("post__", staff=staff),
        )


class ReferenceQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the references that are cited in notes visible to the reader."""
        return self.filter(Exists(Citation.objects.visible(staff=staff).filter(reference=OuterRef("pk"))))

    def count_kinds(self, *, staff: bool) -> dict[str, int]:
        """Return how many references the reader may see of each kind, by kind, in the order of lists.

        For everybody but staff the database counts in an index alone, without reading citations.
        """
        rows = self.visible(staff=True) if staff else self.filter(cited_by__gt=0)
        return dict(rows.order_by("place", "kind").values_list("kind").annotate(count=Count("pk")))

    def by_kind(self) -> Self:
        """Sort by kind, papers and books first, then by host; an index has the same order."""
        return self.order_by("place", "host", "pk")

    def of_kind(self, kind: str) -> Self:
        """Keep the references of one kind.

        The condition is on `place`, so that the database uses the index of `by_kind`.
        """
        place = REFERENCE_KINDS.index(kind) if kind in REFERENCE_KINDS else len(REFERENCE_KINDS)
        return self.filter(kind=kind, place=place)

    def most_recommended(self, talks: QuerySet[Talk] | None = None, *, staff: bool) -> Self:
        """Keep the references cited by these talks in visible notes, sorted by number of speakers, greatest first.

        Without `talks`, references cited by several talks are kept, the 500 most cited at most. Each reference has
        `speaker_count`, `talk_count`, the date `noted_on` of the earliest citing post, and one `talk_title`. Pages of
        social networks are left out, since most links to them name a speaker and recommend nothing.
        """
        shown = Citation.objects.visible(staff=staff)
        if talks is None:
            most = self._often_cited(staff=staff).values_list("pk", flat=True)
            shown = shown.filter(reference__in=list(most[:_MOST_CITED]))
        else:
            shown = shown.filter(talk__in=talks.order_by().values("pk"))
        worth_reading = self.exclude(host__in=[host for name in _SMALL_TALK for host in (name, f"www.{name}")])
        counted = worth_reading.filter(citations__in=shown).annotate(
            speaker_count=Count("citations__talk__appearances__speaker", distinct=True),
            talk_count=Count("citations__talk", distinct=True),
            noted_on=Min("citations__post__published_on"),
            talk_title=Min("citations__talk__title"),
        )
        return counted.order_by("-speaker_count", "-talk_count", "place", "host", "pk")

    def _often_cited(self, *, staff: bool) -> Self:
        """Keep the references cited by several talks that the reader may see, most cited first.

        For staff the talks are counted, since `cited_by` counts only talks that everyone may see.
        """
        if not staff:
            return self.filter(cited_by__gt=1).order_by("-cited_by", "pk")
        cited = Count("citations__talk", distinct=True)
        return self.annotate(cited=cited).filter(cited__gt=1).order_by("-cited", "pk")

    def with_talks(self, *, staff: bool, limit: int) -> Self:
        """Load the first `limit` visible citations of each reference, with their talks, as the list `cited`."""
        cited = Citation.objects.visible(staff=staff).select_related("talk__conference__series")
        cited = cited.annotate(noted_on=F("post__published_on")).order_by("talk_id", "pk")
        return self.prefetch_related(Prefetch("citations", cited[:limit], to_attr="cited"))


class CitedReference(NamedTuple):
    """What a talk's page shows of a reference in its notes; `noted_on` is the date of the post that cites it."""

    pk: int
    url: str
    host: str
    title: str
    kind: str
    name: str
    noted_on: date | None

    def __str__(self) -> str:
        return self.title or self.name or self.url


def list_cited(*, staff: bool) -> ListedRows:
    """Return an expression for the references in the notes of the outer query's talk, each as often as it is cited.

    References of the earliest post come first; in a post they have the order of its links. They are `CitedReference`
    values.
    """
    cited = Citation.objects.visible(staff=staff).filter(talk=OuterRef("pk"))
    cited = cited.order_by(F("post__published_on").asc(nulls_last=True), "post__key", "position")
    columns = ("reference", *(f"reference__{name}" for name in CitedReference._fields[1:-1]), "post__published_on")
    return ListedRows(cited.values_list(*columns), _make_cited)


def _make_cited(*columns: Any) -> CitedReference:
    *own, noted_on = columns
    return CitedReference._make([*own, noted_on and date.fromisoformat(noted_on)])


class Reference(models.Model):
    """A resource that notes link to. `key` is a digest of the canonical form that all its addresses share.

    `url` is the best address among its citations; addresses visible to everyone precede others. `title` is a name that
    an editor gave, `name` the name that pages show. Only `talks.derived` writes `name`, `cited_by` and `place`.
    """

    key = DigestField(unique=True, editable=False)
    url = models.CharField(max_length=URL_LENGTH)
    host = models.CharField(max_length=HOST_LENGTH, db_index=True, editable=False)
    title = models.CharField(max_length=names.TITLE_LENGTH, blank=True)
    kind = models.CharField(max_length=REFERENCE_KIND_LENGTH, default="site")
    name = models.CharField(max_length=names.TITLE_LENGTH, blank=True, editable=False)
    cited_by = models.PositiveIntegerField(
        default=0, editable=False, help_text="Talks that cite it and everyone may see."
    )
    place = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Of its kind in lists.")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["host", "url"]
        indexes = [
            models.Index(fields=["place", "host", "id"], name="references_by_kind"),
            models.Index(fields=["cited_by", "place", "kind"], name="references_by_cited"),
        ]

    def __str__(self) -> str:
        return self.title or self.name or self.url


class Citation(models.Model):
    """A link to a reference in the notes of a talk."""

    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="citations")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="citations", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="citations")
    takeaway = models.ForeignKey(Takeaway, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")
    url = models.CharField(max_length=URL_LENGTH, help_text="As the notes write it.")
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
