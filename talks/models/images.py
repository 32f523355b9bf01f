"""Images in posts. Each image file is stored once, under the digest of its bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from talks.models.lengths import ALT_LENGTH
from talks.models.posts import Post
from talks.models.visibility import is_open
from talks.names import PATH_LENGTH


class MediaQuerySet(QuerySet):
    def visible(self, *, staff: bool = False) -> Self:
        """Keep the images that occur in a post visible to the reader."""
        uses = PostMedia.objects.filter(is_open("post__", staff=staff), media=OuterRef("pk"), withdrawn=False)
        return self.filter(Exists(uses))


class PostMediaQuerySet(QuerySet):
    def addresses(self) -> dict[int, dict[str, str]]:
        """Return the addresses of images in the media store, by id of the post and then by the image's `path`."""
        found: dict[int, dict[str, str]] = {}
        for post, path, digest, form in self.values_list("post", "path", "media__digest", "media__format"):
            found.setdefault(post, {})[path] = Media(digest=digest, format=form).get_absolute_url()
        return found


class Media(models.Model):
    """One image, stored as a file in the media store whose name is the digest (SHA-256, in hexadecimal)."""

    class Format(models.TextChoices):
        """The formats of images that every browser shows and that contain no scripts."""

        PNG = "png"
        JPEG = "jpeg"
        GIF = "gif"
        WEBP = "webp"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    format = models.CharField(max_length=4, choices=Format.choices, editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="In bytes.")

    objects = MediaQuerySet.as_manager()

    class Meta:
        ordering = ["digest"]
        verbose_name_plural = "media"

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.format}"

    @property
    def location(self) -> Path:
        """The path of the image file."""
        return Path(settings.MEDIA_ROOT) / self.digest[:2] / f"{self.digest}.{self.format}"

    def get_absolute_url(self) -> str:
        return reverse("media", args=[self.digest, self.format])


class PostMedia(models.Model):
    """The use of an image in one post. `path` is the path of this site to which the link in the notes leads."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="media")
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="uses")
    path = models.CharField(max_length=PATH_LENGTH, help_text="The notes' link, resolved to a path of this site.")
    alt = models.CharField(max_length=ALT_LENGTH, blank=True)
    withdrawn = models.BooleanField(default=False, help_text="No longer shown by any text of the post.")
    given = models.BooleanField(default=False, help_text="By an editor, in a correction of the post.")

    objects = PostMediaQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "post media"
        constraints = [models.UniqueConstraint(fields=["post", "path"], name="post_media_path_once")]

    def __str__(self) -> str:
        return self.path
