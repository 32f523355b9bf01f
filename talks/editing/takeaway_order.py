"""Gives takeaways new positions and parents after an editor moved or nested some; positions are 1, 2, 3 and so on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from talks.editing.decisions import remember_withdrawn
from talks.grouping import group_pairs
from talks.models import Takeaway, name_subject


@dataclass(slots=True)
class Note:
    """A takeaway of a talk whose takeaways are being put in a new order.

    `stood` is its former level, from 1; `level` its new level; `place` its new position, or None if it was not moved.
    """

    pk: int
    stood: int
    level: int
    place: int | None = None


def arrange_takeaways(notes: Sequence[Note]) -> list[Note]:
    """Return the takeaways in their new order.

    A takeaway is moved together with the children that follow it, up to the first child that was moved or nested by
    itself.
    """
    standing: list[Note] = []
    moved: list[list[Note]] = []
    block: list[Note] | None = None
    for note in notes:
        if note.place is not None:
            block = [note]
            moved.append(block)
        elif block and note.stood > block[0].stood and note.level == note.stood:
            block.append(note)
        else:
            block = None
            standing.append(note)
    for block in sorted(moved, key=lambda block: block[0].place or 1):
        start = (block[0].place or 1) - 1
        standing[start:start] = block
    return standing


def find_parents(levels: Iterable[int]) -> list[int | None]:
    """Return for each takeaway, given by its level, the index of its parent: the nearest one before at a smaller level.

    At level 1, the top, the parent is None. A level that is too deep becomes one below the preceding takeaway.
    """
    parents: list[int | None] = []
    path: list[int] = []
    for index, level in enumerate(levels):
        del path[max(level, 1) - 1 :]
        parents.append(path[-1] if path else None)
        path.append(index)
    return parents


def walk_takeaways(rows: Iterable[Takeaway]) -> Iterator[tuple[Takeaway, int]]:
    """Yield pairs of a takeaway that is not withdrawn and its level, from 1; parents before their children.

    Children of a withdrawn takeaway count as children of its parent.
    """
    known = {row.pk: row for row in rows}
    nested: dict[int | None, list[Takeaway]] = {}
    for row in known.values():
        if not row.withdrawn:
            parent = known.get(row.parent_id or 0)
            while parent and parent.withdrawn:
                parent = known.get(parent.parent_id or 0)
            nested.setdefault(parent.pk if parent else None, []).append(row)
    waiting = [(row, 1) for row in reversed(nested.get(None, []))]
    while waiting:
        row, level = waiting.pop()
        yield row, level
        waiting += [(below, level + 1) for below in reversed(nested.get(row.pk, []))]


def number_takeaways(talk: int, places: Mapping[int, int], levels: Mapping[int, int]) -> None:
    """Store new positions, from 1, and new parents of the takeaways of a talk, separately for those of each post.

    `talk` is the talk's id; `places` and `levels` are what the editor entered, by the takeaway's id. Withdrawn
    takeaways keep position and parent; the children of a withdrawn takeaway get its parent.
    """
    fields = ("pk", "parent_id", "post_id", "position", "withdrawn")
    rows = Takeaway.objects.filter(talk=talk).order_by("post_id", "position", "pk").only(*fields)
    changed = []
    for _, group in groupby(rows, key=lambda row: row.post_id):
        stood = list(walk_takeaways(group))
        known = {row.pk: row for row, _ in stood}
        notes = [Note(row.pk, level, levels.get(row.pk, level), places.get(row.pk)) for row, level in stood]
        order = arrange_takeaways(notes)
        parents = find_parents(note.level for note in order)
        for position, (note, parent) in enumerate(zip(order, parents, strict=True), 1):
            row, above = known[note.pk], None if parent is None else order[parent].pk
            if (row.position, row.parent_id) != (position, above):
                row.position, row.parent_id = position, above
                changed.append(row)
    Takeaway.objects.bulk_update(changed, ["position", "parent"], batch_size=200)


def free_nested(doomed: Iterable[Takeaway]) -> None:
    """Move the children of rows that will be deleted up to the next parent that stays.

    Otherwise the database would delete the children together with their parent.
    """
    gone = {row.pk: row.parent_id for row in doomed}
    for pk in gone:
        parent = gone[pk]
        while parent in gone:
            parent = gone[parent]
        Takeaway.objects.filter(parent=pk).exclude(pk__in=gone).update(parent=parent)


def set_takeaways_withdrawn(takeaways: Iterable[Takeaway], *, withdrawn: bool) -> None:
    """Withdraw takeaways or, with `withdrawn` false, restore them, each with all that is nested in it.

    To restore a takeaway also restores its parents. A restored takeaway that an import had withdrawn loses its line
    numbers, since its post no longer has it. The caller must number the takeaways of the talks again and renew the
    talks.
    """
    rows = list(takeaways)
    touched, parents = find_nested(rows)
    if not withdrawn:
        for row in rows:
            above = parents.get(row.pk)
            while above is not None and above not in touched:
                touched.add(above)
                above = parents.get(above)
    changed = Takeaway.objects.filter(pk__in=touched).exclude(withdrawn=withdrawn)
    from_posts = list(changed.exclude(post=None).only("public_id"))
    changed.update(withdrawn=withdrawn)
    undone = remember_withdrawn(from_posts, withdrawn=withdrawn)
    if not withdrawn:
        left = [row.pk for row in from_posts if name_subject(row) not in undone]  # in no line of the post any more
        Takeaway.objects.filter(pk__in=left).update(line=None, end_line=None, merged_into=None)


def find_nested(rows: Sequence[Takeaway]) -> tuple[set[int], dict[int, int | None]]:
    """Return two things: the ids of these takeaways and of all nested in them, and the parent of each takeaway by id.

    The second has all takeaways of their talks; parents are ids too, None at the top level.
    """
    of_talks = Takeaway.objects.filter(talk__in={row.talk_id for row in rows}).order_by("pk")
    parents: dict[int, int | None] = dict(of_talks.values_list("pk", "parent_id"))
    nested = group_pairs((parent, pk) for pk, parent in parents.items())
    touched: set[int] = set()
    waiting = [row.pk for row in rows]
    while waiting:
        pk = waiting.pop()
        if pk not in touched:
            touched.add(pk)
            waiting += nested[pk]
    return touched, parents
