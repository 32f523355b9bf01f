"""Conditions and counts of related rows as subqueries: joins to several lists would multiply each other's rows."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce


def has_related(rows: QuerySet[Any], condition: Q) -> Exists:
    """Return the condition that a row of `rows` has related rows that meet `condition`, which names the relation."""
    return Exists(rows.model._default_manager.filter(condition, pk=OuterRef("pk")))


def count_related(rows: QuerySet[Any], relation: str, condition: Q) -> Coalesce:
    """Return the number of rows at `relation` that meet `condition`, for each of `rows`.

    `condition` names the relation too.
    """
    counted = rows.model._default_manager.filter(condition, pk=OuterRef("pk")).order_by().values("pk")
    return Coalesce(Subquery(counted.annotate(n=Count(relation, distinct=True)).values("n")), 0)


def count_rows(rows: QuerySet[Any], by: str) -> Coalesce:
    """Return the number of those of `rows` whose field `by` points to the row of the outer query."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
