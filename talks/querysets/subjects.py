"""Reading subjects: tags, and the resources that notes point to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from talks.querysets.alphabet import AlphabeticalQuerySet
from talks.querysets.audience import is_open, is_shown, list_audiences

if TYPE_CHECKING:
    from talks.models import Citation, Post, Tag, Talk

_MOST_CITED = 500
_SMALL_TALK = ("twitter.com", "x.com", "facebook.com", "linkedin.com", "instagram.com")
_KINDS = ("paper", "book", "video", "slides", "code", "site")


def _list_most_cited() -> list[int]:
    """References that notes point to most often: so many that those of most speakers are surely among them."""
    from talks.models import Citation

    counted = Citation.objects.order_by().values("reference").annotate(places=Count("pk")).filter(places__gt=1)
    return list(counted.order_by("-places", "reference").values_list("reference", flat=True)[:_MOST_CITED])


def _order_kinds() -> Case:
    return Case(*(When(kind=kind, then=place) for place, kind in enumerate(_KINDS)), default=len(_KINDS))


def _count_own(tag: str, *, staff: bool) -> Coalesce:
    """How many talks the tag has whose key is at `tag` of the outer row."""
    from talks.models import SubjectPair

    own = SubjectPair.objects.of_itself().with_talks(staff=staff).filter(tag=OuterRef(tag))
    return Coalesce(Subquery(own.values("talk_count")), 0)  # type: ignore[misc] # the plugin sees no annotations of ours


class SubjectPairQuerySet(QuerySet):
    """How many talks are on two tags."""

    def with_talks(self, *, staff: bool) -> Self:
        """Pairs of which the reader may see a talk, with how many, as `talk_count`."""
        return self.annotate(talk_count=F("talks") + F("drafts") if staff else F("talks")).filter(talk_count__gt=0)

    def of_itself(self) -> Self:
        """Each tag's own talks."""
        return self.filter(tag=F("other"))

    def list_beside(self, tag: Tag, *, staff: bool, limit: int) -> list[Tag]:
        """The tags that most talks of this one have too; each with how many, and with how many it has in all."""
        rows = self.filter(Q(tag=tag) | Q(other=tag)).exclude(tag=F("other")).with_talks(staff=staff)
        met: Any = rows.annotate(beside=Case(When(tag=tag, then=F("other")), default=F("tag")))
        counted = met.annotate(total=_count_own("beside", staff=staff)).select_related("tag", "other")
        found = []
        for row in counted.order_by("-talk_count", "tag", "other")[:limit]:
            other: Any = row.other if row.tag_id == tag.pk else row.tag
            other.talk_count, other.total = row.talk_count, row.total
            found.append(other)
        return found


class TalkSubjectQuerySet(QuerySet):
    """Tags of talks, as lists and counts read them."""

    def of(self, tags: list[Tag], *, staff: bool) -> Self:
        """Rows of the first tag, of talks that have all of them."""
        first, *others = tags
        found = self.filter(tag=first, audience__in=list_audiences(staff=staff))
        for tag in others:
            found = found.filter(Exists(tag.subjects.filter(talk=OuterRef("talk"))))
        return found

    def by_edition(self) -> list[dict[str, Any]]:
        """How many talks there are by year and series: rows of `year`, `series`, `name` and `talk_count`.

        Series get their names after the counting: joined before it, one would be looked up for each talk.
        """
        from talks.models import Series

        counted = list(self.order_by().values_list("year", "series").annotate(talk_count=Count("pk")))
        known = Series.objects.filter(pk__in={series for _, series, _ in counted})
        named = {pk: words for pk, *words in known.values_list("pk", "sort_key", "slug", "name")}
        rows = sorted((year or 0, *named[series], count) for year, series, count in counted)
        return [
            {"year": year or None, "series": slug, "name": name, "talk_count": count}
            for year, _, slug, name, count in rows
        ]


class TagQuerySet(AlphabeticalQuerySet):
    """Tags."""

    def visible(self, *, staff: bool = False) -> Self:
        """Tags of a talk, a takeaway or a post that may be seen."""
        from talks.models import SubjectPair, TaggedPost

        talks = SubjectPair.objects.of_itself().with_talks(staff=staff).filter(tag=OuterRef("pk"))
        posts = TaggedPost.objects.filter(is_open("content_object__", staff=staff), tag=OuterRef("pk"))
        return self.filter(Q(Exists(talks)) | Q(Exists(posts)))

    def of(self, row: Post | Talk) -> Self:
        """Tags of one post or talk."""
        return self.filter(pk__in=row.tagged.values("tag"))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of talks."""
        return self.annotate(talk_count=_count_own("pk", staff=staff))

    def commonest(self, *, staff: bool, limit: int) -> list[Any]:
        """Those with most talks, as far as they have one."""
        return [tag for tag in self.with_counts(staff=staff).by_count()[:limit] if tag.talk_count]  # type: ignore[attr-defined]

    def beside(self, talks: QuerySet[Talk]) -> Self:
        """Tags of these talks, each with how many of them have it, the commonest first."""
        of_talks = talks.order_by().values("pk")
        return self.filter(subjects__talk__in=of_talks).annotate(talk_count=Count("subjects")).by_count()

    def with_totals(self, *, staff: bool) -> Self:
        """With the number of all talks of each, as `total`, where `talk_count` is that of some."""
        return self.annotate(total=_count_own("pk", staff=staff))

    def only_with(self, posts: Iterable[Post], talks: QuerySet[Talk]) -> Self:
        """Tags of the posts that none of the talks has."""
        from talks.models import TaggedPost, TalkSubject

        of_posts = TaggedPost.objects.filter(content_object__in=list(posts)).values("tag")
        of_talks = TalkSubject.objects.filter(talk__in=talks.order_by().values("pk")).values("tag")
        return self.filter(pk__in=of_posts).exclude(pk__in=of_talks)


class CitationQuerySet(QuerySet):
    """Places in notes that point to something."""

    def visible(self, *, staff: bool = False) -> Self:
        """Those in notes that may be seen."""
        return self.filter(
            Q(takeaway=None) | Q(takeaway__withdrawn=False, takeaway__hidden=False),
            is_shown("talk__", staff=staff),
            is_open("post__", staff=staff),
        )


class ReferenceQuerySet(QuerySet):
    """References."""

    def visible(self, *, staff: bool = False) -> Self:
        """References that notes which may be seen point to."""
        from talks.models import Citation

        return self.filter(Exists(Citation.objects.visible(staff=staff).filter(reference=OuterRef("pk"))))

    def count_kinds(self) -> dict[str, int]:
        """How many there are of each kind."""
        return dict(self.order_by("kind").values_list("kind").annotate(count=Count("pk")))

    def by_kind(self) -> Self:
        """Kind by kind, what takes longest to read first; within it site by site."""
        return self.order_by(_order_kinds(), "kind", "host", "url", "pk")

    def most_recommended(self, talks: QuerySet[Talk] | None = None, *, staff: bool, limit: int) -> list[Any]:
        """Those that most different speakers' talks point to: all talks, or these; as far as the notes may be seen.

        Each has the number of speakers and of talks, and the date of the earliest post that points to it. Profiles and
        hashtags name who spoke and where: that many link to them recommends nothing.
        """
        from talks.models import Citation

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
        """With the first of the places that point to each, as `cited`."""
        from talks.models import Citation

        cited = Citation.objects.visible(staff=staff).select_related("talk__conference__series")
        cited = cited.annotate(noted_on=F("post__published_on")).order_by("talk_id", "pk")
        return self.prefetch_related(Prefetch("citations", cited[:limit], to_attr="cited"))

    def cited_in(self, talk: Talk, *, staff: bool) -> list[Citation]:
        """The first place in a talk's notes that points to each, in the order of the notes."""
        from talks.models import Citation

        citations = Citation.objects.visible(staff=staff).filter(talk=talk).select_related("reference", "takeaway")
        ordered = citations.annotate(noted_on=F("post__published_on")).order_by(
            F("post__published_on").asc(nulls_last=True), "post__key", "position"
        )
        first: dict[int, Citation] = {}
        for citation in ordered:
            first.setdefault(citation.reference_id, citation)
        return list(first.values())
