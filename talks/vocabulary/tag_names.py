"""The shipped tags, from tags_and_aliases.toml, and which of them a name means.

Only `read_addresses` looks into the database too, for the aliases that editors gave.
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from talks import names
from talks.models import TagAlias
from talks.vocabulary.equal_spellings import fold_spelling, split_words
from talks.vocabulary.table_cache import load_table

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FILE = Path(__file__).parent / "tags_and_aliases.toml"


@dataclass(frozen=True, slots=True)
class ShippedTag:
    """An entry of tags_and_aliases.toml, which explains its fields. `near` is `with` there, `key` the folded name."""

    name: str
    aliases: tuple[str, ...] = ()
    wary: tuple[str, ...] = ()
    case: bool = False
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return names.fold(self.name)

    @cache  # noqa: B019 shipped tags live as long as the process
    def list_spellings(self) -> tuple[tuple[str, bool], ...]:
        """Return pairs of a spelling of the entry and whether it counts only under the entry's conditions."""
        conditional = {names.fold(spelling) for spelling in self.wary or (self.name,)}
        spellings = {names.fold(way): way for way in (self.name, *self.aliases, *self.wary)}
        return tuple((way, folded in conditional) for folded, way in spellings.items())


@cache
def _read_file() -> dict[str, Any]:
    return dict(load_table("names", lambda: tomllib.loads(_FILE.read_text(encoding="utf-8"))))


@cache
def load_shipped() -> tuple[ShippedTag, ...]:
    return tuple(
        ShippedTag(
            entry["name"],
            tuple(entry.get("aliases", ())),
            tuple(entry.get("wary", ())),
            entry.get("case", False),
            tuple(entry.get("with", ())),
            tuple(entry.get("unless", ())),
        )
        for entry in _read_file()["tag"]
    )


def tells_no_topic(key: str) -> bool:
    """Whether this is the key of a tag such as "slides" or "2019", which says nothing about the topic of notes."""
    return key in _list_words_of_notes() or _YEAR.fullmatch(key) is not None


@cache
def _list_words_of_notes() -> frozenset[str]:
    return frozenset(names.fold(word) for word in _read_file()["of_notes"])


def list_included(key: str) -> tuple[str, ...]:
    """Return the keys of the tags that this tag includes: "service mesh" includes Istio, Linkerd and so on."""
    return index_included().get(key, ())


@cache
def index_included() -> dict[str, tuple[str, ...]]:
    return {names.fold(tag): tuple(map(names.fold, included)) for tag, included in _read_file()["includes"].items()}


@cache
def index_shipped() -> dict[str, ShippedTag]:
    return {tag.key: tag for tag in load_shipped()}


def recognise(name: str) -> ShippedTag | None:
    """Return the shipped entry that a name means, such as Kubernetes for k8s; None if there is none."""
    spelled, singular = _load_spellings()
    key = spelled.get(fold_spelling(name)) or singular.get(fold_spelling(name, singular=True))
    return index_shipped()[key] if key else None


@cache
def _load_spellings() -> list[dict[str, str]]:
    return list(load_table("spellings", _index_spellings))


def _index_spellings() -> list[dict[str, str]]:
    """Return two tables of the keys of entries: by spelling, and by its singular.

    A spelling that is the name of one entry and an alias of another leads to the entry that has it as name.
    """
    spelled: dict[str, str] = {}
    singular: dict[str, str] = {}
    ways = [(way, tag) for tag in load_shipped() for way, _ in tag.list_spellings()]
    for way, tag in [(tag.name, tag) for tag in load_shipped()] + ways:
        spelled.setdefault(fold_spelling(way), tag.key)
        singular.setdefault(fold_spelling(way, singular=True), tag.key)
    return [spelled, singular]


def is_distinctive(name: str) -> bool:
    """Whether mentions of a post's tag are worth finding in all posts: `GraalVM` is, `iteration` is not.

    Everyday words in other posts rarely mean the tag. Therefore a name that is not shipped must have several words, or
    a capital letter or digit after its first letter.
    """
    inside = name[1:]
    several = len(split_words(name).raw) > 1
    return several or any(c.isupper() or c.isdigit() for c in inside) or recognise(name) is not None


def read_addresses(slugs: Collection[str]) -> dict[str, str]:
    """Return by slug the folded name of the tag that has an alias or a shipped spelling with this slug.

    An alias goes before a shipped spelling. Other slugs are left out. The base need not have the tag of a shipped
    spelling.
    """
    given = {names.slugify(name): key for name, key in TagAlias.objects.values_list("name", "tag__folded")}
    shipped = {slug: entry.key for slug in slugs if names.slugify(slug) == slug and (entry := recognise(slug))}
    return shipped | {slug: given[slug] for slug in slugs if slug in given}
