import pytest

from talks.importing.reconcile.three_way_merge import Merged, merge


@pytest.mark.parametrize(
    ("last", "new", "now", "merged"),
    [
        ("a", "a", "a", Merged("a")),
        ("a", "b", "a", Merged("b")),
        ("a", "a", "c", Merged("c")),
        ("a", "c", "c", Merged("c")),
        ("a", "b", "c", Merged("c", conflict=True)),
        (None, "b", None, Merged("b")),
        ("a", None, "a", Merged(None)),
        ("a", "b", None, Merged(None, conflict=True)),
    ],
)
def test_merge(last, new, now, merged):
    assert merge(last, new, now) == merged
