"""Copies rows that many tests begin with, which takes much less time than making them again in each test."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.db.models import Model

from tests.builders import is_deriving_put_off

P = ParamSpec("P")
R = TypeVar("R")
Rows = list[tuple[str, list[tuple[Any, ...]]]]

OURS = r"name LIKE 'talks\_%' ESCAPE '\'"
SETTINGS = ("LEAST_CERTAINTY", "POST_MAX_BYTES", "MEDIA_MAX_BYTES", "MEDIA_ROOT")


@dataclass(frozen=True)
class _Row:
    model: type[Model]
    pk: Any


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Let a function make its rows once for each set of arguments, and copy them into the empty bases of later tests.

    Rows are kept apart for each set of the settings on which they depend, `SETTINGS`. The function makes its rows each
    time where the base holds rows, within `derive_once()`, where a test commits, and on PostgreSQL, whose keys do not
    begin anew after a test. Each caller gets a copy of what the function returned; a row is read from the base.
    """
    copies: dict[object, tuple[object, Rows]] = {}

    @wraps(make)
    def make_or_copy(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.vendor != "sqlite" or not connection.in_atomic_block or is_deriving_put_off():
            return make(*args, **kwargs)
        if not _is_base_new():
            return make(*args, **kwargs)
        given = args, tuple(kwargs.items()), tuple(getattr(settings, name) for name in SETTINGS)
        if given in copies:
            _write_rows(copies[given][1])
        else:
            made = make(*args, **kwargs)
            copies[given] = _Row(type(made), made.pk) if isinstance(made, Model) else deepcopy(made), _read_rows()
        returned = copies[given][0]
        if isinstance(returned, _Row):
            return cast("R", returned.model._base_manager.get(pk=returned.pk))
        return cast("R", deepcopy(returned))

    return make_or_copy


def _is_base_new() -> bool:
    """Whether no row was made since the base was new, not even one that is gone."""
    return not connection.connection.execute(f"SELECT 1 FROM sqlite_sequence WHERE {OURS} LIMIT 1").fetchall()


def _read_rows() -> Rows:
    """Return the values of all rows, as SQLite stores them, by table."""
    read = connection.connection.execute
    rows = []
    for (table,) in read(f"SELECT name FROM sqlite_schema WHERE type = 'table' AND {OURS}").fetchall():
        columns = [column for _, column, *_ in read(f"PRAGMA table_info({table})").fetchall()]
        # A bare column would be converted to the Python type that Django gives it.
        values = ", ".join(f'+"{column}"' for column in columns)
        rows.append((table, read(f"SELECT {values} FROM {table}").fetchall()))
    rows.append(("sqlite_sequence", read(f"SELECT name, seq FROM sqlite_sequence WHERE {OURS}").fetchall()))
    return [(table, values) for table, values in rows if values]


def _write_rows(rows: Rows) -> None:
    for table, values in rows:
        if table == "sqlite_sequence":  # which the rows before it have set to the last keys that are there still
            connection.connection.execute(f"DELETE FROM sqlite_sequence WHERE {OURS}")
        marks = ", ".join("?" * len(values[0]))
        connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
