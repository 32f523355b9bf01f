"""Columns and filters in lists of the admin by the number of related rows, such as the talks of each speaker."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from talks.models import count_rows


def count_column(name: str, rows: QuerySet[Any], by: str, *, described: str = "") -> Any:
    """Return a column of lists that shows how many of `rows` point to the listed row by the foreign key `by`.

    It goes into `list_display`, or among the read-only fields of an inline; `with_counts` loads its numbers.
    """
    total = f"{name}_total"

    @admin.display(description=described or f"{name}s", ordering=total)
    def count(row: Any) -> int:
        return int(getattr(row, total, 0))

    column: Any = count
    column.__name__ = f"{name}_count"
    column.annotation = {total: count_rows(rows, by)}
    return column


def with_counts(rows: QuerySet[Any], columns: Iterable[Any]) -> QuerySet[Any]:
    """Annotate the rows with the number that each of the `columns` shows which `count_column` made."""
    for column in columns:
        rows = rows.annotate(**getattr(column, "annotation", {}))
    return rows


def filter_by_presence(field: str, noun: str) -> tuple[str, type[admin.EmptyFieldListFilter]]:
    """Return an entry of `list_filter` by which rows with related rows are shown, or those without.

    `field` names the relation. `noun` names the related rows, since Django would call them by the name of the field and
    say "Empty".
    """

    class PresenceFilter(admin.EmptyFieldListFilter):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self.title = noun

        def choices(self, changelist: Any) -> Iterator[Any]:
            for choice in super().choices(changelist):
                told = str(choice["display"]).replace("Not empty", f"with {noun}").replace("Empty", f"without {noun}")
                yield choice | {"display": told}

    return field, PresenceFilter
