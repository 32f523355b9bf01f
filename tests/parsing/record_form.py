"""The whole record of a post as JSON, for the golden files."""

import dataclasses
import datetime
import enum
import json

from talks.parsing import ParsedPost

_OPTIONAL = {"written", "definitions", "comments", "properties", "footnotes", "video_url", "slides_url"}


def dump_record(post: ParsedPost) -> str:
    """Every field of every record, in a fixed order; those that few posts have only where they hold something.

    How certain a talk is changes whenever the weights are measured again, and is left out with what is said of it.
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
