"""Merging and splitting speakers, tags and series in the admin: previewed, confirmed, with permission only."""

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError

from talks.admin.version_check import COLLISION
from talks.models import Conference, Series, Speaker, SpeakerAlias, Tag, TagAlias
from tests import builders as make
from tests.admin.rows import log_in, read_form, read_history
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
VIEW = ("view_tag", "view_series", "view_speaker")


@pytest.fixture(params=[Speaker, Tag, Series])
def rows(request):
    make_two(request.param)
    return list(request.param.objects.order_by("name"))


@kept
@make.derive_once()
def make_two(model):
    """Make two rows of the model, each with a talk."""
    if model is Speaker:
        post = make.make_post()
        for title, name in (("First", "Ann Lee"), ("Second", "Anne Leeson")):
            make.make_talk(title, post=post, speakers=[name])
    elif model is Tag:
        make.make_talk("First", post=make.make_post(), tags=["Docker", "Whales"])
    else:
        for name, year in (("Acme Conf", 2018), ("Acmefest", 2019)):
            day = make.make_day(make.make_conference(name, year))
            make.make_talk("First", day, post=make.make_post(name, day=day))


def ask(client, action, rows, **fields):
    page = f"/admin/talks/{rows[0]._meta.model_name}/"
    return client.post(page, {"action": action, "_selected_action": [row.pk for row in rows], **fields})


def find_merged_name(kept, other):
    """Return what the page of a split sends to name the row `other`, which was merged into `kept`."""
    aliases = {Tag: TagAlias, Speaker: SpeakerAlias}
    return str(aliases[type(kept)].objects.get().pk) if type(kept) in aliases else f"{kept.pk}:{other.name}"


def test_a_merge_first_shows_the_talks_it_would_change(rows):
    response = ask(log_in(superuser=True), "merge", rows)
    assert "1 talk would move" in response.content.decode()
    assert type(rows[0]).objects.count() == 2


def test_confirmed_merges_and_splits_are_carried_out(rows):
    client, (kept, other), model = log_in(superuser=True), rows, type(rows[0])
    assert ask(client, "merge", rows, kept=kept.pk).status_code == 302
    assert (list(model.objects.all()), read_history(kept)) == ([kept], [f"Merged with {other.name}."])
    assert other.name in ask(client, "split", [kept]).content.decode()
    ask(
        client,
        "split",
        [kept],
        name=find_merged_name(kept, other),
        part=list(Conference.objects.filter(year=2019).values_list("pk", flat=True)),
    )
    assert sorted(row.name for row in model.objects.all()) == [kept.name, other.name]


@pytest.mark.any_database
@pytest.mark.parametrize("kept", ["0", "x", "9" * 30, ""])
def test_merging_into_a_row_that_was_not_chosen_is_refused(rows, kept):
    assert ask(log_in(superuser=True), "merge", rows, kept=kept).status_code == 200
    assert type(rows[0]).objects.count() == 2


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("name", ["0", "x", "9:9", ""])
def test_a_name_of_another_row_cannot_be_split_off(rows, name):
    client = log_in(superuser=True)
    ask(client, "merge", rows, kept=rows[0].pk)
    assert ask(client, "split", rows[:1], name=name).status_code == 200
    assert type(rows[0]).objects.count() == 1


@pytest.mark.parametrize(
    ("back", "place"),
    [
        ("/admin/talks/post/doubts/?kind=alike-tags#doubt-3", "/admin/talks/post/doubts/?kind=alike-tags#doubt-3"),
        ("/admin/talks/speaker/alike/", "/admin/talks/speaker/alike/"),
        ("//evil.example/admin/talks/speaker/alike/", ""),
        ("", ""),
    ],
)
def test_a_merge_leads_back_to_where_it_was_begun(rows, back, place):
    client = log_in(superuser=True)
    asked = ask(client, "merge", rows, back=back)
    assert asked.context_data["return_to"] == place
    done = ask(client, "merge", rows, kept=rows[0].pk, back=back)
    assert done["Location"] == (place or f"/admin/talks/{rows[0]._meta.model_name}/")


def test_merging_a_single_row_is_refused(rows):
    response = ask(log_in(superuser=True), "merge", rows[:1])
    assert response.status_code == 302
    noun = type(rows[0])._meta.verbose_name_plural
    assert [str(message) for message in get_messages(response.wsgi_request)] == [f"Choose 2 to 20 {noun}."]
    assert type(rows[0]).objects.count() == 2


def test_a_merge_that_another_change_forestalls_ends_in_a_message(rows, monkeypatch):
    def delete(row):
        raise IntegrityError("still referenced")

    client, (kept, _), model = log_in(superuser=True), rows, type(rows[0])
    monkeypatch.setattr(model, "delete", delete)
    response = ask(client, "merge", rows, kept=kept.pk)
    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == [COLLISION]
    assert (list(model.objects.order_by("name")), read_history(kept)) == (rows, [])


def test_a_row_without_aliases_cannot_be_split(rows):
    assert ask(log_in(superuser=True), "split", rows).status_code == 302


def test_view_permission_merges_nothing(rows):
    ask(log_in(*VIEW), "merge", rows, kept=rows[0].pk)
    assert type(rows[0]).objects.count() == 2


@pytest.mark.any_database
def test_view_permission_splits_nothing(rows):
    ask(log_in(superuser=True), "merge", rows, kept=rows[0].pk)
    value = find_merged_name(*rows)
    ask(log_in(*VIEW), "split", rows[:1], name=value)
    assert type(rows[0]).objects.count() == 1
    ask(log_in(superuser=True), "split", rows[:1], name=value)
    assert type(rows[0]).objects.count() == 2


def test_a_renamed_speakers_former_name_becomes_an_alias():
    post = make.make_post()
    make.make_talk("First", post=post, speakers=["Ann Lee"])
    speaker = make.make_speaker("Ann Lee")
    client, page = log_in(superuser=True), f"/admin/talks/speaker/{speaker.pk}/change/"
    client.post(page, read_form(client, page) | {"name": "Anne Leeson"})
    assert [alias.name for alias in speaker.aliases.all()] == ["Ann Lee"]
    client.post(page, read_form(client, page) | {"handle": "@anne"})
    client.post(page, read_form(client, page) | {"name": "ANNE LEESON"})
    assert [alias.name for alias in speaker.aliases.all()] == ["Ann Lee"]
