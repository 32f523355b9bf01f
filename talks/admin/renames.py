"""Shows which talks the renaming of a speaker, tag or series would change, before saving, and undoes renamings."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from talks import editing
from talks.admin.desk_pages import DeskPages
from talks.admin.history import TEXTS, choose_entries, name_row, read_texts
from talks.admin.past_texts import PastTextsAdmin

CONFIRMED = "renamed_to"
OTHERS = "other names"  # of a row before its renaming, beside the former name in the log


class RenamePreview(DeskPages, PastTextsAdmin):
    """Asks for confirmation before a speaker, tag or series with talks is renamed.

    Restoring a former name from the history page undoes the renaming, and also removes the aliases that the renaming
    made.
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
        """Return the page that asks for confirmation.

        None if the form is invalid, the name is unchanged, there are no talks, or the editor may not change the row.
        """
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
        return self.show_page(
            request,
            "rename",
            "Rename",
            pk=pk,
            former=former,
            name=form.cleaned_data["name"],
            sent=[(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
            confirmed=CONFIRMED,
            address=row.get_absolute_url(),
            **talks,
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Add a message after a confirmed renaming that says where the renaming can be undone."""
        if request.POST.get(CONFIRMED):
            place = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[obj.pk])
            told = 'It was renamed. Its <a href="{}">history</a> gives the former name back.'
            self.message_user(request, format_html(told, place), messages.INFO)
        return super().response_change(request, obj)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Return Django's log message; with a renaming, the aliases that the row had before are added."""
        message = super().construct_change_message(request, form, formsets, add)
        for text in [text for part in message for text in part.get(TEXTS, ())]:
            if (text.get("row"), text.get("name")) == (name_row(form.instance), "name"):
                text[OTHERS] = form.other_names_before
        return message

    def finish_taking(self, row: Any, field: str) -> None:
        """Remove the aliases that the row gained since it last had the name that is restored."""
        super().finish_taking(row, field)
        if field == "name":
            gone, kept = _list_names_since(row)
            editing.forget_names(row, gone, kept)


def _list_names_since(row: Any) -> tuple[list[str], list[str]]:
    """Return the names that the row had since it last had its present name, and the aliases that it had at that time.

    Both lists are empty if the log does not hold those aliases.
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
