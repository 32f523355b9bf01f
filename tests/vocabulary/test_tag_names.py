"""The shipped tags, and the names that mean them."""

import time
from collections import Counter

import pytest

from talks.vocabulary import index_shipped, is_distinctive, list_included, recognise
from talks.vocabulary.equal_spellings import fold_spelling
from talks.vocabulary.mentions_in_text import Matcher
from talks.vocabulary.tag_names import index_included, load_shipped


def test_no_two_shipped_tags_share_a_key():
    keys = Counter(tag.key for tag in load_shipped())
    assert len(keys) >= 400
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_shipped_spelling_means_two_tags():
    owners = Counter(
        spelled for tag in load_shipped() for spelled in {fold_spelling(way) for way, _ in tag.list_spellings()}
    )
    assert [spelled for spelled, count in owners.items() if count > 1] == []


def test_included_tags_and_those_that_include_them_are_shipped():
    included = index_included()
    assert {*included, *(name for names in included.values() for name in names)} - index_shipped().keys() == set()
    assert [key for key, names in included.items() if key in names or len(set(names)) < len(names)] == []
    assert list_included("service mesh") == ("envoy", "istio", "linkerd")
    assert list_included("istio") == ()


def test_the_vocabulary_compiles_quickly():
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
        ("linear regression", "Linear Regression"),
        ("Baking", None),
        ("", None),
    ],
)
def test_spellings_are_recognised_as_their_shipped_tag(name, tag):
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
def test_everyday_words_used_as_tags_are_not_distinctive(name, expected):
    assert is_distinctive(name) is expected
