import pickle
from dataclasses import replace

import pytest

from talks.value_classes import value_class


@value_class
class Point:
    x: int
    y: int = 0


def test_values_are_equal_if_their_fields_are():
    assert Point(1) == Point(1, 0) == replace(Point(1, 2), y=0) == pickle.loads(pickle.dumps(Point(1)))
    assert Point(1) != Point(1, 2)
    assert len({Point(1), Point(1, 0), Point(1, 2)}) == 2


def test_values_take_no_other_attributes():
    with pytest.raises(AttributeError):
        Point(1).z = 3
