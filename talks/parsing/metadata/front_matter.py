"""Reads front matter as strings, lists and maps. Nothing in it is executed, converted or expanded."""

import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.front_matter_fences import META_TAG, split_front_matter
from talks.parsing.metadata.front_matter_values import DEEPEST, Entry, FrontMatterError, Plain, Value, read_toml_fault
from talks.parsing.metadata.front_matter_yaml import read_yaml
from talks.parsing.text.cleaning import clean_value

LARGEST = 64 * 1024
_BARE_KEY = re.compile(r"^([ \t]*+)([\w-]++)(?=[ \t]*+=)", re.MULTILINE)
_PELICAN_KEY = re.compile(r"([^\W\d][\w .-]{0,60}):\s*(.*)")
_NOT_A_NUMBER = re.compile(r"[=:,\[]\s*[+-]?(?:nan|NaN|inf|Infinity)\b")
_PAGE = re.compile(r"#?\[\[([^\[\]]*)\]\]")
# What a map of Elixir has that one of YAML has not. Texts in quotation marks match too, so that nothing in them does.
_ELIXIR = re.compile(
    r"\"(?:[^\"\\]|\\.)*+\"?|%\{|(?<!\s)\s*+=>|\bnil\b|(?<=[\s\[,]):(?P<atom>[a-z_]\w*+)|~(?P<sigil>[A-Za-z])"
    r"(?:\((?P<round>[^()]*+)\)|\[(?P<square>[^\[\]]*+)\]|\{(?P<braces>[^{}]*+)\}|\|(?P<bars>[^|]*+)\|)[a-z]?"
)
# What only an escape sequence makes, and no database can store; other characters that nobody sees are dropped.
_ESCAPED_JUNK = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a post. `format` is "" if it has none; `body_line` is the first line of the body, from 1."""

    format: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    body_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter at the start of `lines`.

    If it is unsafe or ambiguous, the result has no entries and a diagnostic that is an error.
    """
    split = split_front_matter(lines)
    if not split.format:
        return FrontMatter(diagnostics=split.diagnostics)
    block = lines[split.start : split.end]
    try:
        entries, diagnostics = _read_block(split.format, block, split.start + 1)
    except FrontMatterError as error:
        entries, diagnostics = {}, (error.diagnostic,)
    return FrontMatter(split.format, entries, split.body + 1, (*split.diagnostics, *diagnostics))


def _read_block(form: str, block: Sequence[str], line: int) -> tuple[dict[str, Entry], tuple[Diagnostic, ...]]:
    """Return the entries of the block, whose first line has the number `line`, and diagnostics that are no errors.

    Raises `FrontMatterError` if the block must be refused.
    """
    if sum(map(len, block)) + len(block) > LARGEST:
        raise FrontMatterError(catalogue.FRONT_MATTER_TOO_LONG.at(line))
    diagnostics: tuple[Diagnostic, ...] = ()
    if form in ("yaml", "elixir"):
        entries, diagnostics = read_yaml(_translate_elixir(block) if form == "elixir" else block, line)
    else:
        entries = _READERS[form](block, line)
    return {key: _check_entry(key, entry) for key, entry in entries.items()}, diagnostics


def _check_entry(key: str, entry: Entry) -> Entry:
    """Return the entry with its texts cleaned again, since escape sequences may contain unwanted characters.

    Raises `FrontMatterError` if it has a NUL character or is nested too deeply.
    """

    def check(value: Value, depth: int) -> Value:
        if depth > DEEPEST:
            raise FrontMatterError(catalogue.KEY_TOO_DEEP.at(entry.line, key=key, most=DEEPEST))
        if isinstance(value, list):
            return [check(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {clean_value(name): check(item, depth + 1) for name, item in value.items()}
        if _ESCAPED_JUNK.search(value):
            raise FrontMatterError(catalogue.ESCAPED_NUL.at(entry.line, key=key))
        cleaned = clean_value(value)
        return Plain(cleaned) if isinstance(value, Plain) else cleaned

    return Entry(check(entry.value, 0), entry.line)


def _translate_elixir(block: Sequence[str]) -> list[str]:
    """Return the lines of a map written in Elixir (`%{tags: ~w(a b), "x" => nil}`) as lines of YAML."""
    return [_ELIXIR.sub(_translate_sign, text) for text in block]


def _translate_sign(sign: re.Match[str]) -> str:
    if sign["sigil"]:
        told = next(filter(None, sign.group("round", "square", "braces", "bars")), "")
        return json.dumps(told.split() if sign["sigil"] in "wW" else told, ensure_ascii=False)
    return sign["atom"] or {"%{": "{", "=>": ":", "nil": "null"}.get(sign[0].strip(), sign[0])


def _read_toml(block: Sequence[str], line: int) -> dict[str, Entry]:
    text = "\n".join(block) + "\n"
    try:
        try:
            table = tomllib.loads(text, parse_float=_refuse_nan)
        except tomllib.TOMLDecodeError:  # some site generators take "é" in a key, TOML only between quotes
            table = tomllib.loads(_BARE_KEY.sub(r'\1"\2"', text), parse_float=_refuse_nan)
    except tomllib.TOMLDecodeError as error:
        place, reason = read_toml_fault(error)
        where = line + (place[0] if place else len(block)) - 1
        raise FrontMatterError(catalogue.TOML_INVALID.at(where, reason=reason)) from None
    except (RecursionError, ValueError) as error:
        raise _refuse_block(error, block, line) from None
    return {key: Entry(_stringify(value), _find_key(block, key, line)) for key, value in table.items()}


def _read_json(block: Sequence[str], line: int) -> dict[str, Entry]:
    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table: dict[str, object] = {}
        for key, value in pairs:
            if key in table:
                raise FrontMatterError(catalogue.REPEATED_KEY.at(_find_key(block, key, line, last=True), key=key))
            table[key] = value
        return table

    try:
        table = json.loads(
            "\n".join(block), object_pairs_hook=build, parse_float=Plain, parse_int=Plain, parse_constant=_refuse_nan
        )
    except json.JSONDecodeError as error:
        where = line + error.lineno - 1
        fault = catalogue.JSON_INVALID.at(where, column=error.colno, reason=error.msg)
        raise FrontMatterError(fault) from None
    except (RecursionError, ValueError) as error:
        raise _refuse_block(error, block, line) from None
    if not isinstance(table, dict):
        raise FrontMatterError(catalogue.JSON_WITHOUT_KEYS.at(1))
    return {key: Entry(_stringify(value), _find_key(block, key, line)) for key, value in table.items()}


def _read_pelican(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return the entries of `Key: value` lines, by key; an indented line continues the value above it."""
    entries: dict[str, Entry] = {}
    key = ""
    for number, text in enumerate(block, line):
        if match := _PELICAN_KEY.match(text):
            key = match[1].strip()
            if key in entries:
                raise FrontMatterError(catalogue.REPEATED_KEY.at(number, key=key))
            entries[key] = Entry(Plain(match[2].strip()), number)
        else:
            entries[key] = Entry(Plain(f"{entries[key].value} {text.strip()}"), entries[key].line)
    return entries


def _read_frog(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Read indented `Key: value` lines."""
    return _read_pelican([text.strip() for text in block], line)


def _read_jbake(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return the entries of `key=value` lines, by key."""
    pairs = [(number, *text.partition("=")[::2]) for number, text in enumerate(block, line) if text.strip()]
    return {key.strip(): Entry(Plain(value.strip()), number) for number, key, value in pairs}


def _read_at_signs(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return, by key, the entries of the `@key value` lines of an outline of slides.

    Who wrote the outline gave the talk: `author` becomes `speaker`.
    """
    pairs = [(number, *text.lstrip("@").partition(" ")[::2]) for number, text in enumerate(block, line)]
    keys = {"author": "speaker", "authors": "speakers"}
    return {keys.get(key.casefold(), key): Entry(Plain(value.strip()), number) for number, key, value in pairs}


def _read_logseq(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return the entries of `key:: value` lines, by key; of links to pages ("[[Ann Lee]]") only the names are kept."""
    pairs = [(number, *text.partition("::")[::2]) for number, text in enumerate(block, line)]
    return {key: Entry(Plain(_PAGE.sub(r"\1", value).strip()), number) for number, key, value in pairs}


def _read_nikola(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return the entries of `.. key: value` lines, by key; those without a value are left out."""
    pairs = [(number, *text[3:].partition(":")[::2]) for number, text in enumerate(block, line)]
    return {key.strip(): Entry(Plain(value.strip()), number) for number, key, value in pairs if value.strip()}


def _read_meta_tags(block: Sequence[str], line: int) -> dict[str, Entry]:
    """Return the entries of `{% meta key: "value" %}` lines, by key."""
    found = [(number, META_TAG.match(text)) for number, text in enumerate(block, line)]
    return {match[1]: Entry(Plain(match[2].strip("\"' ")), number) for number, match in found if match}


_READERS: dict[str, Callable[[Sequence[str], int], dict[str, Entry]]] = {
    "toml": _read_toml,
    "json": _read_json,
    "pelican": _read_pelican,
    "frog": _read_frog,
    "jbake": _read_jbake,
    "at": _read_at_signs,
    "nikola": _read_nikola,
    "meta tags": _read_meta_tags,
    "logseq": _read_logseq,
}


def _refuse_block(error: Exception, block: Sequence[str], line: int) -> FrontMatterError:
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    where = next((number for number, text in enumerate(block, line) if _NOT_A_NUMBER.search(text)), line)
    return FrontMatterError(catalogue.FRONT_MATTER_UNREADABLE.at(where, reason=reason))


def _refuse_nan(text: str) -> Plain:
    if text.lstrip("+-").casefold() in ("nan", "inf", "infinity"):
        raise ValueError(f"{text} is no number that means anything here")
    return Plain(text)


def _stringify(value: object, depth: int = 0) -> Value:
    """Return a value of TOML or JSON with all scalars as text: strings as they are, others as `Plain`.

    Raises `FrontMatterError` if the value is nested too deeply.
    """
    if depth > DEEPEST:
        raise FrontMatterError(catalogue.FRONT_MATTER_TOO_DEEP.at(1, most=DEEPEST))
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {str(key): _stringify(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_stringify(item, depth + 1) for item in value]
    if value is None:
        return Plain("")
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, datetime | date | time):
        return Plain(value.isoformat())
    return Plain(str(value))


def _find_key(block: Sequence[str], key: str, line: int, *, last: bool = False) -> int:
    """Return the number of the first (or `last`) line with the given key, else that of the block's first line."""
    found = line
    for number, text in enumerate(block, line):
        if key in text and re.match(r"[\s\[{,]*[\"']?" + re.escape(key) + r"[\"']?\s*[:=.\]]", text):
            if not last:
                return number
            found = number
    return found
