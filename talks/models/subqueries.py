"""Subqueries that test or count related rows: joins with several relations would multiply the counts."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce


def has_related(rows: QuerySet[Any], condition: Q) -> Exists:
    """Return the condition that a row has related rows that fulfil `condition`, whose lookups name the relation."""
    return Exists(rows.model._default_manager.filter(condition, pk=OuterRef("pk")))


def count_related(rows: QuerySet[Any], relation: str, condition: Q) -> Coalesce:
    """Return an expression that counts the rows at `relation` that fulfil `condition`, for each of `rows`.

    The lookups of `condition` begin with the relation.
    """
    counted = rows.model._default_manager.filter(condition, pk=OuterRef("pk")).order_by().values("pk")
    return Coalesce(Subquery(counted.annotate(n=Count(relation, distinct=True)).values("n")), 0)


def count_rows(rows: QuerySet[Any], by: str) -> Coalesce:
    """Return an expression that counts those of `rows` whose field `by` points to the row of the outer query."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
