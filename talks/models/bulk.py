"""Writes many rows at once. Django's own ways cost an object or an expression for each value."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")
_PLAIN: dict[tuple[type[models.Field], ...], type] = {
    (models.BooleanField,): bool,
    (models.CharField, models.TextField): str,
    (models.IntegerField,): int,
}


def split_chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of at most `size`."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each given as the values of the fields `names`. Their primary keys are not returned."""
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in names]
    columns = ", ".join(_quote(field.column) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    _execute(f"INSERT INTO {_quote(meta.db_table)} ({columns}) VALUES ({holes})", fields, rows)  # noqa: S608


def upsert_rows(
    model: type[models.Model], unique: Sequence[str], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows, given as the values of the fields `unique` and `names`; update `names` in rows that exist."""
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in (*unique, *names)]
    columns = [_quote(field.column) for field in fields]
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns[len(unique) :])
    sql = (
        f"INSERT INTO {_quote(meta.db_table)} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608
        f" ON CONFLICT ({', '.join(columns[: len(unique)])}) DO UPDATE SET {changes}"
    )
    _execute(sql, fields, rows)


def add_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; either all have their primary keys, or none has."""
    if rows:
        meta: Any = rows[0]._meta
        fields = [field for field in meta.concrete_fields if rows[0].pk is not None or not field.primary_key]
        values = ([getattr(row, field.attname) for field in fields] for row in rows)
        insert_rows(type(rows[0]), [field.name for field in fields], values)


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write the fields `names` of rows that are stored already."""
    if rows:
        meta: Any = rows[0]._meta
        fields = [meta.get_field(name) for name in names]
        changes = ", ".join(f"{_quote(field.column)} = %s" for field in fields)
        sql = f"UPDATE {_quote(meta.db_table)} SET {changes} WHERE {_quote(meta.pk.column)} = %s"  # noqa: S608
        fields.append(meta.pk)
        _execute(sql, fields, ([getattr(row, field.attname) for field in fields] for row in rows))


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(sql: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    columns = list(zip(*rows, strict=True))
    if columns:
        values = zip(*(_prepare(field, column) for field, column in zip(fields, columns, strict=True)), strict=True)
        with connection.cursor() as cursor:
            cursor.executemany(sql, list(values))


def _prepare(field: Any, column: Sequence[Any]) -> Sequence[Any]:
    """Return the values as the database needs them, unchanged if they are so already, as most are."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = next((kind for kinds, kind in _PLAIN.items() if isinstance(target, kinds)), None)
    if plain and {*map(type, column)} <= {plain, type(None)}:
        return column
    return [field.get_db_prep_save(value, connection) for value in column]
