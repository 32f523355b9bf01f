"""Reading what is listed from A to Z: rows with a `sort_key`."""

from typing import Self

from django.db.models import QuerySet
from django.db.models.functions import Substr


class AlphabeticalQuerySet(QuerySet):
    """Rows with names."""

    def by_name(self) -> Self:
        """From A to Z."""
        return self.order_by("sort_key", "pk")

    def by_count(self) -> Self:
        """Those with most talks first; they must have been counted."""
        return self.order_by("-talk_count", "sort_key", "pk")

    def beginning_with(self, letter: str) -> Self:
        """Those whose name begins with the letter; case and accents do not count."""
        return self.filter(sort_key__startswith=letter)

    def letters(self) -> list[str]:
        """The letters that names begin with."""
        letters = self.annotate(letter=Substr("sort_key", 1, 1)).order_by("letter").values_list("letter", flat=True)
        return [letter for letter in letters.distinct() if letter]
