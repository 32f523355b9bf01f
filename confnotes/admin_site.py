"""Django's admin as editors see it: the notes come first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import SimpleAdminConfig
from django.http import HttpRequest


class NotesAdminSite(AdminSite):
    """The admin, whose lists of what editors can change begin with the conference notes."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return sorted(super().get_app_list(request, app_label), key=lambda app: app["app_label"] != "talks")


class NotesAdminConfig(SimpleAdminConfig):
    """The app of the admin with `NotesAdminSite`; `urls` loads its forms, since commands do not need them."""

    default_site = "confnotes.admin_site.NotesAdminSite"
