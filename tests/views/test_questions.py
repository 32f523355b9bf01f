import pytest

from tests import builders as make
from tests.views.rows import make_base, read_text

pytestmark = pytest.mark.django_db


def test_results_show_the_takeaways_that_match(client):
    make_base()
    response = client.get("/search/?q=docker")
    assert {talk.title for talk in response.context["page"]} == {
        "Deliver Docker Container Continuously in AWS",
        "Containers at night",
    }
    assert "2 talks for “ docker ”" in read_text(response)
    assert "Docker is not the whole story # In the notes" in read_text(response)


def test_an_empty_question_gives_hints(client):
    assert "All words must be found in one talk" in read_text(client.get("/search/"))


def test_nothing_found_says_so(client):
    assert "Nothing was found" in read_text(client.get("/search/?q=zyzzyva"))


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
def test_any_question_is_answered(client, question):
    make_base()
    asked = question.encode("utf-8", "surrogatepass")
    from urllib.parse import quote

    response = client.get(f"/search/?q={quote(asked)}")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_drafts_are_not_found(client):
    draft = make.make_post(visibility="draft")
    make.make_talk("Secret zyzzyva", post=draft)
    assert "Nothing was found" in read_text(client.get("/search/?q=zyzzyva"))
