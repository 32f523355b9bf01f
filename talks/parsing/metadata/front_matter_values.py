"""The values of front matter, and the exception that its readers raise."""

import re
from typing import TypeAlias

from talks.parsing.diagnostics import Diagnostic
from talks.value_classes import value_class

DEEPEST = 20
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TOML_PLACES = re.compile(r"\s*\(at .*\)")


class Plain(str):
    """An unquoted text, which the format may have meant as a number, a date or a truth value."""

    __slots__ = ()


Value: TypeAlias = "str | list[Value] | dict[str, Value]"


@value_class
class Entry:
    """The value of one key, and the number of the line with the key."""

    value: Value
    line: int


class FrontMatterError(Exception):
    """Front matter that must be refused, with the diagnostic that says why; `read_front_matter` catches it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def is_null(value: Value) -> bool:
    """Whether the value is empty or, without quotation marks, one of YAML's words for null."""
    return not value or (isinstance(value, Plain) and value in ("~", "null", "Null", "NULL"))


def flatten(value: Value) -> object:
    """Return the value with an ordinary `str` in place of each `Plain`, also inside lists and maps."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list):
        return [flatten(item) for item in value]
    return {str(key): flatten(item) for key, item in value.items()}


def read_toml_fault(error: Exception) -> tuple[tuple[int, int] | None, str]:
    """Return (line, column), from 1, at which `tomllib` could not read on, or None at the text's end; and why."""
    place = _TOML_PLACE.search(str(error))
    return (int(place[1]), int(place[2])) if place else None, _TOML_PLACES.sub("", str(error))
