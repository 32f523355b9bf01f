"""What searching reads. Rows are written by `talks.search` alone and can be made anew at any time."""

from django.db import models

from talks.models.notes import Talk


class SearchText(models.Model):
    """All words of a talk, folded as `talks.names.fold_accents` does, with a space before and after each."""

    talk = models.OneToOneField(Talk, primary_key=True, on_delete=models.CASCADE, related_name="search_text")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.talk)
