"""Reading events."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from talks.querysets.alphabet import AlphabeticalQuerySet
from talks.querysets.audience import is_open
from talks.querysets.counting import count_rows


class SeriesQuerySet(AlphabeticalQuerySet):
    """Series."""

    def visible(self, *, staff: bool = False) -> Self:
        """Series with a talk or a post that may be seen."""
        from talks.models import Conference

        return self.filter(Exists(Conference.objects.visible(staff=staff).filter(series=OuterRef("pk"))))

    def with_editions(self, *, staff: bool) -> Self:
        """With the editions that may be seen, the latest first, as `editions`."""
        from talks.models import Conference

        editions = Conference.objects.visible(staff=staff).newest_first()
        return self.prefetch_related(Prefetch("conferences", editions, to_attr="editions"))


class ConferenceQuerySet(QuerySet):
    """Conferences."""

    def visible(self, *, staff: bool = False) -> Self:
        """Editions with a talk or a post that may be seen."""
        from talks.models import Post, Talk

        talks = Talk.objects.visible(staff=staff).filter(conference=OuterRef("pk"))
        posts = Post.objects.visible(staff=staff).filter(conference=OuterRef("pk"))
        return self.filter(Exists(talks) | Exists(posts))

    def with_counts(self, *, staff: bool) -> Self:
        """With the number of talks."""
        from talks.models import Talk

        return self.annotate(talk_count=count_rows(Talk.objects.visible(staff=staff), "conference"))

    def newest_first(self) -> Self:
        """By year, those without one last."""
        return self.order_by(F("year").desc(nulls_last=True), "series__sort_key", "pk")


class DayQuerySet(QuerySet):
    """Days."""

    def visible(self, *, staff: bool = False) -> Self:
        """Days with a talk or a post that may be seen."""
        from talks.models import Post, Talk

        talks = Talk.objects.visible(staff=staff).filter(day=OuterRef("pk"))
        posts = Post.days.through.objects.filter(is_open("post__", staff=staff), day=OuterRef("pk"))
        return self.filter(Exists(talks) | Exists(posts))

    def in_order(self) -> Self:
        """The conference as a whole first, then day by day."""
        return self.order_by(F("number").asc(nulls_first=True))
