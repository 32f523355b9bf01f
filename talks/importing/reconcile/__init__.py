"""What a post says against what the base holds gives a plan. Pure."""

from talks.importing.reconcile.known import Known, KnownPost, KnownSource, KnownTakeaway, make_order
from talks.importing.reconcile.limits import LINE_END, fit_post
from talks.importing.reconcile.plan import Plan
from talks.importing.reconcile.post_fields import Reading
from talks.importing.reconcile.post_plan import describe, reconcile

__all__ = [
    "LINE_END",
    "Known",
    "KnownPost",
    "KnownSource",
    "KnownTakeaway",
    "Plan",
    "Reading",
    "describe",
    "fit_post",
    "make_order",
    "reconcile",
]
