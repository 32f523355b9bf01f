"""The views of all public pages.

Most views read a form or slug, select rows, and render a page of them in a template.
"""

from talks.views.redirects import refuse_forged, show_failure, show_missing

__all__ = ["refuse_forged", "show_failure", "show_missing"]
