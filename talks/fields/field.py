"""One field that the importer owns, and how the three sides of a row's fields are brought together."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]
"""Values of a row, or of what a post says of it, by the names of the fields."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a post's words are understood by: its conference, and the people behind names.

    `conference` is a primary key, 0 for a conference that is yet to be made; `people` leads from each folded name that
    is another spelling of a speaker to the speaker's own folded name.
    """

    conference: int = 0
    people: Mapping[str, str] = field(default_factory=dict)


def _keep(said: Any, setting: Setting) -> Any:
    return said


def show_text(value: Any) -> str:
    """A value as one text; nothing is an empty one."""
    return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: how it is read from both sides, compared, shown, and written.

    `parse` reads it from a record of the parser, in a form that JSON holds: this is what a row keeps in `imported`.
    `weigh` makes of that the value that is compared with the row's, which `read` gives; `missing` is what an import
    said that did not know the field yet. `show` writes a value as text, for diffs, histories and conflicts. `answer`
    writes an editor's text into the row; it is None for what is changed on a page of its own. `agree` tells whether
    post and row say the same. `column` tells that the row holds the value in the column of the field's name. Fields
    that are not `merged` are reconciled by functions of their own. An editor's value goes back into the post where
    `written_back`. `label` is what people call it, the name unless it is given.
    """

    name: str
    parse: Callable[[Any], Any]
    read: Callable[[Any], Any]
    weigh: Callable[[Any, Setting], Any] = _keep
    missing: Any = None
    show: Callable[[Any], str] = show_text
    answer: Callable[[Any, str], None] | None = None
    agree: Callable[[Any, Any], bool] = operator.eq
    column: bool = False
    merged: bool = True
    written_back: bool = False
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label or self.name.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Table:
    """All fields of one kind of row, in the order in which they are told of."""

    fields: tuple[Field, ...]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def find(self, name: str) -> Field:
        """The field of this name; raises `LookupError` for another one."""
        found = next((each for each in self.fields if each.name == name), None)
        if found is None:
            raise LookupError(f"There is no field {name}.")
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all fields."""
        return tuple(each.name for each in self.fields)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the row's columns that hold values as they are."""
        return tuple(each.name for each in self.fields if each.column)

    @property
    def merged(self) -> tuple[Field, ...]:
        """Those that an editor and a post may change, each for itself."""
        return tuple(each for each in self.fields if each.merged)

    def say(self, parsed: Any) -> dict[str, Any]:
        """What a record of the parser says, as the row keeps it in `imported`; what says nothing is left out."""
        said = ((each, each.parse(parsed)) for each in self.fields)
        return {each.name: value for each, value in said if each.missing is None or value != each.missing}

    def weigh(self, said: Values, setting: Setting) -> dict[str, Any]:
        """What was said, as values that compare with those of a row."""
        return {each.name: each.weigh(said.get(each.name, each.missing), setting) for each in self.merged}

    def recall(self, imported: Values, setting: Setting, now: Values) -> dict[str, Any]:
        """What was last imported, as such values; of a field that the import did not know, what the row says `now`."""
        said = {each.name: each for each in self.merged}
        return {
            name: each.weigh(imported[name], setting) if name in imported else now[name] for name, each in said.items()
        }

    def read(self, row: Any) -> dict[str, Any]:
        """The values of a row."""
        return {each.name: each.read(row) for each in self.merged}


@dataclass(frozen=True, slots=True)
class Merged:
    """The values that hold from now on; fields that changed here and in the post; fields in which both agree."""

    values: dict[str, Any]
    conflicts: tuple[Field, ...]
    agreed: tuple[Field, ...]


def merge_values(fields: Iterable[Field], last: Values, new: Values, now: Values) -> Merged:
    """The three-way merge of what was imported `last`, what a post says `new` and what the row says `now`."""
    values, conflicts, agreed = {}, [], []
    for each in fields:
        name = each.name
        choice = merge(last[name], new[name], now[name])
        values[name] = choice.value
        if choice.conflict:
            conflicts.append(each)
        elif each.agree(new[name], now[name]):
            agreed.append(each)
    return Merged(values, tuple(conflicts), tuple(agreed))


@dataclass(frozen=True, slots=True)
class Choice:
    """The value that holds from now on, and whether post and row had both changed, to different things."""

    value: Any
    conflict: bool = False


def merge(last: Any, new: Any, now: Any) -> Choice:
    """Only the post changed: taken. Only the row changed: kept. Both: the row's is kept, and it is a conflict."""
    if now in (last, new):
        return Choice(new)
    return Choice(now, conflict=new != last)
