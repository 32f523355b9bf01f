"""The groups of editors with their permissions."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db
BRING_IN, POSTS, USERS = "/admin/talks/post/bring-in/", "/admin/talks/post/", "/admin/auth/user/"


@pytest.mark.parametrize(
    ("group", "statuses"),
    [("viewers", [200, 403, 403]), ("editors", [200, 200, 403]), ("administrators", [200, 200, 200])],
)
def test_each_group_has_its_permissions(group, statuses):
    call_command("make_groups")
    user = User.objects.create(username="ann", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(page).status_code for page in (POSTS, BRING_IN, USERS)] == statuses


def test_make_groups_run_again_restores_permissions_and_adds_no_groups(capsys):
    call_command("make_groups")
    first = capsys.readouterr().out
    Group.objects.get(name="editors").permissions.clear()
    call_command("make_groups")
    assert (capsys.readouterr().out, Group.objects.count()) == (first, 3)
    assert Group.objects.get(name="editors").permissions.exists()
