"""Exports all content of the base as JSON Lines: equal content gives equal bytes on every database.

Each line is one object with its `type` first and its other keys sorted. An object names other objects by slug, key of
the post, public id, address or digest, and comes after the objects that it names; only another takeaway that a takeaway
names may come later. The export leaves out derived data (HTML, keys for comparing and sorting, search text), runs,
uploads, users, times, and the paths of posts on a disk. The module `exported_columns` lists what is exported.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from talks.backup.exported_columns import KINDS, Kind, Part, Row, Written
from talks.backup.read_transaction import hold_snapshot
from talks.grouping import group_pairs
from talks.models import Talk
from talks.models.bulk import split_chunks

HEADER = "export"
"""The type of the line that tells how many lines follow."""
_CHUNK = 200


def export_base(*, counted: bool = False) -> Generator[str, None, None]:
    """Yield the lines of the export, all from one moment of the base.

    With `counted`, the first line tells how many follow, so that `import_base` can refuse a file that was cut off. The
    connection stays busy until the last line is read.
    """
    with hold_snapshot():
        if counted:
            yield _write_line(HEADER, {"lines": sum(map(_count_lines, KINDS.values()))})
        for name, kind in KINDS.items():
            rows = _list_whole(kind) if kind.talk is None else _list_by_talk(kind)
            yield from (_write_line(name, row) for row in rows)


def _count_lines(kind: Kind) -> int:
    rows = kind.model._base_manager.all()
    return rows.count() if kind.talk is None else rows.filter(**{f"{kind.talk or 'pk'}__isnull": False}).count()


def _write_line(kind: str, row: Row) -> str:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return f'{{"type":"{kind}",{text[1:]}\n'


def _list_whole(kind: Kind) -> Iterator[Row]:
    rows = kind.model._base_manager.order_by()
    order = [kind.paths.get(name, name) for name in kind.order.split()]
    for chunk in split_chunks(sorted(rows.values_list(*order, "pk"), key=_make_sort_key), _CHUNK):
        found = _read_rows(kind, rows, [pk for *_, pk in chunk], "pk")
        yield from (row for *_, pk in chunk for row in found[pk])


def _list_by_talk(kind: Kind) -> Iterator[Row]:
    talks = Talk.objects.order_by().values_list("conference__slug", "slug", "pk")
    for chunk in split_chunks(sorted(talks), _CHUNK):
        found = _read_rows(kind, kind.model._base_manager.all(), [pk for *_, pk in chunk], kind.talk or "pk")
        for conference, slug, pk in chunk:
            yield from (row | {"talk": f"{conference}/{slug}"} for row in _sort_rows(found[pk], kind))


def _read_rows(kind: Kind, rows: QuerySet[Any], owners: Sequence[int], by: str) -> dict[int, list[Row]]:
    """Return the objects to export, with their parts, by the value of the column `by`, which is one of `owners`."""
    rows = rows.filter(**{f"{by}__in": owners})
    parts = {name: _read_parts(part, owners, by) for name, part in kind.parts.items()}
    values = _read_values(kind, rows, by, "pk")
    return group_pairs((owner, row | {name: part[pk] for name, part in parts.items()}) for owner, pk, row in values)


def _read_parts(part: Part, owners: Sequence[int], by: str) -> dict[int, list[Any]]:
    path = part.owner if by == "pk" else f"{part.owner}__{by}"
    rows = part.model._base_manager.filter(**{f"{path}__in": owners})
    found: dict[int, list[Any]] = group_pairs(_read_values(part, rows, part.owner))
    for owner, own in found.items():
        ordered = _sort_rows(own, part)
        found[owner] = [row[part.fields] for row in ordered] if part.bare else ordered
    return found


def _read_values(written: Written, rows: QuerySet[Any], *more: str) -> Iterator[tuple[Any, ...]]:
    """Yield for each row the values of the columns `more`, then the row's exported object."""
    fields = written.fields.split()
    for values in rows.order_by().values_list(*more, *fields, *written.paths.values()).iterator():
        yield *values[: len(more)], dict(zip([*fields, *written.paths], values[len(more) :], strict=True))


# Rows are sorted here, since each database orders texts in its own way.


def _sort_rows(rows: Iterable[Row], written: Written) -> list[Row]:
    names = written.order.split()
    return sorted(rows, key=lambda row: _make_sort_key([row[name] for name in names]))


def _make_sort_key(values: Iterable[Any]) -> list[tuple[bool, Any]]:
    """Return the sort key of a row with these values: pairs of "is not None" and the value, so that None is first."""
    return [(value is not None, 0 if value is None else value) for value in values]
