"""Hints that a writer gives apart from the notes: `confnotes.toml` in a folder, `confnotes:` in front matter."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace

from talks.counts_and_cut_texts import cut_text
from talks.line_ends import join_lines, split_lines
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.front_matter_values import Plain, Value, is_null, read_toml_fault
from talks.parsing.records import DAYS, YEARS
from talks.parsing.words.front_matter_keys import FALSE_WORDS, TRUE_WORDS

VISIBILITIES = ("public", "draft", "private")  # from the least strict to the strictest
_LONGEST = 300
_MOST_PATTERNS = 200
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PATTERN_NAMES = ("title", "speaker", "affiliation", "handle")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}\Z")


@dataclass(frozen=True, slots=True)
class Hints:
    """A writer's hints; the parser decides about values that are None. `talk_level` is the level of talks' headings.

    Candidates less certain than `least_certainty` are not talks. `include` and `exclude` are patterns of paths below
    the folder: files to import although they look like no notes, and files to ignore; `repr` leaves both out, since
    they do not affect parsing. `usual_certainty` is the site's setting, used if no hint gives `least_certainty`.
    """

    series: str | None = None
    year: int | None = None
    day: int | None = None
    talk_level: int | None = None
    title_pattern: str | None = None
    holds_talks: bool | None = None
    least_certainty: float | None = None
    writer: str | None = None
    language: str | None = None
    visibility: str | None = None
    id: str | None = None
    include: tuple[str, ...] = field(default=(), repr=False)
    exclude: tuple[str, ...] = field(default=(), repr=False)
    usual_certainty: float | None = None


NO_HINTS = Hints()
_FOLDER_ALONE = ("include", "exclude")
_KEYS = tuple(f.name for f in fields(Hints) if f.name not in (*_FOLDER_ALONE, "usual_certainty"))
_FOLDER_KEYS = (*(key for key in _KEYS if key != "id"), *_FOLDER_ALONE)


class _WrongValueError(ValueError):
    """A value that is invalid for a hint; the message says which values are valid."""


def read_hints(text: str) -> tuple[Hints, tuple[Diagnostic, ...]]:
    """Return the hints of a `confnotes.toml`. Invalid keys and values are reported and ignored; the others apply."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place, reason = read_toml_fault(error)
        line, column = place or (1, 1)
        return NO_HINTS, (catalogue.HINTS_NO_TOML.at(line, column=column, reason=reason),)
    values = {key: _make_value(value) for key, value in table.items()}
    lines = {key: _find_line(text, key) for key in table}
    return merge_hints(NO_HINTS, values, lines, keys=_FOLDER_KEYS)


def complete_hints(hints: Hints, more: Hints) -> Hints:
    """Return `hints` with the values of `more` where `hints` has None.

    `include`, `exclude` and `usual_certainty` stay those of `hints`.
    """
    return replace(hints, **{key: getattr(more, key) for key in _KEYS if getattr(hints, key) is None})


def _make_value(value: object) -> Value:
    if isinstance(value, list):
        return [_make_value(item) for item in value]
    return value if isinstance(value, str) else Plain(str(value))


def merge_hints(
    hints: Hints, values: Mapping[str, Value], lines: Mapping[str, int], *, keys: tuple[str, ...] = _KEYS
) -> tuple[Hints, tuple[Diagnostic, ...]]:
    """Return `hints` overridden by `values`, and a warning for each unknown key and invalid value.

    Unknown keys, and invalid or empty values, override nothing. `lines` maps each key to the number of its line.
    """
    settled: dict[str, object] = {}
    diagnostics = []
    for key, value in values.items():
        line = lines.get(key, 1)
        if key not in keys:
            diagnostics.append(_warn_unknown(key, line, keys))
        elif not is_null(value):
            try:
                settled[key] = _COERCIONS[key](value)
            except _WrongValueError as error:
                diagnostics.append(catalogue.WRONG_HINT.at(line, key=key, value=_show(value), wanted=error))
    return replace(hints, **settled), tuple(diagnostics)  # type: ignore[arg-type]


def _warn_unknown(key: str, line: int, keys: tuple[str, ...]) -> Diagnostic:
    nearest = difflib.get_close_matches(key[:60].casefold().replace("-", "_"), keys, 1, 0.5)
    if nearest:
        return catalogue.MISSPELT_HINT.at(line, key=key, nearest=nearest[0])
    return catalogue.UNKNOWN_HINT.at(line, key=key, keys=", ".join(keys))


def _show(value: Value) -> str:
    return f"`{cut_text(value, 60)}`" if isinstance(value, str) else "a list" if isinstance(value, list) else "a map"


def _find_line(text: str, key: str) -> int:
    for number, line in enumerate(split_lines(text), 1):
        if line.lstrip(" \t[\"'").startswith(key):
            return number
    return 1


def _read_text(value: Value) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise _WrongValueError(f"a text of at most {_LONGEST} characters")
    return join_lines(value)


def _make_number_reader(lowest: int, highest: int) -> Callable[[Value], int]:
    def read(value: Value) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}", value) or not lowest <= int(value) <= highest:
            raise _WrongValueError(f"a number from {lowest} to {highest}")
        return int(value)

    return read


def _read_share(value: Value) -> float:
    if not isinstance(value, str) or not re.fullmatch(r"0|1|[01]?\.[0-9]{1,3}", value) or float(value) > 1:
        raise _WrongValueError("a number from 0 to 1")
    return float(value)


def _read_truth(value: Value) -> bool:
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in TRUE_WORDS and word not in FALSE_WORDS:
        raise _WrongValueError("true or false")
    return word in TRUE_WORDS


def _read_pattern(value: Value) -> str:
    names = _PLACEHOLDER.findall(value) if isinstance(value, str) else []
    known = all(name in _PATTERN_NAMES for name in names)
    if "title" not in names or not known or len(set(names)) < len(names):
        raise _WrongValueError("a text with {title} and, each at most once, {speaker}, {affiliation} and {handle}")
    return _read_text(value)


def _read_visibility(value: Value) -> str:
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in VISIBILITIES:
        raise _WrongValueError(f"one of {', '.join(VISIBILITIES)}")
    return word


def _read_id(value: Value) -> str:
    if not isinstance(value, str) or not _ID.match(value):
        raise _WrongValueError("letters, digits and `. _ / -`, at most 200 of them")
    return value


def _read_patterns(value: Value) -> tuple[str, ...]:
    patterns = value if isinstance(value, list) else [value]
    if not patterns or len(patterns) > _MOST_PATTERNS:
        raise _WrongValueError(f"a list of at most {_MOST_PATTERNS} patterns")
    return tuple(_read_text(pattern) for pattern in patterns)


_COERCIONS: dict[str, Callable[[Value], object]] = {
    "series": _read_text,
    "year": _make_number_reader(YEARS[0], YEARS[-1]),
    "day": _make_number_reader(1, DAYS[-1]),
    "talk_level": _make_number_reader(1, 6),
    "title_pattern": _read_pattern,
    "holds_talks": _read_truth,
    "least_certainty": _read_share,
    "writer": _read_text,
    "language": _read_text,
    "visibility": _read_visibility,
    "id": _read_id,
    "include": _read_patterns,
    "exclude": _read_patterns,
}
