"""The lists of words in data files: each is read, and none says a word twice."""

import importlib
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from talks.parsing import words
from talks.parsing.metadata.series_names import fold_without_spaces
from talks.parsing.words.given_names import fold_given_name
from talks.parsing.words.heading_words import ABSTRACT_HEADINGS
from talks.parsing.words.series import KNOWN_SERIES

FILES = sorted(Path(words.__file__).parent.glob("*.toml"))
CASE_MATTERS = {"event_regions", "universities"}


def list_entries(text: str) -> list[str]:
    """Return the entries of a text: its phrases or rows of words if it has semicolons, else its words."""
    return [" ".join(entry.split()) for entry in text.split(";")] if ";" in text else text.split()


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request):
    return request.param


def test_each_word_list_is_read_by_its_namesake_module(file):
    module = importlib.import_module(f"talks.parsing.words.{file.stem}")
    named = {name.lower() for name in vars(module)}
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    if file.stem == "front_matter_keys":
        assert [*module.KEYS] == [what for table in lists.values() for what in table]
    else:
        assert lists.keys() - named == set()


def test_no_list_says_a_word_twice_in_one_language(file):
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    texts = {(name, language): list_entries(text) for name, table in lists.items() for language, text in table.items()}
    assert {key: entries for key, entries in texts.items() if len(entries) > len({*entries})} == {}


def test_words_are_in_small_letters_unless_their_case_matters(file):
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    for name in lists.keys() - CASE_MATTERS:
        assert [text for text in lists[name].values() if text != text.lower()] == []


def test_chinese_headings_of_one_meaning_are_separate_entries():
    assert {"简介", "摘要"} <= ABSTRACT_HEADINGS


def test_no_given_name_is_listed_twice_in_whatever_spelling():
    folder = Path(words.__file__).parent
    names = [name for file in folder.glob("*given_names.txt") for name in file.read_text(encoding="utf-8").split()]
    assert len(names) > 4000
    assert [name for name, count in Counter(map(fold_given_name, names)).items() if count > 1] == []


def test_no_series_has_spellings_that_differ_only_in_signs():
    """Nor in case and spaces."""
    spellings = Counter(fold_without_spaces(name) for own, others in KNOWN_SERIES.items() for name in (own, *others))
    assert [spelling for spelling, count in spellings.items() if count > 1] == []
