"""What is known of a document stays right when its event is told."""

from dataclasses import replace
from functools import cached_property

from talks.parsing.pipeline import read_post
from talks.parsing.talks.document import Document

GERMAN = """# Ein Garten im Winter

Das Beet ist noch nicht fertig, und ich bin oft mit der Schaufel auf dem Hof. Wir werden sehen, ob es auch gelingt.
"""
TEXT = """# Moss Days 2019, day 1

## Gardens in winter by Ann Lee

* soil

## Day 2

### Ferns

* [slides](https://a.example)
"""


def test_cached_facts_of_a_document_stay_right_with_another_event():
    reading = read_post(TEXT, name="conferences/moss-days-2019/day-1.md")[1]
    assert reading
    before = replace(reading.document, series="", about_person=False)
    names = [name for name, value in vars(Document).items() if isinstance(value, cached_property)]
    for name in names:
        getattr(before, name)
    told = before.tell_event("Moss Days", about_person=False)
    fresh = replace(before, series="Moss Days")
    assert {name: getattr(told, name) for name in names} == {name: getattr(fresh, name) for name in names}
    assert told == fresh


def read_document(text: str) -> Document:
    reading = read_post(text, name="garten.md")[1]
    assert reading
    return reading.document


def test_two_capitalised_words_hardly_name_people_in_german():
    german, english = read_document(GERMAN), read_document(TEXT)
    for phrase in ("Folgendes Rezept", "Allgemeine Gartenordnung"):
        assert english.read_people(phrase).score >= 0.45 > german.read_people(phrase).score
        dashed = [max(split.score for split in each.split(f"Beete - {phrase}")) for each in (english, german)]
        assert dashed[0] >= 0.45 > dashed[1]


def test_known_and_vouched_names_are_people_in_german():
    for text in ("Anna Moosbach", "Qorvin Moosbach (@moosbach)"):
        assert read_document(GERMAN).read_people(text) == read_document(TEXT).read_people(text)
        assert read_document(GERMAN).read_people(text).score >= 0.6
