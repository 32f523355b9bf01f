"""Shows which talks a new name would stand in, before a speaker, tag or series is renamed."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from talks.admin.history import HistoryAdmin
from talks.admin.name_merges import describe_talks

CONFIRMED = "renamed_to"


class RenamePreview(HistoryAdmin):
    """Asks before a name is changed that stands in talks; the form is sent again once an editor confirms it."""

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
        talks = set(self.find_talks([row]).values_list("pk", flat=True))
        form = self.get_form(request, row, change=True)(request.POST, instance=row)
        if not talks or not form.is_valid() or "name" not in form.changed_data:
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
            **describe_talks(talks),
        }
        return TemplateResponse(request, "admin/talks/rename.html", context)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say after a renaming where it can be undone."""
        if request.POST.get(CONFIRMED):
            place = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[obj.pk])
            told = 'It was renamed. Its <a href="{}">history</a> gives the former name back.'
            self.message_user(request, format_html(told, place), messages.INFO)
        return super().response_change(request, obj)
