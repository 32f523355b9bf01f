"""Takeaways: the single notes from which the notes of a talk consist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from taggit.managers import TaggableManager

from talks.compact_fields import HTMLField, NumberedChoiceField
from talks.counts_and_cut_texts import cut_text
from talks.grouping import group_pairs
from talks.models.addresses import write_address
from talks.models.bulk import update_rows
from talks.models.people import list_speakers
from talks.models.posts import LONG_TEXTS, Post
from talks.models.runs import ImportRun
from talks.models.tags import CountedTag, TaggedTakeaway, list_tags
from talks.models.visibility import HIDDEN, is_open, is_shown

_SAID = ("text", "kind")  # the fields of which `imported` keeps what the post said, once the row says something else


class TakeawayQuerySet(QuerySet):
    def iterate_edited(self) -> Iterator[Takeaway]:
        """Yield the takeaways whose text or kind differs from what their post said when it was last imported.

        Only text, kind, `imported` and post are loaded.
        """
        rows: Any = self.exclude(post=None).exclude(imported={}).only(*_SAID, "imported", "post")
        return (row for row in rows.iterator() if row.is_edited)

    def update(self, **values: Any) -> int:
        """Update the takeaways, and return how many.

        If text or kind changes, `imported` keeps what the posts said, unless `imported` is given.
        """
        if "imported" not in values and not values.keys().isdisjoint(_SAID):
            rows: list[Any] = list(self.exclude(post=None).only(*_SAID, "imported"))
            for row in rows:
                row.imported = row.said
            update_rows(rows, ["imported"])
        return super().update(**values)

    def visible(self, *, staff: bool = False) -> Self:
        """Keep the takeaways that the reader may see: neither hidden nor withdrawn, of visible talks and visible posts.

        A takeaway without a post, which an editor wrote, needs only a visible talk.
        """
        own = Q(post=None) | is_open("post__", staff=staff)
        return self.filter(own, is_shown("talk__", staff=staff), hidden=False, withdrawn=False)

    def seen_with_talk(self, talks: Collection[int], public: Collection[int]) -> Self:
        """Keep the takeaways of these talks that every reader of their talk sees.

        `public` are the ids of the talks that everybody may see: of these talks, takeaways of drafts and private posts
        are left out. Takeaways of withdrawn posts are always left out.
        """
        own = Q(post=None) | Q(post__withdrawn=False) & (Q(post__visibility="public") | ~Q(talk__in=public))
        return self.filter(own, talk__in=talks, hidden=False, withdrawn=False).order_by()

    def gone(self, *, staff: bool = False) -> Self:
        """Keep the takeaways that no page shows: they or their talk are withdrawn or hidden, or the post is withdrawn.

        For readers who are not staff, takeaways of drafts and private posts are left out.
        """
        gone = Q(withdrawn=True) | Q(hidden=True) | Q(talk__hidden=True) | Q(talk__withdrawn=True)
        gone |= Q(post__withdrawn=True)
        return self.filter(gone) if staff else self.filter(gone, Q(post=None) | Q(post__visibility="public"))

    def mentioning(self, tags: Collection[int]) -> Self:
        """Keep the takeaways that have one of the tags (ids), by a mention or from an editor."""
        return self.filter(Exists(TaggedTakeaway.objects.filter(tag__in=tags, content_object=OuterRef("pk"))))

    def in_reading_order(self) -> Self:
        """Sort by post, the earliest first, then by position; takeaways without a post come last."""
        return self.order_by(
            F("post__published_on").asc(nulls_last=True), F("post__key").asc(nulls_last=True), "position"
        )

    def with_language(self) -> Self:
        """Annotate each takeaway with the language of its post, as `language`."""
        return self.annotate(language=F("post__language"))

    def with_mentions(self) -> Self:
        """Load the tags that each takeaway mentions or got from an editor as its list `mentioned`."""
        return self.annotate(mentioned=list_tags(TaggedTakeaway, "pk"))

    def with_place(self) -> Self:
        """Load event and speakers (`given_by`) of each takeaway's talk, and the post without its long texts."""
        rows = self.select_related("talk__conference__series", "talk__day", "post__writer")
        return rows.defer(*(f"post__{name}" for name in LONG_TEXTS)).annotate(given_by=list_speakers("talk"))


def pair_with_parents(quoted: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield pairs: a takeaway quoted in a list, and its parent to be shown above it, else None.

    A parent is not shown if readers do not see it, or if the takeaway before in the list is that parent or has the same
    parent.
    """
    standing = set[int | None]()
    for takeaway in quoted:
        parent = takeaway.parent
        shown = parent and not (parent.hidden or parent.withdrawn or takeaway.parent_id in standing)
        yield takeaway, parent if shown else None
        standing = {takeaway.pk, takeaway.parent_id}


def group_by_parent(takeaways: Iterable[Takeaway]) -> defaultdict[int | None, list[Takeaway]]:
    """Return the takeaways by the id of their parent; by None those without a parent, or whose parent is not given."""
    rows = {takeaway.pk: takeaway for takeaway in takeaways}
    return group_pairs((row.parent_id if row.parent_id in rows else None, row) for row in rows.values())


class Takeaway(models.Model):
    """One noted unit of a talk, such as a list item. Its `public_id`, the permalink, is made once and never changes."""

    class Kind(models.TextChoices):
        """The form that a takeaway has in the post."""

        POINT = "point"
        PARAGRAPH = "paragraph"
        QUOTE = "quote"
        CODE = "code"
        TABLE = "table"
        IMAGE = "image"

    public_id = models.CharField(max_length=10, unique=True, editable=False)
    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="takeaways", db_index=False)
    post = models.ForeignKey(
        Post,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="takeaways",
        help_text="Empty where it was written here and stands in no post.",
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="nested", db_index=False
    )
    kind = NumberedChoiceField(choices=Kind.choices, default=Kind.POINT)
    position = models.PositiveIntegerField(
        default=1, help_text="Among the talk's takeaways from the same post, from 1, a parent before what it holds."
    )
    text = models.TextField()
    html = HTMLField(default="", editable=False)
    line = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end_line = models.PositiveIntegerField(null=True, blank=True, editable=False)
    headings = models.TextField(
        default="",
        blank=True,
        editable=False,
        help_text="The headings and labels between the takeaway before and this one in the post, a line each.",
    )
    imported = models.JSONField(
        default=dict,
        editable=False,
        help_text="What the post said when it was last imported, where the row does not say the same: see `said`.",
    )
    hidden = models.BooleanField(default=False, help_text=HIDDEN)
    withdrawn = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="absorbed",
        db_index=False,
        help_text="The takeaway that says what this one said before it was withdrawn.",
    )
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL, db_index=False)
    tags = TaggableManager(through="talks.TaggedTakeaway", blank=True)

    mentioned: list[CountedTag]  # if loaded `with_mentions`

    objects = TakeawayQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "post", "position"]
        indexes = [
            models.Index(fields=["talk", "position"], name="takeaway_in_talk"),
            models.Index(fields=["parent"], name="takeaway_nested", condition=Q(parent__isnull=False)),
            models.Index(fields=["merged_into"], name="takeaway_absorbed", condition=Q(merged_into__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="takeaway_position_from_1"),
            models.CheckConstraint(condition=Q(line=None) | Q(end_line__gte=F("line")), name="takeaway_lines_in_order"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="takeaway_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return cut_text(self.text, 80)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the takeaway. If its text or kind changes, `imported` keeps what the post said."""
        names = kwargs.get("update_fields")
        if self.pk and self.post_id and (names is None or not set(names).isdisjoint(_SAID)):
            stored = Takeaway.objects.filter(pk=self.pk).only(*_SAID, "imported").first()
            if stored and (stored.text, stored.kind) != (self.text, self.kind):
                self.imported = {**stored.said, **({} if names else self.imported)}
                kwargs["update_fields"] = names and {*names, "imported"}
        super().save(*args, **kwargs)

    @property
    def said(self) -> dict[str, str]:
        """Text and kind that the post gave the takeaway when it was last imported, by name of the column."""
        return {"text": self.text, "kind": self.kind, **self.imported}

    @property
    def is_edited(self) -> bool:
        """Whether text or kind of the takeaway differs from what the post gave it when it was last imported."""
        return any(self.said[name] != getattr(self, name) for name in _SAID)

    def list_headings(self) -> list[str]:
        return self.headings.split("\n") if self.headings else []

    def get_absolute_url(self) -> str:
        return write_address("takeaway", self.public_id)
