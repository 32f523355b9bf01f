"""What pages of the admin beside Django's own have in common: who may open them, and the frame around them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class DeskPages(admin.ModelAdmin):
    """The admin of one kind of row, to which subclasses add further pages."""

    def for_editors(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Return the view with a check before it: it is for accounts that may change rows of this kind."""

        def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_change_permission(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return self.admin_site.admin_view(check)

    def show_page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        """Render the template `admin/talks/<template>.html` within the frame of the admin."""
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/talks/{template}.html", frame | context)
