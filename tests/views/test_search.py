from urllib.parse import quote

import pytest

from talks.search import engine, results
from tests import builders as make
from tests.views.rows import make_base, read_links, read_text

pytestmark = pytest.mark.django_db


def test_search_results_show_the_matching_takeaways(client):
    make_base()
    response = client.get("/search/?q=docker")
    assert [hit.talk.title for hit in response.context["hits"]] == [
        "Deliver Docker Container Continuously in AWS",
        "Containers at night",
        "Scaling Instagram Architecture",  # its post has the tag
    ]
    assert "3 talks, 1 post for “ docker ”" in read_text(response)
    assert "Docker is not the whole story # In the notes" in read_text(response)
    assert "<mark>Docker</mark> is not the whole story" in response.content.decode()
    assert "#in-posts" in read_links(response)


def test_an_empty_search_shows_hints(client):
    make.make_talk("Words", tags=["Docker"])
    page = client.get("/search/")
    assert "tag:docker talks with the tag, by any of its names" in read_text(page)
    assert [tag.name for tag in page.context["common"]] == ["Docker"]
    assert "Common tags" not in read_text(client.get("/search/?q=words"))
    assert [tag.name for tag in client.get("/search/?q=zyzzyva").context["common"]] == ["Docker"]


def test_a_search_without_results_says_that_nothing_was_found(client):
    make_base()
    text = read_text(client.get("/search/?q=zyzzyva"))
    assert "Nothing was found. The word zyzzyva is in none of the notes. The notes are most often about these: " in text
    assert "0 talks" not in text
    text = read_text(client.get("/search/?q=docker+zyzzyva+xyzzy"))
    assert "is in none of the notes. Without " in text
    assert "most often" not in text


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "'",
        "a AND",
        "NEAR(",
        "*",
        "%",
        "' OR 1=1 --",
        "\x00",
        "é\x00",
        "x" * 9000,
        "a " * 500,
        "🧑🏽‍🚀",
        "c++",
        "\ud800",
    ],
)
def test_any_query_is_answered_without_an_error(client, question):
    make_base()
    asked = question.encode("utf-8", "surrogatepass")

    response = client.get(f"/search/?q={quote(asked)}")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_searches_of_anonymous_readers_find_no_drafts(client):
    draft = make.make_post(visibility="draft")
    make.make_talk("Secret zyzzyva", post=draft)
    assert "Nothing was found" in read_text(client.get("/search/?q=zyzzyva"))


def test_spelling_suggestions_errors_and_filters_of_a_query_are_shown(client):
    make_base()
    text = read_text(client.get("/search/?q=dockr+tag:nothing+year:2017"))
    assert "Nothing has the word dockr ; these have docker ." in text
    assert "At tag:nothing : There is no such tag: nothing." in text
    assert "year:2017 × : take away" in text


def test_results_lacking_a_word_come_last_and_name_it(client):
    make.make_talk("One", takeaways=["garbage collection pauses"])
    make.make_talk("Two", takeaways=["garbage collection"])
    make.make_talk("Three", takeaways=["pauses"])
    text = read_text(client.get("/search/?q=garbage+collection+pauses"))
    assert (
        "These have most of the words, and each says which one it lacks: Two QCon London 2017, day 2 · without pauses"
        in text
    )


def test_a_search_by_tag_names_the_tags_it_includes(client):
    make.make_tag("Infrastructure as Code")
    make.make_talk("Terraform at home", tags=["Terraform"])
    sentence = "Among them talks on Terraform , which belong to what was asked for."
    assert [sentence in read_text(client.get("/search/", {"q": q})) for q in ("IaC", "terraform")] == [True, False]


def test_following_a_facet_narrows_the_results(client):
    make.make_talk("Kafka one", speakers=["Lisa Guo"])
    make.make_talk("Kafka two", speakers=["Eric Evans"])
    response = client.get("/search/?q=kafka&sort=newest")
    address = "?q=kafka+speaker%3A%22Lisa+Guo%22&amp;sort=newest"
    assert f'<a href="{address}">' in response.content.decode()
    narrowed = client.get("/search/" + address.replace("&amp;", "&"))
    assert [hit.talk.title for hit in narrowed.context["hits"]] == ["Kafka one"]


def test_search_ignores_an_unknown_order(client):
    make.make_talk("Kafka")
    assert client.get("/search/?q=kafka&sort=best").context["filters"] == {"q": "kafka"}


def test_search_results_are_paged(client):
    with make.derive_once():
        for number in range(30):
            make.make_talk(f"Kafka {number}")
    first, second = client.get("/search/?q=kafka"), client.get("/search/?q=kafka&page=2")
    assert (len(first.context["hits"]), len(second.context["hits"])) == (24, 6)
    assert 'href="?q=kafka&amp;page=2"' in first.content.decode()


def test_markup_in_found_notes_is_escaped(client):
    make.make_talk("Kafka", takeaways=["kafka <script>alert(1)</script> &lt;b&gt; `<i>`"])
    html = client.get("/search/?q=kafka").content.decode()
    assert "<script>alert" not in html
    assert "<mark>kafka</mark>" in html


def test_suggestions_of_the_search_box_are_an_html_list(client):
    make.make_talk("Kafka <b>", speakers=["Lisa Guo"])
    html = client.get("/search/suggest/?q=kaf").content.decode()
    assert html.count("<a ") == 1
    assert "Kafka &lt;b&gt;" in html
    assert client.get("/search/suggest/?q=").content.strip() == b""
    assert client.get("/search/suggest/").status_code == 200
    assert client.post("/search/suggest/").status_code == 405


def test_a_search_that_takes_too_long_is_reported_as_such(client, monkeypatch):
    def take_long(*args, **options):
        raise engine.TooLongError

    monkeypatch.setattr(results, "find_answer", take_long)
    assert "takes too long to answer" in read_text(client.get("/search/?q=kafka"))
