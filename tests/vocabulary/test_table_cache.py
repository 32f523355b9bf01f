import pytest
from django.core.management import call_command

from talks.vocabulary import table_cache, tag_names
from talks.vocabulary.equal_spellings import split_words
from talks.vocabulary.mentions_in_text import Matcher, compile_shipped
from talks.vocabulary.table_cache import load_table
from talks.vocabulary.tag_names import load_shipped, recognise


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path / "vocabulary"


def refuse():
    pytest.fail("made anew")


def test_a_stored_vocabulary_table_is_computed_once(folder):
    assert load_table("one", lambda: {"Go": [1]}) == {"Go": [1]}
    assert load_table("one", refuse) == {"Go": [1]}
    assert [file.name for file in folder.iterdir()] == ["one.json"]


def test_a_vocabulary_table_is_computed_again_after_names_change(monkeypatch):
    load_table("one", lambda: 1)
    monkeypatch.setattr(table_cache, "_digest_sources", lambda: "of other names")
    assert load_table("one", lambda: 2) == 2


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"of": 1', "\x00", '{"of": 7, "table": 5}'])
def test_a_damaged_file_of_a_table_is_replaced(folder, damage):
    folder.mkdir()
    (folder / "one.json").write_text(damage)
    assert load_table("one", lambda: 2) == 2
    assert load_table("one", refuse) == 2


def test_tables_are_computed_where_the_folder_is_unwritable(folder):
    folder.write_text("a file")
    assert load_table("one", lambda: 2) == 2


@pytest.mark.parametrize(
    "text",
    ["Go and Kubernetes: k8s clusters, C++ compilers", "Event-sourcing in kafka; assembly line", "Ada"],
)
def test_stored_and_new_matchers_find_the_same_mentions(text):
    compile_shipped.cache_clear()
    fresh = Matcher(load_shipped())
    compile_shipped()
    compile_shipped.cache_clear()
    assert compile_shipped().read(split_words(text)) == fresh.read(split_words(text))


def test_the_stored_rules_equal_rules_made_from_shipped_names():
    rules = Matcher(load_shipped()).pack_rules()
    compile_shipped.cache_clear()
    compile_shipped()
    compile_shipped.cache_clear()
    assert compile_shipped().packed == rules


def test_stored_spellings_lead_to_their_vocabulary_entries():
    assert [recognise(name) and recognise(name).name for name in ("k8s", "containers", "nothing of ours")] == [
        "Kubernetes",
        "Containers",
        None,
    ]


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_migrate_command_stores_the_vocabulary_tables_as_files(folder):
    compile_shipped.cache_clear()
    tag_names._load_spellings.cache_clear()
    call_command("migrate", verbosity=0)
    assert {file.stem for file in folder.iterdir()} >= {"matcher", "spellings"}
