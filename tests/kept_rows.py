"""Copies rows that many tests begin with, which takes much less time than making them again in each test."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Model

P = ParamSpec("P")
R = TypeVar("R")
Rows = list[tuple[str, list[tuple[Any, ...]]]]

OURS = r"name LIKE 'talks\_%' ESCAPE '\'"


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Let a function make its rows once for each set of arguments, and copy them into the empty bases of later tests.

    The function makes them each time where the base holds rows, where a test commits, and on PostgreSQL, whose keys do
    not begin anew after a test. What it returns is the same each time; a row is read again.
    """
    copies: dict[object, tuple[R, Rows]] = {}

    @wraps(make)
    def make_or_copy(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.vendor != "sqlite" or not connection.in_atomic_block or not _is_base_new():
            return make(*args, **kwargs)
        given = args, tuple(kwargs.items())
        if given not in copies:
            made = make(*args, **kwargs)
            copies[given] = made, _read_rows()
            return made
        made, rows = copies[given]
        _write_rows(rows)
        return type(made)._base_manager.get(pk=made.pk) if isinstance(made, Model) else made

    return make_or_copy


def _is_base_new() -> bool:
    """Return whether no row was made since the base was new, not even one that is gone."""
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
