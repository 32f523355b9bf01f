"""The whole record of a post as JSON, for the golden files."""

import dataclasses
import datetime
import enum
import json

from talks.parsing import ParsedPost


def dump_record(post: ParsedPost) -> str:
    """Every field of every record, in a fixed order."""
    return json.dumps(dataclasses.asdict(post), ensure_ascii=False, indent=1, default=_encode) + "\n"


def _encode(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no part of a record")
