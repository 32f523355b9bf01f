"""Numbers with their nouns, and long texts cut short."""

import pytest

from talks.counts_and_cut_texts import cut_text, show_count, show_numbers


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts"), (1204, "1,204 posts"), (-1, "-1 posts")]
)
def test_numbers_get_a_singular_or_plural_noun(number, expected):
    assert show_count(number, "post") == expected


def test_an_irregular_plural_can_be_given():
    assert [show_count(number, "series", "series") for number in (1, 2)] == ["1 series", "2 series"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Gardens", "Gardens"),
        ("Gardens in", "Gardens in"),
        ("Gardens in winter", "Gardens…"),
        ("A Gardens-in-winter", "A…"),
        (" Gardensinwinter", " Gardensi…"),
        ("A" * 11, "A" * 9 + "…"),
        ("Nine char s", "Nine char…"),
    ],
)
def test_long_texts_are_cut_with_an_ellipsis(text, expected):
    assert cut_text(text, 10) == expected


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [([], ""), ([2], "2"), ([2, 1], "1–2"), ([1, 2, 3, 5], "1–3, 5"), ([0, 2, 4], "0, 2, 4"), ([1, 1, 2], "1–2")],
)
def test_runs_of_numbers_are_written_as_ranges(numbers, shown):
    assert show_numbers(numbers) == shown
