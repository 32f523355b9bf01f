"""The history of a row: what editors changed, with the text before, and what imports did."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from talks import derived, editing
from talks.admin.version_check import COLLISION
from talks.backup import check_base
from talks.importing import Content, import_posts
from talks.models import Post, Speaker, Tag, Takeaway, Talk
from tests import builders as make
from tests.admin.rows import log_in, make_world, read_errors, read_form

pytestmark = pytest.mark.django_db


def address_of(row, what="change"):
    return reverse(f"admin:talks_{row._meta.model_name}_{what}", args=[row.pk])


def save(client, row, **values):
    assert read_errors(client.post(address_of(row), read_form(client, address_of(row)) | values)) == []


def read_history(client, row):
    """Return who did what, with the texts before and after, oldest first."""
    response = client.get(address_of(row, "history"))
    assert response.status_code == 200
    events = reversed(response.context_data["events"])
    return [(each.who, each.what, [(text.before, text.after) for text in each.texts]) for each in events]


TEXT = "---\ntitle: Testing Days 2019\ntags: [Docker]\n---\n## Boxes with Ada Brown\n* One is here\n"


def run(*lines, **replaced):
    """Import the post with these lines added."""
    text = "".join([TEXT, *(f"{line}\n" for line in lines)])
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    import_posts([Content("a.md", text.encode())])


def test_history_lists_editors_and_runs_in_order():
    run()
    client, talk = log_in(superuser=True), Talk.objects.get()
    save(client, talk, title="Ships")
    save(client, Takeaway.objects.get(), text="Another\nline")
    run("* Two is there")
    run("* Two is there")
    run("* Two is there", Brown="Brown and Carl Dent")
    told = [
        ("import", "a.md: created.", []),
        ("staff0", "Changed Title.", [("Boxes", "Ships")]),
        ("staff0", "Another\nline: Changed Text.", [("One is here", "Another\nline")]),
        ("import", "a.md: added.", [("", "Two is there")]),
        ("import", "a.md: changed.", [("Ada Brown", "Ada Brown\nCarl Dent")]),
    ]
    assert read_history(client, talk) == told
    first, second = Takeaway.objects.order_by("position")
    assert read_history(client, first) == [
        told[0],
        ("staff0", "Changed Text.", [("One is here", "Another\nline")]),
    ]
    assert read_history(client, second) == [told[3]]
    assert read_history(client, Speaker.objects.get(name="Ada Brown")) == [told[0]]
    assert read_history(client, Speaker.objects.get(name="Carl Dent")) == [told[0], told[4]]


@pytest.mark.any_database
def test_history_shows_what_a_run_changed_in_the_row():
    run("* Two is there, of all things", "* Three and no more of them")
    client = log_in(superuser=True)
    one, two, three = Takeaway.objects.order_by("position")
    run("* Two was there, of all things, said Docker")
    run("* Two was there, of all things, said Docker", "* Three and no more of them", Boxes="Big Boxes")
    assert read_history(client, two)[1:] == [
        (
            "import",
            "a.md: changed.",
            [("Two is there, of all things", "Two was there, of all things, said Docker")],
        )
    ]
    gone = ("import", "a.md: withdrawn.", [("Three and no more of them", "")])
    assert read_history(client, three)[1:] == [gone, ("import", "a.md: back again.", [])]
    assert read_history(client, one)[1:] == []
    assert [what for _, what, _ in read_history(client, Talk.objects.get())[1:]] == [
        "a.md: changed, withdrawn.",
        "a.md: changed, back again.",
    ]
    assert [len(texts) for *_, texts in read_history(client, Tag.objects.get(name="Docker"))] == [0, 1]


def take(client, row, before, **values):
    page = client.get(address_of(row, "history"))
    data = {"field": "text", "text": before, "stamp": page.context_data["stamp"]} | values
    return client.post(address_of(row, "take"), data)


@pytest.mark.any_database
def test_a_former_text_can_be_restored():
    run()
    client, takeaway = log_in(superuser=True), Takeaway.objects.get()
    save(client, takeaway, text="Another *line* of Rust")
    (_, event) = reversed(client.get(address_of(takeaway, "history")).context_data["events"])
    assert [(text.take, text.before) for text in event.texts] == [("text", "One is here")]
    assert take(client, takeaway, "One is here").status_code == 302
    takeaway.refresh_from_db()
    assert (takeaway.text, takeaway.html) == ("One is here", "One is here")
    assert read_history(client, takeaway)[-1][2] == [("Another *line* of Rust", "One is here")]
    run("* Two is there")
    assert Takeaway.objects.filter(text="One is here", withdrawn=False).count() == 1
    assert check_base() == []


def test_a_former_name_can_be_restored():
    make_world()
    client = log_in(superuser=True)
    for model in (Talk, Speaker, Tag):
        row = model.objects.get()
        name = "title" if model is Talk else "name"
        before = getattr(row, name)
        save(client, row, **{name: "Other"})
        assert take(client, row, before, field=name).status_code == 302
        row.refresh_from_db()
        assert getattr(row, name) == before
    assert derived.find_stale_search_text() == []


def tell_of_taking(client, row, text, **values):
    page = client.get(take(client, row, text, **values)["Location"], follow=True)
    return [str(message) for message in page.context["messages"]]


def test_a_former_name_that_another_took_meanwhile_is_refused(monkeypatch):
    make_world()
    client, speaker = log_in(superuser=True), Speaker.objects.get()
    before = speaker.name
    save(client, speaker, name="Other")
    speaker.aliases.all().delete()
    make.make_speaker(before)
    monkeypatch.setattr("talks.admin.base.NamedForm.clean_name", lambda form: form.cleaned_data["name"])
    assert tell_of_taking(client, speaker, before, field="name") == [COLLISION]
    assert Speaker.objects.get(pk=speaker.pk).name == "Other"


def test_restoring_a_deleted_rows_text_ends_in_a_message():
    talk, client = make_world(), log_in(superuser=True)
    page = client.get(address_of(talk, "history"))
    data = {"field": "title", "text": "Old", "stamp": page.context_data["stamp"]}
    address = address_of(talk, "take")
    editing.delete_rows([talk])
    (message,) = client.post(address, data, follow=True).context["messages"]
    assert "Perhaps it was deleted?" in str(message)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("values", "status"),
    [({"stamp": "old"}, 302), ({"text": ""}, 302), ({"field": "hidden"}, 404), ({"field": "post"}, 404)],
)
def test_an_invalid_restoration_of_a_text_changes_nothing(values, status):
    run()
    client, takeaway = log_in(superuser=True), Takeaway.objects.get()
    assert take(client, takeaway, "New", **values).status_code == status
    assert Takeaway.objects.get().text == "One is here"


def test_view_permission_restores_no_text():
    run()
    client, takeaway = log_in("view_takeaway"), Takeaway.objects.get()
    assert client.get(address_of(takeaway, "history")).context_data["takeable"] == []
    assert client.post(address_of(takeaway, "take"), {"field": "text", "text": "New"}).status_code == 403
    assert client.get(address_of(takeaway, "take")).status_code == 405
    assert Takeaway.objects.get().text == "One is here"


@pytest.mark.any_database
def test_edits_of_takeaways_on_talk_pages_appear_in_takeaway_histories():
    client, talk = log_in(superuser=True), make_world()
    form = read_form(client, address_of(talk))
    place = next(name for name, value in form.items() if value == "Two")
    save(client, talk, **{place: "Two changed"}, title="Other")
    two, three = Takeaway.objects.get(text="Two changed"), Takeaway.objects.get(text="Three")
    assert read_history(client, two)[1:] == [("staff0", "Changed.", [("Two", "Two changed")])]
    assert read_history(client, three)[1:] == []


@pytest.mark.any_database
@pytest.mark.parametrize("model", [Speaker, Tag])
def test_history_shows_names_before_and_after(model):
    make_world()
    client, row = log_in(superuser=True), model.objects.get()
    save(client, row, name="Other <b>")
    assert read_history(client, row)[-1][2] == [(row.name, "Other <b>")]
    assert "Other &lt;b&gt;" in client.get(address_of(row, "history")).content.decode()


@pytest.mark.any_database
def test_inline_edits_show_their_texts_in_history():
    client, talk = log_in(superuser=True), make_world()
    form = read_form(client, address_of(talk))
    place = next(name for name, value in form.items() if value == "Two")
    save(client, talk, **{place: "Two changed"})
    (*_, (who, _, texts)) = read_history(client, talk)
    assert (who, texts) == ("staff0", [("Two", "Two changed")])


def test_admin_actions_that_changed_a_row_appear_in_history():
    client, talk = log_in(superuser=True), make_world()
    for action in ("hide", "hide", "show"):
        client.post(reverse("admin:talks_talk_changelist"), {"_selected_action": talk.pk, "action": action})
    post = Post.objects.get()
    client.post(reverse("admin:talks_post_changelist"), {"_selected_action": post.pk, "action": "make_private"})
    assert [texts for _, _, texts in read_history(client, talk) if texts] == [[("no", "yes")], [("yes", "no")]]
    assert read_history(client, post)[-1] == ("staff0", "Changed visibility.", [("public", "private")])


def test_log_messages_of_any_form_are_shown_unchanged_in_history():
    client, talk = log_in(superuser=True), make_world()
    for message in ("Plain words.", "[broken", '{"a": 1}'):
        user = client.session["_auth_user_id"]
        LogEntry.objects.log_actions(user, [talk], 2, "", single_object=True)
        LogEntry.objects.filter(change_message="").update(change_message=message)
    assert [what for _, what, _ in read_history(client, talk)][1:] == ["Plain words.", "[broken", '{"a": 1}']


def test_without_permission_to_view_a_row_its_history_is_forbidden():
    talk = make_world()
    assert log_in("view_post").get(address_of(talk, "history")).status_code == 403
