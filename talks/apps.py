"""The one app of the project."""

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """The app that keeps conference notes as a knowledge base."""

    name = "talks"
    verbose_name = "Conference notes"
    default_auto_field = "django.db.models.BigAutoField"
