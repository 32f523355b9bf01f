"""The forms of the admin: they open in few queries, and saving updates derived data."""

import pytest
from django.apps import apps
from django.urls import reverse

from talks import markup
from talks.backup import check_base
from talks.models import Conference, Day, ImportRun, Post, Series, Speaker, Tag, TaggedTalk, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import count_queries, log_in, make_world, read_errors, read_form, read_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return log_in(superuser=True)


def page_of(row) -> str:
    return reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk])


def page_to_add(name: str) -> str:
    return reverse(f"admin:talks_{name}_add")


def send(client, address, **changes):
    """Open the form, change some fields, send it as a browser would."""
    values = read_form(client, address)
    unknown = (
        set(changes) - set(values) - {name for name in changes if name.endswith(("-DELETE", "hidden", "withdrawn"))}
    )
    assert unknown == set()
    return client.post(address, {name: value for name, value in (values | changes).items() if value is not None})


def outline(talk: Talk) -> list[tuple[int, str, str | None]]:
    """Return position, text and parent's text of all takeaways that readers may see."""
    rows = talk.takeaways.filter(withdrawn=False).select_related("parent").order_by("post__key", "position")
    return [(row.position, row.text, row.parent and row.parent.text) for row in rows]


# Takeaways of a talk


@pytest.mark.slow
@pytest.mark.any_database
def test_a_talk_with_500_takeaways_opens_and_saves(client):
    talk = make.make_talk(speakers=["A", "B"], tags=["X", "Y", "Z"])
    rows = [
        Takeaway(public_id=f"{n:010}", talk=talk, position=n, text=f"Point {n}", html=f"Point {n}")
        for n in range(1, 501)
    ]
    Takeaway.objects.bulk_create(rows)
    response = send(client, page_of(talk), **{"takeaways-7-text": "Point of *interest*", "takeaways-499-place": "1"})
    assert read_errors(response) == []
    texts = [text for _, text, _ in outline(talk)]
    assert texts[:3] == ["Point 500", "Point 1", "Point 2"]
    assert texts[8] == "Point of *interest*"
    assert [position for position, _, _ in outline(talk)] == list(range(1, 501))
    assert Takeaway.objects.get(public_id="0000000008").html == "Point of <em>interest</em>"
    assert read_history(talk) == [
        "Changed Text for takeaway “Point of *interest*”. Changed No. for takeaway “Point 500”."
    ]


@pytest.mark.any_database
def test_fifty_takeaways_on_a_talk_page_need_no_more_queries(client):
    """Fifty takeaways need as many queries as ten."""
    talk = make.make_talk(post=make.make_post(), takeaways=[f"Point {n}" for n in range(10)])
    few = count_queries(client, page_of(talk))
    assert few < 40
    with make.derive_once():
        for n in range(40):
            make.make_takeaway(talk, f"More {n}", post=talk.sources.get().post)
    assert count_queries(client, page_of(talk)) == few


def test_saving_an_unchanged_form_changes_no_row(client):
    talk = make_world(1)
    make.make_takeaway(talk, "  indented:\n\n\tcode\n  ", kind="code", post=talk.sources.get().post)
    make.make_takeaway(talk, "By hand")
    before = list(Takeaway.objects.order_by("pk").values()), list(Talk.objects.values())
    assert read_errors(send(client, page_of(talk))) == []
    assert (list(Takeaway.objects.order_by("pk").values()), list(Talk.objects.values())) == before
    assert read_history(talk) == ["No fields changed."]


def test_a_new_takeaway_gets_a_permalink_html_and_its_place(client):
    talk = make.make_talk(takeaways=["One", "Two"])
    fields = {"takeaways-2-text": "A [link](https://example.org)", "takeaways-2-kind": "paragraph"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    new = talk.takeaways.get(position=3)
    assert (new.text, new.post, new.parent, new.imported) == ("A [link](https://example.org)", None, None, {})
    assert new.html == markup.render(new.text, kind="paragraph").html
    assert len(new.public_id) == 10
    assert set(new.public_id) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_a_new_takeaway_gets_its_chosen_place_and_level(client):
    talk = make.make_talk(takeaways=["One", "Two"])
    fields = {"takeaways-2-text": "New", "takeaways-2-place": "2", "takeaways-2-level": "2"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    assert outline(talk) == [(1, "One", None), (2, "New", "One"), (3, "Two", None)]


def test_a_talk_saves_after_adding_a_takeaway_as_withdrawn(client):
    talk = make.make_talk(takeaways=["One"])
    fields = {"takeaways-0-text": "Uno", "takeaways-1-text": "New", "takeaways-1-withdrawn": "on"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    assert read_errors(send(client, page_of(talk), title="Moss")) == []
    assert (Talk.objects.get().title, outline(talk)) == ("Moss", [(1, "Uno", None)])


def test_nested_takeaways_move_with_their_parent(client):
    talk = make.make_talk(takeaways=["One", ("Two", ["Below two", "Below too"]), "Three"])
    assert read_errors(send(client, page_of(talk), **{"takeaways-1-place": "1"})) == []
    expected = [
        (1, "Two", None),
        (2, "Below two", "Two"),
        (3, "Below too", "Two"),
        (4, "One", None),
        (5, "Three", None),
    ]
    assert outline(talk) == expected


def test_changing_its_level_nests_a_takeaway_or_moves_it_out(client):
    talk = make.make_talk(takeaways=["One", ("Two", ["Below two"]), "Three"])
    fields = {"takeaways-2-level": "1", "takeaways-3-level": "9"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    assert outline(talk) == [(1, "One", None), (2, "Two", None), (3, "Below two", None), (4, "Three", "Below two")]


def test_children_of_deleted_takeaways_move_up_and_all_are_renumbered(client):
    talk = make.make_talk(takeaways=["One", ("Two", [("Below two", ["Deep"])]), "Three"])
    assert read_errors(send(client, page_of(talk), **{"takeaways-1-DELETE": "on"})) == []
    assert outline(talk) == [(1, "One", None), (2, "Below two", None), (3, "Deep", "Below two"), (4, "Three", None)]


def test_a_takeaway_and_its_child_can_be_deleted_together(client):
    talk = make.make_talk(takeaways=["One", ("Two", [("Below two", ["Deep"])]), "Three"])
    fields = {"takeaways-1-DELETE": "on", "takeaways-2-DELETE": "on", "takeaways-3-text": "Deepest"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    assert outline(talk) == [(1, "One", None), (2, "Deepest", None), (3, "Three", None)]


def test_a_takeaway_of_a_post_is_withdrawn_not_deleted(client):
    talk = make.make_talk(post=make.make_post(), takeaways=["One", ("Two", ["Below two"]), "Three"])
    assert read_errors(send(client, page_of(talk), **{"takeaways-1-DELETE": "on"})) == []
    assert Takeaway.objects.count() == 4
    assert read_errors(send(client, page_of(talk), **{"takeaways-1-withdrawn": "on"})) == []
    assert outline(talk) == [(1, "One", None), (2, "Three", None)]
    assert "two" not in make.read_words(talk)
    below = Takeaway.objects.get(text="Below two")
    assert below.withdrawn
    rows = list(talk.takeaways.in_reading_order())
    index = next(number for number, row in enumerate(rows) if row.text == "Below two")
    assert read_errors(send(client, page_of(talk), **{f"takeaways-{index}-withdrawn": None})) == []
    assert outline(talk) == [(1, "One", None), (2, "Two", None), (3, "Below two", "Two"), (4, "Three", None)]


def test_takeaways_of_talks_are_numbered_separately_for_each_post(client):
    day = make.make_day()
    first, second = make.make_post("First", day=day), make.make_post("Second", day=day)
    talk = make.make_talk("Talk", day, post=first, takeaways=["First one", "First two"])
    make.make_source(talk, second)
    make.make_takeaway(talk, "Second one", post=second)
    make.make_takeaway(talk, "Second two", post=second)
    fields = {"takeaways-3-place": "1", "takeaways-4-text": "By hand", "takeaways-4-level": "2"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    rows = [(row.position, row.text, row.parent_id) for row in talk.takeaways.in_reading_order()]
    assert rows == [
        (1, "First one", None),
        (2, "First two", None),
        (1, "Second two", None),
        (2, "Second one", None),
        (1, "By hand", None),
    ]


@pytest.mark.any_database
def test_links_of_a_changed_takeaway_are_relative_to_its_post(client):
    talk = make.make_talk(post=make.make_post(key="2017/day-2.md"), takeaways=["One"])
    assert read_errors(send(client, page_of(talk), **{"takeaways-0-text": "See [there](day-3.md)"})) == []
    row = talk.takeaways.get()
    assert row.html == markup.render(row.text, post="2017/day-2.md", kind="point").html
    assert (row.imported, row.line is not None) == ({"text": "One", "kind": "point"}, True)


def test_saving_a_takeaway_removed_meanwhile_is_an_error(client):
    talk = make.make_talk(takeaways=["One", "Two"])
    values = read_form(client, page_of(talk))
    talk.takeaways.get(text="Two").delete()
    response = client.post(page_of(talk), values)
    assert "Takeaways were removed meanwhile. Open the page anew and repeat your changes." in read_errors(response)


@pytest.mark.any_database
def test_a_forged_form_cannot_change_another_talks_takeaway(client):
    talk, other = make.make_talk("A", takeaways=["One"]), make.make_talk("B", takeaways=["Two"])
    values = read_form(client, page_of(talk)) | {
        "takeaways-0-id": str(other.takeaways.get().pk),
        "takeaways-0-text": "X",
    }
    assert read_errors(client.post(page_of(talk), values)) == [
        "Takeaways were removed meanwhile. Open the page anew and repeat your changes."
    ]
    assert [outline(talk), outline(other)] == [[(1, "One", None)], [(1, "Two", None)]]


def test_a_takeaway_is_edited_on_its_own_page(client):
    talk = make.make_talk(post=make.make_post(), takeaways=["One", ("Two", ["Below two"]), "Three"])
    row = talk.takeaways.get(text="Two")
    tag = make.make_tag("Docker")
    fields = {"text": "*Two*\r\nlines", "tagged-TOTAL_FORMS": "1"}
    values = read_form(client, page_of(row)) | fields | {"tagged-0-tag": str(tag.pk), "tagged-0-content_object": row.pk}
    assert read_errors(client.post(page_of(row), values)) == []
    row.refresh_from_db()
    assert (row.text, row.html) == ("*Two*\nlines", "<em>Two</em>\nlines")
    assert [(item.tag, item.origin) for item in row.tagged.all()] == [(tag, "editor")]
    assert read_errors(send(client, page_of(row), withdrawn="on")) == []
    assert outline(talk) == [(1, "One", None), (2, "Three", None)]


def test_actions_withdraw_and_restore_takeaways(client):
    talk = make.make_talk(post=make.make_post(), takeaways=["One", ("Two", [("Below two", ["Deep"])]), "Three"])
    before = outline(talk)
    address = reverse("admin:talks_takeaway_changelist")
    chosen = {"_selected_action": [talk.takeaways.get(text="Below two").pk]}
    client.post(address, chosen | {"action": "withdraw"})
    assert outline(talk) == [(1, "One", None), (2, "Two", None), (3, "Three", None)]
    assert "deep" not in make.read_words(talk)
    client.post(address, chosen | {"action": "restore"})
    assert outline(talk) == before


def test_only_takeaways_that_editors_wrote_can_be_deleted(client):
    talk = make.make_talk(post=make.make_post(), takeaways=["One"])
    mine = make.make_takeaway(talk, "Mine")
    nested = make.make_takeaway(talk, "Nested", parent=mine)
    imported = talk.takeaways.get(text="One")
    assert client.post(reverse("admin:talks_takeaway_delete", args=[imported.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:talks_takeaway_delete", args=[mine.pk]), {"post": "yes"}).status_code == 302
    assert [row.pk for row in talk.takeaways.in_reading_order()] == [imported.pk, nested.pk]
    nested.refresh_from_db()
    assert (nested.position, nested.parent) == (1, None)


# Talks


def test_an_editor_can_make_a_talk(client):
    day = make.make_talk("First").day
    speaker, tag = make.make_speaker("Lisa Guo"), make.make_tag("Docker")
    fields = {"title": "  Ein\u00a0Vortrag ", "day": str(day.pk), "appearances-0-speaker": str(speaker.pk)}
    fields |= {"takeaways-0-text": "One", "appearances-0-affiliation": "Instagram", "tagged-TOTAL_FORMS": "1"}
    values = read_form(client, page_to_add("talk")) | fields | {"tagged-0-tag": str(tag.pk)}
    assert read_errors(client.post(page_to_add("talk"), values)) == []
    talk = Talk.objects.get(title="Ein Vortrag")
    assert (talk.slug, talk.position, talk.conference, talk.sort_key) == (
        "ein-vortrag",
        2,
        day.conference,
        "ein vortrag",
    )
    assert [str(appearance) for appearance in talk.appearances.all()] == ["Lisa Guo (Instagram)"]
    assert list(TaggedTalk.objects.values_list("tag__name", "origin")) == [("Docker", "editor")]
    assert outline(talk) == [(1, "One", None)]
    assert "one" in make.read_words(talk)


@pytest.mark.any_database
def test_retitled_talks_keep_their_addresses_and_forged_fields_are_ignored(client):
    talk = make.make_talk("Old title")
    assert read_errors(send(client, page_of(talk), title="New title")) == []
    talk.refresh_from_db()
    assert (talk.title, talk.slug, talk.sort_key) == ("New title", "old-title", "new title")
    client.post(
        page_of(talk), read_form(client, page_of(talk)) | {"slug": "forged", "withdrawn": "on", "conference": "9"}
    )
    talk.refresh_from_db()
    assert (talk.slug, talk.withdrawn) == ("old-title", False)


def test_a_talk_moves_among_the_talks_of_its_day(client):
    talks = [make.make_talk(title) for title in "ABC"]
    assert read_errors(send(client, page_of(talks[2]), position="1")) == []
    assert list(Talk.objects.order_by("position").values_list("title", "position")) == [("C", 1), ("A", 2), ("B", 3)]


def test_a_talk_moves_to_another_day(client):
    first, second = make.make_day(number=1), make.make_day(number=2)
    talks = [make.make_talk(title, first) for title in "ABC"] + [make.make_talk("D", second)]
    assert read_errors(send(client, page_of(talks[0]), day=str(second.pk))) == []
    rows = list(Talk.objects.order_by("day__number", "position").values_list("title", "day__number", "position"))
    assert rows == [("B", 1, 1), ("C", 1, 2), ("D", 2, 1), ("A", 2, 2)]


def test_a_talk_cannot_move_where_another_has_its_address(client):
    here, there = make.make_day(), make.make_day(make.make_conference("Strange Loop", 2013), 1)
    talk = make.make_talk("Same", here)
    make.make_talk("Same", there)
    assert read_errors(send(client, page_of(talk), day=str(there.pk))) == [
        "Strange Loop 2013 has a talk with the address same already."
    ]


def test_a_talk_moved_to_another_conference_redirects(client):
    here, there = make.make_day(), make.make_day(make.make_conference("Strange Loop", 2013), 1)
    talk = make.make_talk("Same", here, post=make.make_post(day=here))
    old = talk.get_absolute_url()
    assert read_errors(send(client, page_of(talk), day=str(there.pk))) == []
    talk.refresh_from_db()
    assert client.get(old).headers["Location"] == talk.get_absolute_url() == "/talks/strange-loop-2013/same/"
    second = make.make_talk("Same", here)
    assert second.slug == "same-2"
    elsewhere = make.make_talk("Same", make.make_day(make.make_conference("Devoxx", 2013), 1))
    assert read_errors(send(client, page_of(elsewhere), day=str(here.pk))) == [
        "QCon London 2017 has a talk with the address same already."
    ]
    assert read_errors(send(client, page_of(talk), day=str(here.pk))) == []
    assert (client.get(old).status_code, client.get("/talks/strange-loop-2013/same/").status_code) == (200, 301)


def test_speakers_of_a_talk_are_renumbered_and_cannot_occur_twice(client):
    talk = make.make_talk(speakers=["A", "B", "C"])
    fields = {"appearances-0-position": "9", "appearances-1-DELETE": "on"}
    assert read_errors(send(client, page_of(talk), **fields)) == []
    assert [(row.position, str(row)) for row in talk.appearances.all()] == [(1, "C"), (2, "A")]
    again = {"appearances-2-speaker": str(make.make_speaker("A").pk), "appearances-2-position": "1"}
    response = client.post(page_of(talk), read_form(client, page_of(talk)) | again)
    assert read_errors(response) == [
        "Please correct the duplicate values below.",
        "Please correct the duplicate data for speaker.",
    ]


def test_a_speaker_added_to_a_talk_comes_last(client):
    talk = make.make_talk(speakers=["A", "B"])
    fields = {"appearances-2-speaker": str(make.make_speaker("C").pk)}
    assert read_errors(client.post(page_of(talk), read_form(client, page_of(talk)) | fields)) == []
    assert [(row.position, str(row)) for row in talk.appearances.all()] == [(1, "A"), (2, "B"), (3, "C")]


def test_actions_hide_and_show_talks(client):
    talks = [make.make_talk(title) for title in "ABC"]
    address = reverse("admin:talks_talk_changelist")
    seen = []
    for action in ("hide", "show"):
        client.post(address, {"_selected_action": [talks[0].pk, talks[1].pk], "action": action})
        seen.append(list(Talk.objects.order_by("position").values_list("hidden", flat=True)))
    assert seen == [[True, True, False], [False, False, False]]


def test_only_talks_that_editors_made_can_be_deleted(client):
    imported = make.make_talk("A", post=make.make_post())
    mine, last = make.make_talk("B", imported.day), make.make_talk("C", imported.day)
    assert client.post(reverse("admin:talks_talk_delete", args=[imported.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:talks_talk_delete", args=[mine.pk]), {"post": "yes"}).status_code == 302
    assert list(Talk.objects.order_by("position").values_list("title", "position")) == [("A", 1), ("C", 2)]
    assert make.read_words(last)
    chosen = {"_selected_action": [imported.pk], "action": "delete_selected", "post": "yes"}
    client.post(reverse("admin:talks_talk_changelist"), chosen)
    assert Talk.objects.filter(pk=imported.pk).exists()


# Everything else


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["series", "conference", "day", "talk", "speaker", "writer", "tag"])
def test_pages_for_adding_rows_open(client, name):
    assert client.get(page_to_add(name)).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "series",
        "conference",
        "day",
        "talk",
        "takeaway",
        "speaker",
        "writer",
        "tag",
        "post",
        "reference",
        "importrun",
        "importoutcome",
    ],
)
def test_pages_of_rows_open_in_few_queries_and_save(client, name):
    make_world(1)
    model = apps.get_model("talks", name)
    row = model._default_manager.first()
    assert count_queries(client, page_of(row)) < 40
    assert client.get(reverse(f"admin:talks_{name}_history", args=[row.pk])).status_code == 200
    if not name.startswith("import"):
        before = list(model._default_manager.order_by("pk").values())
        assert read_errors(send(client, page_of(row))) == []
        assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.any_database
def test_only_some_fields_of_a_post_can_be_edited(client):
    make_world(1)
    post = Post.objects.get()
    fields = {"title": "Another title", "visibility": "private", "published_on": "2018-01-02", "language": "de"}
    values = read_form(client, page_of(post)) | fields | {"source": "forged", "key": "forged", "slug": "forged"}
    assert read_errors(client.post(page_of(post), values)) == []
    after = Post.objects.get()
    assert (after.title, after.visibility, after.language, str(after.published_on)) == (
        *("Another title", "private", "de"),
        "2018-01-02",
    )
    kept = ("source", "key", "slug", "imported", "digest", "lines", "diagnostics")
    assert [getattr(after, name) for name in kept] == [getattr(post, name) for name in kept]


def test_the_page_of_a_post_shows_diagnostics_and_unplaced_text(client):
    make_world(1)
    page = client.get(page_of(Post.objects.get())).content.decode()
    assert "Odd." in page
    assert "title: &#x27;Notes 1&#x27;" in page


def test_posts_cannot_be_deleted_in_the_admin(client):
    make_world(1)
    post = Post.objects.get()
    assert client.post(reverse("admin:talks_post_delete", args=[post.pk]), {"post": "yes"}).status_code == 403


def test_actions_change_the_visibility_of_posts(client):
    make_world(1)
    address = reverse("admin:talks_post_changelist")
    chosen = {"_selected_action": [Post.objects.get().pk]}
    seen = []
    for action in ("make_private", "publish", "withdraw", "restore"):
        client.post(address, chosen | {"action": action})
        seen.append(Post.objects.values_list("visibility", "withdrawn").get())
    assert seen == [("private", False), ("public", False), ("public", True), ("public", False)]


def test_old_addresses_of_a_post_can_be_edited(client):
    make_world(1)
    post = Post.objects.get()
    values = read_form(client, page_of(post)) | {"aliases-TOTAL_FORMS": "1", "aliases-0-post": post.pk}
    for path, stored in {"2017/03/23/day-2/": "/2017/03/23/day-2", "/caf%C3%A9": "/café", "/a b": "/a b"}.items():
        post.aliases.all().delete()
        assert read_errors(client.post(page_of(post), values | {"aliases-0-path": path})) == []
        assert post.aliases.get().path == stored


BAD_ADDRESSES = [
    *["//evil.example", "https://evil.example/x", "javascript:alert(1)", "/a?b=c", "/a#b", "/a\\b", "/a//b", "/../a"],
    *["/static/x.css", "/static", "/a\u200cb", "/%ff", f"/{'a' * 500}"],
    *["/", "/talks/", "/talks", "/admin/x", "/conferences/qcon/", "/%00", "/%2f%2fevil.example", "/search/"],
]


@pytest.mark.any_database
def test_old_addresses_that_no_post_may_have_are_refused(client):
    make_world(1)
    post = Post.objects.get()
    values = read_form(client, page_of(post)) | {"aliases-TOTAL_FORMS": "1", "aliases-0-post": post.pk}
    answers = {path: client.post(page_of(post), values | {"aliases-0-path": path}) for path in BAD_ADDRESSES}
    assert {path: len(read_errors(answer)) for path, answer in answers.items()} == dict.fromkeys(BAD_ADDRESSES, 1)


def test_a_renamed_speaker_series_or_tag_keeps_its_address(client):
    talk = make_world(1)
    for row in (Speaker.objects.get(), Series.objects.get(), Tag.objects.get()):
        address = row.slug
        assert read_errors(send(client, page_of(row), name="Żółć")) == []
        row.refresh_from_db()
        assert (row.name, row.slug, row.sort_key) == ("Żółć", address, "zołc")
    assert make.read_words(talk)


def test_aliases_of_a_series_are_edited_one_per_line(client):
    make.make_series("QCon London")
    row = Series.objects.get()
    assert read_errors(send(client, page_of(row), aliases=" QCon  UK \r\n\r\nQCL\r\nqcon uk")) == []
    row.refresh_from_db()
    assert row.aliases == ["QCon UK", "QCL"]
    assert read_form(client, page_of(row))["aliases"] == "QCon UK\r\nQCL"


def test_days_can_be_edited_on_the_page_of_their_conference(client):
    day = make.make_talk().day
    values = {"days-1-number": "3", "days-1-date": "2017-03-24", "days-0-date": "2017-03-23"}
    assert read_errors(send(client, page_of(day.conference), **values)) == []
    assert [(row.number, str(row.date)) for row in day.conference.days.all()] == [(2, "2017-03-23"), (3, "2017-03-24")]


def test_a_day_with_talks_cannot_be_deleted(client):
    day = make.make_talk().day
    response = send(client, page_of(day.conference), **{"days-0-DELETE": "on"})
    (said,) = read_errors(response)
    assert said.endswith("the following protected related objects: talk Scaling Instagram Architecture")
    assert Day.objects.count() == 1


def test_a_conference_with_talks_cannot_be_deleted(client):
    conference = make.make_talk().conference
    client.post(reverse("admin:talks_conference_delete", args=[conference.pk]), {"post": "yes"})
    assert Conference.objects.count() == 1


def test_only_a_speaker_without_talks_can_be_deleted(client):
    make.make_talk(speakers=["A"])
    make.make_speaker("B")
    address = reverse("admin:talks_speaker_changelist")
    chosen = {"_selected_action": list(Speaker.objects.values_list("pk", flat=True)), "action": "delete_selected"}
    client.post(address, chosen | {"post": "yes"})
    assert Speaker.objects.count() == 2
    client.post(reverse("admin:talks_speaker_delete", args=[Speaker.objects.get(name="B").pk]), {"post": "yes"})
    assert [str(speaker) for speaker in Speaker.objects.all()] == ["A"]


def test_deleting_a_tag_shows_counts_of_affected_rows(client):
    talk = make_world(1)
    tag = Tag.objects.get()
    address = reverse("admin:talks_tag_delete", args=[tag.pk])
    few = count_queries(client, address)
    with make.derive_once():
        for number in range(20):
            make.make_talk(f"More {number}", tags=["Tag 1"])
    assert count_queries(client, address) == few
    assert client.get(address).context["model_count"]
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert TaggedTalk.objects.count() == 0
    assert Talk.objects.filter(pk=talk.pk).exists()


def test_the_page_of_a_run_shows_its_outcomes(client):
    make_world(1)
    run = page_of(ImportRun.objects.get())
    page = client.get(run).content.decode()
    assert [part for part in ("notes-1.md", "Odd.", "created") if part not in page] == []
    assert client.post(run, {"given": "forged"}).status_code == 403


def test_the_base_stays_sound_after_edits_of_several_kinds(client):
    day = make.make_day()
    post = make.make_post(day=day)
    talk = make.make_talk("A", day, post=post, speakers=["S"], takeaways=["One", ("Two", ["Below"]), "Three"])
    make.make_talk("B", day, takeaways=["x"])
    assert check_base() == []
    fields = {"takeaways-3-place": "1", "takeaways-1-withdrawn": "on", "takeaways-0-text": "*New*", "position": "2"}
    assert read_errors(send(client, page_of(talk), **fields, title="Another", **{"takeaways-4-text": "Mine"})) == []
    assert check_base() == []
    assert read_errors(send(client, page_of(Speaker.objects.get()), name="Somebody Else")) == []
    assert read_errors(send(client, page_of(Post.objects.get()), visibility="private", title="Other")) == []
    assert read_errors(send(client, page_of(Series.objects.get()), name="QCon")) == []
    for name, action in (
        ("takeaway", "restore"),
        ("talk", "hide"),
        ("talk", "show"),
        ("post", "withdraw"),
        ("post", "restore"),
    ):
        rows = apps.get_model("talks", name).objects.values_list("pk", flat=True)
        client.post(reverse(f"admin:talks_{name}_changelist"), {"_selected_action": list(rows), "action": action})
        assert check_base() == []


def test_a_run_page_shows_posts_with_warnings_first(client):
    """Notes of the posts below them are not shown."""
    run = ImportRun.objects.create()
    for name, severity in (("a.md", "note"), ("b.md", "warning")):
        said = {
            "severity": severity,
            "code": f"{severity}-code",
            "line": 1,
            "column": 1,
            "message": "Moss.",
            "hint": "",
        }
        run.outcomes.create(path=name, outcome="created", diagnostics=[said])
    html = client.get(page_of(run)).content.decode()
    assert html.index("b.md") < html.index("a.md")
    assert ("warning-code" in html, "note-code" in html) == (True, False)
