"""The history of a row: what hands changed, with the text before, and what imports did."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from talks.importing import Content, import_posts
from talks.models import Post, Speaker, Tag, Takeaway, Talk
from tests.admin.rows import log_in, make_world, read_errors, read_form

pytestmark = pytest.mark.django_db


def address_of(row, what="change"):
    return reverse(f"admin:talks_{row._meta.model_name}_{what}", args=[row.pk])


def save(client, row, **values):
    assert read_errors(client.post(address_of(row), read_form(client, address_of(row)) | values)) == []


def read_history(client, row):
    """Oldest first: who, what, and the texts before and after."""
    response = client.get(address_of(row, "history"))
    assert response.status_code == 200
    events = reversed(response.context_data["events"])
    return [(each.who, each.what, [(text["before"], text["after"]) for text in each.texts]) for each in events]


def test_hands_and_runs_in_order():
    text = "---\ntitle: Testing Days 2019\n---\n## Boxes with Ada Brown\n* One is here\n"
    import_posts([Content("a.md", text.encode())])
    client, talk = log_in(superuser=True), Talk.objects.get()
    save(client, talk, title="Ships")
    save(client, Takeaway.objects.get(), text="Another\nline")
    import_posts([Content("a.md", f"{text}* Two is there\n".encode())])
    import_posts([Content("a.md", f"{text}* Two is there\n".encode())])
    assert read_history(client, talk) == [
        ("import", "a.md: created.", []),
        ("staff0", "Changed Title.", [("Boxes", "Ships")]),
        ("staff0", "Another\nline: Changed Text.", [("One is here", "Another\nline")]),
        ("import", "a.md: updated.", []),
    ]
    assert read_history(client, Takeaway.objects.get(line=5))[1] == (
        "staff0",
        "Changed Text.",
        [("One is here", "Another\nline")],
    )
    assert [who for who, *_ in read_history(client, Speaker.objects.get())] == ["import", "import"]


@pytest.mark.parametrize("model", [Speaker, Tag])
def test_names_before_and_after(model):
    make_world()
    client, row = log_in(superuser=True), model.objects.get()
    save(client, row, name="Other <b>")
    assert read_history(client, row)[-1][2] == [(row.name, "Other <b>")]
    assert "Other &lt;b&gt;" in client.get(address_of(row, "history")).content.decode()


def test_texts_of_rows_edited_on_their_talks_page():
    client, talk = log_in(superuser=True), make_world()
    form = read_form(client, address_of(talk))
    place = next(name for name, value in form.items() if value == "Two")
    save(client, talk, **{place: "Two changed"})
    (*_, (who, _, texts)) = read_history(client, talk)
    assert (who, texts) == ("staff0", [("Two", "Two changed")])


def test_actions_are_kept_too_where_they_changed_something():
    client, talk = log_in(superuser=True), make_world()
    for action in ("hide", "hide", "show"):
        client.post(reverse("admin:talks_talk_changelist"), {"_selected_action": talk.pk, "action": action})
    post = Post.objects.get()
    client.post(reverse("admin:talks_post_changelist"), {"_selected_action": post.pk, "action": "make_private"})
    assert [texts for _, _, texts in read_history(client, talk) if texts] == [[("no", "yes")], [("yes", "no")]]
    assert read_history(client, post)[-1] == ("staff0", "Changed visibility.", [("public", "private")])


def test_a_message_of_another_time_is_shown_as_it_is():
    client, talk = log_in(superuser=True), make_world()
    for message in ("Plain words.", "[broken", '{"a": 1}'):
        user = client.session["_auth_user_id"]
        LogEntry.objects.log_actions(user, [talk], 2, "", single_object=True)
        LogEntry.objects.filter(change_message="").update(change_message=message)
    assert [what for _, what, _ in read_history(client, talk)][1:] == ["Plain words.", "[broken", '{"a": 1}']


def test_who_may_not_see_the_row_sees_no_history():
    talk = make_world()
    assert log_in("view_post").get(address_of(talk, "history")).status_code == 403
