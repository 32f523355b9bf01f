"""Facets: properties of the talks found, such as years, by which a query can be narrowed, with numbers of talks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from django.db.models import QuerySet, Value

from talks.models import Speaker, Tag, prepared, select_conferences
from talks.parsing import REFERENCE_KINDS
from talks.search.answers import Answer
from talks.search.columns import Numbers
from talks.search.documents import read_bit
from talks.search.query import Field, Without, join_parts, list_parts, replace_part
from talks.search.snapshot import Snapshot

MOST_SHOWN = 8
MOST_YEARS = 30

Counts: TypeAlias = list[tuple[int, int]]  # primary keys, or other numbers, each with its count


@dataclass(frozen=True, slots=True)
class Choice:
    """One value by which the query can be narrowed: its label, the number of talks left, and the narrowed query."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of talks, with the values by which the query can be narrowed."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition of the query that can be removed, as its label, and the query without it."""

    label: str
    query: str


def list_facets(answer: Answer) -> list[Facet]:
    """Return the facets of the talks found, with the commonest values first in each.

    Years ascend, and kinds of links stand in the order of `REFERENCE_KINDS`. Left out are values that all talks found
    have, values that the query has as fields already, and facets without values.
    """
    if answer.reader is None or not len(answer.talks):
        return []
    snapshot, rows = answer.reader.snapshot, answer.talks
    tags, speakers = _name_rows(_count_list(snapshot, "tags", rows), _count_list(snapshot, "speakers", rows))
    found = [
        ("tag", "Tags", tags),
        ("speaker", "Speakers", speakers),
        ("conference", "Conferences", _name_conferences(_count(snapshot.numbers["conference"][rows]))),
        ("year", "Years", [(str(y), n) for y, n in sorted(_count(snapshot.numbers["year"][rows], MOST_YEARS))]),
        ("kind", "Links to", _count_kinds(snapshot, rows)),
        ("lang", "Language", _count_languages(snapshot, rows)),
    ]
    chosen = {(part.name, part.value) for part in list_parts(answer.root) if isinstance(part, Field)}
    facets = []
    for name, label, values in found:
        choices = [
            Choice(value, count, str(join_parts([*list_parts(answer.root), Field(name, value)])))
            for value, count in values
            if count < len(rows) and (name, value) not in chosen
        ]
        if choices:
            facets.append(Facet(name, label, choices))
    return facets


def list_chips(answer: Answer) -> list[Chip]:
    """Return the removable conditions of a query: its fields and its excluded parts."""
    root = answer.root
    return [
        Chip(str(part), str(replace_part(root, part, None) or ""))
        for part in list_parts(root)
        if root and isinstance(part, Field | Without)
    ]


def _count(values: Numbers, most: int = MOST_SHOWN) -> Counts:
    """Return pairs of a value and its number of talks, commonest first, `most` at most.

    The value 0 stands for talks that have no value, and is left out.
    """
    return _list_commonest(np.bincount(values[values > 0]), most)


def _count_list(snapshot: Snapshot, name: str, rows: Numbers) -> Counts:
    values = snapshot.lists[name]
    chosen = np.zeros(len(snapshot.key), np.bool_)
    chosen[rows] = True
    counts = np.bincount(values.codes[chosen[values.rows]], minlength=len(values.keys))
    return [(int(values.keys[code]), count) for code, count in _list_commonest(counts, MOST_SHOWN)]


def _list_commonest(counts: Numbers, most: int) -> Counts:
    order = np.argsort(-counts, kind="stable")[:most]
    return [(int(value), int(counts[value])) for value in order if counts[value]]


def _name_rows(tags: Counts, speakers: Counts) -> Iterator[list[tuple[str, int]]]:
    """Yield two lists, for tags and for speakers: pairs of a name, in place of the primary key, and how many talks."""
    several = {"tag": tags, "speaker": speakers}
    rows = _select_names(*([pk for pk, _ in counts] or [0] for counts in several.values()))
    named = {(kind, pk): name for kind, pk, name in rows}
    for kind, counts in several.items():
        yield [(_clean(named[kind, pk]), count) for pk, count in counts if (kind, pk) in named]


def _name_conferences(counts: Counts) -> list[tuple[str, int]]:
    named = {row.pk: str(row) for row in select_conferences([pk for pk, _ in counts])}
    return [(_clean(named[pk]), count) for pk, count in counts if pk in named]


@prepared
def _select_names(tags: Collection[int], speakers: Collection[int]) -> QuerySet[Any, Any]:
    named = Tag.objects.filter(pk__in=tags).order_by().values_list(Value("tag"), "pk", "name")
    return named.union(Speaker.objects.filter(pk__in=speakers).order_by().values_list(Value("speaker"), "pk", "name"))


def _count_kinds(snapshot: Snapshot, rows: Numbers) -> list[tuple[str, int]]:
    kinds = snapshot.numbers["kinds"][rows]
    counts = [(kind, int(np.count_nonzero(kinds & read_bit(kind)))) for kind in REFERENCE_KINDS]
    return [(kind, count) for kind, count in counts if count]


def _count_languages(snapshot: Snapshot, rows: Numbers) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for code, count in _list_commonest(np.bincount(snapshot.language[rows] + 1), MOST_SHOWN):
        if code and (language := snapshot.languages[code - 1].split("-")[0]):
            counts[language] = counts.get(language, 0) + count
    return list(counts.items())


def _clean(name: str) -> str:
    return name.replace('"', "")
