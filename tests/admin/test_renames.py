"""A new name of a speaker, tag or series is shown with its talks before it is saved, and can be undone."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from talks.admin import name_merges
from talks.admin.renames import CONFIRMED
from talks.backup import check_base
from talks.editing import keep_former_name, list_other_names
from talks.models import Series, Speaker, Tag
from tests import builders as make
from tests.admin.rows import log_in, read_form
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
MODELS = {"speaker": Speaker, "tag": Tag, "series": Series}


@pytest.fixture(params=MODELS)
def row(request):
    make_talks()
    return MODELS[request.param].objects.get()


@kept
@make.derive_once()
def make_talks():
    day = make.make_day(make.make_conference("Acme Conf", 2019))
    for title in ("First", "Second"):
        make.make_talk(title, day, post=make.make_post(title, day=day), speakers=["Ann Lee"], tags=["Docker"])


def address(row, page="change"):
    return reverse(f"admin:talks_{row._meta.model_name}_{page}", args=[row.pk])


def rename(client, row, name, *, confirmed=False):
    values = read_form(client, address(row)) | {"name": name}
    if not confirmed:
        del values[CONFIRMED]
    return client.post(address(row), values)


def test_a_new_name_is_previewed_with_its_talks(row):
    former = row.name
    response = rename(log_in(superuser=True), row, "<b>New")
    shown = response.context_data
    assert (shown["former"], shown["name"], shown["count"]) == (former, "<b>New", 2)
    assert sorted(talk.title for talk in shown["talks"]) == ["First", "Second"]
    assert "2 talks would show the new name:" in response.rendered_content
    assert "<b>New" not in response.rendered_content
    row.refresh_from_db()
    assert row.name == former


def test_confirming_the_preview_renames_the_row(row):
    client = log_in(superuser=True)
    shown = rename(client, row, "New Name").context_data
    sent = dict(shown["sent"]) | {CONFIRMED: "New Name"}
    response = client.post(address(row), sent, follow=True)
    row.refresh_from_db()
    assert row.name == "New Name"
    assert f'<a href="{address(row, "history")}">history</a>' in response.content.decode()


def test_a_renaming_is_undone_from_the_history(row):
    client, former = log_in(superuser=True), row.name
    rename(client, row, "New Name", confirmed=True)
    page = client.get(address(row, "history")).context_data
    [text] = [text for event in page["events"] for text in event.texts if text.take == "name"]
    client.post(address(row, "take"), {"stamp": page["stamp"], "field": "name", "text": text.before})
    row.refresh_from_db()
    assert (row.name, list_other_names(row), check_base()) == (former, [], [])


def take_back(client, row, name):
    page = client.get(address(row, "history")).context_data
    stamp = page["stamp"]
    assert client.post(address(row, "take"), {"stamp": stamp, "field": "name", "text": name}).status_code == 302
    row.refresh_from_db()


@pytest.mark.slow
@pytest.mark.any_database
def test_undoing_two_renamings_at_once_drops_the_middle_name(row):
    client, former = log_in(superuser=True), row.name
    keep_former_name(row, "Early Name")
    rename(client, row, "New Name", confirmed=True)
    rename(client, row, "Newest Name", confirmed=True)
    row.refresh_from_db()
    assert sorted(list_other_names(row)) == sorted(["Early Name", former, "New Name"])
    take_back(client, row, former)
    assert (row.name, list_other_names(row), check_base()) == (former, ["Early Name"], [])


@pytest.mark.any_database
def test_an_undone_renaming_can_be_done_again(row):
    client, former = log_in(superuser=True), row.name
    rename(client, row, "New Name", confirmed=True)
    take_back(client, row, former)
    take_back(client, row, "New Name")
    assert (row.name, list_other_names(row), check_base()) == ("New Name", [former], [])


def test_undoing_a_renaming_restores_an_alias_that_became_the_name():
    speaker = make.make_speaker("Ann Lee")
    keep_former_name(speaker, "Anne Leeson")
    slug = speaker.aliases.get().slug
    client = log_in(superuser=True)
    rename(client, speaker, "Anne Leeson", confirmed=True)
    assert list_other_names(speaker) == ["Ann Lee"]
    take_back(client, speaker, "Ann Lee")
    assert (speaker.name, [(alias.name, alias.slug) for alias in speaker.aliases.all()]) == (
        "Ann Lee",
        [("Anne Leeson", slug)],
    )


@pytest.mark.any_database
def test_undoing_renamings_logged_without_aliases_keeps_undone_names_as_aliases(row):
    client, former = log_in(superuser=True), row.name
    rename(client, row, "New Name", confirmed=True)
    entry = LogEntry.objects.get()
    entry.change_message = entry.change_message.replace('"other names": []', '"more": []')
    entry.save()
    take_back(client, row, former)
    assert (row.name, list_other_names(row)) == (former, ["New Name"])


@pytest.mark.any_database
def test_a_preview_of_some_talks_links_to_all_talks(row, monkeypatch):
    monkeypatch.setattr(name_merges, "TALKS_SHOWN", 1)
    client = log_in(superuser=True)
    shown = rename(client, row, "New Name").context_data
    assert (shown["count"], shown["more"], len(shown["talks"])) == (2, 1, 1)
    response = client.get(f"{shown['all_talks']}&page=2")
    assert [talk.title for talk in response.context_data["page"]] == ["Second"]
    assert f"row={row.pk}" in response.rendered_content


@pytest.mark.parametrize("query", ["", "row=x", "row=0&row=99999999999999999999", "page=x"])
def test_the_list_of_affected_talks_accepts_any_query_string(row, query):
    client = log_in(superuser=True)
    assert client.get(f"{reverse(f'admin:talks_{row._meta.model_name}_moving')}?{query}").status_code == 200


@pytest.mark.any_database
def test_edits_that_change_no_name_are_saved_without_preview(row):
    assert rename(log_in(superuser=True), row, row.name).status_code == 302


def test_names_without_talks_are_changed_without_preview():
    tag = make.make_tag("Alone")
    assert rename(log_in(superuser=True), tag, "Lonely").status_code == 302


@pytest.mark.any_database
def test_an_invalid_name_is_refused_before_the_preview(row):
    response = rename(log_in(superuser=True), row, "")
    assert response.context_data["adminform"].form.errors == {"name": ["This field is required."]}


@pytest.mark.any_database
def test_view_permission_renames_nothing(row):
    former = row.name
    client = log_in(f"view_{row._meta.model_name}")
    for values in ({"name": "New"}, {"name": "New", CONFIRMED: "New"}):
        assert client.post(address(row), values).status_code == 403
    row.refresh_from_db()
    assert row.name == former
