"""Counts beside rows: as subqueries, where joins to several lists of a row would multiply each other."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_rows(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` point to the outer row through their field `by`; 0 for none."""
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("n")), 0)
