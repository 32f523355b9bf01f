"""Columns of lists that count the rows which belong to each row."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from talks.models import count_rows


def count_column(name: str, rows: QuerySet[Any], by: str, *, described: str = "") -> Any:
    """Return a column of the admin's list that counts the `rows` whose field `by` points to the listed row.

    Lists can be sorted by it. Put it into `list_display`, or among the read-only fields of an inline; `with_counts`
    loads its numbers.
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
    """Load the numbers of all count columns among `columns`."""
    for column in columns:
        rows = rows.annotate(**getattr(column, "annotation", {}))
    return rows
