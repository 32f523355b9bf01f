import json

import pytest

from talks.vocabulary import kept_tables
from talks.vocabulary.kept_tables import load_table
from talks.vocabulary.mentions_in_text import Matcher, compile_shipped
from talks.vocabulary.tag_names import load_shipped, recognise
from talks.vocabulary.text_words import split_words


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path / "vocabulary"


def refuse():
    pytest.fail("made anew")


def test_a_table_is_made_once(folder):
    assert load_table("one", lambda: {"Go": [1]}) == {"Go": [1]}
    assert load_table("one", refuse) == {"Go": [1]}
    assert [file.name for file in folder.iterdir()] == ["one.json"]


def test_a_table_of_other_names_is_made_anew(monkeypatch):
    load_table("one", lambda: 1)
    monkeypatch.setattr(kept_tables, "_digest_sources", lambda: "of other names")
    assert load_table("one", lambda: 2) == 2


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"of": 1', "\x00", '{"of": 7, "table": 5}'])
def test_a_damaged_file_is_made_anew(folder, damage):
    folder.mkdir()
    (folder / "one.json").write_text(damage)
    assert load_table("one", lambda: 2) == 2
    assert load_table("one", refuse) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(folder):
    folder.write_text("a file")
    assert load_table("one", lambda: 2) == 2


@pytest.mark.parametrize(
    "text",
    ["Go and Kubernetes: k8s clusters, C++ compilers", "Event-sourcing in kafka; assembly line", "Ada"],
)
def test_a_kept_matcher_finds_what_a_new_one_finds(text):
    compile_shipped.cache_clear()
    fresh = Matcher(load_shipped())
    compile_shipped()
    compile_shipped.cache_clear()
    assert compile_shipped().read(split_words(text)) == fresh.read(split_words(text))


def test_the_kept_rules_are_those_of_the_shipped_names():
    rules = json.loads(json.dumps(Matcher(load_shipped()).rules))
    compile_shipped.cache_clear()
    compile_shipped()
    compile_shipped.cache_clear()
    assert compile_shipped().rules == rules


def test_spellings_lead_to_their_entries():
    assert [recognise(name) and recognise(name).name for name in ("k8s", "containers", "nothing of ours")] == [
        "Kubernetes",
        "Containers",
        None,
    ]
