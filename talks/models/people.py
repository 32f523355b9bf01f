"""People: who gave a talk, and who took notes of it."""

from django.db import models
from django.urls import reverse

from talks.models.named import SLUG_LENGTH, Named
from talks.querysets import SpeakerQuerySet, WriterQuerySet


class Speaker(Named):
    """A person who gave a talk."""

    handle = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=2000, blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        """All talks of this person."""
        return reverse("speaker", args=[self.slug])


class SpeakerAlias(models.Model):
    """Another way in which posts write a speaker's name. `slug` is the address that one of that name had of their own.

    Made where a hand says that two speakers are one person, and never without a hand.
    """

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=400, unique=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, editable=False)

    class Meta:
        ordering = ["folded"]
        verbose_name_plural = "speaker aliases"

    def __str__(self) -> str:
        return self.name


Speaker.former_slugs = SpeakerAlias


class Appearance(models.Model):
    """A speaker at a talk: in what order, and from where at that time."""

    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveSmallIntegerField(default=1)
    affiliation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "speaker"], name="appearance_once_a_talk"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="appearance_position_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.affiliation})" if self.affiliation else str(self.speaker)


class Writer(Named):
    """A person whose notes a post holds."""

    objects = WriterQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]

    def get_absolute_url(self) -> str:
        """What this writer heard."""
        return reverse("writer", args=[self.slug])
