"""Fills an empty base with what an export holds. All that follows from something else is made anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from talks import derived
from talks.backup.column_values import read_line, read_value
from talks.backup.exported_images import take_images
from talks.backup.rebuild import render_base
from talks.backup.row_kinds import KINDS, Kind, Row, Written
from talks.models import Tag, Talk
from talks.models.bulk import cut

_CHUNK = 500
Line = tuple[int, Row]
"""The number of a line, from 1, and what it holds."""
Made = tuple[Model, Mapping[str, list[Model]]]
"""A row that is not stored yet, and those of its parts."""


class NotEmptyError(Exception):
    """The base holds something."""


class BadLineError(ValueError):
    """A line that is none of an export, or does not go with those before it."""

    def __init__(self, number: int, reason: object) -> None:
        super().__init__(f"line {number}: {reason}.")


def import_base(lines: Iterable[bytes], *, media: Path | None = None) -> Counter[str]:
    """Store all lines, and the images from the folder `media`, or nothing; how many there were of each kind.

    Raises `NotEmptyError`, `BadLineError`, or `ImageError` where an image is not in the folder.
    """
    with transaction.atomic():
        for name, kind in KINDS.items():
            if kind.model._base_manager.exists():
                raise NotEmptyError(name)
        restorer = _Restorer()
        for name, group in groupby(_read_lines(lines), key=itemgetter(0)):
            restorer.take_all(name, KINDS[name], ((number, row) for _, number, row in group))
        # Mentions stand in the lines: they come back as they were.
        Tag.objects.update(sought=True)
        render_base()
        derived.refresh_listings(Talk.objects.values_list("pk", flat=True))
        derived.refresh_search_text(derived.find_stale_search_text())
        if media:
            take_images(media)
    return restorer.counts


def _read_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, int, Row]]:
    """Kind, number and content of each line, which has all keys that its kind asks for and no other."""
    order = list(KINDS)
    reached = 0
    for number, line in enumerate(lines, 1):
        try:
            row = read_line(line)
            name = row.pop("type", None)
            if not isinstance(name, str) or name not in KINDS:
                raise ValueError(f"`type` is none of {', '.join(KINDS)}")
            if order.index(name) < reached:
                raise ValueError(f"a {name} stands before each {order[reached]}")
            reached = order.index(name)
            _check_kind(KINDS[name], row)
        except ValueError as fault:
            raise BadLineError(number, fault) from None
        yield name, number, row


def _check_kind(kind: Kind, row: Row) -> None:
    _check_keys(kind, row, *kind.parts, *(["talk"] if kind.talk is not None else []))
    for name, part in kind.parts.items():
        if not isinstance(row[name], list):
            raise ValueError(f"`{name}` is not a list")
        if part.bare:
            row[name] = [{part.fields: value} for value in row[name]]
        for each in row[name]:
            if not isinstance(each, dict):
                raise ValueError(f"`{name}` holds what is no object")
            _check_keys(part, each)


def _check_keys(written: Written, row: Row, *more: str) -> None:
    asked = {*written.fields.split(), *written.paths, *more}
    if missing := asked - row.keys():
        raise ValueError(f"`{min(missing)}` is missing")
    if unknown := row.keys() - asked:
        raise ValueError(f"`{min(unknown)}` is not known here")
    for name in (*written.paths, *({"talk"} & set(more))):
        # A conflict about a takeaway or a post has neither talk nor conference.
        needed = name == "talk" and row.get("conference", "") is not None
        if not isinstance(row[name], str | int | None) or (needed and row[name] is None):
            raise ValueError(f"`{name}` names no row")


class _Restorer:
    """Stores lines kind by kind, and knows the rows that they became by their names."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._rows: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def take_all(self, name: str, kind: Kind, lines: Iterator[Line]) -> None:
        """Store all lines of the kind; one that names another one of its kind waits for that."""
        waiting: list[Line] = []
        for chunk in cut(lines, _CHUNK):
            self.counts[name] += len(chunk)
            waiting += chunk
            while ready := [line for line in waiting if self._is_ready(name, kind, line[1])]:
                chosen = {number for number, _ in ready}
                waiting = [line for line in waiting if line[0] not in chosen]
                self._store(name, kind, ready)
        for number, row in waiting:
            missing = next(row[link] for link in kind.nested if not self._is_there(name, row[link]))
            raise BadLineError(number, f"there is no {name} {missing}")

    def _is_ready(self, name: str, kind: Kind, row: Row) -> bool:
        return all(self._is_there(name, row[link]) for link in kind.nested)

    def _is_there(self, kind: str, name: str | None) -> bool:
        return name is None or name in self._rows[kind]

    def _find(self, kind: str, name: str | None) -> int | None:
        if name is not None and name not in self._rows[kind]:
            raise ValueError(f"there is no {kind} {name}")
        return None if name is None else self._rows[kind][name]

    def _store(self, name: str, kind: Kind, lines: list[Line]) -> None:
        """Store the lines in one go; where the database refuses one of them, one by one, to say which."""
        made = [self._make_line(name, kind, line) for line in lines]
        try:
            with transaction.atomic():
                _write(kind, made)
        except (IntegrityError, DataError) as error:
            if len(lines) == 1:
                reason = str(error).partition("\n")[0].rstrip(".")
                raise BadLineError(lines[0][0], f"the database does not take it: {reason}") from error
            for line in lines:
                self._store(name, kind, [line])
            return
        if kind.name:
            self._rows[name].update({kind.name(row): made[0].pk for (_, row), made in zip(lines, made, strict=True)})

    def _make_line(self, name: str, kind: Kind, line: Line) -> Made:
        number, row = line
        try:
            if kind.name and (not kind.name(row) or kind.name(row) in self._rows[name]):
                raise ValueError(f"the {name} {kind.name(row)} is there already")
            parts = {
                name: [self._make(part, each | {"talk": row.get("talk")}) for each in row[name]]
                for name, part in kind.parts.items()
            }
            return self._make(kind, row), parts
        except ValueError as fault:
            raise BadLineError(number, fault) from None

    def _make(self, written: Written, row: Row) -> Model:
        columns = {name: row[name] for name in written.fields.split()} | written.point(row, self._find)
        for name, value in columns.items():
            if not name.endswith("_id") or name == "public_id":
                columns[name] = read_value(written.model, name, written.modernise(name, value))
            elif value is None and not written.model._meta.get_field(name.removesuffix("_id")).null:
                raise ValueError(f"`{name.removesuffix('_id')}` is empty")
        made = written.model(**columns)
        written.derive(made, row)
        return made


def _write(kind: Kind, made: list[Made]) -> None:
    kind.model._base_manager.bulk_create([row for row, _ in made])
    for name, part in kind.parts.items():
        rows: list[Any] = []
        for owner, parts in made:
            for row in parts[name]:
                setattr(row, f"{part.owner}_id", owner.pk)
                rows.append(row)
        part.model._base_manager.bulk_create(rows)
