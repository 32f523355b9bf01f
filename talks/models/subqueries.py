"""Subqueries that test, count or load related rows: joins with several relations would multiply rows and counts."""

from collections.abc import Callable
from json import loads
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce


def has_related(rows: QuerySet[Any], condition: Q) -> Exists:
    """Return the condition that a row has related rows that fulfil `condition`; its lookups begin with the relation."""
    return Exists(rows.model._default_manager.filter(condition, pk=OuterRef("pk")))


def count_related(rows: QuerySet[Any], relation: str, condition: Q) -> Coalesce:
    """Return an expression that counts for each of `rows` the rows at its `relation` that fulfil `condition`.

    The lookups of `condition` begin with the relation.
    """
    counted = rows.model._default_manager.filter(condition, pk=OuterRef("pk")).order_by().values("pk")
    return Coalesce(Subquery(counted.annotate(n=Count(relation, distinct=True)).values("n")), 0)


def count_rows(rows: QuerySet[Any], by: str) -> Coalesce:
    """Return an expression that counts those of `rows` whose field `by` points to the row of the outer query."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)


class ListedRows(Subquery):
    """The rows of a subquery, loaded as one column: a list of what `make` returns for the columns of each.

    So a row is loaded with what belongs to it in one query. The subquery is a `values_list` of columns that JSON knows;
    dates arrive as ISO texts.
    """

    def __init__(self, rows: QuerySet[Any], make: Callable[..., Any]) -> None:
        super().__init__(rows, output_field=_MadeRows(make))

    def as_sql(self, compiler: Any, connection: Any, template: str | None = None, **extra: Any) -> tuple[str, Any]:
        inner = self.query.get_compiler(connection=connection)
        rows, values = inner.as_sql(with_col_aliases=True)
        columns = ", ".join(connection.ops.quote_name(alias) for _, _, alias in inner.select)
        if connection.vendor == "postgresql":
            listed = f"COALESCE(CAST(JSON_AGG(JSON_BUILD_ARRAY({columns})) AS text), '[]')"
        else:
            listed = f"JSON_GROUP_ARRAY(JSON_ARRAY({columns}))"
        return f"(SELECT {listed} FROM ({rows}) AS listed)", values  # noqa: S608


class _MadeRows(TextField):
    """The column of `ListedRows`: it makes rows of the JSON that the database returns."""

    def __init__(self, make: Callable[..., Any]) -> None:
        super().__init__()
        self._make = make

    def from_db_value(self, value: str, *_: Any) -> list[Any]:
        return [self._make(*row) for row in loads(value)]
