"""Compares what a post says with what the base holds, and plans the changes of the base. Pure."""

from talks.importing.reconcile.column_lengths import fit_post
from talks.importing.reconcile.known import Known, KnownPost, rank_post
from talks.importing.reconcile.plan import Plan
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.post_plan import reconcile
from talks.importing.reconcile.talk_plan import recall_source
