"""Talks, which are sessions with notes, and their former addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from json import loads
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from taggit.managers import TaggableManager

from talks import names
from talks.models.addresses import write_address
from talks.models.events import Conference, Day
from talks.models.lengths import SLUG_LENGTH
from talks.models.named_model import taken_slugs
from talks.models.people import NamedSpeaker, Speaker, Writer, list_speakers
from talks.models.posts import LinkedPost, Post, TalkSource, list_only_post
from talks.models.prepared_queries import attach_lists, prepared
from talks.models.reference_identity import NO_WEB_ADDRESS
from talks.models.runs import ImportRun
from talks.models.subqueries import ListedRows
from talks.models.tags import CountedTag, Tag, TaggedTalk, list_tags
from talks.models.takeaways import Takeaway
from talks.models.visibility import HIDDEN, Audience, is_open, is_shown
from talks.parsing import URL_LENGTH, split_address

_POST_COLUMNS = ("pk", "title", "slug", "language", "visibility")
_WRITER_COLUMNS = ("writer", "writer__name", "writer__slug")


class TalkQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the talks that everyone may see; for staff also talks of drafts and private posts.

        Hidden and withdrawn talks are never kept.
        """
        return self.filter(is_shown("", staff=staff))

    def tagged(self, tags: Sequence[Tag | int]) -> Self:
        """Keep the talks that have all of the tags (rows or ids), each on the talk or on one of its takeaways."""
        found = self
        for tag in tags:
            found = found.filter(listings__tag=tag)
        return found

    def given_by(self, speaker: Speaker) -> Self:
        return self.filter(pk__in=speaker.appearances.values("talk"))

    def noted_by(self, writer: Writer, *, staff: bool) -> Self:
        """Keep the talks with notes by this writer in posts visible to the reader."""
        sources = TalkSource.objects.filter(is_open("post__", staff=staff), post__writer=writer, withdrawn=False)
        return self.filter(pk__in=sources.values("talk"))

    def by_edition(self) -> list[Any]:
        """Count the talks by year and series: a list of dicts with `year`, `series` (a slug), `name` and `talk_count`.

        The list is sorted by year, then by series. Series and name are None for talks of no named event.
        """
        grouped = self.order_by().values(
            year=F("conference__year"), series=F("conference__series__slug"), name=F("conference__series__name")
        )
        return list(grouped.annotate(talk_count=Count("pk")).order_by("year", "conference__series__sort_key"))

    def newest_first(self) -> Self:
        """Sort by year, the latest first; within a conference in the order of its programme."""
        return self.order_by("place", "position", "pk")

    def newest_tagged_first(self) -> Self:
        """Sort as `newest_first` does, by the index of a tag's listings; the talks must be filtered by tags."""
        return self.order_by("listings__place", "position", "pk")

    def in_programme_order(self) -> Self:
        """Sort by day, and within a day by position."""
        return self.order_by(F("day__number").asc(nulls_first=True), "position", "pk")

    def with_cards(self) -> Self:
        """Load what lists show of each talk: its conference, series and day, and its speakers as `given_by`.

        The list `told_in` holds the post of a talk whose event has no name; for other talks it is empty.
        """
        told_in = list_only_post("conference", "conference__series")
        return self.select_related("conference__series", "day").annotate(given_by=list_speakers("pk"), told_in=told_in)

    def with_tags(self) -> Self:
        """Load the tags of each talk as its list `about`."""
        return self.annotate(about=list_tags(TaggedTalk, "pk"))

    def with_neighbours(self, *, staff: bool) -> Self:
        """Annotate each talk with the ids of the visible talks next to it on its day, as `before` and `after`."""
        day = Talk.objects.visible(staff=staff).filter(day=OuterRef("day"))
        before = day.filter(position__lt=OuterRef("position")).order_by("-position")
        after = day.filter(position__gt=OuterRef("position")).order_by("position")
        return self.annotate(before=Subquery(before.values("pk")[:1]), after=Subquery(after.values("pk")[:1]))


class Talk(models.Model):
    """A session of which somebody took notes. Only `talks.derived` writes `audience`, `place` and `noted`."""

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="talks")
    conference = models.ForeignKey(
        Conference,
        on_delete=models.PROTECT,
        related_name="talks",
        db_index=False,
        editable=False,
        help_text="The day's conference, kept here too since addresses are unique in it.",
    )
    title = models.CharField(max_length=names.TITLE_LENGTH)
    video_url = models.CharField("video", max_length=URL_LENGTH, blank=True, help_text="Where its recording is.")
    slides_url = models.CharField("slides", max_length=URL_LENGTH, blank=True, help_text="Where its slides are.")
    sort_key = models.CharField(max_length=names.SORTED_TITLE_LENGTH, db_index=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True, blank=True)
    position = models.PositiveIntegerField(default=1, help_text="Among the talks of its day, from 1.")
    hidden = models.BooleanField(default=False, help_text=HIDDEN)
    withdrawn = models.BooleanField(default=False, help_text="No longer in any post.")
    audience = models.PositiveSmallIntegerField(
        choices=Audience.choices,
        default=Audience.NOBODY,
        editable=False,
        help_text="Who may see it, as far as its posts are concerned.",
    )
    place = models.BinaryField(max_length=100, default=b"", help_text="Bytes by which days sort in lists of all talks.")
    noted = models.PositiveIntegerField(default=0, editable=False, help_text="Takeaways that its audience may see.")
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL, db_index=False)
    speakers = models.ManyToManyField(Speaker, through="talks.Appearance", related_name="talks")
    tags = TaggableManager(through="talks.TaggedTalk", blank=True)

    given_by: list[NamedSpeaker]  # if loaded `with_cards`
    told_in: list[LinkedPost]  # if loaded `with_cards`
    about: list[CountedTag]  # if loaded `with_tags`

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["conference", "day__number", "position"]
        indexes = [
            models.Index(
                fields=["place", "position", "id", "audience"],
                condition=Q(hidden=False, withdrawn=False),
                name="talks_shown",
            ),
            models.Index(fields=["conference", "audience", "hidden", "withdrawn"], name="talks_of_conference"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="talk_slug_in_conference"),
            models.CheckConstraint(condition=Q(position__gte=1), name="talk_position_from_1"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate as Django does, and refuse unsafe addresses of recording and slides by a `ValidationError`."""
        super().clean_fields(exclude)
        urls = {"video_url": self.video_url, "slides_url": self.slides_url}
        faults = {name for name, url in urls.items() if name not in (exclude or ()) and url and not split_address(url)}
        if faults:
            raise ValidationError(dict.fromkeys(faults, NO_WEB_ADDRESS))

    def derive(self, taken: set[str]) -> None:
        """Normalise the title; set `sort_key`, `conference` from the day and, if it is empty, `slug`; nothing is saved.

        A new slug is none of `taken`, which are the slugs of the conference's other talks.
        """
        self.title = names.normalise(self.title)
        self.sort_key = names.sort_title(self.title)
        self.conference = self.day.conference
        if not self.slug:
            self.slug = names.choose_slug(self.title, taken, fallback="talk")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive(set() if self.slug else self._find_taken())
        super().save(*args, **kwargs)

    def _find_taken(self) -> set[str]:
        conference = self.day.conference
        former = TalkAddress.objects.filter(conference_slug=conference.slug).values_list("slug", flat=True)
        return taken_slugs(Talk, self.title, conference=conference) | set(former)

    @property
    def event(self) -> Conference | None:
        """The conference, or None if it is unnamed."""
        return self.conference if self.conference.series_id is not None else None

    def get_absolute_url(self) -> str:
        return write_address("talk", self.conference.slug, self.slug)


class TalkCards:
    """A list of talks that is loaded `with_cards` a page at a time.

    If all were loaded at once, SQLite would look up all their speakers before sorting.
    """

    def __init__(self, talks: TalkQuerySet) -> None:
        self._talks = talks

    def count(self) -> int:
        return self._talks.count()

    def __getitem__(self, part: slice) -> list[Talk]:
        keys = list(self._talks.values_list("pk", flat=True)[part])
        loaded = {talk.pk: talk for talk in _select_cards(keys)}
        return [loaded[pk] for pk in keys]


@prepared
def _select_cards(talks: Collection[int]) -> QuerySet[Talk]:
    return Talk.objects.filter(pk__in=talks).with_cards().order_by()


def list_noting_posts(*, staff: bool) -> ListedRows:
    """Return an expression for the visible posts with notes of the outer query's talk, earliest first.

    They are `Post` objects with those columns that a talk's page shows.
    """
    talk = OuterRef(OuterRef("pk"))
    told = TalkSource.objects.filter(talk=talk, withdrawn=False).order_by().values("post")
    noted = Takeaway.objects.filter(talk=talk, hidden=False, withdrawn=False).order_by().values("post")
    posts = Post.objects.visible(staff=staff).filter(pk__in=told.union(noted))
    posts = posts.order_by(F("published_on").asc(nulls_last=True), "key")
    return ListedRows(posts.values_list(*_POST_COLUMNS, "published_on", "front_matter", *_WRITER_COLUMNS), _make_post)


def _make_post(*columns: Any) -> Post:
    *own, published_on, front_matter, writer, name, slug = columns
    post = Post(**dict(zip(_POST_COLUMNS, own, strict=True)))
    post.published_on = published_on and date.fromisoformat(published_on)
    post.front_matter = loads(front_matter) if isinstance(front_matter, str) else front_matter
    post.writer = Writer(pk=writer, name=name, slug=slug) if writer else None
    return post


def load_tag_mentions(talks: Sequence[Talk], tags: Sequence[Tag], *, staff: bool, limit: int) -> None:
    """Set on each talk the list `mentions`: its first `limit` visible takeaways that have one of the tags."""
    keys, wanted = [talk.pk for talk in talks], [tag.pk for tag in tags]
    attach_lists(talks, "mentions", _select_tag_mentions(keys, wanted, staff=staff, limit=limit), "talk_id")


@prepared
def _select_tag_mentions(
    talks: Collection[int], tags: Collection[int], *, staff: bool, limit: int
) -> QuerySet[Takeaway]:
    shown: Any = Takeaway.objects.visible(staff=staff).filter(talk__in=talks).mentioning(tags).in_reading_order()
    place = Window(RowNumber(), partition_by=F("talk"), order_by=shown.query.order_by)
    return shown.annotate(place_in_talk=place).filter(place_in_talk__lte=limit).select_related("parent").with_language()


class TalkAddress(models.Model):
    """A former address of a talk that moved to another conference; it redirects to the talk.

    It does so even after the former conference is deleted.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="addresses")
    conference_slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True)

    class Meta:
        ordering = ["conference_slug", "slug"]
        constraints = [models.UniqueConstraint(fields=["conference_slug", "slug"], name="talk_address_leads_to_one")]

    def __str__(self) -> str:
        return f"{self.conference_slug}/{self.slug}"

    @staticmethod
    def keep_current(talks: Iterable[int]) -> None:
        """Store the present addresses of these talks, so that these addresses redirect after the talks have moved."""
        if not (chosen := list(talks)):
            return
        now = Talk.objects.filter(pk__in=chosen).values_list("pk", "conference__slug", "slug")
        rows = [TalkAddress(talk_id=pk, conference_slug=conference, slug=slug) for pk, conference, slug in now]
        TalkAddress.objects.bulk_create(rows, ignore_conflicts=True)
