"""Records which rows editors touched, since an unused row that an editor touched must not be deleted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from talks.grouping import group_pairs
from talks.models.events import Conference, Day, Series
from talks.models.people import Speaker, Writer
from talks.models.posts import Post
from talks.models.references import Reference
from talks.models.tags import Tag
from talks.models.takeaways import Takeaway
from talks.models.talks import Talk

R = TypeVar("R", bound=models.Model)

# The lasting name of a row within its kind. Primary keys change when an export is restored.
_KEYS: Mapping[type[models.Model], Callable[[Any], str]] = {
    **dict.fromkeys((Series, Conference, Writer, Speaker, Tag), attrgetter("slug")),
    Day: lambda day: f"{day.conference.slug}/{'' if day.number is None else day.number}",
    **dict.fromkeys((Reference, Post), attrgetter("key")),
    Talk: lambda talk: f"{talk.conference.slug}/{talk.slug}",
    Takeaway: attrgetter("public_id"),
}
KEY_LENGTH = 600


class EditorTouch(models.Model):
    """A record that an editor created a row, changed its field `what`, or did the action `what` to it.

    Unlike entries of Django's admin log, touches are never purged and are part of exports, which leave out when they
    were made.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=KEY_LENGTH)
    what = models.CharField(max_length=100, help_text="A field, or what was done.")
    touched_at = models.DateTimeField(null=True, default=timezone.now, help_text="The last time. Exports leave it out.")

    class Meta:
        ordering = ["kind", "key", "what"]
        verbose_name_plural = "editor touches"
        constraints = [models.UniqueConstraint(fields=["kind", "key", "what"], name="editor_touch_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.what}"

    @classmethod
    def record(cls, rows: Iterable[models.Model], *what: str) -> None:
        """Record that an editor changed these fields of the rows, or did this action to them.

        Rows that are no content, such as user accounts, are skipped.
        """
        named = {name for row in rows if (name := make_lasting_name(row))}
        touches = [cls(kind=kind, key=key, what=each[:100]) for kind, key in sorted(named) for each in sorted({*what})]
        cls._default_manager.bulk_create(
            touches, update_conflicts=True, unique_fields=["kind", "key", "what"], update_fields=["touched_at"]
        )

    @classmethod
    def forget(cls, rows: Iterable[models.Model]) -> None:
        """Delete the touches of rows that will be deleted, since a later row may have the same name."""
        for kind, gone in group_pairs(filter(None, map(make_lasting_name, rows))).items():
            cls._default_manager.filter(kind=kind, key__in=gone).delete()

    @classmethod
    def list_untouched(cls, rows: Iterable[R]) -> Sequence[R]:
        """Return the rows, of rows of one model, that no editor created or changed."""
        named = [(row, make_lasting_name(row)) for row in rows]
        kinds = {name[0] for _, name in named if name}
        touched = {*cls._default_manager.filter(kind__in=kinds).values_list("kind", "key")}
        return [row for row, name in named if name not in touched]


def make_lasting_name(row: models.Model) -> tuple[str, str] | None:
    """Return kind and name of the row, which stay the same after a restore; None for a row that is no content."""
    make_key = _KEYS.get(type(row))
    return (str(row._meta.model_name), make_key(row)) if make_key else None
