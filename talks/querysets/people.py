"""Reading people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, QuerySet

from talks.querysets.alphabet import AlphabeticalQuerySet
from talks.querysets.audience import is_shown
from talks.querysets.counting import count_rows

if TYPE_CHECKING:
    from talks.models import Appearance, Speaker, Talk


def _shown_appearances(*, staff: bool) -> QuerySet[Appearance]:
    from talks.models import Appearance

    return Appearance.objects.filter(is_shown("talk__", staff=staff))


class SpeakerQuerySet(AlphabeticalQuerySet):
    """Speakers."""

    def visible(self, *, staff: bool = False) -> Self:
        """Speakers of a talk that may be seen."""
        return self.filter(Exists(_shown_appearances(staff=staff).filter(speaker=OuterRef("pk"))))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of talks."""
        return self.annotate(talk_count=count_rows(_shown_appearances(staff=staff), "speaker"))

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

        return self.filter(Exists(Post.objects.visible(staff=staff).filter(writer=OuterRef("pk"))))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of posts."""
        from talks.models import Post

        return self.annotate(post_count=count_rows(Post.objects.visible(staff=staff), "writer"))
