"""The tags that talks and takeaways mention."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talks.derived import find_stale_mentions, find_talks_naming, refresh_mentions
from talks.models import Tag, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk
from tests.builders import make_post, make_tag, make_takeaway, make_talk

pytestmark = pytest.mark.django_db


def refresh() -> set[int]:
    return refresh_mentions(list(Talk.objects.values_list("pk", flat=True)))


def list_mentions(talk: Talk) -> dict[str, list[str]]:
    """Return the tags mentioned in the title (as ``) and in each takeaway."""
    found = {"": [tagged.tag.name for tagged in talk.tagged.order_by("tag__sort_key").select_related("tag")]}
    for takeaway in talk.takeaways.order_by("position"):
        found[takeaway.text] = sorted(tagged.tag.name for tagged in takeaway.tagged.select_related("tag"))
    return found


def test_tags_that_titles_and_takeaways_name_are_created_as_mentions():
    talk = make_talk("Scaling with Kafka", post=make_post(), takeaways=["k8s and golang", "Nothing"])
    assert refresh() == {talk.pk}
    assert list_mentions(talk) == {
        "": ["Go", "Kafka", "Kubernetes"],
        "k8s and golang": ["Go", "Kubernetes"],
        "Nothing": [],
    }
    assert set(Tag.objects.values_list("slug", flat=True)) == {"go", "kafka", "kubernetes"}


def test_refreshing_correct_mentions_writes_nothing():
    make_talk("Kafka", takeaways=["Kubernetes"])
    refresh()
    assert list(find_stale_mentions()) == []
    with CaptureQueriesContext(connection) as queries:
        assert refresh() == set()
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_mentions_need_equal_queries_for_any_number_of_talks():
    counts = []
    for number in (1, 20):
        for each in range(number):
            make_talk(f"Kafka {number} {each}", post=make_post(), takeaways=["Kubernetes"])
        refresh()
        with CaptureQueriesContext(connection) as queries:
            refresh()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_clues_in_talk_or_posts_make_ambiguous_names_count():
    alone = make_talk("First", post=make_post(), takeaways=["Go has channels of its own kind"])
    beside = make_talk("Second", post=make_post(), takeaways=["Go is fun", "So is Rust"])
    in_post = make_talk("Third", post=make_post("From GopherCon"), takeaways=["Go is fun"])
    tagged = make_talk("Fourth", post=make_post(tags=["Go"]), takeaways=["Go is fun"])
    no_reason = make_talk("Fifth", post=make_post(), takeaways=["Go is fun"])
    refresh()
    assert [list_mentions(talk)[""] for talk in (beside, in_post, tagged, no_reason)] == [
        ["Go", "Rust"],
        ["Go"],
        ["Go"],
        [],
    ]
    assert "Go" in list_mentions(alone)[""]


def test_mentions_change_with_the_text():
    talk = make_talk("A", takeaways=["Kubernetes"])
    refresh()
    Takeaway.objects.update(text="Docker")
    assert list(find_stale_mentions()) == [talk.pk]
    assert refresh() == {talk.pk}
    assert list_mentions(talk) == {"": ["Docker"], "Docker": ["Docker"]}
    Takeaway.objects.update(withdrawn=True)
    refresh()
    assert list_mentions(talk) == {"": [], "Docker": []}


def test_refreshing_mentions_keeps_tags_of_posts_and_editors():
    post = make_post(tags=["Baking"])
    talk = make_talk("A", post=post, tags=["By Hand"], takeaways=["Nothing"])
    refresh()
    assert list_mentions(talk) == {"": ["By Hand"], "Nothing": []}
    assert [tagged.origin for tagged in post.tagged.all()] == ["post"]


def test_a_tag_that_an_editor_refused_stays_refused():
    talk = make_talk("A", takeaways=["Docker is here", "Docker is there"])
    refresh()
    TaggedTakeaway.objects.filter(content_object__text="Docker is here").update(origin="editor", refused=True)
    assert refresh() == set()
    assert list_mentions(talk) == {"": ["Docker"], "Docker is here": [], "Docker is there": ["Docker"]}
    TaggedTakeaway.objects.all().update(origin="editor", refused=True)
    refresh()
    assert list_mentions(talk)[""] == []
    assert TaggedTakeaway.everything.count() == 2


def test_refusing_a_talks_tag_refuses_it_for_its_takeaways():
    talk = make_talk("A", takeaways=["Docker"])
    refresh()
    TaggedTalk.objects.update(origin="editor", refused=True)
    refresh()
    assert list_mentions(talk) == {"": [], "Docker": []}


def test_a_posts_refused_tag_makes_no_ambiguous_name_count():
    post = make_post(tags=["Go"])
    talk = make_talk("A", post=post, takeaways=["Go is fun"])
    TaggedPost.objects.update(origin="editor", refused=True)
    refresh()
    assert list_mentions(talk)[""] == []


def test_no_page_shows_a_refused_tag(client):
    talk = make_talk("A", post=make_post(), takeaways=["Docker"], tags=["Rust"])
    refresh()
    for model in (TaggedTalk, TaggedTakeaway):
        model.objects.filter(tag__name="Docker").update(origin="editor", refused=True)
    assert client.get("/tags/docker/").status_code == 404
    assert client.get("/tags/rust/").status_code == 200
    assert list(Talk.objects.tagged([Tag.objects.get(name="Docker")])) == []
    assert list(Tag.objects.visible()) == [Tag.objects.get(name="Rust")]
    assert [tag.name for tag in Tag.objects.of_row(talk)] == ["Rust"]
    assert [tag.name for tag in Tag.objects.of_talks(Talk.objects.all())] == ["Rust"]
    counts = {tag.name: tag.talk_count for tag in Tag.objects.with_counts(staff=False)}
    assert counts == {"Docker": 0, "Rust": 1}
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "/tags/rust/" in page
    assert "/tags/docker/" not in page


def test_tags_of_the_base_and_their_aliases_are_found():
    make_tag("Sourdough", aliases=["levain"])
    make_tag("Kubernetes", aliases=["the helmsman"])
    talk = make_talk("A", takeaways=["Levain", "The helmsman", "k8s"])
    refresh()
    assert list_mentions(talk) == {
        "": ["Kubernetes", "Sourdough"],
        "Levain": ["Sourdough"],
        "The helmsman": ["Kubernetes"],
        "k8s": ["Kubernetes"],
    }


def test_tags_not_everywhere_are_mentioned_only_in_tagged_posts():
    make_tag("Iteration", everywhere=False)
    own = make_talk("A", post=make_post(tags=["Iteration"]), takeaways=["An iteration"])
    other = make_talk("B", post=make_post(), takeaways=["An iteration"])
    refresh()
    assert list_mentions(own)[""] == ["Iteration"]
    assert list_mentions(other)[""] == []


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["sour dough"], {"title", "takeaway"}),
        (["Libraries"], {"library"}),
        (["Éclairs"], {"accent"}),
        (["QCon X"], {"post"}),
        (["nowhere"], set()),
        (["Kubernetes"], {"alias"}),
        ([], set()),
        (["!!!"], set()),
    ],
)
def test_finding_talks_naming_a_new_tag_skips_others(names, found):
    talks = {
        "title": make_talk("Sour dough"),
        "takeaway": make_talk("B", takeaways=["of Sour-Doughs"]),
        "library": make_talk("C", takeaways=["a library"]),
        "accent": make_talk("D", takeaways=["un eclair"]),
        "post": make_talk("E", post=make_post("Notes of QCon X")),
        "alias": make_talk("F", takeaways=["k8s"]),
    }
    make_takeaway(talks["post"], "nowhere", withdrawn=True)
    assert {name for name, talk in talks.items() if talk.pk in find_talks_naming(names)} == found


def test_words_like_slides_are_mentions_only_with_an_editors_alias():
    talk = make_talk("A talk", post=make_post(tags=["Talk", "Iteration"]), takeaways=["The talk on an iteration"])
    refresh_mentions([talk.pk])
    assert list_mentions(talk)[""] == ["Iteration"]
    make_tag("Talk", aliases=["TED talk"])
    refresh_mentions([talk.pk])
    assert list_mentions(talk)[""] == ["Iteration", "Talk"]


def test_years_are_mentioned_nowhere_even_in_posts_tagged_with_them():
    talk = make_talk("Gardens of 2019", post=make_post(tags=["2019", "Log 2019"]), takeaways=["In 2019, by log 2019"])
    refresh_mentions([talk.pk])
    assert list_mentions(talk)[""] == ["Log 2019"]
