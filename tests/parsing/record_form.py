"""The whole record of a post as JSON, for the golden files."""

import dataclasses
import datetime
import enum
import json

from talks.parsing import ParsedPost, ParsedTakeaway, ParsedTalk

_OPTIONAL = {"definitions", "comments", "properties", "footnotes", "aside"}
_OPTIONAL |= {
    each.name for kind in (ParsedTalk, ParsedTakeaway) for each in dataclasses.fields(kind) if each.default == ""
}


def dump_record(post: ParsedPost) -> str:
    """Return every field of every record, in a fixed order; rare fields only if they are not empty.

    The certainty of talks changes whenever the weights are measured again, and is left out with remarks on it.
    """
    post = dataclasses.replace(post, diagnostics=tuple(d for d in post.diagnostics if d.code != "doubtful-talk"))
    record = dataclasses.asdict(post, dict_factory=_keep_fields)
    return json.dumps(record, ensure_ascii=False, indent=1, default=_encode) + "\n"


def _keep_fields(fields: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in fields if name != "certainty" and (value or name not in _OPTIONAL)}


def _encode(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no part of a record")
