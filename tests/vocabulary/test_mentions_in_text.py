"""Which letters, signs and neighbouring words count as the name of a tag."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.vocabulary import BaseTag, Context, compile_vocabulary, mentions_in_text
from talks.vocabulary.mentions_in_text import Matcher, Vocabulary
from talks.vocabulary.tag_names import ShippedTag

SHIPPED = [
    ShippedTag("C", case=True),
    ShippedTag("C++"),
    ShippedTag("C#"),
    ShippedTag(".NET"),
    ShippedTag("Node.js"),
    ShippedTag("JavaScript", ("JS",), wary=("JS",), case=True),
    ShippedTag("Go", ("Golang",), ("Go",), True, near=("compiler", "Docker", "C"), unless=("Go ahead", "game of Go")),
    ShippedTag("R", case=True),
    ShippedTag("Rust", case=True),
    ShippedTag("Uber", case=True),
    ShippedTag("Élan", case=True),
    ShippedTag("Ré"),
    ShippedTag("React", case=True),
    ShippedTag("Event Sourcing"),
    ShippedTag("Containers"),
    ShippedTag("Docker"),
    ShippedTag("Kubernetes", ("k8s",)),
    ShippedTag("HTTP"),
    ShippedTag("HTTPS"),
    ShippedTag("DNS"),
    ShippedTag("CI/CD"),
    ShippedTag("Serverless", unless=("serverless function of the state",)),
    ShippedTag("Machine Learning", ("機械学習",)),
    ShippedTag("Apache"),
    ShippedTag("Kafka", ("Apache Kafka",)),
    ShippedTag("Kafka Streams", ("Apache Kafka Streams",)),
]
VOCABULARY = Vocabulary(Matcher(SHIPPED))


def find(text: str, vocabulary: Vocabulary = VOCABULARY, post_tags: tuple[str, ...] = ()) -> list[str]:
    reading = vocabulary.read(text)
    return sorted(vocabulary.resolve(reading, Context(reading.clues, frozenset(post_tags))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Docker, docker and DOCKER's volumes", ["docker"]),
        ("dockerised, docker_compose, undocker", []),
        ("a container", ["containers"]),
        ("container and CONTAINERS", ["containers"]),
        ("Event sourcing", ["event sourcing"]),
        ("event-sourcing and event\nsourcing", ["event sourcing"]),
        ("event. Sourcing", []),
        ("events sourcing", []),
        ("ci / cd", ["ci/cd"]),
        ("ci cd", []),
        ("Uber and Rust", ["rust", "uber"]),
        ("Über uns … ½ Rust", ["rust"]),
        ("U\u0308ber, Rüst", []),
        ("Über Uber", ["uber"]),
        ("Élan and E\u0301lan", ["élan"]),
        ("Elan", ["élan"]),
        ("élan", []),
        ("Ré or re", ["ré"]),
        ("Ｒｕｓｔ für alle", ["rust"]),
        ("k8s", ["kubernetes"]),
        ("HTTPS", ["https"]),
        ("https", ["https"]),
        ("HTTP", ["http"]),
        ("DNS", ["dns"]),
        ("a dn of it", []),
        ("自動機械学習の話", ["machine learning"]),
        ("機 械 学 習", ["machine learning"]),
        ("Dockerと機械学習", ["docker", "machine learning"]),
        ("Docker機", ["docker"]),
    ],
)
def test_names_match_whole_words_despite_case_accents_and_plural(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++ and C#", ["c", "c#", "c++"]),
        ("**C++**, `C#` and _C_", ["c", "c#", "c++"]),
        ("C/C++", ["c", "c++"]),
        ("C++17", ["c++"]),
        ("C+++", []),
        ("c", []),
        ("C'est la vie, C’est", []),
        ("by Bryan C. Mills", []),
        ("written in C. Then Rust", ["c", "rust"]),
        ("R&D", []),
        ("J.R. and R.J.", []),
        ("R and others", ["r"]),
        ("the internet", []),
        ("on .NET, (.net)", [".net"]),
        ("asp.net", []),
        ("Node.js", ["node.js"]),
        ("Some.JS", []),
        ("JS", ["javascript"]),
        ("js", []),
    ],
)
def test_tags_with_signs_or_short_names_are_told_apart(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go", []),
        ("Golang", ["go"]),
        ("Go and its compiler", ["go"]),
        ("Go beside C", ["c", "go"]),
        ("Go beside c", []),
        ("Go, since Golang is hard to say", ["go"]),
        ("we go where the compiler goes", []),
        ("Go to the compiler", []),
        ("The compiler is good. Go for it", []),
        ("a compiler for Go for all", ["go"]),
        ("16 Go for Docker", ["docker"]),
        ("Go ahead, compiler", []),
        ("Golang, a game of Go", ["go"]),
        ("Rust to the rescue", []),
        ("They use Rust to build", ["rust"]),
        ("rust", []),
        ("React, React", ["react"]),
        ("a serverless function of the state", []),
        ("serverless, a serverless function of the state", ["serverless"]),
    ],
)
def test_ambiguous_tag_names_count_only_near_a_clue(text, expected):
    assert find(text) == expected


def test_ambiguous_names_count_in_tagged_posts_except_in_certain_phrases():
    assert find("Go is simple", post_tags=("go",)) == ["go"]
    assert find("Go ahead", post_tags=("go",)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache Kafka Streams", ["kafka streams"]),
        ("Apache Kafka", ["kafka"]),
        ("Apache", ["apache"]),
        ("Kafka streaming", ["kafka"]),
        ("Apache Kafka stream", ["kafka streams"]),
    ],
)
def test_the_longest_tag_name_at_a_word_wins(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[this](https://docker.com/kubernetes) and https://docker.io", []),
        ("[Docker](https://example.org)", ["docker"]),
        ("![Docker](x.png)", ["docker"]),
        ("[this][docker]\n\n[docker]: https://docker.com", []),
        ('<a href="docker">this</a>', []),
        ("```docker\nrun\n```", []),
        ("*Docker*, **Docker**, _Docker_, `Docker`", ["docker"]),
        (r"Docker\!", ["docker"]),
    ],
)
def test_addresses_of_links_html_and_fences_mention_no_tags(text, expected):
    assert find(text) == expected


def test_tag_names_in_the_base_win_over_shipped_names():
    tags = (
        BaseTag("boxes", "Boxes", ("Docker", "crate")),
        BaseTag("kube", "Kube", ("Kubernetes",)),
        BaseTag("iteration", "Iteration", everywhere=False),
    )
    vocabulary = compile_vocabulary(tags)
    assert find("Docker, crates and a box", vocabulary) == ["boxes"]
    assert find("k8s and Kubernetes", vocabulary) == ["kube"]
    assert find("an iteration", vocabulary) == []
    assert find("an iteration", vocabulary, post_tags=("iteration",)) == ["iteration"]
    assert find("Kube", vocabulary) == ["kube"]


@pytest.mark.parametrize(("text", "expected"), [("QZ", ["qz"]), ("qz", []), ("QZs", ["qz"]), ("QZ-1", [])])
def test_tags_of_two_letters_are_found_only_in_capitals(text, expected):
    assert find(text, compile_vocabulary((BaseTag("qz", "qz"),))) == expected


@given(st.text(max_size=200))
def test_matching_any_text_raises_no_exception(text):
    assert set(find(text)) <= {tag.key for tag in SHIPPED}
    find("Docker and C++", compile_vocabulary((BaseTag("key", text, (text,)),)))


@given(st.lists(st.sampled_from([tag.name for tag in SHIPPED if not tag.near]), max_size=5))
def test_every_vocabulary_name_is_found_in_a_text(named):
    assert find("We use: " + ", ".join(named)) == sorted({name.casefold() for name in named})


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["[a](", "](", "<a ", "<!--", "a@", "https://", "event ", "C++", "[a]: ", "`", "Go "])
def test_texts_of_thousands_of_unclosed_signs_are_matched_within_seconds(unit):
    start = time.process_time()
    find(unit * 20_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (BaseTag("docker", "Docker", ("Whale tool",)), "Written in Go for the whale tool", ["docker", "go"]),
        (BaseTag("docker", "Docker", ("Whale tool",)), "Written in Go for the whale", []),
        (BaseTag("go", "Go", ("Blue mouse",)), "Go and the blue mouse", ["go"]),
        (BaseTag("go", "Go", ("Bm",)), "Go and the Bm", ["go"]),
        (BaseTag("go", "Go", ("Bm",)), "Go and the bm", []),
        (BaseTag("ship", "Ship", ("Docker", "Hull")), "A Go hull, and a ship", ["go", "ship"]),
        (BaseTag("hull", "Hull"), "Go with a hull", ["hull"]),
    ],
)
def test_names_of_the_bases_own_tags_are_clues(tag, text, expected):
    assert find(text, compile_vocabulary((tag,))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Written in Bash and Python", ["bash", "python"]),
        ("a bash script", ["bash"]),
        ("We bash them in Python", ["python"]),
        ("The birthday Bash of Python", ["python"]),
        ("Cursor writes code with Claude", ["cursor"]),
        ("Cursor based pagination of an LLM", ["large language models"]),
        ("Cursors move in the editor, agents do not", []),
        ("The farmland bird index fell", []),
        ("An index on the query's columns", ["indexes"]),
        ("A macro category of plants", []),
        ("Elixir has macros", ["elixir", "macros"]),
        ("Anomalies in a time series", ["time series"]),
        ("Water it at least once a week, exactly once in May", []),
        ("Exactly-once is hard to have in Kafka", ["delivery guarantees", "kafka"]),
        ("Virus scanners amid e2e", []),
        ("E2e tests of a page", ["end-to-end testing", "testing"]),
        ("Container queries for cards", []),
    ],
)
def test_names_that_are_ordinary_words_need_a_clue(text, expected):
    assert find(text, compile_vocabulary()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abstract: [html](https://example.org/a), [PDF](b.pdf)", []),
        ("[Writing HTML](https://example.org/a) by hand", ["html"]),
        ("[HTML] is a language", ["html"]),
        ("Code: [GitHub](https://github.com/a/b), <https://github.com/a/b>", []),
        ("Code: [GitHub](<https://gist.github.com/a>)", []),
        ("[GitHub](https://github.com) grows", ["github"]),
        ("[GitHub](https://example.org/why) grows", ["github"]),
        ("[Docker](https://www.docker.com/products)", ["docker"]),
    ],
)
def test_link_labels_like_pdf_and_github_name_no_tag(text, expected):
    assert find(text, compile_vocabulary()) == expected


def test_names_that_are_added_after_texts_were_read_are_found():
    matcher = Matcher([ShippedTag("Docker")])
    assert find("Docker in moorings", Vocabulary(matcher)) == ["docker"]
    matcher.add("mooring", "Mooring")
    assert find("Docker in moorings", Vocabulary(matcher)) == ["docker", "mooring"]


def test_tag_names_are_found_after_the_matchers_cache_overflows(monkeypatch):
    monkeypatch.setattr(mentions_in_text, "_MOST_STARTS", 3)
    text = "Docker at sea, docker on land, event sourcing beside Docker and the Kafka streams"
    assert find(text, Vocabulary(Matcher(SHIPPED))) == ["docker", "event sourcing", "kafka streams"]


WORDS = [
    "GraalVM",
    "graalvms",
    "Größe",
    "GRÖSSEN",
    "sour-dough",
    "Sour",
    "C++",
    ".NET",
    "a_b",
    "k8s",
    "the",
    "of",
    "\\",
    "\n",
    "ü",
]
GLUE = st.sampled_from([" ", "", "-", "_", ".", "\\_", "](http://graalvm.org)", "![", "<b>", "`"])


@given(st.lists(st.lists(st.tuples(st.sampled_from(WORDS), GLUE), max_size=6), max_size=4))
def test_the_shortcut_for_known_texts_finds_the_same_names(parts):
    texts = ["".join(word + glue for word, glue in part) for part in parts]
    names = ("GraalVM", "Größe", "sour dough", "a_b", ".NET Rocks")
    vocabulary = compile_vocabulary(tuple(BaseTag(name.lower(), name) for name in names))
    known = replace(vocabulary, known={text: vocabulary.shipped.read_text(text) for text in texts})
    words = {word for text in texts for word in mentions_in_text.read_words(text).raw}
    starts = known.list_starts(" ".join(words))
    assert [known.read(text, starts) for text in texts] == [vocabulary.read(text) for text in texts]
