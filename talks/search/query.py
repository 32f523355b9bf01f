"""The query language of the search box: reads a query from what somebody typed. Pure; any text is a query.

    kafka "event sourcing" -zookeeper (erlang OR elixir) kube* tag:docker speaker:"lisa guo" year:2015..2018

All parts must match, `-` or NOT is "without", and OR joins the parts on either side of it: `kafka rabbitmq OR nats`
is kafka together with one of the two. What is not understood becomes a fault with its place; the rest stays a query.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from talks import names
from talks.late_patterns import compile_late
from talks.parsing import REFERENCE_KINDS
from talks.search import tokens
from talks.unseen_characters import CONTROLS, HALF_CHARACTERS, drop_unseen

LONGEST = 200
MOST_TERMS = 16
NAMED_FIELDS = ("tag", "speaker", "conference", "writer", "lang")
HAS_VALUES = (*REFERENCE_KINDS, "speaker", "conference")
_FIELDS = (*NAMED_FIELDS, "year", "day", "kind", "has", "no")
_OPERATORS = ("OR", "AND", "NOT")
_DEEPEST = 8

# They part words, unlike other characters that nobody sees.
_BREAK = re.compile(f"[{CONTROLS}\u2028\u2029{HALF_CHARACTERS}]")
_LIKE_ASCII = str.maketrans("“”„‟«»＂（）", '"""""""()')
_TOKEN = compile_late(
    rf"""
    (?P<open>\() | (?P<close>\))
    | (?P<without>-(?=[^\s),;-]))
    | -*(?P<field>{"|".join(_FIELDS)}):(?:"(?P<named>[^"]*)"? | (?P<value>[^\s"()]*))
    | "(?P<phrase>[^"]*)"?
    | (?P<word>(?:[^\s"(),;，；、]|(?<=\d),(?=\d))+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})?(?:(\.{2,3}|-|–)(\d{4})?)?")
_YEARS_ALONE = re.compile(r"(?:19|20)\d\d(?:\.{2,3}|-|–)(?:19|20)\d\d")
_END_SIGNS = ":!?….'’”»。！？："  # they belong to the sentence, as commas do, and not to the word before them


@dataclass(frozen=True)
class _Text:
    """A text to search for. `place` is its column in the query's text, from 1, as in all parts of a query."""

    text: str
    place: int = field(default=0, compare=False)


class Word(_Text):
    """A word in any inflection."""

    def __str__(self) -> str:
        return self.text


class Prefix(_Text):
    """Any word that begins with these letters."""

    def __str__(self) -> str:
        return f"{self.text}*"


class Phrase(_Text):
    """Words in quotation marks, which must be side by side."""

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on a property, such as `tag:docker`. Years are `2017`, `2015..2018`, `2015..` or `..2018`."""

    name: str
    value: str
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        plain = self.value and not set(self.value) & set(' ()"') and not self.value.startswith('"')
        return f"{self.name}:{self.value}" if plain else f'{self.name}:"{self.value}"'

    def read_years(self) -> tuple[int, int]:
        """Return the first and the last year of a `year:` condition: 0 and 9999 where it leaves one open."""
        first, _, last = self.value.partition("..")
        return int(first or 0), int((last or 9999) if ".." in self.value else first)


@dataclass(frozen=True, slots=True)
class Without:
    """An excluded part of a query, which must not match."""

    part: "Part"

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, All | Either) else f"-{self.part}"


@dataclass(frozen=True, slots=True)
class All:
    """Parts of a query that are joined by AND: all of them must match."""

    parts: tuple["Part", ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """Parts of a query that are joined by OR: at least one of them must match."""

    parts: tuple["Part", ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, All) else str(part) for part in self.parts)


Leaf: TypeAlias = Word | Prefix | Phrase | Field
Part: TypeAlias = Leaf | Without | All | Either


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a query that is not searched for: its place, its text, and a sentence that says why or what to do.

    `instead` is what was probably meant by the piece, such as `speaker:"lisa guo"`; empty if that is unknown.
    """

    place: int
    written: str
    message: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed query. `text` is the typed text, cleaned; `root` is None if the query contains nothing to search for."""

    text: str
    root: Part | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def canonical(self) -> str:
        """The query without faults, as text that can be parsed to the same query."""
        return str(self.root) if self.root else ""


def clean_typed(text: str) -> str:
    """Return a typed or pasted text without characters that nobody sees; only its first `LONGEST` characters count."""
    return drop_unseen(_BREAK.sub(" ", text[:LONGEST]))


def read_question(text: str) -> Question:
    """Parse the text of a query, of which only the first `LONGEST` characters count."""
    text = names.normalise(clean_typed(text).translate(_LIKE_ASCII))[:LONGEST].strip()
    reader = _Reader(text)
    root = reader.read_all()
    while root and len(str(root)) > LONGEST:
        root = join_parts(list(root.parts[:-1]), type(root)) if isinstance(root, All | Either) else None
    if text and not root and not reader.faults:
        reader.add_fault(1, text, "Search for words: there is no letter or digit in this question.")
    return Question(text, root, tuple(reader.faults))


def list_leaves(part: Part | None) -> Iterator[Leaf]:
    """Yield the words, beginnings of words, phrases and fields of a query, except excluded ones."""
    if isinstance(part, All | Either):
        for one in part.parts:
            yield from list_leaves(one)
    elif part and not isinstance(part, Without):
        yield part


def list_parts(root: Part | None) -> Sequence[Part]:
    """Return the parts that a query joins by AND; the query itself if it joins none; nothing for None."""
    return root.parts if isinstance(root, All) else [root] if root else []


def join_parts(parts: list[Part], kind: type[All] | type[Either] = All) -> Part | None:
    """Return one part that matches if all given parts match or, if `kind` is `Either`, at least one of them.

    Return None for no parts.
    """
    flat = [one for part in parts for one in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def replace_part(root: Part, old: Part, new: Part | None) -> Part | None:
    """Return the query with its part `old` replaced by `new`, or removed if `new` is None; None if nothing is left.

    `old` is found by identity: an equal part stays.
    """
    if root is old:
        return new
    if isinstance(root, Without):
        inner = replace_part(root.part, old, new)
        return _deny(inner) if inner else None
    if isinstance(root, All | Either):
        parts = [kept for part in root.parts if (kept := replace_part(part, old, new))]
        return join_parts(parts, type(root))
    return root


def _deny(part: Part) -> Part:
    return part.part if isinstance(part, Without) else Without(part)


class _Reader:
    """Parses the tokens of a query from left to right.

    Methods `read_…` and `_read_…` move past what they read, except `_read_spaced_value`.
    """

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._tokens = list(_TOKEN.finditer(text))
        self._next = 0
        self._depth = 0
        self._terms = 0

    def add_fault(self, place: int, written: str, message: str) -> None:
        self.faults.append(Fault(place, written, message))

    def read_all(self) -> Part | None:
        """Parse parts up to the end or, within parentheses, up to the closing one; return them as one part, or None."""
        parts: list[Part] = []
        joined = False
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            if token["close"]:
                self._next += 1
                if self._depth:
                    break
            elif token["word"] in ("OR", "|", "||"):
                self._next += 1
                joined = bool(parts)
            elif part := self._read_part():
                if joined and (either := join_parts([parts.pop(), part], Either)):
                    part = either
                parts.append(part)
                joined = False
        return join_parts(parts)

    def _read_part(self) -> Part | None:
        token = self._tokens[self._next]
        self._next += 1
        if token["without"] or (token["word"] == "NOT" and self._starts_telling_part()):
            if self._next < len(self._tokens) and not self._tokens[self._next]["close"]:
                part = self._read_part()
                return _deny(part) if part else None
            return None
        if token["open"]:
            if self._depth >= _DEEPEST:
                return None
            self._depth += 1
            part = self.read_all()
            self._depth -= 1
            return part
        leaf = self._read_leaf(token)
        if leaf:
            self._terms += 1
            if self._terms == MOST_TERMS + 1:
                self.add_fault(token.start() + 1, token[0], f"Only the first {MOST_TERMS} words are searched for.")
        return leaf if self._terms <= MOST_TERMS else None

    def _starts_telling_part(self) -> bool:
        """Whether a part comes next that is not just a stop word: NOT excludes nothing in "How NOT to measure"."""
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        return bool(token and not token["close"] and (not token["word"] or _tells(token["word"])))

    def _read_leaf(self, token: re.Match[str]) -> Leaf | None:
        place = token.start() + 1
        if token["field"]:
            return self._read_field(token["field"].lower(), token["named"] or token["value"] or "", token)
        if token["phrase"] is not None:
            phrase = token["phrase"].strip()
            return Phrase(phrase, place) if _says_something(phrase) else None
        word = token["word"].lstrip("-")
        stem = word if tokens.is_initial(word) else word.rstrip(_END_SIGNS + "*")
        if not _says_something(stem) or word == "AND":
            return None
        if _YEARS_ALONE.fullmatch(stem):
            return Field("year", _read_years(stem), place)
        if "*" in word[len(stem) :] and sum(map(str.isalnum, stem)) > 1:
            return Prefix(stem, place)
        return Word(stem.lower() if stem in _OPERATORS else stem, place)

    def _read_field(self, name: str, value: str, token: re.Match[str]) -> Leaf | None:
        place, value = token.start() + 1, value.strip().rstrip(",;")
        if not value and token["named"] is None and (following := self._read_spaced_value()):
            return self._read_spaced_field(name, following, place)
        if name in NAMED_FIELDS:
            if name == "lang" and _says_something(value) and not tokens.is_language(value):
                self.add_fault(
                    place, token[0], f"There is no such language: {value}. Write its name or its code: lang:de."
                )
                return None
            if _says_something(value):
                return Field(name, value, place)
        elif read := _READERS[name](value):
            return Field(name, read, place)
        self.add_fault(place, token[0], _WANTED[name])
        return None

    def _read_spaced_value(self) -> str:
        """Return the word or phrase after a field's colon and a space, without moving past it.

        Return "" if a stop word, anything else or nothing comes next.
        """
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or not (token["word"] or token["phrase"]) or not self._starts_telling_part():
            return ""
        return (token["phrase"] or token["word"].rstrip(",;" + _END_SIGNS)).strip()

    def _read_spaced_field(self, name: str, value: str, place: int) -> Leaf:
        """Return `tag: docker` as the field `tag:docker`.

        If the value does not fit, as in "Day: seven", return the name of the field as a word.
        """
        if not (read := value if name in NAMED_FIELDS else _READERS[name](value)):
            return Word(name, place)
        self._next += 1
        return Field(name, read, place)


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _tells(word: str) -> bool:
    stops = all(map(tokens.says_nothing, tokens.list_words(word)))
    return _says_something(word) and word not in _OPERATORS and not stops


def _read_years(value: str) -> str:
    match = _YEARS.fullmatch(value)
    if not match or not (match[1] or match[3]):
        return ""
    first, last = (str(int(year)) if year else "" for year in (match[1], match[3]))
    if first and last and int(first) > int(last):
        first, last = last, first
    return f"{first}..{last}" if match[2] and first != last else first


def _read_day(value: str) -> str:
    return str(int(value)) if value.isdecimal() and len(value) < 3 else ""


def _read_choice(value: str, choices: tuple[str, ...]) -> str:
    value = value.casefold()
    return next((choice for choice in choices if value in (choice, f"{choice}s", choice.removesuffix("s"))), "")


def _list_choices(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} and {choices[-1]}"


_READERS: dict[str, Callable[[str], str]] = {
    "year": _read_years,
    "day": _read_day,
    "kind": lambda value: _read_choice(value, REFERENCE_KINDS),
    "has": lambda value: _read_choice(value, HAS_VALUES),
    "no": lambda value: _read_choice(value, HAS_VALUES),
}
_WANTED = {
    "tag": "Say which tag after tag: as in tag:docker.",
    "speaker": 'Say which speaker after speaker: as in speaker:"lisa guo".',
    "conference": "Say which conference after conference: as in conference:qcon.",
    "writer": 'Say which writer after writer: as in writer:"a. name".',
    "lang": "Say which language after lang: as in lang:de.",
    "year": "Write a year, or the first and the last: year:2017 or year:2015..2018.",
    "day": "Write the number of a day: day:2.",
    "kind": f"The kinds are {_list_choices(REFERENCE_KINDS)}.",
    "has": f"After has: stands one of {_list_choices(HAS_VALUES)}.",
    "no": f"After no: stands one of {_list_choices(HAS_VALUES)}.",
}
