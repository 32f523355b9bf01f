"""Columns of lists that count, for each row, the rows that belong to it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from talks.models import count_rows


def count_column(name: str, rows: QuerySet[Any], by: str, *, described: str = "") -> Any:
    """A column that counts those of `rows` whose field `by` points to the row of the list; lists sort by it.

    It stands in `list_display`, or among the read-only fields of an inline, and `with_counts` loads it.
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
    """Load what those of the columns show that count."""
    for column in columns:
        rows = rows.annotate(**getattr(column, "annotation", {}))
    return rows
