"""Refuses to save a form if an import or another editor changed the row since the form was opened.

A digest of the shown values is sent with each form, and compared when the form is sent back.
"""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.forms.models import _get_foreign_key
from django.http import HttpRequest

from talks import editing

STAMP = "stamp"
COLLISION = (
    "Nothing was saved: somebody changed this meanwhile, or one row was to get what another still has, such as a "
    "speaker of a talk. Give the other row something else first, and save it."
)
OUTDATED = (
    "This was changed meanwhile, by an import or by somebody else, and nothing was saved. What you entered still "
    "stands here: copy it, open the page anew, and enter it there."
)


def refuse_outdated(
    model_admin: admin.ModelAdmin, request: HttpRequest, obj: Model, form: type[forms.ModelForm]
) -> type[forms.ModelForm]:
    """Return the class `form` or, if the row changed since the form was shown, a subclass that is always invalid.

    The row is locked for the transaction, which also saves it, so nobody can change it between check and save.
    """
    list(type(obj)._default_manager.select_for_update().filter(pk=obj.pk).order_by().values_list("pk"))
    return form if request.POST.get(STAMP) == make_stamp(model_admin, request, obj) else _refuse_all(form)


def make_stamp(model_admin: admin.ModelAdmin, request: HttpRequest, obj: Model) -> str:
    """Return a digest of all values that an editor can change in the row and in its inlines."""
    return editing.make_stamp(json.dumps([*_read_values(model_admin, request, obj)], default=str))


def _read_values(model_admin: admin.ModelAdmin, request: HttpRequest, obj: Model) -> Iterator[Any]:
    model = type(obj)
    yield from model._default_manager.filter(pk=obj.pk).order_by().values_list(*_list_columns(model))
    for inline in model_admin.get_inline_instances(request, obj):
        if inline.has_add_permission(request, obj) or inline.has_change_permission(request, obj):
            column = _get_foreign_key(model, inline.model, fk_name=inline.fk_name).name
            rows = inline.model._default_manager.filter(**{column: obj.pk}).order_by("pk")
            yield [*rows.values_list(*_list_columns(inline.model))]


def _list_columns(model: type[Model]) -> list[str]:
    return ["pk", *(field.attname for field in model._meta.concrete_fields if field.editable)]


def _refuse_all(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    class OutdatedForm(form):  # type: ignore[valid-type, misc]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, OUTDATED)
            return cleaned

    return OutdatedForm
