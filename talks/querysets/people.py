"""Reading people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q, QuerySet

from talks.querysets.alphabet import AlphabeticalQuerySet

if TYPE_CHECKING:
    from talks.models import Speaker, Talk


class SpeakerQuerySet(AlphabeticalQuerySet):
    """Speakers."""

    def visible(self, *, staff: bool = False) -> Self:
        """Speakers of a talk that may be seen."""
        from talks.models import Talk

        return self.filter(pk__in=Talk.objects.visible(staff=staff).values("appearances__speaker"))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of talks."""
        from talks.models import Talk

        shown = Q(appearances__talk__in=Talk.objects.visible(staff=staff))
        return self.annotate(talk_count=Count("appearances", filter=shown))

    def of_talks(self, talks: QuerySet[Talk]) -> Self:
        """Speakers of these talks, each with how many of them they gave, those with most first."""
        near = self.filter(appearances__talk__in=talks.order_by().values("pk"))
        return near.annotate(talk_count=Count("appearances")).by_count()

    def beside(self, speaker: Speaker, talks: QuerySet[Talk]) -> Self:
        """Who gave these talks together with the speaker, each with how many, those with most first."""
        return self.of_talks(talks).exclude(pk=speaker.pk)


class WriterQuerySet(AlphabeticalQuerySet):
    """Writers."""

    def visible(self, *, staff: bool = False) -> Self:
        """Writers of a post that may be seen."""
        from talks.models import Post

        return self.filter(pk__in=Post.objects.visible(staff=staff).values("writer"))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of posts."""
        from talks.models import Post

        return self.annotate(post_count=Count("posts", filter=Q(posts__in=Post.objects.visible(staff=staff))))
