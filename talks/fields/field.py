"""A field that the importer owns, the table of a row's fields, and the three-way merge of post and row."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from talks.value_classes import value_class

Values = Mapping[str, Any]
"""Values of a row, or of what a post says of it, by the names of the fields."""


@value_class
class Setting:
    """By what values of a post are resolved: the post's conference, and the own names of speakers.

    `conference` is a primary key, 0 for a conference that does not exist yet; `people` maps the folded alias of a
    speaker to the folded own name.
    """

    conference: int = 0
    people: Mapping[str, str] = field(default_factory=dict)


def _read_as_said(said: Any, setting: Setting) -> Any:
    return said


def show_text(value: Any) -> str:
    """Return a value as text; None is an empty text."""
    return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a post, talk, appearance or takeaway: how it is parsed, read, compared, shown and written.

    `parse` returns the value in a record of the parser, in a form that JSON can hold; `imported` columns store this
    form. `read` returns the value in a row, and `resolve` turns a parsed value into one that can be compared with it.
    `missing` is the parsed value for imports that did not know the field yet. `show` returns a value as text, for
    diffs, histories and conflicts. `answer` saves an editor's text in the row, or raises `ValidationError`; None if the
    field can only be changed on a page of its own. `is_equal` compares a post's value with a row's value. `column`: the
    row has a column of the field's name that holds the value. `merged`: the three-way merge handles the field; other
    fields are handled by functions of their own. `written_back`: write-back puts an editor's value into the post.
    `detail`: the row's own page has the value among its data, lists do not. `label` is the field's name for people; by
    default `name` with spaces for underscores.
    """

    name: str
    parse: Callable[[Any], Any]
    read: Callable[[Any], Any]
    resolve: Callable[[Any, Setting], Any] = _read_as_said
    missing: Any = None
    show: Callable[[Any], str] = show_text
    answer: Callable[[Any, str], None] | None = None
    is_equal: Callable[[Any, Any], bool] = operator.eq
    column: bool = False
    merged: bool = True
    written_back: bool = False
    detail: bool = False
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label or self.name.replace("_", " "))


@value_class
class Table:
    """All fields of one kind of row, in the order in which reports list them."""

    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def find_field(self, name: str) -> Field:
        """Return the field with this name. Raises `LookupError` if there is none."""
        found = next((each for each in self.fields if each.name == name), None)
        if found is None:
            raise LookupError(f"There is no field {name}.")
        return found

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields that have a column of the same name in the row."""
        return tuple(each.name for each in self.fields if each.column)

    @property
    def later(self) -> dict[str, Any]:
        """The values to take where an import or export of an earlier version lacks a column, by name of the column."""
        return {each.name: each.missing for each in self.fields if each.column and each.missing is not None}

    @property
    def details(self) -> tuple[Field, ...]:
        """The fields that the row's own page has among its data, and lists do not."""
        return tuple(each for each in self.fields if each.detail)

    @property
    def merged(self) -> tuple[Field, ...]:
        """The fields that the three-way merge handles."""
        return tuple(each for each in self.fields if each.merged)

    def parse_record(self, parsed: Any) -> dict[str, Any]:
        """Return the values of the fields in a record of the parser, in the form that `imported` columns store.

        A value that equals its field's `missing` is left out, unless that is None.
        """
        said = {}
        for each in self.fields:
            value = each.parse(parsed)
            if each.missing is None or value != each.missing:
                said[each.name] = value
        return said

    def leave_out_same(self, said: Values, row: Any) -> dict[str, Any]:
        """Return those values of `said`, what a post says, that differ from the row's: it stores them in `imported`.

        `said` must have a value for each field.
        """
        return {each.name: said[each.name] for each in self.fields if said[each.name] != each.read(row)}

    def resolve(self, said: Values, setting: Setting) -> dict[str, Any]:
        """Return the parsed values of the merged fields, by name, in the form that can be compared with a row's values.

        A field that `said` lacks has its `missing` value.
        """
        return {each.name: each.resolve(said.get(each.name, each.missing), setting) for each in self.merged}

    def resolve_imported(self, imported: Values, setting: Setting, now: Values) -> dict[str, Any]:
        """Return what the last import read, by field, in the form that can be compared with a row's values.

        A field that the last import did not know gets its value from `now`, which are the row's values.
        """
        return {
            each.name: each.resolve(imported[each.name], setting) if each.name in imported else now[each.name]
            for each in self.merged
        }

    def read_row(self, row: Any) -> dict[str, Any]:
        """Return the row's values of all merged fields, by name."""
        return {each.name: each.read(row) for each in self.merged}


@value_class
class Merged:
    """The result of a three-way merge: values to store, fields in conflict, and fields in which post and row agree.

    Among those that agree are fields that neither post nor row changed.
    """

    values: dict[str, Any]
    conflicts: tuple[Field, ...]
    agreed: tuple[Field, ...]


def merge_values(fields: Iterable[Field], last: Values, new: Values, now: Values) -> Merged:
    """Merge each field's value of the `last` import, of the post now (`new`) and of the row (`now`), by `merge`."""
    values, conflicts, agreed = {}, [], []
    for each in fields:
        name = each.name
        choice = merge(last[name], new[name], now[name])
        values[name] = choice.value
        if choice.conflict:
            conflicts.append(each)
        elif each.is_equal(new[name], now[name]):
            agreed.append(each)
    return Merged(values, tuple(conflicts), tuple(agreed))


@value_class
class Choice:
    """The value to store; `conflict` means that post and row both changed it, to different values."""

    value: Any
    conflict: bool = False


def merge(last: Any, new: Any, now: Any) -> Choice:
    """Choose one value: the post's (`new`) if only the post changed it since the `last` import, else the row's (`now`).

    If both changed it, to different values, the choice is marked as a conflict.
    """
    if now in (last, new):
        return Choice(new)
    return Choice(now, conflict=new != last)
