"""Whether a column takes the value that a line gives it. One database checks lengths, the other does not."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

_TYPES: Mapping[type, tuple[type | tuple[type, ...], str]] = {
    models.BooleanField: (bool, "true or false"),
    models.IntegerField: (int, "a whole number"),
    models.DateField: (str, "a date like 2017-03-06"),
    models.CharField: (str, "a text"),
    models.TextField: (str, "a text"),
}


def read_line(line: bytes) -> dict[str, Any]:
    """The object that the line holds; raises ValueError with a sentence where it holds none that can be stored."""
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON, or cut off") from None
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    if b"\\u" in line and not _is_storable(json.dumps(row, ensure_ascii=False)):
        raise ValueError("it holds a zero character or half a surrogate pair, which no database stores")
    return row


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return r"\u0000" not in text.replace(r"\\", "")


def read_value(model: type[models.Model], name: str, value: object) -> object:
    """The value as the column `name` takes it; raises ValueError with a sentence where it does not."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model}")
    if value is None:
        if not field.null:
            raise ValueError(f"`{name}` is empty")
        return None
    if isinstance(field, models.JSONField):
        _check_form(field, value)
        return value
    expected, described = next(_TYPES[kind] for kind in type(field).__mro__ if kind in _TYPES)
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise ValueError(f"`{name}` is not {described}")
    if isinstance(field, models.DateField):
        return _read_date(name, str(value))
    if isinstance(value, str | int):
        _check_bounds(field, value)
    return value


def _check_form(field: models.JSONField, value: object) -> None:
    """What is a list or an object by default is nothing else."""
    if field.has_default() and type(value) is not type(field.get_default()):
        raise ValueError(f"`{field.name}` is not {'a list' if field.default is list else 'an object'}")


def _read_date(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"`{name}` is not a date like 2017-03-06") from None


def _check_bounds(field: "models.Field[Any, Any]", value: str | int) -> None:
    if field.choices and value not in dict(field.flatchoices) and not (field.blank and value == ""):
        raise ValueError(f"`{field.name}` is none of {', '.join(key for key, _ in field.flatchoices)}")
    if isinstance(field, models.URLField) and value and not str(value).startswith(("http://", "https://")):
        raise ValueError(f"`{field.name}` is no address of the web")
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        raise ValueError(f"`{field.name}` has {len(value):,} characters, and {field.max_length:,} fit")
    if isinstance(field, models.IntegerField | models.SlugField):
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise ValueError(f"`{field.name}` does not fit: {' '.join(error.messages)}") from None
