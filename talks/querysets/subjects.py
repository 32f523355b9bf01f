"""Reading subjects: tags, and the resources that notes point to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, When

from talks.querysets.alphabet import AlphabeticalQuerySet

if TYPE_CHECKING:
    from talks.models import Citation, Post, Talk

_KINDS = ("paper", "book", "video", "slides", "code", "site")


def _open_citations(*, staff: bool) -> QuerySet[Citation]:
    """Places in notes which may be seen that point to something."""
    from talks.models import Citation, Post, Talk

    return Citation.objects.filter(
        Q(takeaway=None) | Q(takeaway__withdrawn=False, takeaway__hidden=False),
        talk__in=Talk.objects.visible(staff=staff),
        post__in=Post.objects.visible(staff=staff),
    )


def _order_kinds() -> Case:
    return Case(*(When(kind=kind, then=place) for place, kind in enumerate(_KINDS)), default=len(_KINDS))


class TagQuerySet(AlphabeticalQuerySet):
    """Tags."""

    def visible(self, *, staff: bool = False) -> Self:
        """Tags of a talk, a takeaway or a post that may be seen."""
        from talks.models import Post, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk

        of_this, talks = {"tag": OuterRef("pk")}, Talk.objects.visible(staff=staff)
        takeaways, posts = Takeaway.objects.visible(staff=staff), Post.objects.visible(staff=staff)
        return self.filter(
            Q(Exists(TaggedTalk.objects.filter(content_object__in=talks, **of_this)))
            | Q(Exists(TaggedPost.objects.filter(content_object__in=posts, **of_this)))
            | Q(Exists(TaggedTakeaway.objects.filter(content_object__in=takeaways, **of_this)))
        )

    def of(self, row: Post | Talk) -> Self:
        """Tags of one post or talk."""
        return self.filter(pk__in=row.tagged.values("tag"))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of talks."""
        from talks.models import Talk

        shown = Q(tagged_talks__content_object__in=Talk.objects.visible(staff=staff), tagged_talks__refused=False)
        return self.annotate(talk_count=Count("tagged_talks", filter=shown))

    def beside(self, talks: QuerySet[Talk]) -> Self:
        """Tags of these talks, each with how many of them have it, the commonest first."""
        of_talks = talks.order_by().values("pk")
        near = self.filter(tagged_talks__content_object__in=of_talks, tagged_talks__refused=False)
        return near.annotate(talk_count=Count("tagged_talks")).by_count()

    def only_with(self, posts: Iterable[Post], talks: QuerySet[Talk]) -> Self:
        """Tags of the posts that none of the talks has."""
        from talks.models import TaggedPost, TaggedTalk

        of_posts = TaggedPost.objects.filter(content_object__in=list(posts)).values("tag")
        of_talks = TaggedTalk.objects.filter(content_object__in=talks.order_by().values("pk")).values("tag")
        return self.filter(pk__in=of_posts).exclude(pk__in=of_talks)


class ReferenceQuerySet(QuerySet):
    """References."""

    def visible(self, *, staff: bool = False) -> Self:
        """References that notes which may be seen point to."""
        return self.filter(Exists(_open_citations(staff=staff).filter(reference=OuterRef("pk"))))

    def kinds(self) -> list[str]:
        """The kinds that there are."""
        return sorted(set(self.order_by("kind").values_list("kind", flat=True).distinct()))

    def by_kind(self) -> Self:
        """Kind by kind, what takes longest to read first; within it site by site."""
        return self.order_by(_order_kinds(), "kind", "host", "url", "pk")

    def most_recommended(self, talks: QuerySet[Talk] | None = None, *, staff: bool, limit: int) -> list[Any]:
        """Those that most different speakers' talks point to: all talks, or these; as far as the notes may be seen.

        Each has the number of speakers and of talks, and the date of the earliest post that points to it.
        """
        open_citations = _open_citations(staff=staff)
        if talks is not None:
            open_citations = open_citations.filter(talk__in=talks.order_by().values("pk"))
        counted = self.filter(citations__in=open_citations).annotate(
            speaker_count=Count("citations__talk__appearances__speaker", distinct=True),
            talk_count=Count("citations__talk", distinct=True),
            noted_on=Min("citations__post__published_on"),
            called=Max("citations__title"),  # a draft may call it otherwise
            talk_title=Min("citations__talk__title"),
        )
        return list(counted.order_by("-speaker_count", "-talk_count", _order_kinds(), "host", "pk")[:limit])

    def with_talks(self, *, staff: bool, limit: int) -> Self:
        """With the first of the places that point to each, as `cited`."""
        cited = _open_citations(staff=staff).select_related("talk__conference__series").order_by("talk_id", "pk")
        cited = cited.annotate(noted_on=F("post__published_on"))
        return self.prefetch_related(Prefetch("citations", cited[:limit], to_attr="cited"))

    def cited_in(self, talk: Talk, *, staff: bool) -> list[Citation]:
        """The first place in a talk's notes that points to each, in the order of the notes."""
        citations = _open_citations(staff=staff).filter(talk=talk).select_related("reference", "takeaway")
        ordered = citations.annotate(noted_on=F("post__published_on")).order_by(
            F("post__published_on").asc(nulls_last=True), "post__key", "position"
        )
        first: dict[int, Citation] = {}
        for citation in ordered:
            first.setdefault(citation.reference_id, citation)
        return list(first.values())
