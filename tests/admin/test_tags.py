"""Tags in the admin: aliases, and what editors do with mentions."""

import pytest

from talks.backup import check_base, rebuild_base
from talks.derived import renew
from talks.importing import Content, import_posts
from talks.models import Tag, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk
from tests.admin.rows import log_in, read_form
from tests.builders import make_post, make_tag, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return log_in(superuser=True)


@pytest.fixture(autouse=True)
def talk():
    talk = make_talk("First", post=make_post(tags=["Baking"]), takeaways=["Docker and the whale", "An iteration"])
    settle()
    return talk


def settle() -> None:
    talks = list(Talk.objects.values_list("pk", flat=True))
    renew(talks)


def send(client, row, **fields):
    address = f"/admin/talks/{row._meta.model_name}/{row.pk}/change/"
    response = client.post(address, read_form(client, address) | fields)
    assert response.status_code == 302
    assert check_base() == []


def list_tags() -> dict[str, set[str]]:
    return {takeaway.text: {tagged.tag.name for tagged in takeaway.tagged.all()} for takeaway in Takeaway.objects.all()}


def test_mentions_of_a_new_alias_are_found_in_all_notes(client):
    docker = Tag.objects.get(name="Docker")
    send(client, make_tag("Cetacea"), **{"aliases-TOTAL_FORMS": "1", "aliases-0-name": "whale"})
    assert list_tags() == {"Docker and the whale": {"Docker", "Cetacea"}, "An iteration": set()}
    alias = Tag.objects.get(name="Cetacea").aliases.get()
    send(client, alias.tag, **{"aliases-0-DELETE": "on"})
    assert list_tags() == {"Docker and the whale": {"Docker"}, "An iteration": set()}
    send(client, docker, name="Moby")
    assert list_tags() == {"Docker and the whale": {"Moby"}, "An iteration": set()}
    assert [alias.name for alias in docker.aliases.all()] == ["Docker"]


def test_a_tag_that_an_editor_adds_is_counted_at_once(client, talk):
    for row in (talk, talk.takeaways.last()):
        tag, had = make_tag(f"Tag {row.pk}"), row.tagged.count()
        fields = {"tagged-TOTAL_FORMS": str(had + 1), f"tagged-{had}-tag": str(tag.pk)}
        send(client, row, **fields, **{f"tagged-{had}-content_object": str(row.pk)})
        assert list(Talk.objects.visible().tagged([tag])) == [talk]


def test_mentions_of_a_new_tag_are_found_in_all_notes(client):
    address = "/admin/talks/tag/add/"
    fields = {"name": "Iteration", "everywhere": "on"}
    assert client.post(address, read_form(client, address) | fields).status_code == 302
    assert list_tags() == {"Docker and the whale": {"Docker"}, "An iteration": {"Iteration"}}
    values = {"everywhere": ""}
    send(client, Tag.objects.get(name="Iteration"), **values)
    assert list_tags()["An iteration"] == set()
    send(client, Tag.objects.get(name="Iteration"), everywhere="on")
    assert list_tags()["An iteration"] == {"Iteration"}


def test_an_alias_added_to_a_clue_lets_ambiguous_names_count(client):
    """In a text, a title or a tag of the post."""
    make_talk("Bread", post=make_post("First"), takeaways=["Go, and the whale tool"])
    make_talk("Butter", post=make_post("The whale tool"), takeaways=["Go here"])
    make_talk("Jam", post=make_post("Third", tags=["Whale tool talks"]), takeaways=["Go there"])
    settle()
    assert [names for text, names in list_tags().items() if text.startswith("Go")] == [set(), set(), set()]
    docker = Tag.objects.get(name="Docker")
    send(client, docker, **{"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Whale tool"})
    found = [names for text, names in list_tags().items() if text.startswith("Go")]
    assert found == [{"Go", "Docker"}, {"Go"}, {"Go"}]


def test_renewing_keeps_a_mention_refused_that_an_editor_removed(client, talk):
    takeaway = Takeaway.objects.get(text__startswith="Docker")
    send(client, takeaway, **{"tagged-0-DELETE": "on"})
    assert list_tags()["Docker and the whale"] == set()
    assert not TaggedTalk.objects.exists()
    settle()
    assert list_tags()["Docker and the whale"] == set()
    assert list(TaggedTakeaway.everything.values_list("origin", "refused")) == [("editor", True)]


def test_removing_the_refusal_of_a_tag_restores_it(client):
    takeaway = Takeaway.objects.get(text__startswith="Docker")
    for expected in (set(), {"Docker"}):
        send(client, takeaway, **{"tagged-0-DELETE": "on"})
        assert list_tags()["Docker and the whale"] == expected


def test_a_refused_tag_can_be_given_again(client):
    takeaway = Takeaway.objects.get(text__startswith="Docker")
    tag = Tag.objects.get(name="Docker")
    send(client, takeaway, **{"tagged-0-DELETE": "on"})
    fields = {"tagged-TOTAL_FORMS": "2", "tagged-1-tag": str(tag.pk), "tagged-1-content_object": str(takeaway.pk)}
    send(client, takeaway, **fields, **{"tagged-0-DELETE": "on"})
    found = TaggedTakeaway.everything.values_list("tag__name", "origin", "refused")
    assert list(found) == [("Docker", "editor", False)]


def test_post_tags_that_editors_remove_are_kept_as_refused(client):
    send(client, TaggedPost.objects.get().content_object, **{"tagged-0-DELETE": "on"})
    assert list(TaggedPost.everything.values_list("tag__name", "refused")) == [("Baking", True)]
    assert list(TaggedPost.objects.all()) == []


def test_editing_a_text_updates_its_mentions(client):
    send(client, Takeaway.objects.get(text="An iteration"), text="Rust")
    assert list_tags() == {"Docker and the whale": {"Docker"}, "Rust": {"Rust"}}


BREW = """---
title: Testing Days 2019
---
## Kubernetes for cooks with Ada Brown
* Docker and the whale
* Docker again
"""


def show_mentions():
    talk = Talk.objects.get(title__startswith="Kubernetes")
    of_takeaways = [[each.tag.name for each in row.tagged.all()] for row in talk.takeaways.order_by("position")]
    return sorted(each.tag.name for each in talk.tagged.all()), of_takeaways


@pytest.mark.slow
@pytest.mark.parametrize("again", [BREW + "* One more\n", BREW.replace("and the whale", "and the big whale")])
def test_a_refused_tag_stays_refused_after_import_and_rebuild(client, again):
    import_posts([Content("a.md", BREW.encode())])
    talk = Talk.objects.get(title__startswith="Kubernetes")
    assert show_mentions() == (["Docker", "Kubernetes"], [["Docker"], ["Docker"]])
    first = talk.takeaways.get(position=1)
    page = client.get(f"/admin/talks/talk/{talk.pk}/change/").content.decode()
    assert f'<a href="/admin/talks/takeaway/{first.pk}/change/#tagged-group">Docker</a>' in page
    send(client, first, **{"tagged-0-DELETE": "on"})
    assert show_mentions() == (["Docker", "Kubernetes"], [[], ["Docker"]])
    send(client, talk, **{"tagged-0-DELETE": "on", "tagged-1-DELETE": "on"})
    assert show_mentions() == ([], [[], []])
    import_posts([Content("a.md", again.encode())])
    rebuild_base()
    told = show_mentions()
    assert (told[0], [names for names in told[1] if names]) == ([], [])
    assert check_base() == []
