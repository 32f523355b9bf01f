"""Permissions in the admin: every role on every page of every model, with forged forms."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from talks.models import Post, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import log_in, make_world, read_form

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model._meta.app_label == "talks"]
# What nobody does by hand: posts come from files, runs are kept, notes bring references, takeaways need their talk.
NEVER_ADDED = {"conflict", "post", "takeaway", "reference", "importrun", "importoutcome"}
NEVER_CHANGED = {"conflict", "importrun", "importoutcome"}
ROLES = ["anonymous", "reader", "outsider", "viewer", "editor", "administrator", "superuser"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def enter(role: str) -> Client:
    """Return a client in a role: a `reader` has an account but is no staff, an `outsider` has no permission.

    An `administrator` has the permissions of that group, and is no superuser.
    """
    every = list(Permission.objects.values_list("codename", flat=True))
    if role == "anonymous":
        return Client()
    if role == "reader":
        client = Client()
        client.force_login(User.objects.create(username="reader"), backend="django.contrib.auth.backends.ModelBackend")
        return client
    if role == "superuser":
        return log_in(superuser=True)
    if role == "administrator":  # as `make_groups` makes them
        call_command("make_groups", verbosity=0)
        names = Permission.objects.filter(group__name="administrators").values_list("codename", flat=True)
        return log_in(*names)
    verbs = {"outsider": (), "viewer": ("view_",), "editor": ("view_", "change_")}[role]
    return log_in(*(name for name in every if name.startswith(verbs)))


@pytest.fixture(scope="module", autouse=True)
def _world(shared_rows):
    make_world(1)
    user = User.objects.create(username="somebody")
    user.groups.create(name="group")


def find_row(model):
    return model._default_manager.first()


def address_of(model, page: str, *ids) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=ids)


def expect(role: str, page: str, model) -> set[int]:
    """Return the statuses with which an account of this role should be answered on this page of the admin."""
    name = model._meta.model_name
    if role in {"anonymous", "reader"}:
        return {302}
    allowed = {"viewer": {"changelist", "change", "history"}, "editor": {"changelist", "change", "history", "edit"}}
    if role not in {"administrator", "superuser"}:
        may = page in allowed.get(role, set()) and not (page == "edit" and name in NEVER_CHANGED)
        return {200, 302} if may else {403}
    never = {
        "add": NEVER_ADDED,
        "edit": NEVER_CHANGED,
        "delete": {*NEVER_CHANGED, "post", "talk", "takeaway", "speaker", "reference"},
    }
    return {403} if name in never.get(page, set()) else {200, 302}


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_each_role_can_open_just_the_admin_pages_it_may(model, role):
    row = find_row(model)
    client = enter(role)
    pages = {"changelist": (), "add": (), "change": (row.pk,), "history": (row.pk,), "delete": (row.pk,)}
    found = {page: client.get(address_of(model, page, *ids)) for page, ids in pages.items()}
    for page, response in found.items():
        assert response.status_code in expect(role, page, model), page
        if response.status_code == 302:
            assert response["Location"].startswith("/admin/login/?next=/admin/")


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_forms_sent_by_a_role_without_permission_change_nothing(model, role):
    row = find_row(model)
    client = enter(role)
    counted = model._default_manager.count()
    assert client.post(address_of(model, "add"), {}).status_code in expect(role, "add", model)
    assert client.post(address_of(model, "change", row.pk), {}).status_code in expect(role, "edit", model)
    assert model._default_manager.count() == counted
    assert client.post(address_of(model, "delete", row.pk), {"post": "yes"}).status_code in expect(
        role, "delete", model
    )
    if role not in {"administrator", "superuser"}:
        assert model._default_manager.count() == counted


@pytest.mark.slow
@pytest.mark.parametrize("role", ["anonymous", "reader", "outsider", "viewer"])
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_actions_do_nothing_without_permission_to_change(model, role):
    row = find_row(model)
    client = enter(role)
    before = list(model._default_manager.order_by("pk").values())
    for action in (*(admin.site._registry[model].actions or ()), "delete_selected"):
        name = action if isinstance(action, str) else action.__name__
        client.post(address_of(model, "changelist"), {"_selected_action": [row.pk], "action": name, "post": "yes"})
    assert list(model._default_manager.order_by("pk").values()) == before


FORGED_ANSWERS = [
    {},
    {"kept": "", "name": "", "shown": "", "post": ""},
    {"kept": "999999", "name": "999999", "shown": "x"},
]


@pytest.mark.slow
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_actions_change_nothing_until_their_question_is_validly_answered(model, role):
    make_world(2)
    rows = list(model._default_manager.values_list("pk", flat=True))
    client = enter(role)
    page = address_of(model, "changelist")
    offered = {
        "delete_selected",
        *(getattr(each, "__name__", each) for each in admin.site._registry[model].actions or ()),
    }
    before = dump_rows()
    for action in ("change_together", "merge", "split", "delete_selected"):
        chosen = {"_selected_action": rows, "action": action}
        # Django looks at no answer to an action that the list does not offer.
        for answers in FORGED_ANSWERS if action in offered else FORGED_ANSWERS[-1:]:
            response = client.post(page, chosen | answers | {"bulk-tag": "Forged", "bulk-hidden": "yes"})
            assert response.status_code in {200, 302, 403}, action
        assert dump_rows() == before, action


def dump_rows():
    """Return all rows of the app by model, without Django's log."""
    return {
        each._meta.label: list(each._base_manager.order_by("pk").values_list())
        for each in apps.get_app_config("talks").get_models()
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_an_editor_without_permission_to_delete_deletes_nothing(model):
    row = find_row(model)
    client = enter("editor")
    chosen = {"_selected_action": [row.pk], "action": "delete_selected", "post": "yes"}
    client.post(address_of(model, "changelist"), chosen)
    assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "model", [model for model in MODELS if model not in OURS], ids=lambda model: model._meta.label_lower
)
def test_each_role_can_open_just_the_account_lists_it_may(model, role):
    client = enter(role)
    response = client.get(address_of(model, "changelist"))
    is_log = role == "administrator" and model._meta.app_label == "axes"  # of logins, which is for superusers
    assert response.status_code in ({403} if is_log else expect(role, "changelist", model))


@pytest.mark.parametrize("role", ROLES)
def test_autocomplete_follows_the_permissions_of_every_role(role):
    address = f"{reverse('admin:autocomplete')}?app_label=talks&model_name=talk&field_name=day"
    expected = {"anonymous": 302, "reader": 302, "outsider": 403, "viewer": 200, "editor": 200}
    expected |= {"administrator": 200, "superuser": 200}
    assert enter(role).get(address).status_code == expected[role]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["index", "password_change", "jsi18n"])
@pytest.mark.parametrize("role", ROLES)
def test_admin_pages_open_for_staff_only(name, role):
    may = role not in {"anonymous", "reader"}
    assert enter(role).get(reverse(f"admin:{name}")).status_code == (200 if may else 302)


def test_permission_to_change_talks_covers_their_speakers_but_not_takeaways():
    """It covers their tags, too."""
    talk = make.make_talk(takeaways=["One"], speakers=["A"], tags=["Docker"], post=make.make_post())
    address = address_of(Talk, "change", talk.pk)
    client = log_in("view_talk", "change_talk", "view_takeaway", "view_tag", "view_speaker", "view_day")
    forged = {
        "takeaways-TOTAL_FORMS": "2",
        "takeaways-INITIAL_FORMS": "1",
        "takeaways-0-id": str(talk.takeaways.get().pk),
        "takeaways-0-text": "forged",
        "takeaways-0-withdrawn": "on",
        "takeaways-0-place": "1",
        "takeaways-0-level": "1",
        "takeaways-0-DELETE": "on",
        "takeaways-0-talk": str(talk.pk),
        "takeaways-0-kind": "quote",
        "takeaways-1-text": "forged",
        "takeaways-1-kind": "point",
        "takeaways-1-talk": str(talk.pk),
        "appearances-0-affiliation": "Here",
        "tagged-0-DELETE": "on",
    }
    assert client.post(address, read_form(client, address) | forged).status_code == 302
    takeaways = Takeaway.objects.filter(talk=talk).values_list("text", "withdrawn", "kind")
    assert list(takeaways) == [("One", False, "point")]
    assert [str(appearance) for appearance in talk.appearances.all()] == ["A (Here)"]
    assert not talk.tagged.filter(tag__name="Docker").exists()


def test_talks_pages_open_with_view_permission_and_cannot_be_saved():
    talk = make.make_talk(takeaways=["One"], speakers=["A"], tags=["Docker"])
    client = log_in("view_talk", "view_takeaway", "view_tag", "view_speaker", "view_day")
    assert client.get(address_of(Talk, "change", talk.pk)).status_code == 200
    assert client.post(address_of(Talk, "change", talk.pk), {"title": "forged"}).status_code == 403


def test_forged_forms_cannot_change_fields_the_post_form_lacks():
    client = log_in(superuser=True)
    post = Post.objects.get()
    address = address_of(Post, "change", post.pk)
    names = (
        "key",
        "path",
        "stem",
        "digest",
        "source",
        "front_matter",
        "imported",
        "lines",
        "slug",
        "conference",
        "withdrawn",
    )
    assert client.post(address, read_form(client, address) | dict.fromkeys(names, "1")).status_code == 302
    after = Post.objects.get()
    assert [getattr(after, name) for name in names] == [getattr(post, name) for name in names]


def test_taggits_own_admin_page_does_not_exist():
    with pytest.raises(NoReverseMatch):
        reverse("admin:taggit_tag_changelist")
