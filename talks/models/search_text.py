"""The words of talks, as the search box looks them up."""

from django.db import models

from talks.models.talks import Talk


class SearchText(models.Model):
    """All words of a talk, folded by `talks.names.fold_accents`, with a space before and after each.

    Only `talks.derived` writes these rows.
    """

    talk = models.OneToOneField(Talk, primary_key=True, on_delete=models.CASCADE, related_name="search_text")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.talk)
