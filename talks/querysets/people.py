"""Reading people."""

from __future__ import annotations

from typing import Self

from django.db.models import Count, Q

from talks.querysets.alphabet import AlphabeticalQuerySet


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
