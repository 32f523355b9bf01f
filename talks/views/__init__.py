"""The views of all public pages. Each view goes from a form or slug to a queryset, a page of rows, and a template."""

from talks.views.redirects import refuse_forged, show_failure, show_missing

__all__ = ["refuse_forged", "show_failure", "show_missing"]
