"""Uploads: posts that an editor uploaded in the browser and has not imported yet."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from talks.models.lengths import LOGIN_LENGTH

KEPT_FOR = timedelta(days=1)


class Upload(models.Model):
    """Uploaded posts, kept for previews until they are imported. Exports leave them out.

    `posts` have their names and texts; `answers` are the hints that the editor gave for all of the posts, by name of
    the hint.
    """

    posts = models.JSONField()
    files = models.JSONField(default=dict, blank=True, help_text="Files that came along, in base64, by path.")
    answers = models.JSONField(default=dict, blank=True)
    withdraws = models.BooleanField(
        default=False, help_text="Posts of the uploaded folders that are not in the upload are withdrawn."
    )
    made_by = models.CharField(max_length=LOGIN_LENGTH)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{len(self.posts)} posts of {self.made_by}"

    @classmethod
    def clear_old(cls) -> None:
        """Delete uploads that were not imported within a day."""
        cls._default_manager.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
