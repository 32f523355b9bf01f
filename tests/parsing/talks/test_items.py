"""Which lists are looked at for talks."""

import pytest

from talks.parsing import Hints
from talks.parsing.metadata.hints import NO_HINTS
from talks.parsing.pipeline import read_post

SENTENCES = "# Gardens\n\n* Roses need the sun, and moss fears it (1.1)\n* Moss grows in shade, but roses fade\n"


def _count_items(text, hints=NO_HINTS):
    reading = read_post(text, name="gardens.md", hints=hints)[1]
    return sum(each.kind == "item" for each in reading.candidates)


@pytest.mark.parametrize(
    "item",
    [
        "Winter in the garden (Ann Lee)",
        "Ann van der Berg, Initech: winter in the garden",
        "Winter in the garden, by Ann and others",
        "Winter in the garden - a talk",
        "@annlee, on winter in the garden",
        "**Winter in the garden**, which was long",
    ],
)
def test_a_list_with_a_possible_name_or_title_is_a_list_of_candidates(item):
    assert _count_items(f"{SENTENCES}* {item}\n") == 3


def test_a_list_of_sentences_that_name_nobody_holds_no_candidates():
    assert _count_items(SENTENCES) == 0


def test_such_a_list_holds_candidates_if_a_hint_asks_for_hardly_any_certainty():
    assert _count_items(SENTENCES, Hints(least_certainty=0.01)) == 2
