"""Texts and names are split and folded into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.vocabulary.equal_spellings import fold_plural, fold_spelling, read_plain, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("!!!", []),
        ("C, C++ and C#.", ["c", "c++", "and", "c#"]),
        ("C+++ C##", ["c", "c"]),
        (".NET in asp.net...and so", [".net", "in", "asp", "net", "and", "so"]),
        ("snake_case _emphasis_", ["snake_case", "emphasis"]),
        ("Éclair", ["eclair"]),
        ("機械学習とGo", ["機", "械", "学", "習", "と", "go"]),
        ("37°C", ["37", "°c"]),
    ],
)
def test_a_text_is_split_into_words(text, words):
    assert split_words(text).folded == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Event Sourcing", "event-sourcing", True),
        ("event\xa0sourcing", "event sourcing", True),
        ("CI/CD", "ci / cd", True),
        ("Go言語", "go 言語", True),
        ("Node.js", "node js", False),
        ("Node.js", "Node. js", False),
        ("C", "C++", False),
        ("Schrödinger’s", "Schrodinger's", True),
    ],
)
def test_case_accents_hyphens_and_spaces_distinguish_no_names(one, other, same):
    """Other signs do."""
    assert (fold_spelling(one) == fold_spelling(other)) is same


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("containers", "container"),
        ("libraries", "library"),
        ("caches", "cache"),
        ("batches", "batch"),
        ("processes", "process"),
        ("process", "process"),
        ("VMs", "vm"),
        ("DNS", "dns"),
        ("iOS", "ios"),
        ("is", "is"),
        ("news", "news"),
    ],
)
def test_plurals_fold_to_the_singular(word, singular):
    assert fold_plural(word, word.casefold()) == singular


@given(st.text(max_size=100))
def test_texts_have_equally_many_raw_words_folded_words_and_spans(text):
    words = split_words(text)
    assert len(words.raw) == len(words.folded) == len(words.spans)
    fold_spelling(text)


def test_meaningless_alternative_texts_are_left_out_of_plain_text():
    assert read_plain("![alt Hall-2](img/Hall-1.jpg) Full") == "![]  Full"
    assert read_plain("![Our dog](dog.png)") == "![Our dog] "


def test_mail_addresses_stay_only_if_wanted():
    text = "Ask <ann@moss.example>, bob@moss.example, [us](mailto:us@moss.example)"
    assert read_plain(text).split() == ["Ask", ",", ",", "[us]"]
    assert read_plain(text, mail=True).split() == ["Ask", "ann@moss.example", ",", "bob@moss.example", ",", "[us]"]
