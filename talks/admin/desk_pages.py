"""What pages of the admin beside Django's own have in common: who may open them, the frame around them, and the log."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from talks.models import Post


def for_editors(view: Callable[..., HttpResponse], model: type[Model] = Post) -> Callable[..., HttpResponse]:
    """Return the view as a page of the admin: accounts that may not change rows of the model are refused."""

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.get_model_admin(model).has_change_permission(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(check)


def show_page(
    request: HttpRequest, template: str, title: str, model: type[Model] = Post, **context: Any
) -> TemplateResponse:
    """Render the template `admin/talks/<template>.html` within the frame of the admin, as a page about the model."""
    frame = {**admin.site.each_context(request), "title": title, "opts": model._meta}
    return TemplateResponse(request, f"admin/talks/{template}.html", frame | context)


def log_change(request: HttpRequest, row: Model, message: Any) -> None:
    """Add to Django's log that the editor changed the row."""
    admin.site.get_model_admin(type(row)).log_change(request, row, message)


def warn_of_change(request: HttpRequest, done: str) -> None:
    """Add a message for the editor that nothing was `done` (such as "imported"), since the base changed meanwhile."""
    told = f"The base was changed since this was shown, and nothing was {done}. It is shown as it is now."
    messages.warning(request, told)
