"""Order and nesting after an editor moved something: pure, and on rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talks.editing.takeaway_order import (
    Note,
    arrange_takeaways,
    find_parents,
    number_takeaways,
    set_takeaways_withdrawn,
    walk_takeaways,
)
from talks.importing import number_talks
from talks.models import Takeaway, Talk
from tests import builders as make


@pytest.mark.parametrize(
    ("levels", "parents"),
    [
        ([], []),
        ([1, 1, 1], [None, None, None]),
        ([1, 2, 3, 2, 1], [None, 0, 1, 0, None]),
        ([2, 3], [None, 0]),
        ([1, 9, 9], [None, 0, 1]),
        ([0, -1], [None, None]),
    ],
)
def test_parents_of_takeaways_follow_from_their_levels(levels, parents):
    assert find_parents(levels) == parents


@given(st.lists(st.integers(-2, 12)))
def test_any_levels_of_takeaways_give_earlier_rows_as_parents(levels):
    parents = find_parents(levels)
    assert len(parents) == len(levels)
    assert all(parent is None or parent < index for index, parent in enumerate(parents))


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ({}, "abcde"),
        ({"a": 5}, "bcdea"),
        ({"e": 1}, "eabcd"),
        ({"b": 1}, "bcade"),  # with c, which is nested in it
        ({"b": 3}, "adbce"),
        ({"c": 1}, "cabde"),
        ({"a": 2, "e": 1}, "eabcd"),
        ({"a": 99, "b": 99}, "deabc"),
    ],
)
def test_moved_takeaways_keep_their_children(moves, order):
    levels = {"a": 1, "b": 1, "c": 2, "d": 1, "e": 1}
    notes = [Note(ord(name), level, level, moves.get(name)) for name, level in levels.items()]
    assert "".join(chr(note.pk) for note in arrange_takeaways(notes)) == order


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.none() | st.integers(1, 99)), max_size=30))
def test_arranging_takeaways_keeps_each_exactly_once(rows):
    notes = [Note(pk, stood, level, place) for pk, (stood, level, place) in enumerate(rows)]
    assert sorted(note.pk for note in arrange_takeaways(notes)) == list(range(len(rows)))


@pytest.mark.django_db
def test_takeaways_are_walked_parents_first_without_withdrawn_ones():
    """With their levels."""
    talk = make.make_talk(takeaways=["One", ("Two", [("Below", ["Deep"])]), "Three"])
    Takeaway.objects.update(position=1)
    Takeaway.objects.filter(text="Below").update(withdrawn=True)
    assert [(row.text, level) for row, level in walk_takeaways(talk.takeaways.order_by("pk"))] == [
        ("One", 1),
        ("Two", 1),
        ("Deep", 2),
        ("Three", 1),
    ]


@pytest.mark.django_db
def test_numbering_numbered_takeaways_writes_nothing(django_assert_num_queries):
    talk = make.make_talk(takeaways=["One", ("Two", ["Below"]), "Three"])
    with django_assert_num_queries(1):
        number_takeaways(talk.pk, {}, {})
    with django_assert_num_queries(1):
        number_talks([talk.day.pk])


@pytest.mark.django_db
def test_restoring_a_takeaway_restores_its_parents():
    talk = make.make_talk(takeaways=[("One", [("Below", ["Deep"])])])
    set_takeaways_withdrawn(talk.takeaways.filter(text="One"), withdrawn=True)
    assert talk.takeaways.filter(withdrawn=True).count() == 3
    set_takeaways_withdrawn(talk.takeaways.filter(text="Deep"), withdrawn=False)
    assert talk.takeaways.filter(withdrawn=True).count() == 0


@pytest.mark.django_db
def test_withdrawn_talks_are_not_numbered():
    talks = [make.make_talk(title) for title in "ABC"]
    Talk.objects.filter(title="B").update(withdrawn=True)
    number_talks([talks[0].day.pk])
    rows = Talk.objects.filter(withdrawn=False).order_by("position").values_list("title", "position")
    assert list(rows) == [("A", 1), ("C", 2)]
