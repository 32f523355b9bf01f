"""Which words of notes match the words of a query."""

import pytest

from talks.search import search
from talks.search.cognates import list_cognates
from tests.builders import make_conference, make_day, make_post, make_talk

pytestmark = pytest.mark.django_db


def find(text):
    results = search(text)
    return [hit.talk.title for hit in results.load_talks(results.rows)]


@pytest.mark.parametrize(
    ("word", "languages", "expected"),
    [
        ("accessibility", ["fr", "es"], {("fr", "accessibilite"), ("es", "accessibilidad")}),
        ("accessibilite", ["fr"], {("en", "accessibility")}),
        ("stabilitat", ["de", "en"], {("en", "stability")}),
        ("generation", ["es"], {("es", "generacion")}),
        ("generation", ["fr"], set()),
        ("accessibility", ["en", ""], set()),
        ("city", ["fr"], set()),
        ("kubernetes", ["fr", "de"], set()),
    ],
)
def test_a_words_spellings_in_other_languages_are_listed(word, languages, expected):
    assert set(list_cognates(word, languages)) == expected


@pytest.mark.parametrize("text", ["accessibility", "accessibilité"])
def test_words_find_their_cognates_in_other_languages(text):
    make_talk("Pour tous", post=make_post(language="fr"), takeaways=["L'accessibilité du web"])
    make_talk("For all", post=make_post(language="en"), takeaways=["Accessibility of the web"])
    make_talk("Access", post=make_post(language="en"), takeaways=["Accessing the web"])
    assert sorted(find(text)) == ["For all", "Pour tous"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Datenbankmigration", ["Bei uns"]),
        ("Datenbankmigrationen", ["Bei uns"]),
        ("Sicherheitsprüfung", ["Im Betrieb"]),
        ("Prüfung der Sicherheit", ["Im Betrieb", "Im Haus"]),
        ("Datenbankbetrieb", []),
        ("greenhouse", []),
    ],
)
def test_german_compounds_find_their_parts_and_are_found_by_them(text, titles):
    german = make_post(language="de")
    make_talk("Bei uns", post=german, takeaways=["Die Migration der Datenbank", "Der Umzug"])
    make_talk("Im Betrieb", post=german, takeaways=["Eine Prüfung der Sicherheit"])
    if text.startswith("Prüfung"):
        make_talk("Im Haus", post=german, takeaways=["Die Sicherheitsprüfung"])
    make_talk("Colours", post=make_post(language="en"), takeaways=["The house is green"])
    assert sorted(find(text)) == titles


@pytest.mark.parametrize(
    ("text", "titles", "understood"),
    [
        ("大数据平台", ["平台"], "大数据平台"),
        ("如何优化大数据平台", ["平台"], "大数据平台"),
        ("大数据架构", ["平台"], "大数据 架构"),
        ("データベースの移行", ["DB"], "データベース 移行"),
        ("Kotlinの並行処理", ["DB"], "kotlin 並行処理"),
        ("量子コンピュータ", [], "量子コンピュータ"),
    ],
)
def test_text_without_spaces_is_cut_into_known_pieces(text, titles, understood):
    make_talk("平台", post=make_post(language="zh"), takeaways=["我们的大数据平台", "新的架构"])
    make_talk("DB", post=make_post(language="ja"), takeaways=["データベースを移行する", "Kotlinで並行処理"])
    assert (find(text), search(text).understood) == (titles, understood)


def test_two_numbers_joined_by_a_sign_are_not_one_number():
    make_talk("TLS 1.1")
    make_talk("Java 11")
    assert (find("11"), find("1.1")) == (["Java 11"], ["TLS 1.1"])


def test_queries_of_a_tag_list_talks_most_about_it_first():
    newer = make_day(make_conference("Devoxx", 2020), 1)
    older = make_day(make_conference("QCon", 2015), 1)
    make_talk("Queues", newer, tags=["Docker"], takeaways=["We tried Docker"])
    make_talk("Docker at work", older, tags=["Docker"], takeaways=["Docker and more Docker"])
    make_talk("Streams at home", older, tags=["Kafka"])
    assert find("tag:docker") == ["Docker at work", "Queues"]
    assert find("tag:docker year:2010..2020") == ["Docker at work", "Queues"]
    assert find("tag:docker OR tag:kafka") == ["Docker at work", "Queues", "Streams at home"]
    assert find("-tag:kafka conference:devoxx") == ["Queues"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("hungry servers drink cooling water", ["Data centers"]),
        ("hungry kafka drink unicorns", []),
        ("hungry servers", []),
    ],
)
def test_queries_of_many_words_find_talks_with_several_of_them(text, titles):
    make_talk("Data centers", takeaways=["Cooling the servers takes water"])
    make_talk("Queues", takeaways=["Kafka", "Rabbits"])
    make_talk("Logs", takeaways=["Kafka again"])
    assert find(text) == titles
