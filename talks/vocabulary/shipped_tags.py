"""The vocabulary that ships with the project, and what its entries mean. Pure but for reading its one file."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from talks import names
from talks.vocabulary.word_runs import spell, split_words

_FILE = Path(__file__).parent / "vocabulary.toml"


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry of the vocabulary; its file says what the fields mean. `key` is the folded name."""

    name: str
    aliases: tuple[str, ...] = ()
    wary: tuple[str, ...] = ()
    case: bool = False
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is called wherever subjects are told apart."""
        return names.fold(self.name)

    def list_spellings(self) -> Iterator[tuple[str, bool]]:
        """Each way to write it, and whether the conditions hold for that one."""
        conditional = {names.fold(spelling) for spelling in self.wary or (self.name,)}
        spellings = {names.fold(way): way for way in (self.name, *self.aliases, *self.wary)}
        for folded, way in spellings.items():
            yield way, folded in conditional


@cache
def load_shipped() -> tuple[Subject, ...]:
    """All entries of the file, in its order."""
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)["subject"]
    return tuple(
        Subject(
            entry["name"],
            tuple(entry.get("aliases", ())),
            tuple(entry.get("wary", ())),
            entry.get("case", False),
            tuple(entry.get("with", ())),
            tuple(entry.get("unless", ())),
        )
        for entry in entries
    )


@cache
def list_words_of_notes() -> frozenset[str]:
    """Keys of tags that say what notes are called, and not what they are about."""
    with _FILE.open("rb") as file:
        return frozenset(names.fold(word) for word in tomllib.load(file)["of_notes"])


@cache
def index_shipped() -> dict[str, Subject]:
    """The entries by their keys."""
    return {subject.key: subject for subject in load_shipped()}


def recognise(name: str) -> Subject | None:
    """The entry that a tag of this name means: k8s is Kubernetes, event-sourcing is Event Sourcing."""
    spelled, singular = _index_spellings()
    return spelled.get(spell(name)) or singular.get(spell(name, singular=True))


@cache
def _index_spellings() -> tuple[dict[str, Subject], dict[str, Subject]]:
    """By every spelling, and by every one in the singular; a name goes before another one's alias."""
    both: tuple[dict[str, Subject], dict[str, Subject]] = ({}, {})
    ways = [(way, subject) for subject in load_shipped() for way, _ in subject.list_spellings()]
    for way, subject in [(subject.name, subject) for subject in load_shipped()] + ways:
        both[0].setdefault(spell(way), subject)
        both[1].setdefault(spell(way, singular=True), subject)
    return both


def stands_out(name: str) -> bool:
    """Whether a post's tag is looked for in all other posts too: `GraalVM` and `chaos engineering`, not `iteration`.

    A word of everyday language says of other posts' texts nothing: what the vocabulary does not know must be of
    several words, or hold a capital letter or a digit after its first letter.
    """
    inside = name[1:]
    several = len(split_words(name).raw) > 1
    return several or any(c.isupper() or c.isdigit() for c in inside) or recognise(name) is not None
