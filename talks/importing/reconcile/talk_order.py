"""Merges the order of a day's talks in the post with the order in the base. Pure."""

from collections.abc import Mapping, Sequence

from talks.fields import merge
from talks.importing.reconcile.known import Order

Place = tuple[Order, int]  # rank of the talk's first post, and the talk's place in it


def arrange_day(
    now: Sequence[int], last: Sequence[int], new: Sequence[int], places: Mapping[int, Place]
) -> tuple[list[int], bool]:
    """Return the talks of a day in order, and whether both an editor and the post had reordered them.

    `now` are the talks that stay, in present order; `new` are the post's, in its order, new talks among them; `last`
    are the post's in the order of its last import. The post's order is used unless an editor changed the order; new
    talks follow their predecessor in the post, and other talks keep their places. Talks are ids, negative for new ones;
    `places` give for each the rank of its first post and its position there, for a new talk without predecessor.
    """
    known = set(last)
    merged = merge(list(last), [talk for talk in new if talk in known], [talk for talk in now if talk in known])
    turns = iter(merged.value)
    order = [next(turns) if talk in known else talk for talk in now]
    for index, talk in enumerate(new):
        if talk not in order:
            order.insert(_find_place(order, new, index, places), talk)
    return order, merged.conflict


def _find_place(order: list[int], new: Sequence[int], index: int, places: Mapping[int, Place]) -> int:
    if index:
        return order.index(new[index - 1]) + 1
    standing = set(order)
    follower = next((talk for talk in new if talk in standing), None)
    if follower is not None:
        return order.index(follower)
    later = (i for i, talk in enumerate(order) if talk in places and places[talk] > places[new[index]])
    return next(later, len(order))
