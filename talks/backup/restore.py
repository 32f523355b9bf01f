"""Restores an export into an empty base, and computes the derived data that it leaves out."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import Model

from talks import derived
from talks.backup.export import HEADER
from talks.backup.exported_columns import KINDS, Kind, Row, Written
from talks.backup.exported_images import load_images
from talks.backup.rebuild import render_base
from talks.compact_fields import CompressedTextField, NumberedChoiceField
from talks.models import Reference, Tag, Talk
from talks.models.bulk import split_chunks

_CHUNK = 500
_TYPES: Mapping[type, tuple[type | tuple[type, ...], str]] = {
    models.BooleanField: (bool, "true or false"),
    models.IntegerField: (int, "a whole number"),
    models.DateField: (str, "a date like 2017-03-06"),
    models.CharField: (str, "a text"),
    models.TextField: (str, "a text"),
    CompressedTextField: (str, "a text"),
    NumberedChoiceField: (str, "a text"),
}
Line = tuple[int, Row]
"""The number of a line, from 1, and its object."""
Made = tuple[Model, Mapping[str, list[Model]]]
"""A row that is not stored yet, and the rows of its parts."""


class NotEmptyError(Exception):
    """The base to restore into is not empty; the error's argument names a kind of row that the base has."""


class BadLineError(ValueError):
    """A line of the file is no valid line of an export, or contradicts the lines before it."""

    def __init__(self, number: int, reason: object) -> None:
        super().__init__(f"line {number}: {reason}.")


def import_base(lines: Iterable[bytes], *, media: Path | None = None) -> Counter[str]:
    """Restore all lines of an export and, if a folder `media` is given, the images in it; at a fault, store no row.

    Return how many lines of each kind there were. Raises `NotEmptyError`, `BadLineError`, or `ImageError` if an image
    is not in the folder.
    """
    with transaction.atomic():
        for name, kind in KINDS.items():
            if kind.model._base_manager.exists():
                raise NotEmptyError(name)
        restorer = _Restorer()
        for name, group in groupby(_read_lines(lines), key=itemgetter(0)):
            restorer.store_lines(name, KINDS[name], ((number, row) for _, number, row in group))
        # The lines include all mentions, so no text needs to be searched for tags.
        Tag.objects.update(sought=True)
        render_base()
        derived.refresh_listings(Talk.objects.values_list("pk", flat=True))
        derived.refresh_addresses(Reference.objects.values_list("pk", flat=True))
        derived.rewrite_search_text(derived.find_stale_search_text())
        if media:
            load_images(media)
    return restorer.counts


def _read_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, int, Row]]:
    """Yield kind, number (from 1) and object of each line; bare values in its lists are made objects.

    Raises `BadLineError` for a line that is no JSON object, that comes after lines of a later kind, or that has other
    keys than its kind, and for the last line if fewer or more came than the first line tells; exports of earlier
    versions do not tell it.
    """
    order = list(KINDS)
    reached = number = 0
    told: object = None
    for number, line in enumerate(lines, 1):
        try:
            row = _read_line(line)
            name = row.pop("type", None)
            if number == 1 and name == HEADER:
                told = row.get("lines")
                continue
            if not isinstance(name, str) or name not in KINDS:
                raise ValueError(f"`type` is none of {', '.join(KINDS)}")
            if order.index(name) < reached:
                raise ValueError(f"a {name} stands before each {order[reached]}")
            reached = order.index(name)
            _check_kind(KINDS[name], row)
        except ValueError as fault:
            raise BadLineError(number, fault) from None
        yield name, number, row
    if told not in (None, number - 1):
        reason = f"the file ends here, though {told} lines should follow the first: it was cut off or changed"
        raise BadLineError(number, f"{reason}; copy it again, or make a new export")


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
    if missing := asked - row.keys() - written.later.keys():
        raise ValueError(f"`{min(missing)}` is missing")
    if unknown := row.keys() - asked:
        raise ValueError(f"`{min(unknown)}` is not known here")
    for name in (*written.paths, *({"talk"} & set(more))):
        # A conflict about a takeaway or a post has neither talk nor conference.
        needed = name == "talk" and row.get("conference", "") is not None
        if not isinstance(row[name], str | int | None) or (needed and row[name] is None):
            raise ValueError(f"`{name}` names no row")


class _Restorer:
    """Stores the lines kind by kind, and maps the names of stored rows to their ids for later lines."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._rows: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def store_lines(self, name: str, kind: Kind, lines: Iterator[Line]) -> None:
        """Store all lines of a kind; a line that names a later line of the kind is stored after that line.

        Raises `BadLineError` if there is no line of that name.
        """
        waiting: list[Line] = []
        for chunk in split_chunks(lines, _CHUNK):
            self.counts[name] += len(chunk)
            waiting += chunk
            while ready := [
                line for line in waiting if all(self._is_there(name, line[1][link]) for link in kind.nested)
            ]:
                chosen = {number for number, _ in ready}
                waiting = [line for line in waiting if line[0] not in chosen]
                self._store(name, kind, ready)
        for number, row in waiting:
            missing = next(row[link] for link in kind.nested if not self._is_there(name, row[link]))
            raise BadLineError(number, f"there is no {name} {missing}")

    def _is_there(self, kind: str, name: str | None) -> bool:
        return name is None or name in self._rows[kind]

    def _find(self, kind: str, name: str | None) -> int | None:
        if name is not None and name not in self._rows[kind]:
            raise ValueError(f"there is no {kind} {name}")
        return None if name is None else self._rows[kind][name]

    def _store(self, name: str, kind: Kind, lines: list[Line]) -> None:
        """Store the lines together; if the database refuses them, store them one by one, to find the line at fault.

        Raises `BadLineError` for that line.
        """
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
        values = {**written.later, **row}
        columns = {name: values[name] for name in written.fields.split()} | written.find_links(row, self._find)
        for name, value in columns.items():
            if not name.endswith("_id") or name == "public_id":
                columns[name] = _read_value(written.model, name, written.modernise(name, value))
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


def _read_line(line: bytes) -> dict[str, Any]:
    """Return the JSON object in a line.

    Raises ValueError with a sentence for people if there is no object that can be stored.
    """
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON, or cut off") from None
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    if b"\\u" in line and not _is_storable(json.dumps(row, ensure_ascii=False)):
        raise ValueError("it holds a zero character or half a surrogate pair, which no database stores")
    return row


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return r"\u0000" not in text.replace(r"\\", "")


def _read_value(model: type[models.Model], name: str, value: object) -> object:
    """Return a line's value as the column `name` takes it.

    Raises ValueError with a sentence for people if it is not valid. Lengths are checked here because SQLite does not
    check them.
    """
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model}")
    if value is None:
        if not field.null:
            raise ValueError(f"`{name}` is empty")
        return None
    if isinstance(field, models.JSONField):
        _check_json_type(field, value)
        return value
    expected, described = next(_TYPES[kind] for kind in type(field).__mro__ if kind in _TYPES)
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise ValueError(f"`{name}` is not {described}")
    if isinstance(field, models.DateField):
        return _read_date(name, str(value))
    if isinstance(value, str | int):
        _check_bounds(field, value)
    return value


def _check_json_type(field: models.JSONField, value: object) -> None:
    """Raise ValueError if a JSON value is not of the type (list or object) of the column's default value."""
    if field.has_default() and type(value) is not type(field.get_default()):
        raise ValueError(f"`{field.name}` is not {'a list' if field.default is list else 'an object'}")


def _read_date(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"`{name}` is not a date like 2017-03-06") from None


def _check_bounds(field: "models.Field[Any, Any]", value: str | int) -> None:
    if field.choices and value not in dict(field.flatchoices) and not (field.blank and value == ""):
        raise ValueError(f"`{field.name}` is none of {', '.join(key for key, _ in field.flatchoices)}")
    if isinstance(field, models.URLField) and value and not str(value).startswith(("http://", "https://")):
        raise ValueError(f"`{field.name}` is no address of the web")
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        raise ValueError(f"`{field.name}` has {len(value):,} characters, and {field.max_length:,} fit")
    if isinstance(field, models.IntegerField | models.SlugField):
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise ValueError(f"`{field.name}` does not fit: {' '.join(error.messages)}") from None
