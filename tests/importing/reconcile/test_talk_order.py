from datetime import date

import pytest

from talks.importing.reconcile.talk_order import arrange_day

EARLY, LATE = ((date(2017, 3, 6), "a.md"), (date(2017, 3, 7), "b.md"))


@pytest.mark.parametrize(
    ("now", "last", "new", "order"),
    [
        ([], [], [-1, -2, -3], [-1, -2, -3]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 3], [1, 2, 3], [3, 1, 2], [3, 1, 2]),
        ([1, 2, 3], [1, 2, 3], [1, -1, 2, 3], [1, -1, 2, 3]),
        ([1, 2, 3], [1, 2, 3], [-1, 1, 2, 3], [-1, 1, 2, 3]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3, -1], [1, 2, 3, -1]),
        ([2, 1, 3], [1, 2, 3], [1, 2, 3], [2, 1, 3]),
        ([9, 1, 8, 2], [1, 2], [2, 1], [9, 2, 8, 1]),
        ([9, 1, 8, 2], [1, 2], [1, -1, 2], [9, 1, -1, 8, 2]),
    ],
)
def test_talks_follow_the_posts_order_unless_an_editor_changed_it(now, last, new, order):
    assert arrange_day(now, last, new, {}) == (order, False)


def test_talks_reordered_by_editor_and_post_keep_the_editors_order():
    assert arrange_day([2, 1, 3], [1, 2, 3], [3, 2, 1], {}) == ([2, 1, 3], True)


def test_talks_of_the_earlier_post_come_first():
    places = {1: (LATE, 1), 2: (LATE, 2), -1: (EARLY, 1), -2: (EARLY, 2)}
    assert arrange_day([1, 2], [], [-1, -2], places) == ([-1, -2, 1, 2], False)
    places = {1: (EARLY, 1), 2: (EARLY, 2), -1: (LATE, 1), -2: (LATE, 2)}
    assert arrange_day([1, 2], [], [-1, -2], places) == ([1, 2, -1, -2], False)
