"""Questions and their answers."""

import pytest

from talks.derived import refresh_search_text
from talks.models import Talk
from talks.search import search
from tests.builders import make_conference, make_day, make_post, make_source, make_takeaway, make_talk

pytestmark = pytest.mark.django_db


def find(text, *, staff=False):
    return [talk.title for talk in search(text, staff=staff).talks]


@pytest.fixture
def talks():
    day = make_day(make_conference("QCon London", 2017), 2)
    make_talk(
        "Scaling Instagram", day, post=make_post(day=day), speakers=["Lisa Guo"], takeaways=["Django on C++ & .NET"]
    )
    later = make_day(make_conference("Devoxx", 2019), 1)
    talk = make_talk(
        "Café-driven Kafka", later, speakers=["Jonas Bonér"], tags=["Machine Learning"], takeaways=["日本語の話"]
    )
    talk.appearances.update(affiliation="Lightbend 100%")
    refresh_search_text([talk.pk])


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("instagram", ["Scaling Instagram"]),
        ("INSTA", ["Scaling Instagram"]),
        ("stagram", []),
        ("lisa django", ["Scaling Instagram"]),
        ("lisa kafka", []),
        ("guo, lisa", ["Scaling Instagram"]),
        ("qcon 2017", ["Scaling Instagram"]),
        ("cafe", ["Café-driven Kafka"]),
        ("CAFÉ", ["Café-driven Kafka"]),
        ("boner", ["Café-driven Kafka"]),
        ("lightbend", ["Café-driven Kafka"]),
        ("100%", ["Café-driven Kafka"]),
        ("machine", ["Café-driven Kafka"]),
        ('"driven kafka"', ["Café-driven Kafka"]),
        ('"kafka driven"', []),
        ('"kafka jonas"', []),
        ("本語", ["Café-driven Kafka"]),
        ("c++", ["Scaling Instagram"]),
        ("c", []),
        (".net", ["Scaling Instagram"]),
        ("20", ["Café-driven Kafka", "Scaling Instagram"]),
        ("", []),
        ("%", []),
        ("_", []),
        ("l_sa", []),
        ("kafka\\", ["Café-driven Kafka"]),
    ],
)
def test_all_words_must_match_at_their_start(text, expected):
    assert find(text) == expected


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "a\x00b",
        "\ud800",
        "NEAR(a, b)",
        '"',
        '""',
        "'",
        "a* OR b",
        "(",
        "^a",
        "a:b",
        "1=1; DROP TABLE x --",
        "&|!<->",
        "%%%",
        "\\",
        "x" * 100_000,
        "x " * 100_000,
        "\u202e",
        "🤖",
        "ß",
    ],
)
def test_nothing_raises(text):
    results = search(text)
    assert list(results.talks.with_cards()) == []
    assert results.matching([]) == {}


@pytest.mark.usefixtures("talks")
def test_a_question_without_a_word_has_an_error():
    assert search("?!").error == "Search for words: there is no letter or digit in this question."
    assert search("kafka").error is None
    assert search("").error is None
    assert search("  Kafka ").query == "Kafka"


def test_only_what_may_be_seen_is_found():
    make_talk("Kafka in public", post=make_post("One"))
    make_talk("Kafka in a draft", post=make_post("Two", visibility="draft"))
    make_talk("Kafka in private", post=make_post("Three", visibility="private"))
    make_talk("Kafka hidden", post=make_post("Four"), hidden=True)
    make_talk("Kafka withdrawn", post=make_post("Five"), withdrawn=True)
    make_talk("Kafka by hand")
    assert find("kafka") == ["Kafka in public", "Kafka by hand"]
    assert find("kafka", staff=True) == ["Kafka in public", "Kafka in a draft", "Kafka in private", "Kafka by hand"]


def test_a_draft_does_not_tell_of_a_public_talk():
    talk = make_talk("Kafka", post=make_post("One"))
    draft = make_post("Two", visibility="draft")
    make_source(talk, draft)
    make_takeaway(talk, "Zookeeper goes", post=draft)
    make_takeaway(talk, "Raft comes", withdrawn=True)
    assert find("zookeeper") == []
    assert find("raft") == []


def test_newest_first():
    for year in (2017, None, 2019, 2018):
        make_talk(f"Kafka {year}", make_day(make_conference("QCon London", year), None))
    assert find("kafka") == ["Kafka 2019", "Kafka 2018", "Kafka 2017", "Kafka None"]


def test_matching_gives_the_first_takeaways_with_a_word():
    one = make_talk(
        "One", takeaways=["A Kafka", "none", ("B kafkas", ["C kafka"]), "D kafka", "x [this](https://kafka.org)"]
    )
    two = make_talk("Kafka", post=make_post(visibility="draft"), takeaways=["Zookeeper"])
    results = search("kafka zoo")
    assert {talk: [t.text for t in found] for talk, found in results.matching([one, two]).items()} == {
        one.pk: ["A Kafka", "B kafkas", "C kafka"],
        two.pk: [],
    }
    assert [t.text for t in search("zoo", staff=True).matching([two])[two.pk]] == ["Zookeeper"]


def test_matching_is_one_query(django_assert_num_queries):
    talks = [make_talk(f"Talk {n}", takeaways=["Kafka"] * 5) for n in range(3)]
    results = search("kafka")
    with django_assert_num_queries(1):
        assert [len(found) for found in results.matching(talks).values()] == [3, 3, 3]


def test_talks_can_be_refined():
    make_talk("Kafka")
    assert isinstance(search("kafka").talks.with_cards()[:1][0], Talk)
    assert search("").talks.with_cards().count() == 0
