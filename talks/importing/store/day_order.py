"""Gives the talks of a day the positions 1, 2, 3 and so on."""

from collections.abc import Iterable

from talks.models import Talk


def number_talks(days: Iterable[int], moved: Talk | None = None) -> None:
    """Number the talks of each day from 1, except withdrawn ones, in their present order, and store the positions.

    The talk `moved` goes to its `position`, which need not be saved, and the other talks make room.
    """
    for day in set(days):
        order = list(Talk.objects.filter(day=day, withdrawn=False).order_by("position", "pk").only("pk", "position"))
        if moved and moved.pk in {talk.pk for talk in order}:
            order = [talk for talk in order if talk.pk != moved.pk]
            order.insert(moved.position - 1, moved)
        changed = []
        for position, talk in enumerate(order, 1):
            if talk.position != position or talk is moved:
                talk.position = position
                changed.append(talk)
        Talk.objects.bulk_update(changed, ["position"])
