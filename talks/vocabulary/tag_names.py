"""The shipped tags, read from tags_and_aliases.toml, and which of these tags a name means.

Only `read_addresses` reads the database too, for the aliases that editors gave.
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
    """A tag in tags_and_aliases.toml, where its fields are explained; `near` is the field `with` of that file."""

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
        """Return each spelling in `name`, `aliases` and `wary`, with whether it needs the conditions `case` and `near`.

        Those in `wary` do; without `wary`, the name alone does. `near` asks for a clue anywhere in the talk.
        """
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
    """Whether the tag with this folded name says nothing about the topic of notes, such as "slides" or "2019"."""
    return key in _list_words_of_notes() or _YEAR.fullmatch(key) is not None


@cache
def _list_words_of_notes() -> frozenset[str]:
    return frozenset(names.fold(word) for word in _read_file()["of_notes"])


def list_included(key: str) -> tuple[str, ...]:
    """Return the folded names of the tags that a tag includes; none for most tags.

    "service mesh" includes Istio, Linkerd and others. `key` is the folded name of the tag.
    """
    return index_included().get(key, ())


@cache
def index_included() -> dict[str, tuple[str, ...]]:
    return {names.fold(tag): tuple(map(names.fold, included)) for tag, included in _read_file()["includes"].items()}


@cache
def index_shipped() -> dict[str, ShippedTag]:
    return {tag.key: tag for tag in load_shipped()}


def recognise(name: str) -> ShippedTag | None:
    """Return the shipped tag that a name means, by its spelling or as a plural; None if no shipped tag is meant.

    `k8s` means Kubernetes.
    """
    spelled, singular = _load_spellings()
    key = spelled.get(fold_spelling(name)) or singular.get(fold_spelling(name, singular=True))
    return index_shipped()[key] if key else None


@cache
def _load_spellings() -> list[dict[str, str]]:
    return list(load_table("spellings", _index_spellings))


def _index_spellings() -> list[dict[str, str]]:
    """Return two tables that map spellings to the folded names of shipped tags; the second has them in the singular.

    A spelling that is the name of one tag and an alias of another leads to the tag with this name.
    """
    spelled: dict[str, str] = {}
    singular: dict[str, str] = {}
    ways = [(way, tag) for tag in load_shipped() for way, _ in tag.list_spellings()]
    for way, tag in [(tag.name, tag) for tag in load_shipped()] + ways:
        spelled.setdefault(fold_spelling(way), tag.key)
        singular.setdefault(fold_spelling(way, singular=True), tag.key)
    return [spelled, singular]


def is_distinctive(name: str) -> bool:
    """Whether a tag of posts is looked for in all posts, too: "GraalVM" is, "iteration" is not.

    Everyday words rarely mean the tag in other posts. So the name must be shipped, have several words, or have a
    capital letter or a digit after its first character.
    """
    inside = name[1:]
    several = len(split_words(name).raw) > 1
    return several or any(c.isupper() or c.isdigit() for c in inside) or recognise(name) is not None


def read_addresses(slugs: Collection[str]) -> dict[str, str]:
    """Return by slug the folded name of the tag that this slug leads to, by an alias or else by a shipped spelling.

    Slugs that lead to no tag are left out. The tag of a shipped spelling may be missing in the database.
    """
    given = {names.slugify(name): key for name, key in TagAlias.objects.values_list("name", "tag__folded")}
    shipped = {slug: entry.key for slug in slugs if names.slugify(slug) == slug and (entry := recognise(slug))}
    return shipped | {slug: given[slug] for slug in slugs if slug in given}
