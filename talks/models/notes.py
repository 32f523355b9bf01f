"""Notes: the posts, the talks they tell of, and what was taken away from each."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from taggit.managers import TaggableManager

from talks import names
from talks.models.events import Conference, Day
from talks.models.named import SLUG_LENGTH, taken_slugs
from talks.models.people import Speaker, Writer
from talks.models.runs import ImportRun
from talks.querysets import Audience, PostQuerySet, TakeawayQuerySet, TalkQuerySet

TITLE_LENGTH = 300


class Post(models.Model):
    """One source file of notes, kept whole. `key` is its identity: see docs/importing.md."""

    class Visibility(models.TextChoices):
        """Who may read what came from the post."""

        PUBLIC = "public"
        DRAFT = "draft"
        PRIVATE = "private"

    key = models.CharField(max_length=500, unique=True)
    path = models.CharField(max_length=500, help_text="Where the post lay when it was last imported.")
    stem = models.CharField(max_length=300, db_index=True, help_text="The address that links between posts use.")
    digest = models.CharField(max_length=64, help_text="Of the text, the hints and the parser's version.")
    source = models.TextField(help_text="The whole file as it was imported.")
    front_matter = models.JSONField(default=dict, blank=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)
    writer = models.ForeignKey(Writer, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="posts")
    days = models.ManyToManyField(Day, related_name="posts", blank=True)
    intro = models.TextField(blank=True)
    intro_html = models.TextField(blank=True, editable=False)
    outro = models.TextField(blank=True)
    outro_html = models.TextField(blank=True, editable=False)
    lines = models.JSONField(
        default=list,
        editable=False,
        help_text="What the lines that are no takeaway became: [first, last, role], in order.",
    )
    diagnostics = models.JSONField(default=list, editable=False)
    imported = models.JSONField(default=dict, editable=False)
    withdrawn = models.BooleanField(default=False)
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL)
    tags = TaggableManager(through="talks.TaggedPost", blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "key"]
        # Without it each list and each count reads all rows, with their long texts.
        indexes = [models.Index(fields=["withdrawn", "visibility", "published_on", "key"], name="posts_shown")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; a new one gets its address."""
        if not self.slug:
            self.slug = names.choose_slug(self.title, taken_slugs(Post, self.title), fallback="post")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The post beside what became of it."""
        return reverse("post", args=[self.slug])


class PostAlias(models.Model):
    """An old address of a post: a path of this site that redirects to it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="aliases")
    path = models.CharField(max_length=500, unique=True, help_text="With a slash in front and none at the end.")

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "post aliases"

    def __str__(self) -> str:
        return self.path


class Talk(models.Model):
    """A session that somebody took notes of. `talks.derived` alone sets `audience`, `place` and `noted`."""

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="talks")
    conference = models.ForeignKey(
        Conference,
        on_delete=models.PROTECT,
        related_name="talks",
        editable=False,
        help_text="The day's conference, kept here too since addresses are unique in it.",
    )
    title = models.CharField(max_length=TITLE_LENGTH)
    sort_key = models.CharField(max_length=600, db_index=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True, blank=True)
    position = models.PositiveIntegerField(default=1, help_text="Among the talks of its day, from 1.")
    hidden = models.BooleanField(default=False, help_text="Taken down: no reader sees it, whatever is imported.")
    withdrawn = models.BooleanField(default=False, help_text="No longer in any post.")
    audience = models.PositiveSmallIntegerField(
        choices=Audience.choices,
        default=Audience.NOBODY,
        editable=False,
        help_text="Who may see it, as far as its posts are concerned.",
    )
    place = models.BinaryField(max_length=100, default=b"", help_text="Bytes by which days sort in lists of all talks.")
    noted = models.PositiveIntegerField(default=0, editable=False, help_text="Takeaways that its audience may see.")
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL)
    speakers = models.ManyToManyField(Speaker, through="talks.Appearance", related_name="talks")
    tags = TaggableManager(through="talks.TaggedTalk", blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["conference", "day__number", "position"]
        indexes = [
            models.Index(
                fields=["place", "position", "id", "audience"],
                condition=Q(hidden=False, withdrawn=False),
                name="talks_shown",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="talk_slug_in_conference"),
            models.CheckConstraint(condition=Q(position__gte=1), name="talk_position_from_1"),
        ]

    def __str__(self) -> str:
        return self.title

    def derive(self, taken: set[str]) -> None:
        """Set what follows from title and day; `taken` are the conference's slugs that are not free."""
        self.title = names.normalise(self.title)
        self.sort_key = names.sort_key(self.title)[:600]
        self.conference = self.day.conference
        if not self.slug:
            self.slug = names.choose_slug(self.title, taken, fallback="talk")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with all that follows from its title and day."""
        self.derive(set() if self.slug else self._find_taken())
        super().save(*args, **kwargs)

    def _find_taken(self) -> set[str]:
        conference = self.day.conference
        former = TalkAddress.objects.filter(conference_slug=conference.slug).values_list("slug", flat=True)
        return taken_slugs(Talk, self.title, conference=conference) | set(former)

    def get_absolute_url(self) -> str:
        """The talk with its takeaways."""
        return reverse("talk", args=[self.conference.slug, self.slug])


class TalkAddress(models.Model):
    """Where a talk had its page before it moved to another conference, which may be gone: it redirects for ever."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="addresses")
    conference_slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, allow_unicode=True)

    class Meta:
        ordering = ["conference_slug", "slug"]
        constraints = [models.UniqueConstraint(fields=["conference_slug", "slug"], name="talk_address_leads_to_one")]

    def __str__(self) -> str:
        return f"{self.conference_slug}/{self.slug}"

    @staticmethod
    def keep(talks: Iterable[int]) -> None:
        """Let the addresses that these talks have now lead to them, since they are about to move."""
        if not (chosen := list(talks)):
            return
        now = Talk.objects.filter(pk__in=chosen).values_list("pk", "conference__slug", "slug")
        rows = [TalkAddress(talk_id=pk, conference_slug=conference, slug=slug) for pk, conference, slug in now]
        TalkAddress.objects.bulk_create(rows, ignore_conflicts=True)


class TalkSource(models.Model):
    """What one post says of one talk. Reconciling compares it with what the same post says next time."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="sources")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=TITLE_LENGTH)
    heading = models.TextField(blank=True)
    speakers = models.JSONField(default=list)
    position = models.PositiveIntegerField(help_text="Among the talks of its post, from 1.")
    line = models.PositiveIntegerField()
    end_line = models.PositiveIntegerField()
    imported = models.JSONField(default=dict)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["post", "position"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "post"], name="source_once_a_post"),
            models.CheckConstraint(condition=Q(position__gte=1), name="source_position_from_1"),
            models.CheckConstraint(condition=Q(end_line__gte=F("line")), name="source_lines_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.post})"


class Takeaway(models.Model):
    """One noted unit of a talk. Its `public_id` is made at birth and never changes."""

    class Kind(models.TextChoices):
        """What form the unit has in the post."""

        POINT = "point"
        PARAGRAPH = "paragraph"
        QUOTE = "quote"
        CODE = "code"
        TABLE = "table"
        IMAGE = "image"

    public_id = models.CharField(max_length=10, unique=True, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="takeaways")
    post = models.ForeignKey(
        Post,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="takeaways",
        help_text="Empty where it was written here and stands in no post.",
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="nested")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POINT)
    position = models.PositiveIntegerField(
        default=1, help_text="Among the talk's takeaways from the same post, from 1, a parent before what it holds."
    )
    text = models.TextField()
    html = models.TextField(editable=False)
    line = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end_line = models.PositiveIntegerField(null=True, blank=True, editable=False)
    imported = models.JSONField(default=dict, editable=False)
    hidden = models.BooleanField(default=False, help_text="Taken down: no reader sees it, whatever is imported.")
    withdrawn = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="absorbed",
        help_text="The takeaway that says what this one said before it was withdrawn.",
    )
    run = models.ForeignKey(ImportRun, null=True, blank=True, editable=False, on_delete=models.SET_NULL)
    tags = TaggableManager(through="talks.TaggedTakeaway", blank=True)

    objects = TakeawayQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "post", "position"]
        indexes = [models.Index(fields=["talk", "position"], name="takeaway_in_talk")]
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1), name="takeaway_position_from_1"),
            models.CheckConstraint(condition=Q(line=None) | Q(end_line__gte=F("line")), name="takeaway_lines_in_order"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="takeaway_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        """The permalink."""
        return reverse("takeaway", args=[self.public_id])
