"""The admin page of conflicts: fields changed both by an editor and in the post.

The page shows both texts side by side, with a button for each answer.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import BooleanField, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from talks.admin.base import ContentAdmin, ReadOnly
from talks.admin.desk_pages import log_change
from talks.admin.form_fields import LONGEST_PASSAGE
from talks.admin.history import TEXTS, name_row
from talks.admin.return_addresses import read_return_address
from talks.admin.text_diff import mark_differences
from talks.editing import can_take, read_present_value, settle_conflict
from talks.line_ends import end_with_lf
from talks.models import Conflict

_OWN_TEXT = forms.CharField(required=False, strip=False, max_length=LONGEST_PASSAGE)


class OpenFilter(admin.SimpleListFilter):
    """Filters the list of conflicts: open ones, which are shown by default, settled ones, or all."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("settled", "Settled"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Return the choices, the first of which is "Open" where Django would have "All"."""
        first, *others = super().choices(changelist)
        return [first | {"display": "Open"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "all":
                return queryset
            case "settled":
                return queryset.exclude(settled="")
        return queryset.filter(settled="")


@transaction.atomic
def answer(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """Settle the conflict by an editor's answer and log it; answer 404 if another editor settled it first."""
    if not request.user.has_perm("talks.change_conflict"):
        raise PermissionDenied
    conflict = get_object_or_404(Conflict.objects.select_for_update(), pk=pk, settled="")
    try:
        edited = end_with_lf(_OWN_TEXT.clean(request.POST.get(f"text-{pk}", "")))
        texts = {"mine": "", "post": conflict.theirs, "edited": edited}
        if how not in texts or (how != "mine" and not can_take(conflict)):
            raise ValidationError("That is no answer to this conflict.")
        before = read_present_value(conflict)
        settle_conflict(conflict, how, texts[how])
        _log(request, conflict, before, before if how == "mine" else texts[how])
        messages.success(request, f"Settled: {conflict.get_settled_display()}.")
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return redirect(read_return_address(request) or reverse("admin:talks_conflict_changelist"))


def _log(request: HttpRequest, conflict: Conflict, before: str, after: str) -> None:
    text = {"row": name_row(conflict.about), "field": conflict.field, "before": before, "after": after}
    message: list[dict[str, Any]] = [{"changed": {"fields": [f"{conflict.field}, which settled a conflict"]}}]
    if before != after:
        log_change(request, conflict.about, [*message, {TEXTS: [text]}])
    else:
        log_change(request, conflict.about, f"Settled a conflict: kept its {conflict.field}.")


@admin.register(Conflict)
class ConflictAdmin(ReadOnly, ContentAdmin):
    """The list of conflicts, open and settled. Only imports make conflicts."""

    readonly_fields = ["question"]
    fields = ["question"]
    list_display = ["question"]
    list_display_links = None
    list_filter = [OpenFilter, "field"]
    search_fields = ["ours", "theirs", "post__title", "post__key"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conflict]:
        """Load with each conflict the row that it is about.

        `may_answer` says on each whether the editor may answer conflicts.
        """
        may_answer = Value(request.user.has_perm("talks.change_conflict"), output_field=BooleanField())
        rows = super().get_queryset(request).annotate(may_answer=may_answer)
        return rows.select_related("post", "talk__conference", "talk__day", "takeaway__talk__conference")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(answer))
        return [path("<int:pk>/answer/<str:how>/", view, name="talks_conflict_answer"), *super().get_urls()]

    @admin.display(description="here and in the post")
    def question(self, conflict: Conflict) -> SafeString:
        """Return the HTML of a conflict: both texts and a link to its row.

        While the conflict is open, there are buttons for the answers too.
        """
        about, now = conflict.about, read_present_value(conflict)
        ours, theirs = mark_differences(conflict.ours if conflict.settled else now, conflict.theirs)
        context = {
            "conflict": conflict,
            "label": conflict.field.replace("_", " "),
            "noun": about._meta.verbose_name,
            "about_url": reverse(f"admin:talks_{about._meta.model_name}_change", args=[about.pk]),
            "ours": ours,
            "theirs": theirs,
            "now": now,
            "can_take": can_take(conflict),
        }
        return render_to_string("admin/talks/_conflict.html", context)
