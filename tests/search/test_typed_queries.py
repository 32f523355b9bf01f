"""Queries as people type them: names in other orders, signs, pasted text, and incomplete words."""

import pytest

from talks.search import search
from tests.builders import derive_once, make_citation, make_conference, make_day, make_post, make_talk
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db


def find(text):
    results = search(text)
    return [hit.talk.title for hit in results.load_talks(results.rows)]


def correct(text):
    return [(correction.typed, correction.used) for correction in search(text).corrections]


def name(text):
    return [(named.kind, named.title) for named in search(text).direct]


@pytest.fixture(name="talks")
@kept
@derive_once()
def _talks():
    qcon, devoxx = make_conference("QCon London", 2017), make_conference("Devoxx", 2019)
    make_talk(
        "Queues", make_day(qcon, 1), speakers=["Julia Evans"], takeaways=["Kafka", "RabbitMQ in Java 8", "HTTP 2"]
    )
    make_talk("Logs", make_day(devoxx, 1), speakers=["Eric Evans"], takeaways=["Kafka on C, version 11"])
    make_talk("Schlange", make_day(devoxx, 2), speakers=["Theo van Hoesel"], takeaways=["The hotel of all"])


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(
    ("text", "titles", "corrected"),
    [
        ("kafka,rabbitmq", ["Queues"], ""),
        ("kafka/rabbitmq", ["Queues"], "kafka rabbitmq"),
        ("kafka+rabbitmq", ["Queues"], "kafka rabbitmq"),
        ("kafka/zookeeper", [], ""),
        ("kafka@rabbitmq.com", [], ""),
        ("https://kafka.example/rabbitmq", [], ""),
        ("http/2", ["Queues"], ""),
        ("java8", ["Queues"], "java 8"),
        ("qcon2017", ["Queues"], "qcon 2017"),
        ("qcon17", ["Queues"], "qcon 2017"),
        ("qcon'17", ["Queues"], "qcon 2017"),
        ("devoxx17", [], ""),
        ("kafka NOT rabbitmq", ["Logs"], ""),
        ("kafka not rabbitmq", ["Queues"], ""),
        ("tag: docker", [], ""),
        ("speaker: evans kafka", ["Logs", "Queues"], ""),
        ("year: 2017", ["Queues"], ""),
        ("2016..2018", ["Queues"], ""),
        ("2018-2016 kafka", ["Queues"], ""),
        ("the -rabbitmq", ["Schlange"], ""),
        ("1.1", [], ""),
        ('kafka "', ["Logs", "Queues"], ""),
        ('"kafka', ["Logs", "Queues"], ""),
        ("T. van Hoesel", ["Schlange"], ""),
        ("Hoesel, Theo", ["Schlange"], ""),
        ("videos about kafka", ["Logs", "Queues"], ""),
        ("Notes on rabbitmq", ["Queues"], ""),
        ("What did I note about rabbitmq?", ["Queues"], ""),
        ("everything I've noted on rabbitmq", ["Queues"], ""),
        ("what's been said of rabbitmq", ["Queues"], ""),
        ("which of the talks were about rabbitmq", ["Queues"], ""),
        ("did anyone mention rabbitmq", ["Queues"], ""),
        ("Notizen zu rabbitmq", ["Queues"], ""),
    ],
)
def test_queries_typed_in_many_ways_find_the_meant_talks(text, titles, corrected):
    assert (find(text), correct(text)) == (titles, [(text, corrected)] if corrected else [])


@pytest.mark.usefixtures("talks")
def test_names_in_queries_match_initials_and_ignore_stop_words():
    assert name("J. Evans") == [("speaker", "Julia Evans")]
    assert name("talks by Eric Evans") == name("videos of Eric Evans") == [("speaker", "Eric Evans")]
    assert name("J. van Hoesel") == name("Evans J.") == name("X. Evans") == name("evans") == []


def test_signs_in_a_name_matter_for_links_to_its_page():
    for text in ("C", "C++", "CI/CD"):
        make_talk(f"On {text}", tags=[text])
    assert (name("C"), name("c++"), name("C#")) == ([("tag", "C")], [("tag", "C++")], [])
    assert (name("ci/cd"), name("ci cd")) == ([("tag", "CI/CD")], [("tag", "CI/CD")])


def test_letters_find_their_tag_first_and_match_initials_in_names():
    make_talk("Concurrency patterns", speakers=["Bryan C. Mills"])
    make_talk("Compilers", tags=["C"], takeaways=["Written in C"])
    assert (find("c"), find("bryan c mills")) == (["Compilers", "Concurrency patterns"], ["Concurrency patterns"])


@pytest.mark.usefixtures("talks")
def test_words_of_speakers_names_get_no_similar_words_suggested():
    for number in range(6):
        make_talk(f"Hotel {number}", takeaways=["A hotel and a hostel"])
    assert (search("theo van hoesel").suggestion, search("hoesel").suggestion) == ("", "")


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("hotel of zookeeper", [("zookeeper", "hotel", 1)]),
        ("what zookeeper does in a hotel", [("zookeeper", "hotel", 1)]),
        ("zookeeper hotel photosynthesis", [("zookeeper, photosynthesis", "hotel", 1)]),
        ("zookeeper -kafka", []),
        ("zookeeper", []),
    ],
)
def test_suggested_wider_queries_contain_no_stop_words(text, wider):
    assert [(one.without, one.query, one.count) for one in search(text).wider] == wider


def test_an_address_finds_the_talks_that_link_to_it():
    for number in range(2):
        notes = ["nothing", "[a video](https://youtu.be/abcdefgh)"]
        talk = make_talk(f"Talk {number}", post=make_post(), takeaways=notes)
        make_citation(talk, "https://youtu.be/abcdefgh", takeaway=talk.takeaways.last())
    hidden = make_talk("Draft", post=make_post(visibility="draft"))
    make_citation(hidden, "https://youtu.be/abcdefgh")
    for text in (
        "https://www.youtube.com/watch?v=abcdefgh",
        "youtube.com/watch?v=abcdefgh&t=5",
        "http://youtu.be/abcdefgh",
    ):
        results = search(text)
        hits = results.load_talks(results.rows)
        assert [(hit.talk.title, [excerpt.text for excerpt in hit.excerpts]) for hit in hits] == [
            ("Talk 0", ["a video"]),
            ("Talk 1", ["a video"]),
        ]
    assert find("https://youtu.be/abcdefgh -1") == ["Talk 0"]
    assert find("talk -https://youtu.be/abcdefgh") == find("https://youtu.be/other567") == find("youtu.be/") == []


def test_posts_lacking_query_words_appear_only_without_complete_matches():
    make_post(intro="Visit the booth of the epidemiologists")
    make_talk("Other", takeaways=["exhibits"])
    results = search("exhibit booth epidemiologists")
    assert [(hit.text, hit.missing) for hit in results.posts] == [
        ("Visit the booth of the epidemiologists", ["exhibit"])
    ]
    assert [hit.missing for hit in search("booth epidemiologists").posts] == [[]]
    make_talk("Exhibited booths of epidemiologists")
    assert search("exhibit booth epidemiologists").posts == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lukasz nowak", [("speaker", "Łukasz Nowak")]),
        ("Łukasz Nowak", [("speaker", "Łukasz Nowak")]),
        ("l. nowak", [("speaker", "Łukasz Nowak")]),
        ("bjorn orsted", [("speaker", "Bjørn Ørsted")]),
        ("b. orsted", [("speaker", "Bjørn Ørsted")]),
        ("orsted", []),
        ("aegir", [("tag", "Ægir")]),
        ("smorrebrod conf 2019", [("conference", "Smørrebrød Conf 2019")]),
        ("smorrebrod conf", [("conference", "Smørrebrød Conf 2019")]),
        ("o kaerlighed", [("post", "Ø, kærlighed!")]),
    ],
)
def test_names_are_found_by_the_plain_letters_that_people_type(text, named):
    day = make_day(make_conference("Smørrebrød Conf", 2019), 1)
    post = make_post("Ø, kærlighed!")
    make_talk("Bread", day, post=post, speakers=["Łukasz Nowak", "Bjørn Ørsted"], tags=["Ægir"])
    assert name(text) == named


def test_a_similar_name_is_suggested_in_its_own_letters():
    make_talk("Bread", speakers=["Łukasz Nowak"])
    assert search("speaker:lukosz").faults[0].message == "There is no such speaker: lukosz. Did you mean Łukasz Nowak?"
