"""Pages. Each view is one sentence: form or slug → queryset → page → render."""

from talks.views.redirects import refuse_forged, show_failure, show_missing

__all__ = ["refuse_forged", "show_failure", "show_missing"]
