"""Reads YAML front matter from parse events, so that each key has its line number and nothing is expanded.

Anchors, aliases and tags (except for encoded text) are refused first. Invalid YAML that people often write (`title:
Talk: the sequel`, `author: @foo`, `created: {{date}}`) is then read key by key.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence

import yaml

from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.front_matter_values import DEEPEST, Entry, FrontMatterError, Plain, Value
from talks.parsing.words.front_matter_keys import KEYS
from talks.parsing.words.word_sets import match_any

_TOP_KEY = re.compile(r"([^\s#\-\[{\"'][^:\n]{0,99}?|\"[^\"]{1,99}\"|'[^']{1,99}')\s*:(?:\s+(.*))?$")
_BELOW_KEY = re.compile(r"\s|-(?:\s|$)|#|[\]}]")
# The start of a value or list item, followed by a possible anchor, alias or tag.
_SIGN = re.compile(r"\s*(?:-\s+)*(?:[^\s:&*!\[{][^:]{0,99}:\s+)?([&*!])(?=\S)")
_SIGN_IN_FLOW = re.compile(r"[\[{,:]\s*([&*!])(?=\S)")
_FLOW = re.compile(r"[^\[{]{0,99}:\s+[\[{]|\s*(?:-\s+)?[\[{]")
# "date:2019-05-04", which YAML takes for a text: only of keys that are known.
_KEY_WITHOUT_SPACE = re.compile(
    rf"\A(?:{match_any({key for keys in KEYS.values() for key in keys})}):(?=[^\s:/])", re.IGNORECASE
)
_LIST_KEYS = frozenset(key for what in ("tag", "alias", "category", "author", "speaker") for key in KEYS[what])
_LOOSE_LIST = re.compile(r"\[([^\[\]]+)\]?")  # neither links nor pages, such as `[Ann](https://example.org)`, `[[Ann]]`
_REMARK = re.compile(r"\s+#\s.*")  # not `#moss`, which people write for a tag
_BINARY = frozenset({"!binary", "tag:yaml.org,2002:binary"})  # as exports of WordPress write texts
_NAMES = {"&": "an anchor", "*": "an alias", "!": "a tag"}

Read = tuple[dict[str, Entry], tuple[Diagnostic, ...]]


def read_yaml(block: Sequence[str], line: int) -> Read:
    """Return the entries of a YAML block, whose first line has the number `line`, and diagnostics about them.

    These are a note for each value that is invalid YAML, or a warning if it is a list, and a warning for each key that
    stands twice. Raises `FrontMatterError` if the block must be refused.
    """
    block = [_KEY_WITHOUT_SPACE.sub(r"\g<0> ", text, count=1) if ":" in text else text for text in block]
    text = "\n".join(block) + "\n"
    builder = _Builder(line)
    try:
        entries = builder.build(text)
    except yaml.YAMLError as error:
        _refuse_signs(error, block, line)
        return _read_by_key(block, line)
    return entries, tuple(builder.diagnostics)


class _Builder:
    """Builds values from the parser's events (tokens) of one YAML document; `line` is the block's first line.

    Of a key that stands twice the last value holds, as with site generators; `diagnostics` tells of it.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        self.diagnostics: list[Diagnostic] = []

    def build(self, text: str) -> dict[str, Entry]:
        """Return the entries of the document by key; {} if it is empty.

        Raises `FrontMatterError` if it is no map, or if there is a second document.
        """
        events = self._check(yaml.parse(text, Loader=yaml.CBaseLoader))
        root = next((event for event in events if not isinstance(event, _FRAME)), None)
        if root is None or (isinstance(root, yaml.ScalarEvent) and not root.value):
            return {}
        if not isinstance(root, yaml.MappingStartEvent):
            what = "a list" if isinstance(root, yaml.SequenceStartEvent) else "plain text"
            raise FrontMatterError(catalogue.YAML_WITHOUT_KEYS.at(max(1, self.line - 1), what=what))
        entries = {}
        for key, event in self._keys(events):
            entries[key] = Entry(self._value(next(events), events, 1), self._line_of(event))
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise FrontMatterError(catalogue.SECOND_DOCUMENT.at(self._line_of(event)))
        return entries

    def _check(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            if sign := _find_sign(event):
                column = event.start_mark.column + 1 if event.start_mark else 1
                raise FrontMatterError(catalogue.UNSAFE_YAML.at(self._line_of(event), column=column, what=sign))
            yield event

    def _keys(self, events: Iterator[yaml.Event]) -> Iterator[tuple[str, yaml.Event]]:
        """Yield the keys of a map; the caller must consume each value before asking for the next key."""
        seen = set()
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.YAMLError  # "created: {{date}}", which a template left behind
            if event.value in seen:
                self.diagnostics.append(catalogue.LAST_KEY_HOLDS.at(self._line_of(event), key=event.value))
            seen.add(event.value)
            yield event.value, event

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        if depth > DEEPEST:
            raise FrontMatterError(catalogue.FRONT_MATTER_TOO_DEEP.at(self._line_of(event), most=DEEPEST))
        if isinstance(event, yaml.ScalarEvent):
            if _is_binary(event):
                return Plain(_decode(event.value))
            return event.value if event.style in ("'", '"') else Plain(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._value(item, events, depth + 1))
            return items
        return {key: self._value(next(events), events, depth + 1) for key, _ in self._keys(events)}

    def _line_of(self, event: yaml.Event) -> int:
        return self.line + (event.start_mark.line if event.start_mark else 0)


def _find_sign(event: yaml.Event) -> str:
    """Return what makes a YAML value refused: "an anchor", "an alias" or "a tag"; empty if it is not refused."""
    if isinstance(event, yaml.AliasEvent):
        return "an alias"
    if not isinstance(event, yaml.NodeEvent):
        return ""
    if event.anchor:
        return "an anchor"
    return "a tag" if getattr(event, "tag", None) and not _is_binary(event) else ""


def _is_binary(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.tag in _BINARY


def _decode(value: str) -> str:
    """Return the text that is encoded here in Base64; a value that is not Base64 of UTF-8 is returned unchanged."""
    try:
        return b64decode("".join(value.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value


_FRAME = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)


def _refuse_signs(error: yaml.YAMLError, block: Sequence[str], line: int) -> None:
    """Raise `FrontMatterError` if a block of invalid YAML contains an anchor, alias or tag."""
    for number, text in enumerate(block, line):
        text = _blank_quoted(text)
        if match := _SIGN.match(text) or (_FLOW.match(text) and _SIGN_IN_FLOW.search(text)):
            fault = catalogue.UNSAFE_YAML.at(number, column=match.start(1) + 1, what=_NAMES[match[1]])
            raise FrontMatterError(fault) from error


def _blank_quoted(text: str) -> str:
    return re.sub(r"\"(?:[^\"\\]|\\.)*+\"?|'[^']*'", lambda quoted: "_" * len(quoted[0]), text)


def _read_by_key(block: Sequence[str], line: int) -> Read:
    """Read each top-level key by itself; a value that is invalid YAML becomes one text of its lines joined by spaces.

    Where a list is expected, such a text in brackets is cut at its commas, also if the closing bracket is missing.
    Return entries and diagnostics as `read_yaml` does. Raises `FrontMatterError` for a line that belongs to no key.
    """
    entries: dict[str, Entry] = {}
    diagnostics = []
    for key, rest, start, end in _split_keys(block, line):
        number = line + start
        if key in entries:
            diagnostics.append(catalogue.LAST_KEY_HOLDS.at(number, key=key))
        builder = _Builder(number)
        try:
            entries.update(builder.build("\n".join(block[start:end]) + "\n"))
            diagnostics += builder.diagnostics
        except yaml.YAMLError:
            texts = [rest, *(text.strip() for text in block[start + 1 : end])]
            value = " ".join(texts).strip()
            listed = " ".join(_REMARK.sub("", text) for text in texts).strip()
            loose = _LOOSE_LIST.fullmatch(listed) if key.casefold() in _LIST_KEYS else None
            items: list[Value] = [Plain(item.strip(" \t\"'")) for item in loose[1].split(",")] if loose else []
            entries[key] = Entry(items or value, number)
            diagnostics.append((catalogue.LIST_NO_YAML if items else catalogue.VALUE_NO_YAML).at(number, key=key))
    return entries, tuple(diagnostics)


def _split_keys(block: Sequence[str], line: int) -> list[tuple[str, str, int, int]]:
    """Return (key, rest of its line, first index, index after the last) for each key without indentation.

    Raises `FrontMatterError` for a line that belongs to no key.
    """
    starts = []
    for index, text in enumerate(block):
        if match := _TOP_KEY.match(text):
            starts.append((match[1].strip("\"'"), (match[2] or "").strip(), index))
        elif text.strip() and not (_BELOW_KEY.match(text) and (starts or text.startswith("#"))):
            raise FrontMatterError(catalogue.LINE_WITHOUT_KEY.at(line + index))
    ends = [start for _, _, start in starts[1:]] + [len(block)]
    return [(key, rest, start, end) for (key, rest, start), end in zip(starts, ends, strict=True)]
