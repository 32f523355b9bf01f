"""Shows which talks the renaming of a speaker, tag or series would change, before saving."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from talks.admin.desk_pages import show_page
from talks.admin.name_merges import describe_talks, merge, show_talks, split

CONFIRMED = "renamed_to"


class RenamePreview(admin.ModelAdmin):
    """Mixed into the pages of speakers, tags and series: renaming a row with talks is previewed first.

    The lists of these rows offer to merge rows, and to split off other names of a row.
    """

    actions = [merge, split]

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view(show_talks), f"talks_{self.opts.model_name}_moving"
        return [path("moving/", view, {"model": self.model}, name=name), *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> HttpResponse:
        """Ask for confirmation before a row with talks is renamed."""
        if request.method == "POST" and object_id and CONFIRMED not in request.POST:
            with transaction.atomic():
                preview = _preview_renaming(self, request, unquote(object_id))
            if preview:
                return preview
        return super().changeform_view(request, object_id, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Add a message after a confirmed renaming that says where the renaming can be undone."""
        if request.POST.get(CONFIRMED):
            place = reverse(f"admin:talks_{self.opts.model_name}_history", args=[obj.pk])
            told = 'It was renamed. Its <a href="{}">history</a> gives the former name back.'
            messages.info(request, format_html(told, place))
        return super().response_change(request, obj)


def _preview_renaming(model_admin: admin.ModelAdmin, request: HttpRequest, pk: str) -> HttpResponse | None:
    """Return the page that shows which talks a renaming changes and asks for confirmation.

    Return None if nothing is to be asked. That is so if the form is invalid, the name is unchanged, the row has no
    talks, or the editor may not change it.
    """
    row: Any = model_admin.get_object(request, pk)
    if row is None or not model_admin.has_change_permission(request, row):
        return None
    former = row.name
    form = model_admin.get_form(request, row, change=True)(request.POST, instance=row)
    if not form.is_valid() or "name" not in form.changed_data:
        return None
    talks = describe_talks(type(row), [row])
    if not talks["count"]:
        return None
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return show_page(
        request,
        "rename",
        "Rename",
        type(row),
        pk=pk,
        former=former,
        name=form.cleaned_data["name"],
        sent=[(name, value) for name, value in sent if name != "csrfmiddlewaretoken"],
        confirmed=CONFIRMED,
        address=row.get_absolute_url(),
        **talks,
    )
