"""Copies rows that many tests begin with, which takes much less time than making them again in each test."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from tests.builders import is_deriving_put_off

P = ParamSpec("P")
R = TypeVar("R")
Rows = list[tuple[str, list[tuple[Any, ...]] | bytes]]

OURS = r"name LIKE 'talks\_%' ESCAPE '\'"
SETTINGS = ("LEAST_CERTAINTY", "POST_MAX_BYTES", "MEDIA_MAX_BYTES", "MEDIA_ROOT")


@dataclass(frozen=True)
class _Row:
    model: type[Model]
    pk: Any


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Let a function make its rows once for each set of arguments, and copy them into the empty bases of later tests.

    Rows are kept apart for each set of the settings on which they depend, `SETTINGS`. The function makes its rows each
    time where the base holds rows, within `derive_once()`, and outside transactions. Each caller gets a copy of what
    the function returned; a row is read from the base.
    """
    copies: dict[object, tuple[object, Rows]] = {}

    @wraps(make)
    def make_or_copy(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block or is_deriving_put_off() or not _is_base_new():
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
    """Return whether the base holds no rows of ours."""
    if connection.vendor == "sqlite" and not _run(f"SELECT 1 FROM sqlite_sequence WHERE {OURS} LIMIT 1").fetchall():
        return True  # which takes less time to ask than the tables
    filled = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in _list_tables())
    return not _run(f"SELECT {filled}").fetchone()[0]


def _read_rows() -> Rows:
    """Return all rows by table: their values as SQLite stores them, or the text that PostgreSQL copies.

    PostgreSQL's binary form would depend on the types of columns, such as the length of whole numbers, which differ
    between a base made from the models and one that a test has migrated.
    """
    if connection.vendor == "postgresql":
        return [(table, _copy_out(table)) for table in _list_tables() if _run(f"SELECT 1 FROM {table}").fetchone()]
    rows = []
    for table, columns in _list_tables().items():
        values = ", ".join(f"+{column}" for column in columns)  # a bare one would get the Python type of Django
        rows.append((table, _run(f"SELECT {values} FROM {table}").fetchall()))
    rows.append(("sqlite_sequence", _run(f"SELECT name, seq FROM sqlite_sequence WHERE {OURS}").fetchall()))
    return [(table, values) for table, values in rows if values]


def _write_rows(rows: Rows) -> None:
    """Write rows that were read. Later keys are greater than theirs, also after a test of migrations set keys back."""
    for table, values in rows:
        if isinstance(values, bytes):
            with connection.connection.cursor().copy(f"COPY {_name_columns(table)} FROM STDIN") as copy:
                copy.write(values)
            if table in _list_counted_tables():
                _run(
                    f"SELECT setval(keys::regclass, GREATEST(nextval(keys::regclass), (SELECT MAX(id) FROM {table})))"
                    f" FROM pg_get_serial_sequence('{table}', 'id') AS keys"
                )
            continue
        named = table
        if table == "sqlite_sequence":  # which the rows before it have set to the last keys that are there still
            _run(f"DELETE FROM sqlite_sequence WHERE {OURS}")
        else:
            named = _name_columns(table)
        marks = ", ".join("?" * len(values[0]))
        connection.connection.executemany(f"INSERT INTO {named} VALUES ({marks})", values)


def _copy_out(table: str) -> bytes:
    with connection.connection.cursor().copy(f"COPY {_name_columns(table)} TO STDOUT") as copy:
        return b"".join(copy)


def _name_columns(table: str) -> str:
    return f"{table} ({', '.join(_list_tables()[table])})"


@cache
def _list_tables() -> dict[str, list[str]]:
    """Return by table its columns, quoted, as the model orders them; tests of migrations change their order in it."""
    models = apps.get_app_config("talks").get_models(include_auto_created=True)
    quote = connection.ops.quote_name
    return {m._meta.db_table: [quote(field.column) for field in m._meta.local_concrete_fields] for m in models}


@cache
def _list_counted_tables() -> frozenset[str]:
    """Return the tables whose column `id` the database counts up."""
    models = apps.get_app_config("talks").get_models(include_auto_created=True)
    return frozenset(m._meta.db_table for m in models if m._meta.auto_field and m._meta.auto_field.column == "id")


def _run(sql: str) -> Any:
    """Run SQL past Django, whose wrappers would mark that the base changed."""
    return connection.connection.execute(sql)
