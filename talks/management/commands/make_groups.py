"""`manage.py make_groups`: creates the three groups of people who work in the admin."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db.models import Q, QuerySet

_CONTENT = Q(content_type__app_label="talks")
GROUPS: dict[str, Q] = {
    "viewers": _CONTENT & Q(codename__startswith="view_"),
    "editors": _CONTENT & (Q(codename__startswith="view_") | Q(codename__startswith="change_")),
    "administrators": _CONTENT | Q(content_type__app_label="auth", content_type__model__in=["user", "group"]),
}
"""The permissions of each group.

Editors correct, bring in, merge, write back and undo runs, which removes what a run created; else they delete nothing.
"""


class Command(BaseCommand):
    """Creates the groups, or restores the permissions of existing ones."""

    help = "Make the groups viewers, editors and administrators, to which staff are added in the admin."

    def handle(self, **options: Any) -> None:
        """Give each group exactly its permissions, and print how many it has."""
        for name, permissions in GROUPS.items():
            chosen: QuerySet[Permission] = Permission.objects.filter(permissions)
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set(chosen)
            self.stdout.write(f"{name}: {chosen.count()} permissions")
