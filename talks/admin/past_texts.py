"""Restores a former text of a field from the history page, through the row's own form, like any other edit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from talks.admin.history import HistoryAdmin
from talks.admin.version_check import VersionedAdmin


class PastTextsAdmin(HistoryAdmin, VersionedAdmin):
    """Adds a "restore" button to each former text on the history page."""

    def get_urls(self) -> list[URLPattern]:
        take = self.admin_site.admin_view(require_POST(self.take_again))
        name = f"{self.opts.app_label}_{self.opts.model_name}_take"
        return [path("<int:pk>/history/take/", take, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show Django's history page with the list of changes by editors and imports."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            row = response.context_data["object"]
            may_take = self.has_change_permission(request, row)
            response.context_data |= {
                "events": self.list_events(row),
                "stamp": self.make_stamp(request, row) if may_take else "",
                "takeable": list_fields(self.get_form(request, row, change=True)) if may_take else [],
            }
        return response

    def take_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set one field of the row to a former text and save the row; if its form is invalid then, only show why."""
        with transaction.atomic():
            row = self.get_object(request, str(pk))
            if row is None:
                raise Http404
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            form_class = self.get_form(request, row, change=True)
            field = request.POST.get("field", "")
            if field not in list_fields(form_class):
                raise Http404
            shown = form_class(instance=row)
            values = {name: shown[name].value() for name in shown.fields}
            form = form_class(values | {field: request.POST.get("text", "")}, instance=row)
            if form.is_valid():
                row = self.save_form(request, form, change=True)
                self.save_model(request, row, form, True)
                self.save_related(request, form, [], True)
                self.finish_taking(row, field)
                self.log_change(request, row, self.construct_change_message(request, form, [], False))
                self.message_user(request, f"“{row}” has its former {field} again.", messages.SUCCESS)
            else:
                faults = [fault for said in form.errors.values() for fault in said]
                self.message_user(request, " ".join(faults), messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", pk)

    def finish_taking(self, row: Any, field: str) -> None:
        """Do further work after a field got its former text, before the change is logged.

        Subclasses override this method.
        """


def list_fields(form: type[forms.ModelForm]) -> list[str]:
    """Return the names of the form's text fields."""
    return [name for name, field in form.base_fields.items() if isinstance(field, forms.CharField)]
