"""What is known of a document stays right when its event is told."""

from dataclasses import replace
from functools import cached_property

from talks.parsing.pipeline import read_post
from talks.parsing.talks.document import Document

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
