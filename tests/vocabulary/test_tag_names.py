"""The vocabulary that ships, and which names mean its entries."""

import time
from collections import Counter

import pytest

from talks.vocabulary import recognise, stands_out
from talks.vocabulary.tag_matching import Matcher
from talks.vocabulary.tag_names import load_shipped
from talks.vocabulary.text_words import spell


def test_it_holds_many_subjects_each_once():
    keys = Counter(tag.key for tag in load_shipped())
    assert len(keys) >= 400
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_spelling_means_two_subjects():
    owners = Counter(spelled for tag in load_shipped() for spelled in {spell(way) for way, _ in tag.list_spellings()})
    assert [spelled for spelled, count in owners.items() if count > 1] == []


def test_it_is_compiled_in_no_time():
    start = time.process_time()
    Matcher(load_shipped())
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("k8s", "Kubernetes"),
        ("event-sourcing", "Event Sourcing"),
        ("postgres", "PostgreSQL"),
        ("golang", "Go"),
        ("go", "Go"),
        ("container", "Containers"),
        ("aws", "AWS"),
        ("Baking", None),
        ("", None),
    ],
)
def test_what_a_name_means(name, tag):
    found = recognise(name)
    assert (found.name if found else None) == tag


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iteration", False),
        ("Conference", False),
        ("", False),
        ("GraalVM", True),
        ("log4j", True),
        ("sour dough", True),
        ("sour-dough", True),
        ("docker", True),
    ],
)
def test_which_names_are_looked_for_everywhere(name, expected):
    assert stands_out(name) is expected
