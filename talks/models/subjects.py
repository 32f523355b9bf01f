"""Subjects: tags with their aliases, and the resources that notes point to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from talks import names
from talks.models.named import taken_slugs
from talks.models.notes import Post, Takeaway, Talk
from talks.querysets import CitationQuerySet, ReferenceQuerySet, TagQuerySet


class Tag(TagBase):
    """A subject. taggit's own Tag would turn C, C++ and C# into `c`, `c_1`, `c_2` by order of creation."""

    folded = models.CharField(max_length=200, unique=True, editable=False)
    sort_key = models.CharField(max_length=200, db_index=True, editable=False)
    description = models.TextField(blank=True)
    everywhere = models.BooleanField(
        default=True,
        help_text="Look for it in all notes; otherwise only in those of posts that are tagged with it.",
    )

    sought = models.BooleanField(default=True, editable=False, help_text="Whether all notes were searched for it.")

    objects = TagQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        ordering = ["sort_key"]

    def derive(self, taken: set[str]) -> None:
        """Set what follows from the name; `taken` are slugs that are not free."""
        self.name = names.normalise(self.name)
        self.folded = names.fold(self.name)[:200]
        self.sort_key = names.sort_key(self.name)[:200]
        if not self.slug:
            self.slug = names.choose_slug(self.name, taken, fallback="tag")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with all that follows from its name."""
        self.derive(set() if self.slug else taken_slugs(Tag, self.name))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """What was said of this subject."""
        return reverse("tag", args=[self.slug])


class TagAlias(models.Model):
    """Another name of a tag: k8s for Kubernetes."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name_plural = "tag aliases"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with the form under which it compares."""
        self.name = names.normalise(self.name)
        self.folded = names.fold(self.name)[:200]
        super().save(*args, **kwargs)


class GrantedManager(models.Manager):
    """Tags that something has. Whoever asks for rows sees these alone, so that no page shows a refused one."""

    def get_queryset(self) -> models.QuerySet:
        """Leave out what a hand refused."""
        return super().get_queryset().filter(refused=False)


class Tagged(ItemBase):
    """A tag on something, and whence: the post's front matter, a mention in its text, or a hand.

    A hand may refuse one too: the row stays, so that neither the post nor the text gives the tag again.
    """

    class Origin(models.TextChoices):
        """Who said so."""

        POST = "post"
        MENTION = "mention"
        HAND = "hand"

    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HAND)
    refused = models.BooleanField(default=False, help_text="Not about this, whatever post or text say.")

    objects: ClassVar[Any] = GrantedManager()
    everything: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True


def _constrain(noun: str) -> list[models.BaseConstraint]:
    """A tag is on a thing once, and only a hand refuses one."""
    return [
        models.UniqueConstraint(fields=["content_object", "tag"], name=f"{noun}_tag_once"),
        models.CheckConstraint(condition=Q(refused=False) | Q(origin="hand"), name=f"{noun}_tag_refused_by_hand"),
    ]


class TaggedPost(Tagged):
    """A tag of a post."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_posts")
    content_object = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = _constrain("post")


class TaggedTalk(Tagged):
    """A tag of a talk."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_talks")
    content_object = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = _constrain("talk")
        indexes = [models.Index(fields=["tag", "content_object"], name="tag_of_talk")]


class TaggedTakeaway(Tagged):
    """A tag that a takeaway mentions."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_takeaways")
    content_object = models.ForeignKey(Takeaway, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = _constrain("takeaway")
        indexes = [models.Index(fields=["tag", "content_object"], name="tag_of_takeaway")]


class Reference(models.Model):
    """A resource that notes point to. `key` is the digest of the form that all its addresses share.

    `url` is the best of the addresses that its citations write, those that everyone may see before others.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.CharField(max_length=2000)
    host = models.CharField(max_length=255, db_index=True, editable=False)
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, default="site")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["host", "url"]

    def __str__(self) -> str:
        return self.title or self.url


class Citation(models.Model):
    """A place in a talk's notes that points to a reference."""

    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="citations")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="citations")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="citations")
    takeaway = models.ForeignKey(Takeaway, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")
    url = models.CharField(max_length=2000, help_text="As the notes write it.")
    title = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(help_text="Among the references of the talk in its post, from 1.")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "post", "position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "post", "position"], name="citation_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="citation_position_from_1"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.reference)
