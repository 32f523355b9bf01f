"""Refuses to save a form if an import or another editor changed the row since the form was opened."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse

from talks import editing

STAMP = "stamp"
OUTDATED = (
    "This was changed meanwhile, by an import or by somebody else, and nothing was saved. What you entered still "
    "stands here: copy it, open the page anew, and enter it there."
)


class VersionedAdmin(admin.ModelAdmin):
    """Sends a digest of the shown values with each form, and compares the digest when the form is sent back."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return a form that is invalid if the row changed since the form was shown.

        The check runs in the transaction that saves the form, so nobody can change the row between check and save.
        """
        form = super().get_form(request, obj, change=change, **kwargs)
        if not (change and obj and request.method == "POST"):
            return form
        list(self.model._default_manager.select_for_update().filter(pk=obj.pk).order_by().values_list("pk"))
        return form if request.POST.get(STAMP) == self.make_stamp(request, obj) else _refuse_all(form)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kw: Any) -> HttpResponse:
        """Put the digest into the page; a form that was refused keeps its first digest."""
        if obj := kw.get("obj"):
            context[STAMP] = request.POST.get(STAMP) or self.make_stamp(request, obj)
        return super().render_change_form(request, context, *args, **kw)

    def make_stamp(self, request: HttpRequest, obj: Model) -> str:
        """Return a digest of all values that an editor can change in the row and in its inlines."""
        return editing.make_stamp(json.dumps([*self._read_values(request, obj)], default=str))

    def _read_values(self, request: HttpRequest, obj: Model) -> Iterator[Any]:
        yield from self.model._default_manager.filter(pk=obj.pk).order_by().values_list(*_list_columns(self.model))
        for inline in self.get_inline_instances(request, obj):
            if inline.has_add_permission(request, obj) or inline.has_change_permission(request, obj):
                column = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name
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
