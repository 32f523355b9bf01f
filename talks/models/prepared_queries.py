"""Compiles frequent queries once in a process: Django takes longer to compile most of them than databases to run them.

    @prepared
    def _select_titles(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
        return Talk.objects.filter(pk__in=talk_ids).values_list("pk", "title")

    rows = _select_titles([3, 5])  # a list, not a queryset

The function is called once for each kind of values, with stand-ins: numbers and texts that occur nowhere else in the
query. Its SQL is stored with the places of the stand-ins among the parameters; each call puts its values there.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from functools import lru_cache, partial, wraps
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet

from talks.grouping import group_pairs

_STAND_INS = range(29_000, 32_768)  # numbers that every integer column may hold and that no query has by itself
_SIZES = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024)
_MOST_COMPILED = 200  # of one function

Size = int | None
"""The length of a collection of numbers, negated for one of texts; None for a single number, 0 for a text."""


def prepared(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Turn a function that returns a queryset into a function that returns the rows, with SQL compiled only once.

    Positional arguments are values of the query: numbers, texts, collections of numbers or of texts. The queryset may
    only compare columns with these values, and must not depend on them otherwise. Keyword arguments shape the query,
    which is compiled for each combination of them. A collection is extended to one of a few lengths by repeating its
    first value, so that only queries of these lengths are compiled; for an empty collection, or one longer than 1024,
    Django compiles the query as usual.
    """
    compile_once = lru_cache(maxsize=_MOST_COMPILED)(partial(_PreparedQuery, build))

    @wraps(build)
    def read(*values: Any, **shape: Any) -> list[Any]:
        if any(isinstance(value, Collection) and not 0 < len(value) <= _SIZES[-1] for value in values):
            return list(build(*values, **shape))
        sizes = tuple(_find_size(value) for value in values)
        return compile_once(sizes, tuple(shape.items())).read(values)

    return read


class PreparedRows:
    """The rows of a prepared query that takes `start` and `stop`, so that a page of a list reads only its own rows."""

    def __init__(self, read: Callable[..., list[Any]], *values: Any, **shape: Any) -> None:
        self._read = partial(read, *values, **shape)

    def __getitem__(self, part: slice) -> list[Any]:
        return self._read(start=part.start, stop=part.stop) if part.start < part.stop else []


def attach_lists(rows: Sequence[Any], name: str, related: Iterable[Any], key: str) -> None:
    """Set on each row, as `name`, the list of `related` rows whose column `key` has the row's primary key."""
    found = group_pairs((getattr(one, key), one) for one in related)
    for row in rows:
        setattr(row, name, found[row.pk])


def read_parts(parts: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    """Return the rows of several queries, given as pairs of SQL and parameters, read by one query, their union.

    So a query for each of many values can have a limit and reads few rows; one query for all values would read all
    their rows.
    """
    if not parts:
        return []
    named = [f"SELECT * FROM ({sql}) AS part_{place}" for place, (sql, _) in enumerate(parts)]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(named), [value for _, values in parts for value in values])
        return cursor.fetchall()


def _find_size(value: Any) -> Size:
    if isinstance(value, str):
        return 0
    if isinstance(value, Collection):
        size = next(size for size in _SIZES if size >= len(value))
        return -size if isinstance(next(iter(value)), str) else size
    return None


class _PreparedQuery:
    """A queryset with its compiled SQL; `places` says which of the values each parameter of the SQL takes."""

    def __init__(self, build: Callable[..., QuerySet[Any]], sizes: tuple[Size, ...], shape: tuple[Any, ...]) -> None:
        numbers = iter(_STAND_INS)
        stand_ins = [self._stand_in(size, numbers) for size in sizes]
        self.sizes = sizes
        self.rows: Any = build(*stand_ins, **dict(shape))
        self.compiler = self.rows.query.get_compiler(self.rows.db)
        self.sql, self.parameters = self.compiler.as_sql()
        places = {one: place for place, one in enumerate(self._flatten(stand_ins))}
        self.places = [places.get(one) if isinstance(one, int | str) else None for one in self.parameters]
        if missing := places.keys() - set(self.parameters):
            raise ValueError(f"{build.__qualname__} does not compare all of its values: {missing}")

    @staticmethod
    def _stand_in(size: Size, numbers: Any) -> Any:
        if size is None:
            return next(numbers)
        if size > 0:
            return [next(numbers) for _ in range(size)]
        texts = [f"stand-in {next(numbers)}" for _ in range(-size or 1)]
        return texts if size else texts[0]

    def _flatten(self, values: Any) -> list[Any]:
        flat: list[Any] = []
        for value, size in zip(values, self.sizes, strict=True):
            if size:
                several = list(value)
                flat += several + several[:1] * (abs(size) - len(several))
            else:
                flat.append(value)
        return flat

    def read(self, values: Any) -> list[Any]:
        """Run the query with these values and return rows like those of the queryset."""
        flat = self._flatten(values)
        bound = [
            given if place is None else flat[place] for given, place in zip(self.parameters, self.places, strict=True)
        ]
        compiler: Any = copy(self.compiler)
        query: Any = copy(self.rows.query)
        compiler.connection = connections[self.rows.db]  # of this thread
        compiler.as_sql = lambda *args, **kwargs: (self.sql, bound)
        query.get_compiler = lambda *args, **kwargs: compiler
        return list(self.rows._iterable_class(_Bound(query, self.rows)))  # noqa: SLF001


class _Bound:
    """A query with its values in place of a queryset: it has what Django's row iterator needs of one."""

    def __init__(self, query: Any, rows: Any) -> None:
        self.query, self.db, self.model = query, rows.db, rows.model
        self._fields = rows._fields
        self._known_related_objects: dict[Any, Any] = {}
