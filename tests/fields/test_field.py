import pytest

from talks.fields import Choice, merge


@pytest.mark.parametrize(
    ("last", "new", "now", "merged"),
    [
        ("a", "a", "a", Choice("a")),
        ("a", "b", "a", Choice("b")),
        ("a", "a", "c", Choice("c")),
        ("a", "c", "c", Choice("c")),
        ("a", "b", "c", Choice("c", conflict=True)),
        (None, "b", None, Choice("b")),
        ("a", None, "a", Choice(None)),
        ("a", "b", None, Choice(None, conflict=True)),
    ],
)
def test_a_three_way_merge_chooses_values_and_finds_conflicts(last, new, now, merged):
    assert merge(last, new, now) == merged
