"""Loads the forms of the admin, which commands do without."""

import confnotes.urls  # noqa: F401
