"""What everything that has a name and an address shares."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from talks import names

SLUG_LENGTH = 100


class Named(models.Model):
    """A name, the form under which it is one and the same, the form it is sorted by, and its address.

    The slug is chosen once and never changes under a reader; a later namesake takes `-2`. Slugs of the model
    `former_slugs` lead to rows of this one, and are nobody else's.
    """

    former_slugs: ClassVar[type[models.Model] | None] = None

    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=400, unique=True, editable=False)
    sort_key = models.CharField(max_length=400, db_index=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def derive(self, taken: Iterable[str] = ()) -> None:
        """Set what follows from the name; `taken` are slugs that are not free."""
        self.name = names.normalise(self.name)
        self.folded = names.fold(self.name)[:400]
        self.sort_key = names.sort_key(self.name)[:400]
        if not self.slug:
            self.slug = names.choose_slug(self.name, frozenset(taken), fallback=self._meta.model_name or "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with all that follows from its name."""
        self.derive(() if self.slug else taken_slugs(type(self), self.name))
        super().save(*args, **kwargs)


def taken_slugs(model: type[models.Model], name: str, **scope: object) -> set[str]:
    """Slugs of the model that a new slug for `name` could meet."""
    stem = names.choose_slug(name, (), fallback=model._meta.model_name or "")
    return find_slugs(model, slug__startswith=stem, **scope)


def find_slugs(model: type[models.Model], **terms: object) -> set[str]:
    """Such slugs that rows of the model have, or that lead to one of them as `former_slugs` say."""
    held = model._default_manager.filter(**terms).order_by().values_list("slug", flat=True)
    if former := getattr(model, "former_slugs", None):
        held = held.union(former._default_manager.filter(**terms).order_by().values_list("slug", flat=True))
    return set(held)
