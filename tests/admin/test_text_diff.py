"""Marking the differences of two texts."""

import pytest

from talks.admin.text_diff import mark_differences


def show(stretches):
    return "".join(f"[{each.text}]" if each.differs else each.text for each in stretches)


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("Keep images small", "Keep images tiny", ("Keep images [small]", "Keep images [tiny]")),
        ("Roll out slowly", "Roll out", ("Roll out[ slowly]", "Roll out")),
        ("same here", "same here", ("same here", "same here")),
        ("", "new", ("", "new")),
        ("", "", ("", "")),
        ("a b c d", "w x y z", ("a b c d", "w x y z")),
        ("one two three four", "one 2 3 four", ("one [two three] four", "one [2 3] four")),
        ("é <b> x", "é <i> x", ("é <[b]> x", "é <[i]> x")),
    ],
)
def test_differing_words_are_marked_unless_texts_have_little_in_common(one, other, marked):
    assert tuple(map(show, mark_differences(one, other))) == marked


def test_no_words_are_marked_in_very_long_texts():
    long = "word " * 1000
    assert tuple(map(show, mark_differences(long, f"{long}more"))) == (long, f"{long}more")
