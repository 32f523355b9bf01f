"""Which names a text mentions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.relating import find_mentions

NAMES = {
    "c": ["C"],
    "cpp": ["C++"],
    "csharp": ["C#"],
    "dotnet": [".NET"],
    "node": ["Node.js"],
    "js": ["JavaScript", "JS"],
    "go": ["go", "golang"],
    "r": ["R"],
    "rmarkdown": ["R Markdown"],
    "rust": ["Rust"],
    "react": ["React"],
    "eventsourcing": ["event sourcing"],
    "deeplearning": ["Deep Learning"],
    "containers": ["Containers"],
    "docker": ["docker"],
    "kubernetes": ["Kubernetes", "k8s"],
    "ecs": ["ECS"],
    "vm": ["VM"],
    "ai": ["AI"],
    "cicd": ["CI/CD"],
    "news": ["News"],
    "process": ["Process"],
    "eclair": ["Éclair"],
    "ml": ["機械学習"],
    "java": ["자바"],
    "qcon": ["QCon London 2017"],
    "twelve": ["12-factor"],
    "nothing": ["!!!", ""],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Docker, docker and DOCKER's volumes", {"docker"}),
        ("dockerised, docker_compose, undocker", set()),
        ("a container for containers", {"containers"}),
        ("One VM or many VMs", {"vm"}),
        ("the ECS of AWS", {"ecs"}),
        ("an EC of 3", set()),
        ("Something new", set()),
        ("The News", {"news"}),
        ("process and processed", {"process"}),
        ("eclair, ÉCLAIR, e\u0301clairs", {"eclair"}),
        ("Event sourcing", {"eventsourcing"}),
        ("event-sourcing and event\nsourcing", {"eventsourcing"}),
        ("event. Sourcing", set()),
        ("events sourcing", set()),
        ("deep learning", {"deeplearning"}),
        ("deep\xa0learning", {"deeplearning"}),
        ("QCon London 2017!", {"qcon"}),
        ("QCon London 2018", set()),
        ("12-factor and twelve", {"twelve"}),
        ("CI/CD", {"cicd"}),
        ("ci / cd", {"cicd"}),
        ("ci cd", set()),
        ("k8s", {"kubernetes"}),
        ("機械学習の話", {"ml"}),
        ("自動機械学習", {"ml"}),
        ("자바는", {"java"}),
        ("", set()),
    ],
)
def test_whole_words_case_accents_and_plural_s(text, expected):
    assert find_mentions([text], NAMES) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++ and C#", {"c", "cpp", "csharp"}),
        ("c++ and c#", {"cpp", "csharp"}),
        ("C++", {"cpp"}),
        ("C#", {"csharp"}),
        ("**C++**, `C#` and _C_", {"c", "cpp", "csharp"}),
        ("C/C++", {"c", "cpp"}),
        ("C++17", {"cpp"}),
        ("C+++", set()),
        ("c", set()),
        ("Objective-C, C-level, vitamin c", set()),
        ("R&D by R. Who", {"r"}),
        ("R&D", set()),
        ("R Markdown", {"rmarkdown"}),
        ("R and Markdown", {"r"}),
        ("the internet", set()),
        ("on .NET, (.net)", {"dotnet"}),
        ("asp.net", set()),
        ("Node.js", {"node"}),
        ("node.js with JS", {"node", "js"}),
        ("Node. JS", {"js"}),
        ("Go", {"go"}),
        ("We go to Golang", {"go"}),
        ("we go on", set()),
        ("They react to rust", set()),
        ("React and Rust", {"react", "rust"}),
        ("AI", {"ai"}),
        ("ai, Ai", set()),
    ],
)
def test_signs_and_short_names(text, expected):
    assert find_mentions([text], NAMES) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[this](https://docker.com/kubernetes) and https://docker.io", set()),
        ("[Docker](https://example.org)", {"docker"}),
        ("![Docker](x.png)", {"docker"}),
        ("[this][docker]\n\n[docker]: https://docker.com", set()),
        ("<https://docker.com> docker@example.org", set()),
        ('<a href="docker">this</a>', set()),
        ("<b>Docker</b>", {"docker"}),
        ("<!-- Docker -->", set()),
        ("```docker\nrun\n```", set()),
        ("```\ndocker run\n```", {"docker"}),
        ("~~~ docker\nrun", set()),
        ("*Docker*, **Docker**, _Docker_, `Docker`", {"docker"}),
        (r"Docker\!", {"docker"}),
        ("[Docker", {"docker"}),
        ("[this](docker (docker) docker", {"docker"}),
        ("https: Docker", {"docker"}),
    ],
)
def test_markdown(text, expected):
    assert find_mentions([text], NAMES) == [expected]


def test_the_longest_name_is_meant():
    names = {"apache": ["Apache"], "kafka": ["Apache Kafka", "Kafka"], "streams": ["Apache Kafka Streams"]}
    texts = ["Apache Kafka Streams", "Apache Kafka", "Apache", "Kafka Streams", "Apache Kafka stream"]
    assert find_mentions(texts, names) == [{"streams"}, {"kafka"}, {"apache"}, {"kafka"}, {"streams"}]


def test_each_text_has_its_own_answer():
    assert find_mentions(["Docker", "", "Go"], NAMES) == [{"docker"}, set(), {"go"}]
    assert find_mentions([], NAMES) == []
    assert find_mentions(["Docker"], {}) == [set()]


@given(st.text(max_size=200))
def test_any_text_and_any_name(text):
    assert find_mentions([text], NAMES)[0] <= set(NAMES)
    find_mentions(["Docker and C++"], {"key": [text]})


@given(st.lists(st.sampled_from(sorted(NAMES.keys() - {"nothing"})), max_size=5))
def test_what_is_named_is_found(keys):
    text = ", ".join(NAMES[key][0].capitalize() if key == "go" else NAMES[key][0] for key in keys)
    assert find_mentions([text], NAMES) == [set(keys)]


@pytest.mark.parametrize("unit", ["[a](", "](", "<a ", "<!--", "a@", "https://", "event ", "C++", "[a]: ", "`"])
def test_no_text_takes_long(unit):
    start = time.process_time()
    find_mentions([unit * 20_000], NAMES)
    assert time.process_time() - start < 5
