"""Reading posts, talks and takeaways. All other rows may be seen where one of these stands behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from talks.querysets.audience import is_open, is_shown
from talks.querysets.counting import count_rows

if TYPE_CHECKING:
    from talks.models import Speaker, Tag, Talk, Writer

_LONG = ("source", "lines", "diagnostics", "imported", "front_matter")
_PASSAGES = ("intro", "intro_html", "outro", "outro_html")
_DRAWN = 200  # of so many one may be seen, else nothing is quoted: hardly anything is public
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class PostQuerySet(QuerySet):
    """Posts."""

    def visible(self, *, staff: bool = False) -> Self:
        """Public posts to everyone, drafts and private ones to staff; never what was withdrawn."""
        return self.filter(is_open("", staff=staff))

    def tagged(self, tags: list[Tag]) -> Self:
        """Posts that have every one of the tags."""
        found = self
        for tag in tags:
            found = found.filter(pk__in=tag.tagged_posts.values("content_object"))
        return found

    def newest_first(self) -> Self:
        """By date of publication, those without one last."""
        return self.order_by(F("published_on").desc(nulls_last=True), "key")

    def in_brief(self) -> Self:
        """Title, dates and writer, without the long texts: a post may hold two million characters."""
        return self.select_related("writer").defer(*_LONG, *_PASSAGES)

    def with_passages(self) -> Self:
        """Title, dates and writer, and what is said before and after the talks."""
        return self.select_related("writer").defer(*_LONG)

    def with_days(self) -> Self:
        """With the days it tells of, and the conference for when it knows none."""
        from talks.models import Day

        days = Day.objects.select_related("conference__series").order_by(F("number").asc(nulls_first=True))
        return self.select_related("conference__series").prefetch_related(Prefetch("days", days))

    def with_talks(self, *, limit: int) -> Self:
        """With the first of the talks that each tells of, as `told`."""
        from talks.models import TalkSource

        shown = TalkSource.objects.filter(talk__hidden=False, talk__withdrawn=False, withdrawn=False)
        shown = shown.select_related("talk__conference").prefetch_related("talk__appearances__speaker")
        return self.prefetch_related(Prefetch("sources", shown.order_by("position")[:limit], to_attr="told"))

    def with_counts(self) -> Self:
        """With the number of talks that each tells of, as `talk_count`."""
        from talks.models import TalkSource

        shown = TalkSource.objects.filter(talk__hidden=False, talk__withdrawn=False, withdrawn=False)
        return self.annotate(talk_count=count_rows(shown, "post"))


class TalkQuerySet(QuerySet):
    """Talks."""

    def visible(self, *, staff: bool = False) -> Self:
        """What may be shown: public talks to everyone, drafts to staff; never what was taken down or withdrawn."""
        return self.filter(is_shown("", staff=staff))

    def tagged(self, tags: list[Tag]) -> Self:
        """Talks that have every one of the tags, themselves or in one of their takeaways."""
        found = self
        for tag in tags:
            found = found.filter(subjects__tag=tag)
        return found

    def given_by(self, speaker: Speaker) -> Self:
        """Talks of a speaker."""
        return self.filter(pk__in=speaker.appearances.values("talk"))

    def noted_by(self, writer: Writer, *, staff: bool) -> Self:
        """Talks that a writer heard."""
        from talks.models import TalkSource

        sources = TalkSource.objects.filter(is_open("post__", staff=staff), post__writer=writer, withdrawn=False)
        return self.filter(pk__in=sources.values("talk"))

    def by_edition(self) -> list[Any]:
        """How many talks there are by year and series: rows of `year`, `series`, `name` and `talk_count`."""
        grouped = self.order_by().values(
            year=F("conference__year"), series=F("conference__series__slug"), name=F("conference__series__name")
        )
        return list(grouped.annotate(talk_count=Count("pk")).order_by("year", "conference__series__sort_key"))

    def newest_first(self) -> Self:
        """By year, the latest first; within an edition in the order of its programme."""
        return self.order_by("place", "position", "pk")

    def newest_tagged_first(self) -> Self:
        """The same of talks that were chosen by a tag: read from the index of its talks, not sorted as a whole."""
        return self.order_by("subjects__place", "position", "pk")

    def in_programme_order(self) -> Self:
        """Day by day."""
        return self.order_by(F("day__number").asc(nulls_first=True), "position", "pk")

    def with_cards(self) -> Self:
        """All that a list shows of a talk."""
        from talks.models import Appearance

        appearances = Appearance.objects.select_related("speaker").order_by("position", "pk")
        return self.select_related("conference__series", "day").prefetch_related(Prefetch("appearances", appearances))

    def with_mentions(self, tags: list[Tag], *, staff: bool, limit: int) -> Self:
        """With the first of the takeaways that mention one of the tags, as `mentions`."""
        from talks.models import Takeaway

        mentions = Takeaway.objects.visible(staff=staff).mentioning(tags).in_reading_order()
        return self.prefetch_related(
            Prefetch("takeaways", mentions.select_related("parent").with_language()[:limit], to_attr="mentions")
        )

    def neighbours(self, talk: Talk) -> tuple[Any, Any]:
        """The talks before and after this one in the programme of its day."""
        day = self.filter(day=talk.day_id).order_by("position")
        before = day.filter(position__lt=talk.position).order_by("-position").values("pk")[:1]
        after = day.filter(position__gt=talk.position).values("pk")[:1]
        rows: Iterable[Any] = day.filter(Q(pk__in=before) | Q(pk__in=after)).select_related("conference")
        sides = {row.position < talk.position: row for row in rows}
        return sides.get(True), sides.get(False)


class TakeawayQuerySet(QuerySet):
    """Takeaways."""

    def visible(self, *, staff: bool = False) -> Self:
        """Those of visible talks whose own post, where they have one, may be seen."""
        own = Q(post=None) | is_open("post__", staff=staff)
        return self.filter(own, is_shown("talk__", staff=staff), hidden=False, withdrawn=False)

    def gone(self, *, staff: bool = False) -> Self:
        """Those that may not be seen any more; never those that were not meant to be seen in the first place."""
        gone = Q(withdrawn=True) | Q(hidden=True) | Q(talk__hidden=True) | Q(talk__withdrawn=True)
        gone |= Q(post__withdrawn=True)
        return self.filter(gone) if staff else self.filter(gone, Q(post=None) | Q(post__visibility="public"))

    def mentioning(self, tags: list[Tag]) -> Self:
        """Takeaways that mention one of the tags."""
        from talks.models import TaggedTakeaway

        return self.filter(Exists(TaggedTakeaway.objects.filter(tag__in=tags, content_object=OuterRef("pk"))))

    def in_reading_order(self) -> Self:
        """Source by source, the earliest post first; what was written here and stands in no post last."""
        return self.order_by(
            F("post__published_on").asc(nulls_last=True), F("post__key").asc(nulls_last=True), "position"
        )

    def with_tags(self) -> Self:
        """With what each mentions, as `mentioned`."""
        from talks.models import TaggedTakeaway

        tagged = TaggedTakeaway.objects.select_related("tag").order_by("tag__sort_key")
        return self.prefetch_related(Prefetch("tagged", tagged, to_attr="mentioned"))

    def with_posts(self) -> Self:
        """With whose notes they are: each post once, however many takeaways it holds."""
        from talks.models import Post

        return self.prefetch_related(Prefetch("post", Post.objects.in_brief()))

    def with_language(self) -> Self:
        """With the language of the notes, as `language`."""
        return self.annotate(language=F("post__language"))

    def with_place(self) -> Self:
        """With the talk, its speakers and its event."""
        return self.select_related("talk__conference__series").prefetch_related("talk__appearances__speaker")

    def draw(self, on: date) -> Any:
        """One worth quoting by itself, another one each day.

        Permalinks are as good as dice, and the same wherever the posts are imported.
        """
        throw = int.from_bytes(sha256(on.isoformat().encode()).digest()[:7])
        start = "".join(_CROCKFORD[throw >> 5 * place & 31] for place in range(10))
        sized = self.model._default_manager.annotate(size=Length("text")).filter(size__gte=60, size__lte=320)
        quotable = sized.filter(kind__in=["point", "paragraph"], parent=None).order_by("public_id")
        for drawn in (quotable.filter(public_id__gte=start), quotable):
            # The draw comes before the rest, else databases sort all takeaways that may be seen.
            chosen = list(drawn.values_list("pk", flat=True)[:_DRAWN])
            if found := self.filter(pk__in=chosen).order_by("public_id").first():
                return found
        return None
