"""Tags with their aliases, the tags of posts, talks and takeaways, and the number of talks of each tag."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from taggit.models import ItemBase, TagBase

from talks import names
from talks.compact_fields import NumberedChoiceField
from talks.models.addresses import write_address
from talks.models.events import Series
from talks.models.named_model import AlphabeticalQuerySet, NamedRow
from talks.models.prepared_queries import prepared
from talks.models.subqueries import ListedRows
from talks.models.visibility import Audience, is_open, list_audiences


class TagQuerySet(AlphabeticalQuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the tags of talks, takeaways and posts visible to the reader."""
        talks = TagPair.objects.of_itself().with_talks(staff=staff).filter(tag=OuterRef("pk"))
        posts = TaggedPost.objects.filter(is_open("content_object__", staff=staff), tag=OuterRef("pk"))
        return self.filter(Q(Exists(talks)) | Q(Exists(posts)))

    def of_row(self, row: Any) -> Self:
        """Keep the tags of one post or talk."""
        return self.filter(pk__in=row.tagged.values("tag"))

    def in_brief(self) -> Self:
        """Load only the columns for names and links."""
        return self.only("name", "slug", "sort_key")

    def with_counts(self, *, staff: bool) -> Self:
        """Annotate each tag with the number of its talks visible to the reader, as `talk_count`."""
        return self.annotate(talk_count=_count_own(staff=staff))

    def commonest(self, *, staff: bool, limit: int) -> list[Any]:
        """Return the `limit` tags with most visible talks, most first; tags without such talks are left out."""
        return [tag for tag in self.with_counts(staff=staff).by_count()[:limit] if tag.talk_count]  # type: ignore[attr-defined]

    def of_talks(self, talks: QuerySet) -> Self:
        """Keep the tags of these talks, most talks first; `talk_count` is how many of the talks have the tag."""
        of_talks = talks.order_by().values("pk")
        return self.filter(listings__talk__in=of_talks).annotate(talk_count=Count("listings")).by_count()

    def with_totals(self, *, staff: bool) -> Self:
        """Annotate each tag with the number of its visible talks as `total`; its `talk_count` may count fewer talks."""
        return self.annotate(total=_count_own(staff=staff))

    def only_of_posts(self, posts: Iterable[models.Model], talks: QuerySet) -> Self:
        """Keep the tags that one of the posts has and none of the talks."""
        of_posts = TaggedPost.objects.filter(content_object__in=list(posts)).values("tag")
        of_talks = TagListing.objects.filter(talk__in=talks.order_by().values("pk")).values("tag")
        return self.filter(pk__in=of_posts).exclude(pk__in=of_talks)


class TagListingQuerySet(QuerySet):
    def visible(self, *, staff: bool) -> Self:
        """Keep the entries for talks visible to the reader."""
        return self.filter(audience__in=list_audiences(staff=staff))

    def of_tags(self, tags: Sequence[int], *, staff: bool) -> Self:
        """Keep the listings, under the first of the tags (ids), of visible talks that have all of the tags."""
        first, *others = tags
        found = self.visible(staff=staff).filter(tag=first)
        for tag in others:
            found = found.filter(Exists(TagListing.objects.filter(tag=tag, talk=OuterRef("talk"))))
        return found


def count_editions(tags: Iterable[Tag], *, staff: bool) -> list[dict[str, Any]]:
    """Count the visible talks with all tags by year and series; return a dict for each year and series.

    It has `year`, `series` (a slug), `name` and `talk_count`. The list is sorted by year, first those without a year,
    then by series. Series and name are "" for talks of no named event. The series are loaded after the counting, since
    in a join the database would look up the series once for each talk.
    """
    counted = _count_by_edition(*(tag.pk for tag in tags), staff=staff)
    named: dict[int | None, list[str]] = {None: ["", "", ""]}
    known = _select_series({series for _, series, _ in counted if series is not None})
    named |= {pk: words for pk, *words in known}
    rows = sorted((year or 0, *named[series], count) for year, series, count in counted)
    return [
        {"year": year or None, "series": slug, "name": name, "talk_count": count} for year, _, slug, name, count in rows
    ]


@prepared
def _count_by_edition(*tags: int, staff: bool) -> QuerySet:
    listings: Any = TagListing.objects.of_tags(tags, staff=staff).order_by()
    return listings.values_list("year", "series").annotate(talk_count=Count("pk"))


@prepared
def _select_series(series: Collection[int]) -> QuerySet:
    return Series.objects.filter(pk__in=series).order_by().values_list("pk", "sort_key", "slug", "name")


@dataclass(slots=True)
class CountedTag:
    """Name and address of a tag, and in some lists its numbers of talks. Model objects would be slow to make.

    `talk_count` counts the talks that a list is about, `total` all talks that the reader may see.
    """

    pk: int
    name: str
    slug: str
    sort_key: str
    total: int = 0
    talk_count: int = 0

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return write_address("tag", self.slug)


class TagPairQuerySet(QuerySet):
    def with_talks(self, *, staff: bool) -> Self:
        """Keep the pairs of tags with common talks that the reader may see; annotate how many, as `talk_count`."""
        return self.annotate(talk_count=F("talks") + F("drafts") if staff else F("talks")).filter(talk_count__gt=0)

    def of_itself(self) -> Self:
        """Keep the pairs of a tag with itself, which count all talks of the tag."""
        return self.filter(tag=F("other"))

    def read_tags(self, tags: Collection[int], *, staff: bool) -> dict[int, CountedTag]:
        """Return by id the tags that have talks visible to the reader; `total` is how many such talks."""
        return {row[0]: CountedTag(*row) for row in _select_totals(tags, staff=staff)}

    def list_beside(self, tag: Tag, *, staff: bool, limit: int) -> list[CountedTag]:
        """Return the `limit` other tags with most talks in common with `tag`, most first.

        `talk_count` is the number of common talks, `total` that of all talks of the other tag; only talks count that
        the reader may see.
        """
        counts = dict(_select_beside(tag.pk, staff=staff, limit=limit))
        known = TagPair.objects.read_tags(counts, staff=staff)
        for pk, other in known.items():
            other.talk_count = counts[pk]
        return [known[pk] for pk in counts if pk in known]


@prepared
def _select_beside(tag: int, *, staff: bool, limit: int) -> QuerySet:
    pairs = TagPair.objects.filter(Q(tag=tag) | Q(other=tag)).exclude(tag=F("other")).with_talks(staff=staff)
    met: Any = pairs.annotate(beside=Case(When(tag=tag, then=F("other")), default=F("tag")))
    return met.order_by("-talk_count", "tag", "other").values_list("beside", "talk_count")[:limit]


@prepared
def _select_totals(tags: Collection[int], *, staff: bool) -> QuerySet:
    rows: Any = TagPair.objects.of_itself().with_talks(staff=staff).filter(tag__in=tags)
    return rows.values_list("tag", "tag__name", "tag__slug", "tag__sort_key", "talk_count")


def _count_own(*, staff: bool) -> Coalesce:
    """Return an expression that counts the visible talks of the outer query's tag."""
    own = TagPair.objects.of_itself().with_talks(staff=staff).filter(tag=OuterRef("pk"))
    return Coalesce(Subquery(own.values("talk_count")), 0)  # type: ignore[misc] # the plugin sees no annotations of ours


class Tag(NamedRow, TagBase):
    """A topic of notes, such as Kubernetes.

    Unlike taggit's own model it gives C, C++ and C# readable slugs, instead of `c`, `c_1` and `c_2` by order of
    creation.
    """

    fold = staticmethod(names.fold_tag)
    sort = staticmethod(names.sort_tag)

    folded = models.CharField(max_length=names.FOLDED_TAG_LENGTH, unique=True, editable=False)
    sort_key = models.CharField(max_length=names.FOLDED_TAG_LENGTH, db_index=True, editable=False)
    description = models.TextField(blank=True)
    everywhere = models.BooleanField(
        default=True,
        help_text="Look for it in all notes; otherwise only in those of posts that are tagged with it.",
    )
    sought = models.BooleanField(default=True, editable=False, help_text="Whether all notes were searched for it.")

    objects = TagQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        return write_address("tag", self.slug)


def load_tags_called(slugs: Collection[str], *, staff: bool) -> list[Tag]:
    """Return the tags with these slugs that are visible to the reader, loaded with their aliases."""
    tags: Any = _select_tags(slugs, staff=staff)
    aliases = _select_aliases([tag.pk for tag in tags])
    for tag in tags:
        own = [alias for alias in aliases if alias.tag_id == tag.pk]
        tag._prefetched_objects_cache = {"aliases": own}  # noqa: SLF001
    return list(tags)


@prepared
def _select_tags(slugs: Collection[str], *, staff: bool) -> QuerySet[Tag]:
    return Tag.objects.visible(staff=staff).filter(slug__in=slugs)


@prepared
def _select_aliases(tags: Collection[int]) -> QuerySet[TagAlias]:
    return TagAlias.objects.filter(tag__in=tags).order_by("folded")


class TagAlias(models.Model):
    """Another name of a tag, such as k8s for Kubernetes."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=names.TAG_LENGTH)
    folded = models.CharField(max_length=names.FOLDED_TAG_LENGTH, unique=True, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name_plural = "tag aliases"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = names.normalise(self.name)
        self.folded = names.fold_tag(self.name)
        super().save(*args, **kwargs)


class GrantedManager(models.Manager):
    """The default manager of ties between tags and rows: it leaves out tags that an editor refused for the row.

    So no page shows a refused tag by mistake.
    """

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(refused=False)


class Tagged(ItemBase):
    """The tie of a tag to a row, with its origin: the tags that the post gives, a mention in the text, or an editor.

    A tag that an editor refuses stays as a row, so that neither the post nor the text adds the tag again.
    """

    class Origin(models.TextChoices):
        MENTION = "mention"
        POST = "post"
        EDITOR = "editor"

    origin = NumberedChoiceField(choices=Origin.choices, default=Origin.EDITOR)
    refused = models.BooleanField(default=False, help_text="Not about this, whatever post or text say.")
    merged = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="What was said under names that were merged since: lists of folded name, origin and refused.",
    )

    objects: ClassVar[Any] = GrantedManager()
    everything: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True


def _constrain(noun: str) -> list[models.BaseConstraint]:
    """Return the constraints that a row has a tag only once, and that only editors refuse tags."""
    return [
        models.UniqueConstraint(fields=["content_object", "tag"], name=f"{noun}_tag_once"),
        models.CheckConstraint(condition=Q(refused=False) | Q(origin="editor"), name=f"{noun}_tag_refused_by_editor"),
    ]


def list_tags(model: type[Tagged], row: str) -> ListedRows:
    """Return an expression for a row's tags, sorted by name, as `CountedTag` values.

    `row` is the path to the row from the outer query's row.
    """
    rows = model.objects.filter(content_object=OuterRef(row)).order_by("tag__sort_key", "tag")
    return ListedRows(rows.values_list("tag", "tag__name", "tag__slug", "tag__sort_key"), CountedTag)


class TaggedPost(Tagged):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_posts")
    content_object = models.ForeignKey("talks.Post", on_delete=models.CASCADE, related_name="tagged", db_index=False)

    class Meta:
        constraints = _constrain("post")


class TaggedTalk(Tagged):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_talks", db_index=False)
    content_object = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="tagged", db_index=False)

    class Meta:
        constraints = _constrain("talk")
        indexes = [models.Index(fields=["tag", "content_object", "refused"], name="tag_of_talk")]


class TaggedTakeaway(Tagged):
    """A tag of a takeaway: one that its text mentions, or that an editor gave or refused."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_takeaways", db_index=False)
    content_object = models.ForeignKey(
        "talks.Takeaway", on_delete=models.CASCADE, related_name="tagged", db_index=False
    )

    class Meta:
        constraints = _constrain("takeaway")
        indexes = [models.Index(fields=["tag", "content_object", "refused"], name="tag_of_takeaway")]


class TagListing(models.Model):
    """A talk in the list of one of its tags, with the columns by which such lists are filtered, sorted and counted.

    A talk that nobody may see has no listing. Only `talks.derived` writes these rows.
    """

    talk = models.ForeignKey(
        "talks.Talk",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="listings",
        help_text="Stays when the talk goes, until its counts are taken back.",
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="listings", db_index=False)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices)
    year = models.PositiveSmallIntegerField(null=True)
    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.BinaryField(max_length=100)

    objects = TagListingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "talk"], name="listing_once_a_talk")]
        indexes = [
            models.Index(fields=["tag", "place", "audience"], name="talks_of_tag"),
            models.Index(fields=["tag", "audience", "year", "series"], name="counts_of_tag"),
            models.Index(fields=["series", "tag", "audience"], name="tags_of_series"),
        ]

    def __str__(self) -> str:
        return f"{self.tag}: {self.talk}"


class TagPair(models.Model):
    """How many talks have both tags; `tag` has the lower id. The pair of a tag with itself counts all talks of the tag.

    Only `talks.derived` writes these rows.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    talks = models.IntegerField(default=0, help_text="Talks that everyone may see.")
    drafts = models.IntegerField(default=0, help_text="Further talks, that only staff may see.")

    objects = TagPairQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "other"], name="pair_once")]

    def __str__(self) -> str:
        return f"{self.tag} and {self.other}"
