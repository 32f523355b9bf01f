"""Shows the parser's diagnostics ("remarks") of a post in the admin, and filters lists by their severity."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from talks.models import ImportOutcome, Post


@admin.display(description="remarks")
def remark_count(outcome: ImportOutcome) -> Any:
    """Return how many diagnostics an outcome has: a column of lists in the admin."""
    return len(outcome.diagnostics)


@admin.display(description="remarks")
def remarks(row: Post | ImportOutcome) -> SafeString | str:
    """Return the HTML of a table of the diagnostics of a post or outcome; a dash if it has none."""
    return render_to_string("admin/talks/_remarks.html", {"remarks": row.diagnostics}) if row.diagnostics else "–"


class RemarkFilter(admin.SimpleListFilter):
    """Filters a list of posts or outcomes by the severity of their diagnostics: with errors, warnings or notes.

    The JSON column is searched as text, since SQLite cannot search inside JSON lists.
    """

    title = "remarks"
    parameter_name = "remarks"
    choices_by_value = {
        "error": ("with errors", '"severity": "error"'),
        "warning": ("with warnings", '"severity": "warning"'),
        "note": ("with notes", '"severity": "note"'),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.choices_by_value.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in self.choices_by_value:
            return queryset
        _, part = self.choices_by_value[self.value() or ""]
        return queryset.alias(as_text=Cast("diagnostics", TextField())).filter(as_text__contains=part)
