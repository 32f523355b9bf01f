"""From what was typed to a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.search.plain_terms import MOST_TERMS, Question, fold_words, read_question


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("kafka", (" kafka",)),
        ("  Kafka   STREAMS ", (" kafka", " streams")),
        ("kafka Kafka", (" kafka",)),
        ("École", (" ecole",)),
        ('"Event Sourcing" kafka', (" event sourcing", " kafka")),
        ('"event sourcing', (" event sourcing",)),
        ('""', ()),
        ("C C++ C# .NET", (" c ", " c++", " c#", " .net")),
        ("Node.js", (" node", " js")),
        ("don't", (" don", " t ")),
        ("snake_case", (" snake", " case")),
        ("kafka-streams/x1", (" kafka", " streams", " x1")),
        ("100%", (" 100",)),
        ("日本語 入門", ("日本語", "入門")),
        ("한국", ("한국",)),
        ("", ()),
        (" \n", ()),
    ],
)
def test_terms(text, terms):
    assert read_question(text).terms == terms


@pytest.mark.parametrize("text", ["%", "_", "\\", "'; --", "*", '"', "😀", "..."])
def test_a_question_without_a_word_says_so(text):
    fault = "Search for words: there is no letter or digit in this question."
    assert read_question(text) == Question(text, (), fault)


def test_it_is_cut():
    assert read_question("x" * 1_000) == Question("x" * 200, (" " + "x" * 200,))
    assert read_question(" ".join(f"w{n}" for n in range(100))).terms == tuple(f" w{n}" for n in range(MOST_TERMS))


def test_what_a_database_cannot_take_is_left_out():
    assert read_question("a\x00b \ud800c\x1b") == Question("a b c", (" a ", " b ", " c "))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why We Chose Erlang, (.NET) & C++!", "why we chose erlang .net c++"),
        ("e.g. 0.5 etc...and", "e g 0 5 etc and"),
        ("don’t", "don t"),
        ("", ""),
    ],
)
def test_fold_words(text, words):
    assert fold_words(text) == words


@given(st.text())
def test_any_text_is_a_question(text):
    question = read_question(text)
    assert len(question.terms) <= MOST_TERMS
    assert all(term.strip() and not set(term) & set("%_\\\x00'\"") for term in question.terms)
    assert bool(question.fault) == (bool(question.text) and not question.terms)


@given(st.text(max_size=60))
def test_a_text_holds_its_own_words(text):
    words = f" {fold_words(text)} "
    assert all(term in words for term in read_question(text.replace('"', " ")[:200]).terms)
