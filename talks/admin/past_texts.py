"""The history page, and restoring a former text of a field from it: through the row's own form, like any other edit."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from talks import editing
from talks.admin.history import OTHERS, choose_entries, list_events, name_row, read_texts
from talks.admin.version_check import COLLISION, make_stamp
from talks.models import Series, Speaker, Tag


def describe_history(model_admin: admin.ModelAdmin, request: HttpRequest, row: Model) -> dict[str, Any]:
    """Return what Django's history page shows besides: changes by editors and imports, and fields to be restored.

    No field can be restored by an account that may not change the row.
    """
    may_take = model_admin.has_change_permission(request, row)
    return {
        "events": list_events(row),
        "stamp": make_stamp(model_admin, request, row) if may_take else "",
        "takeable": _list_fields(model_admin.get_form(request, row, change=True)) if may_take else [],
    }


def take_again(request: HttpRequest, pk: int, *, model_admin: admin.ModelAdmin) -> HttpResponse:
    """Set a field of the row to a former text and save the row; if the row's form is then invalid, only show why.

    A row that gets a former name back loses the other names that it gained since. Redirect to the history, which tells
    of a row that is gone; another save that came between the form's check and this save ends in a message.
    """
    try:
        _take_again(request, pk, model_admin)
    except IntegrityError:
        messages.error(request, COLLISION)
    return redirect(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_history", pk)


@transaction.atomic
def _take_again(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> None:
    row: Any = model_admin.get_object(request, str(pk))
    if row is None:
        return
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied
    form_class = model_admin.get_form(request, row, change=True)
    field = request.POST.get("field", "")
    if field not in _list_fields(form_class):
        raise Http404
    shown = form_class(instance=row)
    values = {name: shown[name].value() for name in shown.fields}
    form: Any = form_class(values | {field: request.POST.get("text", "")}, instance=row)
    if form.is_valid():
        editing.save_row(row, form.changed_data)
        if field == "name" and isinstance(row, Speaker | Tag | Series):
            editing.forget_names(row, *_list_names_since(row))
        model_admin.log_change(request, row, model_admin.construct_change_message(request, form, [], False))
        messages.success(request, f"“{row}” has its former {field} again.")
    else:
        messages.error(request, " ".join(fault for said in form.errors.values() for fault in said))


def _list_fields(form: type[forms.ModelForm]) -> list[str]:
    """Return the names of the form's text fields."""
    return [name for name, field in form.base_fields.items() if isinstance(field, forms.CharField)]


def _list_names_since(row: Any) -> tuple[list[str], list[str]]:
    """Return two lists: the names that the row had since it last had its present name, and its aliases at that time.

    Both lists are empty if the log does not hold these aliases.
    """
    gone: list[str] = []
    entries = LogEntry.objects.filter(choose_entries(type(row), [row.pk])).order_by("-pk")
    for message in entries.values_list("change_message", flat=True):
        for text in read_texts(message):
            if (text.get("row"), text.get("name")) == (name_row(row), "name"):
                gone.append(text["after"])
                if text["before"] == row.name:
                    return (gone, text[OTHERS]) if OTHERS in text else ([], [])
    return [], []
