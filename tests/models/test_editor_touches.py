"""Editors' touches are kept beside the admin's log, and outlive it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from talks.backup import export_base, import_base
from talks.backup.exported_columns import KINDS
from talks.importing import Content, import_posts, remove_posts
from talks.models import Conference, Day, EditorTouch, Post, Reference, Series, Speaker, Tag, Takeaway, Talk, Writer
from tests import builders as make
from tests.admin.rows import log_in, make_world, read_errors, read_form
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db

MODELS = (Series, Conference, Day, Writer, Speaker, Tag, Reference, Post, Talk, Takeaway)


def run(text):
    import_posts([Content("day-1.md", text.encode())])


def page_of(row):
    return reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk])


def save(row, **values):
    client = log_in(superuser=True)
    assert read_errors(client.post(page_of(row), read_form(client, page_of(row)) | values)) == []


def list_touches():
    return list(EditorTouch.objects.values_list("kind", "key", "what"))


def test_an_editors_change_is_recorded_with_its_field():
    make_world(1)
    save(Speaker.objects.get(), handle="@x", url="https://example.org/")
    save(Speaker.objects.get(), handle="@y")
    assert list_touches() == [("speaker", "speaker-1", "handle"), ("speaker", "speaker-1", "url")]


def test_creating_a_row_in_the_admin_is_recorded():
    client = log_in(superuser=True)
    address = reverse("admin:talks_series_add")
    assert read_errors(client.post(address, read_form(client, address) | {"name": "Testing Days"})) == []
    assert list_touches() == [("series", "testing-days", "added")]


def test_an_admin_action_records_an_editor_touch():
    talk = make_world(1)
    chosen = {"action": "hide", "_selected_action": [talk.pk]}
    log_in(superuser=True).post(reverse("admin:talks_talk_changelist"), chosen)
    assert list_touches() == [("talk", "conf-1-1991/talk-1", "hidden")]


def test_a_form_that_changes_nothing_records_no_field():
    make_world(1)
    save(Speaker.objects.get())
    assert [what for _, _, what in list_touches()] in ([], ["changed"])


def test_a_deleted_row_leaves_no_touch():
    tag = make.make_tag("Docker")
    EditorTouch.record([tag], "added")
    client = log_in(superuser=True)
    assert client.post(reverse("admin:talks_tag_delete", args=[tag.pk]), {"post": "yes"}).status_code == 302
    assert list_touches() == []
    assert EditorTouch.list_untouched([make.make_tag("Docker")]) == [Tag.objects.get()]


def test_touches_of_every_kind_of_row_are_recorded_and_forgotten():
    make_world(1)
    make_world(2)
    rows = [row for model in MODELS for row in model.objects.order_by("pk")]
    EditorTouch.record(rows, "added", "added", "changed")
    assert EditorTouch.objects.count() == 2 * len(rows)
    for model in MODELS:
        assert EditorTouch.list_untouched(model.objects.all()) == []
    EditorTouch.forget([Day.objects.first()])
    assert EditorTouch.list_untouched(Day.objects.all()) == [Day.objects.first()]


def test_touches_of_user_accounts_are_not_recorded(admin_user):
    EditorTouch.record([admin_user], "added")
    assert list_touches() == []


@pytest.mark.slow
@pytest.mark.parametrize("restored", [False, True])
def test_removals_keep_edited_rows_though_the_admins_log_is_empty(restored):
    run(DAY_1)
    save(Speaker.objects.get(name="Ada Brown"), handle="@ada")
    save(Tag.objects.get(name="Docker"), everywhere="")
    save(Series.objects.get(), name="Testing days")
    LogEntry.objects.all().delete()
    if restored:
        restore(lambda line: True)
    remove_posts(["day-1.md"])
    assert [row.name for model in (Speaker, Tag, Series, Writer) for row in model.objects.all()] == [
        "Ada Brown",
        "Docker",
        "Testing days",
    ]


@pytest.mark.parametrize("purged", [False, True])
def test_an_edited_day_stays_when_its_post_leaves_it(purged):
    run(DAY_1)
    save(Day.objects.get(), date="2019-05-03")
    if purged:
        LogEntry.objects.all().delete()
    run(DAY_1.replace("  day: 1", "  day: 2"))
    assert list(Day.objects.values_list("number", flat=True)) == [1, 2]


def test_an_unedited_day_is_deleted_when_its_post_leaves_it():
    run(DAY_1)
    run(DAY_1.replace("  day: 1", "  day: 2"))
    assert list(Day.objects.values_list("number", flat=True)) == [2]


def restore(is_kept):
    lines = [line.encode() for line in export_base() if is_kept(line)]
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(lines)
    assert [line.encode() for line in export_base()] == lines


def test_exports_from_before_editor_touches_can_be_restored():
    run(DAY_1)
    EditorTouch.record([Speaker.objects.get(name="Ada Brown")], "handle")
    restore(lambda line: not line.startswith('{"type":"touch"'))
    assert list_touches() == []


def test_touches_from_a_restored_export_have_no_time():
    make_world(1)
    EditorTouch.record([Speaker.objects.get()], "handle")
    restore(lambda line: True)
    assert list_touches() == [("speaker", "speaker-1", "handle")]
    assert EditorTouch.objects.get().touched_at is None


def test_the_migration_makes_touches_from_the_admin_log(admin_user):
    talk = make_world(1)
    rows = [row for model in MODELS for row in model.objects.all()]
    for row in rows:
        log(admin_user, row, CHANGE)
    log(admin_user, talk, ADDITION)
    log(admin_user, talk, ADDITION)
    log(admin_user, admin_user, CHANGE)
    gone = make.make_tag("Gone")
    log(admin_user, gone, CHANGE)
    gone.delete()
    log(admin_user, make.make_tag("Deleted once"), DELETION)
    log(admin_user, make.make_tag("Of no row"), CHANGE, object_id="x")
    import_module("talks.migrations.0004_editor_touches").fill_from_log(apps, None)
    filled = list_touches()
    EditorTouch.objects.all().delete()
    EditorTouch.record(rows, "changed")
    EditorTouch.record([talk], "added")
    assert filled == list_touches()


def log(user, row, flag, **fields):
    values = {"object_id": str(row.pk), "object_repr": str(row), "action_flag": flag, "user": user} | fields
    LogEntry.objects.create(content_type=ContentType.objects.get_for_model(row), **values)
