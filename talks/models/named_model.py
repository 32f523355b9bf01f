"""The base of all models whose rows have a name and a page of their own."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Substr

from talks import names
from talks.models.lengths import SLUG_LENGTH
from talks.models.prepared_queries import prepared


class AlphabeticalQuerySet(models.QuerySet):
    """A queryset of rows with a `sort_key`, to be sorted from A to Z or by `talk_count`, and filtered by letter."""

    def by_name(self) -> Self:
        return self.order_by("sort_key", "pk")

    def by_count(self) -> Self:
        """Sort by `talk_count`, the greatest first."""
        return self.order_by("-talk_count", "sort_key", "pk")

    def beginning_with(self, letter: str) -> Self:
        """Keep the rows whose `sort_key` begins with the letter, which must be in lower case and without accent."""
        return self.filter(sort_key__startswith=letter)

    def letters(self) -> list[str]:
        """Return the first characters of the rows' sort keys, each once, sorted: without capitals and accents."""
        letters = self.annotate(letter=Substr("sort_key", 1, 1)).order_by("letter").values_list("letter", flat=True)
        return [letter for letter in letters.distinct() if letter]


class NamedRow:
    """What rows with a name have in common: the columns `folded`, `sort_key` and `slug` follow from the name.

    `fold` and `sort` say how.
    """

    fold = staticmethod(names.fold_name)
    sort = staticmethod(names.sort_name)
    name: Any
    folded: Any
    sort_key: Any
    slug: Any

    def derive(self, taken: Iterable[str] = ()) -> None:
        """Normalise the name, and set `folded`, `sort_key` and, if it is empty, `slug` from it; nothing is saved.

        A new slug is none of `taken`, which are the slugs of other rows.
        """
        self.name = names.normalise(self.name)
        self.folded, self.sort_key = self.fold(self.name), self.sort(self.name)
        if not self.slug:
            model: Any = type(self)
            self.slug = names.choose_slug(self.name, frozenset(taken), fallback=model._meta.model_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        model: Any = type(self)
        self.derive(() if self.slug else taken_slugs(model, self.name))
        super().save(*args, **kwargs)  # type: ignore[misc]


class Named(NamedRow, models.Model):
    """A row with a name, its folded form (unique), its form for sorting, and a slug.

    A slug is chosen once and never changes; for a later row with an equal slug `-2` is appended. `former_slugs` is the
    model whose rows hold slugs that redirect to rows of this one; no new row gets such a slug.
    """

    former_slugs: ClassVar[type[models.Model] | None] = None

    name = models.CharField(max_length=names.NAME_LENGTH)
    folded = models.CharField(max_length=names.FOLDED_NAME_LENGTH, unique=True, editable=False)
    sort_key = models.CharField(max_length=names.FOLDED_NAME_LENGTH, db_index=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def taken_slugs(model: type[models.Model], name: str, **scope: object) -> set[str]:
    """Return the slugs that rows of the model have and that a new slug for `name` might equal.

    These are slugs that begin as the new one does, of rows that fulfil the lookups `scope`, and former slugs.
    """
    stem = names.choose_slug(name, (), fallback=model._meta.model_name or "")
    return find_slugs(model, slug__startswith=stem, **scope)


def find_slugs(model: type[models.Model], **terms: object) -> set[str]:
    """Return the slugs of rows of the model, and of its `former_slugs`, that fulfil the lookups `terms`."""
    held = model._default_manager.filter(**terms).order_by().values_list("slug", flat=True)
    if former := getattr(model, "former_slugs", None):
        held = held.union(former._default_manager.filter(**terms).order_by().values_list("slug", flat=True))
    return set(held)


def find_equal_slugs(model: type[models.Model], slugs: Collection[str]) -> set[str]:
    """Return which of the given slugs a row of the model, or of its `former_slugs`, has."""
    held = (model, getattr(model, "former_slugs", None))
    return {slug for one in held if one for slug in _select_slugs(slugs, model=one)}


@prepared
def _select_slugs(slugs: Collection[str], *, model: type[models.Model]) -> QuerySet[Any, Any]:
    return model._default_manager.filter(slug__in=slugs).order_by().values_list("slug", flat=True)
