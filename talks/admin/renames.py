"""Shows which talks a new name would stand in, before a speaker, tag or series is renamed, and undoes a renaming."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from talks import editing
from talks.admin.history import TEXTS, choose_entries, name_row, read_texts
from talks.admin.past_texts import PastTextsAdmin

CONFIRMED = "renamed_to"
OTHERS = "other names"  # of a row before its renaming, beside the former name in the log


class RenamePreview(PastTextsAdmin):
    """Asks before a name is changed that stands in talks; the form is sent again once an editor confirms it.

    A former name that is taken again from the history undoes the renaming: no name that came with it is left.
    """

    describe_talks: Callable[[Sequence[Any]], dict[str, Any]]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> HttpResponse:
        if request.method == "POST" and object_id and CONFIRMED not in request.POST:
            with transaction.atomic():
                preview = self._preview(request, unquote(object_id))
            if preview:
                return preview
        return super().changeform_view(request, object_id, *args, **kw)

    def _preview(self, request: HttpRequest, pk: str) -> HttpResponse | None:
        """Return the page that asks; None if the form changes no name, is wrong, or no talk has the name."""
        row: Any = self.get_object(request, pk)
        if row is None or not self.has_change_permission(request, row):
            return None
        former = row.name
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        if not form.is_valid() or "name" not in form.changed_data:
            return None
        talks = self.describe_talks([row])
        if not talks["count"]:
            return None
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {
            **self.admin_site.each_context(request),
            "title": "Rename",
            "opts": self.opts,
            "pk": pk,
            "former": former,
            "name": form.cleaned_data["name"],
            "sent": [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
            "confirmed": CONFIRMED,
            "address": row.get_absolute_url(),
            **talks,
        }
        return TemplateResponse(request, "admin/talks/rename.html", context)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say after a renaming where it can be undone."""
        if request.POST.get(CONFIRMED):
            place = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[obj.pk])
            told = 'It was renamed. Its <a href="{}">history</a> gives the former name back.'
            self.message_user(request, format_html(told, place), messages.INFO)
        return super().response_change(request, obj)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """Add to a new name the other names that the row had before."""
        message = super().construct_change_message(request, form, formsets, add)
        for text in [text for part in message for text in part.get(TEXTS, ())]:
            if (text.get("row"), text.get("name")) == (name_row(form.instance), "name"):
                text[OTHERS] = form.other_names_before
        return message

    def finish_taking(self, row: Any, field: str) -> None:
        """Forget the names that the row got since it was last called what it is called again."""
        super().finish_taking(row, field)
        if field == "name":
            gone, kept = _list_names_since(row)
            editing.forget_names(row, gone, kept)


def _list_names_since(row: Any) -> tuple[list[str], list[str]]:
    """Return what the row was called since its present name was changed, and the other names that it had before.

    Without a record of those, only the present name is not kept among the other names.
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
