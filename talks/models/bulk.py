"""Inserts and updates many rows at once, faster than Django, which makes an object or expression for each value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection, models

from talks.compact_fields import NumberedChoiceField

T = TypeVar("T")
_ROWS_A_STATEMENT = 200
_VALUES_A_STATEMENT = 900  # SQLite once took no more than a thousand
_PLAIN: dict[tuple[type[models.Field], ...], type] = {
    (models.BooleanField,): bool,
    (models.CharField, models.TextField): str,
    (models.IntegerField,): int,
    (models.BinaryField,): bytes,
}


def split_chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of at most `size`."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def select_in(sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a SELECT with `IN ({})`, where the `values` are put in, some at a time.

    For many values it is faster than Django, which looks at each value.
    """
    with connection.cursor() as cursor:
        for chunk in split_chunks(values, _VALUES_A_STATEMENT):
            cursor.execute(sql.format(", ".join(["%s"] * len(chunk))), chunk)
            yield from cursor.fetchall()


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each given as its values of the fields `names`. Primary keys are not returned."""
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in names]
    insert_values(meta.db_table, [field.column for field in fields], _prepare_rows(fields, rows))


def upsert_rows(
    model: type[models.Model], unique: Sequence[str], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows, each given as its values of the fields `unique` and then of the fields `names`.

    Where a row with the same values of `unique` exists, its fields `names` are updated instead.
    """
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in (*unique, *names)]
    columns = [field.column for field in fields]
    insert_values(meta.db_table, columns, _prepare_rows(fields, rows), unique=columns[: len(unique)])


def insert_values(
    table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, unique: Sequence[str] | None = None
) -> None:
    """Insert rows, each given as its values of the columns in the form that the database accepts.

    `unique` are the columns that identify a row: an existing row with equal values there is updated. If `unique` is
    empty, existing rows are left unchanged; if it is None, they are an error.
    """
    start = f"INSERT INTO {_quote(table)} ({', '.join(map(_quote, columns))}) VALUES "  # noqa: S608
    holes = f"({', '.join(['%s'] * len(columns))})"
    end = "" if unique is None else f" ON CONFLICT {_resolve_conflict(columns, unique)}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which takes many rows in one statement sooner than one by one
            for chunk in split_chunks(rows, _ROWS_A_STATEMENT):
                sql = f"{start}{', '.join([holes] * len(chunk))}{end}"
                cursor.execute(sql, [value for row in chunk for value in row])
            return
        # SQLite takes half as long for rows that share a statement, and Django changes the holes once for all of them.
        most = _VALUES_A_STATEMENT // len(columns)
        whole = len(rows) - len(rows) % most
        for size, part in ((most, rows[:whole]), (1, rows[whole:])):
            if part:
                values = [list(chain.from_iterable(chunk)) for chunk in split_chunks(part, size)]
                cursor.executemany(f"{start}{', '.join([holes] * size)}{end}", values)


def _resolve_conflict(columns: Sequence[str], unique: Sequence[str]) -> str:
    if not unique:
        return "DO NOTHING"
    changes = [f"{name} = excluded.{name}" for name in map(_quote, columns) if name not in map(_quote, unique)]
    return f"({', '.join(map(_quote, unique))}) DO UPDATE SET {', '.join(changes)}"


def add_rows(rows: Sequence[models.Model]) -> None:
    """Insert new objects of one model, which all have primary keys or all have none; new keys are not set on them."""
    if rows:
        meta: Any = rows[0]._meta
        fields = [field for field in meta.concrete_fields if rows[0].pk is not None or not field.primary_key]
        values = ([getattr(row, field.attname) for field in fields] for row in rows)
        insert_rows(type(rows[0]), [field.name for field in fields], values)


def insert_records(model: type[models.Model], records: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each given as values by name of the column; columns not given get their default.

    All rows must give the same columns.
    """
    if not records:
        return
    meta: Any = model._meta
    given = [field for field in meta.concrete_fields if field.attname in records[0]]
    others = [field for field in meta.concrete_fields if field not in given and not field.primary_key]
    defaults = [field.get_default() for field in others]
    read = itemgetter(*(field.attname for field in given))
    rows = ([*read(record), *defaults] for record in records)
    insert_rows(model, [field.name for field in (*given, *others)], rows)


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Store the fields `names` of these objects of one model, which must exist in the database."""
    if rows:
        meta: Any = rows[0]._meta
        read = [meta.get_field(name).attname for name in (*names, meta.pk.name)]
        update_values(type(rows[0]), names, [[getattr(row, name) for name in read] for row in rows])


def update_values(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Update the fields `names` of existing rows, each given as its new values and then its primary key."""
    if rows:
        meta: Any = model._meta
        fields = [meta.get_field(name) for name in names]
        changes = ", ".join(f"{_quote(field.column)} = %s" for field in fields)
        sql = f"UPDATE {_quote(meta.db_table)} SET {changes} WHERE {_quote(meta.pk.column)} = %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(sql, _prepare_rows([*fields, meta.pk], rows))


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _prepare_rows(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    if not (columns := list(zip(*rows, strict=True))):
        return []
    prepared = [_prepare(field, column) for field, column in zip(fields, columns, strict=True)]
    return list(zip(*prepared, strict=True))


def _prepare(field: Any, column: Sequence[Any]) -> Sequence[Any]:
    """Return the values of a column in the form that the database accepts.

    Django converts each value by itself; values of types that need no conversion are returned unchanged here.
    """
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = next((kind for kinds, kind in _PLAIN.items() if isinstance(target, kinds)), None)
    types = {*map(type, column)}
    if plain and types <= {plain, type(None)}:
        return column
    if plain and all(issubclass(kind, plain) for kind in types):  # choices
        return [plain(value) for value in column]
    if isinstance(target, NumberedChoiceField):
        numbers = {value: target.get_prep_value(value) for value in {*column}}
        return [numbers[value] for value in column]
    if type(target) is models.JSONField and types <= {dict, list}:
        adapt, nothing = connection.ops.adapt_json_value, connection.ops.adapt_json_value({}, target.encoder)
        return [nothing if value == {} else adapt(value, target.encoder) for value in column]
    return [field.get_db_prep_save(value, connection) for value in column]
