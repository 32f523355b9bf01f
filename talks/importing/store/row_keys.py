"""Reserves primary keys for rows that do not exist yet, so that a batch needs no query for each."""

from collections import defaultdict, deque
from collections.abc import Callable
from itertools import count

from django.db import connection
from django.db.models import Model

_BLOCK = 200
_BEYOND_ROWS = 10**15  # no row has a primary key from here on

TakeKey = Callable[[type[Model]], int]


class RowKeys:
    """Primary keys reserved in the database, in blocks. On SQLite they are valid within the transaction."""

    def __init__(self) -> None:
        self._left: defaultdict[type[Model], deque[int]] = defaultdict(deque)

    def __call__(self, model: type[Model]) -> int:
        """Return the next primary key for a row of this model."""
        left = self._left[model]
        if not left:
            left.extend(_reserve(model))
        key = left.popleft()
        if not left and connection.vendor == "sqlite":
            left.extend(range(key + 1, key + 1 + _BLOCK))
        return key


def _reserve(model: type[Model]) -> list[int]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            first = (row[0] if row else 0) + 1
            return list(range(first, first + _BLOCK))
        sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(sql, [connection.ops.quote_name(table), _BLOCK])
        return [key for (key,) in cursor.fetchall()]


def count_beyond_rows() -> TakeKey:
    """Return a function that gives keys that no row ever has, for rows that are planned and never written."""
    keys = count(_BEYOND_ROWS)
    return lambda model: next(keys)
