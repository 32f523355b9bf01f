"""The routes of the site: the admin, the pages of the knowledge base, and the health check."""

from django.contrib import admin
from django.urls import include, path

from confnotes.health import show_health

admin.autodiscover()

handler404 = "talks.views.show_missing"
handler500 = "talks.views.show_failure"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", show_health),
    path("", include("talks.urls")),
]
