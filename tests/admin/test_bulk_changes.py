"""Changing many posts or talks at once: previewed, then done together, with permission only."""

import pytest

from talks.backup import check_base
from talks.importing import Content, import_posts
from talks.models import Post, Series, Tag, TaggedPost, TaggedTalk, Talk
from tests.admin.rows import log_in
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
TEXT = """---
title: Acme Conf 2019
tags: [Gardens]
---

## Talk {n} by Ann Lee

* One

## Same by Ben Roe

* Two
"""


@pytest.fixture(autouse=True)
def _base():
    bring_in()


@kept
def bring_in():
    import_posts([Content(f"{n}.md", TEXT.format(n=n).encode()) for n in range(3)])


def send(client, model, rows, *, across=False, **said):
    data = {f"bulk-{name}": value for name, value in said.items()} | {"action": "change_together"}
    data |= {"_selected_action": [row.pk for row in rows], "select_across": str(int(across))}
    page = f"/admin/talks/{model}/"
    shown = client.post(page, {name: data[name] for name in ("action", "_selected_action", "select_across")})
    data["shown"] = (shown.context_data or {}).get("shown", "") if shown.status_code == 200 else ""
    return shown, client.post(page, data)


def list_tags(model):
    return sorted(model.objects.exclude(tag__name="Gardens").values_list("content_object__pk", "tag__name"))


@pytest.mark.any_database
def test_a_bulk_change_first_shows_the_number_of_rows():
    shown, _ = send(log_in(superuser=True), "post", Post.objects.all()[:1], across=True, tag="More")
    assert "This changes 3 posts:" in shown.content.decode()


@pytest.mark.parametrize(("model", "tagged"), [("post", TaggedPost), ("talk", TaggedTalk)])
def test_tags_can_be_added_to_all_rows_of_lists(model, tagged):
    rows = list((Post if model == "post" else Talk).objects.all())
    send(log_in(superuser=True), model, rows[:1], across=True, tag="Wombatry")
    send(log_in(superuser=True), model, rows, tag="wombatry")
    assert list_tags(tagged) == sorted((row.pk, "Wombatry") for row in rows)
    assert check_base() == []


def test_tags_removed_in_bulk_do_not_return_with_imports():
    send(log_in(superuser=True), "post", Post.objects.all(), refused="gardens")
    import_posts([Content("0.md", TEXT.format(n=0).replace("One", "Won").encode())])
    assert TaggedPost.objects.count() == 0
    assert check_base() == []


def test_posts_moved_in_bulk_stay_in_their_new_conference():
    """When they are imported again."""
    send(log_in(superuser=True), "post", Post.objects.all()[:2], series="Other Conf", year="2020")
    import_posts([Content(f"{n}.md", TEXT.format(n=n).replace("One", "Won").encode()) for n in range(3)])
    assert sorted(str(post.conference) for post in Post.objects.all()) == ["Acme Conf 2019", *["Other Conf 2020"] * 2]
    assert check_base() == []


def test_talks_moved_in_bulk_redirect_from_their_old_addresses(client):
    rows = list(Talk.objects.filter(title="Same"))
    send(log_in(superuser=True), "talk", rows, series="Other Conf", year="2020", day="2")
    moved = [(str(talk.day), talk.position) for talk in Talk.objects.filter(title="Same").order_by("position")]
    assert moved == [("Other Conf 2020 – Day 2", place) for place in range(1, len(rows) + 1)]
    old = client.get(f"/talks/acme-conf-2019/{rows[0].slug}/")
    assert old.headers["Location"] == Talk.objects.get(pk=rows[0].pk).get_absolute_url()
    assert check_base() == []


def test_posts_are_made_private_and_talks_hidden():
    client = log_in(superuser=True)
    send(client, "post", Post.objects.all()[:2], visibility="private")
    send(client, "talk", Talk.objects.all()[:1], hidden="yes")
    assert sorted(Post.objects.values_list("visibility", flat=True)) == ["private", "private", "public"]
    assert Talk.objects.filter(hidden=True).count() == 1
    assert check_base() == []


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Say at least one thing."),
        ({"year": "2020"}, "A year and a day are those of a conference: name it."),
        ({"refused": "Nothing"}, "There is no tag called Nothing."),
        ({"refused": "Gardens", "tag": "gardens"}, "The same tag cannot be both added and taken off."),
        ({"tag": "a\u200b"}, "Remove the character U+200B: nobody can see it."),
    ],
)
def test_invalid_values_in_bulk_changes_are_reported_not_stored(said, fault):
    _, response = send(log_in(superuser=True), "post", Post.objects.all(), **said)
    assert [text for faults in response.context_data["form"].errors.values() for text in faults] == [fault]
    assert Tag.objects.count() == 1


def test_a_bulk_change_asks_again_if_other_rows_were_shown():
    client = log_in(superuser=True)
    data = {"action": "change_together", "_selected_action": [Post.objects.first().pk], "bulk-tag": "More"}
    response = client.post("/admin/talks/post/", data | {"shown": "old"})
    assert (response.status_code, Tag.objects.count()) == (200, 1)


@pytest.mark.any_database
@pytest.mark.parametrize("model", ["post", "talk"])
def test_view_permission_makes_no_bulk_change(model):
    rows = (Post if model == "post" else Talk).objects.all()
    send(log_in("view_post", "view_talk"), model, rows, tag="More", series="Other Conf")
    assert (Tag.objects.count(), {str(post.conference) for post in Post.objects.all()}) == (1, {"Acme Conf 2019"})


@pytest.mark.parametrize("name", ["wombatfest", "WombatDays"])
def test_talks_move_to_series_by_their_other_names_or_spellings(name):
    kept = Series.objects.create(name="Wombat Days", aliases=["Wombatfest"])
    send(log_in(superuser=True), "talk", Talk.objects.all()[:1], series=name, year="2018")
    assert Talk.objects.get(conference__year=2018).conference.series == kept


def test_a_talk_that_moves_back_has_its_old_address_again():
    talk, client = Talk.objects.first(), log_in(superuser=True)
    for series in ("Other Conf", "Acme Conf"):
        send(client, "talk", [talk], series=series, year="2019")
    assert Talk.objects.get(pk=talk.pk).get_absolute_url() == talk.get_absolute_url()
    assert check_base() == []


def test_changing_the_conference_of_withdrawn_posts_does_not_restore_them():
    Post.objects.filter(key="0.md").update(withdrawn=True)
    _, response = send(log_in(superuser=True), "post", Post.objects.all(), series="Other Conf")
    assert "0.md is withdrawn" in response.rendered_content
    assert Post.objects.get(key="0.md").withdrawn
