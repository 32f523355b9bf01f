"""Posts, and sources, which store what a post says of each of its talks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from taggit.managers import TaggableManager

from talks import names
from talks.compact_fields import CompressedJSONField, CompressedTextField
from talks.grouping import group_pairs
from talks.models.addresses import write_address
from talks.models.events import CONFERENCE_PATH, SERIES_PATH, Conference, Day
from talks.models.lengths import LANGUAGE_LENGTH, SLUG_LENGTH
from talks.models.named_model import taken_slugs
from talks.models.people import Writer
from talks.models.prepared_queries import attach_lists, prepared
from talks.models.runs import ImportRun
from talks.models.subqueries import ListedRows, count_related, count_rows
from talks.models.tags import TaggedPost
from talks.models.visibility import is_open
from talks.names import PATH_LENGTH

_LONG = ("source", "lines", "diagnostics", "imported", "front_matter")
_PASSAGES = ("intro", "intro_html", "outro", "outro_html")
LONG_TEXTS = (*_LONG, *_PASSAGES)
_ORIGINAL_KEYS = ("canonical_url", "canonicalUrl", "canonical", "original_url", "original", "external_url")


class PostQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep public posts; for staff also drafts and private posts; never withdrawn posts."""
        return self.filter(is_open("", staff=staff))

    def tagged(self, tags: Sequence[int]) -> Self:
        """Keep the posts that have all of the tags, given by id."""
        found = self
        for tag in tags:
            found = found.filter(pk__in=TaggedPost.objects.filter(tag=tag).values("content_object"))
        return found

    def newest_first(self) -> Self:
        """Sort by date of publication, newest first.

        Posts without a date come last, sorted by their conference's year, the latest first.
        """
        year = F("conference__year").desc(nulls_last=True)
        return self.order_by(F("published_on").desc(nulls_last=True), year, "key")

    def about_event(self) -> Self:
        """Keep posts with notes of several shown talks: what such posts say outside talks is about the event."""
        return self.with_counts().filter(talk_count__gt=1)

    def in_brief(self) -> Self:
        """Load the writer, and leave out the long texts of a post, which may have two million characters."""
        return self.select_related("writer").defer(*LONG_TEXTS)

    def with_passages(self) -> Self:
        """Load title, dates, writer, intro and outro, without the post's other long texts."""
        return self.select_related("writer").defer(*_LONG)

    def with_days(self) -> Self:
        """Load the days that each post is about, and its conference."""
        days = Day.objects.select_related("conference__series").in_order()
        return self.with_conference().prefetch_related(Prefetch("days", days))

    def with_conference(self) -> Self:
        """Load the conference of each post, and the conference's series."""
        return self.select_related("conference__series")

    def with_counts(self) -> Self:
        """Annotate each post with the number of its shown talks, as `talk_count`."""
        return self.annotate(talk_count=count_rows(TalkSource.objects.shown(), "post"))

    def with_findings(self) -> Self:
        """Load title, dates, writer, line ranges and diagnostics, and annotate how much was found in each post.

        `talk_count` and `takeaway_count` are its numbers of shown talks and takeaways.
        """
        shown = Q(takeaways__hidden=False, takeaways__withdrawn=False, takeaways__talk__hidden=False)
        shown &= Q(takeaways__talk__withdrawn=False)
        counted = self.with_counts().annotate(takeaway_count=count_related(self, "takeaways", shown))
        return counted.select_related("writer").defer("source", "imported", "front_matter", *_PASSAGES)


class TalkSourceQuerySet(QuerySet):
    def shown(self) -> Self:
        """Keep the sources that are still in their post, of talks that are neither hidden nor withdrawn."""
        return self.filter(talk__hidden=False, talk__withdrawn=False, withdrawn=False)


class Post(models.Model):
    """One source file of notes, stored completely. `key` is its identity, which docs/importing.md explains."""

    class Visibility(models.TextChoices):
        """Who may read the post and its talks."""

        PUBLIC = "public"
        DRAFT = "draft"
        PRIVATE = "private"

    key = models.CharField(max_length=PATH_LENGTH, unique=True)
    path = models.CharField(max_length=PATH_LENGTH, help_text="Where the post lay when it was last imported.")
    stem = models.CharField(max_length=300, db_index=True, help_text="The address that links between posts use.")
    digest = models.CharField(max_length=64, help_text="Of the text, the hints and the parser's version.")
    source = CompressedTextField(help_text="The whole file as it was imported.")
    front_matter = models.JSONField(default=dict, blank=True)
    title = models.CharField(max_length=names.TITLE_LENGTH)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)
    writer = models.ForeignKey(
        Writer, null=True, blank=True, on_delete=models.PROTECT, related_name="posts", db_index=False
    )
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=LANGUAGE_LENGTH, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="posts")
    days = models.ManyToManyField(Day, related_name="posts", blank=True)
    intro = models.TextField(blank=True)
    intro_html = models.TextField(blank=True, editable=False)
    outro = models.TextField(blank=True)
    outro_html = models.TextField(blank=True, editable=False)
    lines = CompressedJSONField(
        default=list,
        editable=False,
        help_text="The roles of the lines that are no takeaway: [first, last, role], in order.",
    )
    diagnostics = models.JSONField(default=list, editable=False)
    imported = CompressedJSONField(default=dict, editable=False)
    withdrawn = models.BooleanField(default=False)
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL)
    tags = TaggableManager(through="talks.TaggedPost", blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "key"]
        # Without this index each list and count reads all rows, with their long texts.
        indexes = [
            models.Index(fields=["withdrawn", "visibility", "-published_on", "key"], name="posts_shown"),
            models.Index(
                fields=["writer", "withdrawn", "visibility", "conference", "published_on"], name="posts_of_writer"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; a new post gets a slug."""
        if not self.slug:
            self.slug = names.choose_slug(self.title, taken_slugs(Post, self.title), fallback="post")
        super().save(*args, **kwargs)

    @property
    def original_url(self) -> str:
        """The address at which the post was first published, from its front matter, or empty."""
        named = (self.front_matter.get(key) for key in _ORIGINAL_KEYS)
        return next((url for url in named if isinstance(url, str) and url.startswith(("https://", "http://"))), "")

    def get_absolute_url(self) -> str:
        return write_address("post", self.slug)

    def get_line_url(self, line: int) -> str:
        """Return the address of a line on the page of the post."""
        return f"{self.get_absolute_url()}?line={line}#L{line}"


class LinkedPost(NamedTuple):
    """A post as lists link to it beside its talks, if their event has no name: title and slug."""

    title: str
    slug: str

    def get_absolute_url(self) -> str:
        return write_address("post", self.slug)


def list_only_post(conference: str, series: str) -> ListedRows:
    """Return an expression for a list of one: the public post about a conference without a name, as `LinkedPost`.

    For a named conference the list is empty. `conference` and `series` are fields of the outer query.
    """
    named = ExpressionWrapper(OuterRef(series), models.IntegerField())
    posts: Any = Post.objects.alias(named=named).filter(named=None, conference=OuterRef(conference))
    rows = posts.filter(is_open("", staff=False)).order_by("pk").values_list("title", "slug")
    return ListedRows(rows[:1], LinkedPost)


def load_days(posts: Sequence[Any]) -> None:
    """Load the days of all these posts, so that `post.days.all()` makes no query."""
    days = group_pairs((link.post_id, link.day) for link in _select_days([post.pk for post in posts]))
    for post in posts:
        post._prefetched_objects_cache = {"days": days[post.pk]}  # noqa: SLF001


@prepared
def _select_days(posts: Collection[int]) -> QuerySet[Any]:
    links = Post.days.through.objects.filter(post__in=posts).select_related("day__conference__series")
    return links.order_by(F("day__number").asc(nulls_first=True))


def load_told(posts: Sequence[Post], *, limit: int) -> None:
    """Set on each post the list `told`: the sources of its first `limit` shown talks, with their talks.

    Each source has the number of all shown talks of its post, as `told_count`.
    """
    attach_lists(posts, "told", _select_sources([post.pk for post in posts], limit=limit), "post_id")


@prepared
def _select_sources(posts: Collection[int], *, limit: int) -> QuerySet[TalkSource]:
    shown = TalkSource.objects.shown().filter(post__in=posts).select_related("talk__conference").order_by("position")
    place = Window(RowNumber(), partition_by=F("post"), order_by="position")
    counted = shown.annotate(told_count=Window(Count("pk"), partition_by=F("post")), place=place)
    return counted.filter(place__lte=limit)


def load_years(writers: Sequence[Any], *, staff: bool) -> None:
    """Set on each writer the years of their first and last post that the reader may see: `first_year`, `last_year`.

    Both are None if no such post has a date.
    """
    spans = _select_spans([writer.pk for writer in writers], staff=staff)
    found = {writer: (first and first.year, last and last.year) for writer, first, last in spans}
    for writer in writers:
        writer.first_year, writer.last_year = found.get(writer.pk, (None, None))


@prepared
def _select_spans(writers: Collection[int], *, staff: bool) -> QuerySet[Any]:
    posts = Post.objects.visible(staff=staff).filter(writer__in=writers).order_by()
    return posts.values_list("writer").annotate(Min("published_on"), Max("published_on"))


class PostAlias(models.Model):
    """A path of this site that redirects to a post: an old address of it, or of a conference or series that it left."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="aliases")
    path = models.CharField(max_length=PATH_LENGTH, unique=True, help_text="With a slash in front and none at the end.")

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "post aliases"

    def __str__(self) -> str:
        return self.path

    @staticmethod
    def keep_events(posts: Collection[int]) -> None:
        """Store the addresses of the conferences and series that these posts are about to leave.

        Each address redirects to the post that left last; of posts that leave together, to the one with the lowest id.
        """
        if not posts:
            return
        owners: dict[str, int] = {}
        rows = Post.objects.filter(pk__in=posts).order_by("-pk")
        for pk, conference, series in rows.values_list("pk", "conference__slug", "conference__series__slug"):
            owners |= {CONFERENCE_PATH.format(conference): pk} | ({SERIES_PATH.format(series): pk} if series else {})
        PostAlias.objects.bulk_create(
            [PostAlias(post_id=pk, path=path) for path, pk in owners.items()],
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["post"],
        )


class TalkSource(models.Model):
    """What one post says of one talk. `imported` is what the last import read, to be compared with the next import."""

    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="sources", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=names.TITLE_LENGTH)
    heading = models.TextField(blank=True)
    speakers = CompressedJSONField(default=list)
    position = models.PositiveIntegerField(help_text="Among the talks of its post, from 1.")
    line = models.PositiveIntegerField()
    end_line = models.PositiveIntegerField()
    imported = CompressedJSONField(default=dict)
    withdrawn = models.BooleanField(default=False)

    objects = TalkSourceQuerySet.as_manager()

    class Meta:
        ordering = ["post", "position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "post"], name="source_once_a_post"),
            models.CheckConstraint(condition=Q(position__gte=1), name="source_position_from_1"),
            models.CheckConstraint(condition=Q(end_line__gte=F("line")), name="source_lines_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.post})"
