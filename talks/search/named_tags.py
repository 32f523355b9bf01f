"""Finds the tags that the words of a query name, and the further tags that these tags include."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Value

from talks import names
from talks.models import Tag, TagAlias, prepared
from talks.search.query import All, Either, Field, Leaf, Part, Phrase, Without, Word, list_leaves
from talks.vocabulary import index_shipped, list_included, recognise

_LONGEST_NAME = 5


@dataclass(slots=True)
class NamedTags:
    """The primary keys of tags that parts of a query name, and of further tags that these tags include, by `id(part)`.

    Only words include further tags; excluded words, phrases and fields do not. `shipped` are the `id()`s of parts that
    belong to a name of the shipped vocabulary and are therefore no misspellings, even if the base does not have the
    tag.
    """

    tags: dict[int, list[int]] = field(default_factory=dict)
    included: dict[int, list[int]] = field(default_factory=dict)
    shipped: set[int] = field(default_factory=set)


def find_tags(root: Part) -> NamedTags:
    """Find the tags that parts of the query name, by their names, aliases or spellings of the shipped vocabulary."""
    runs = list(_list_runs(root))
    found = NamedTags()
    keys: dict[str, list[str]] = {}
    for text, leaves in runs:
        shipped = recognise(text) or recognise(text.replace(" ", "/"))
        keys[text] = sorted({names.fold_tag(text), *([shipped.key] if shipped else [])})
        found.shipped |= set(map(id, leaves)) if shipped else set()
    included = {text: [other for key in own for other in list_included(key)] for text, own in keys.items()}
    wanted = {key for own in (*keys.values(), *included.values()) for key in own}
    rows = _select_tags(sorted(wanted), sorted({key for own in keys.values() for key in own})) if wanted else ()
    known = {key: pk for key, pk, alias in rows if not alias}
    named = known | {key: pk for key, pk, alias in rows if alias}
    asked = {id(leaf) for leaf in list_leaves(root) if isinstance(leaf, Word)}
    for text, leaves in runs:
        for leaf in map(id, leaves):
            found.tags.setdefault(leaf, []).extend(named[key] for key in keys[text] if key in named)
            if leaf in asked:
                found.included.setdefault(leaf, []).extend(known[key] for key in included[text] if key in known)
    return found


@prepared
def _select_tags(keys: Collection[str], aliases: Collection[str]) -> QuerySet[Any, Any]:
    """Return a list of triples: a folded name, the primary key of its tag, and 1 if the name is an alias, else 0."""
    named = Tag.objects.filter(folded__in=keys).order_by().values_list("folded", "pk", Value(0))
    return named.union(TagAlias.objects.filter(folded__in=aliases).order_by().values_list("folded", "tag", Value(1)))


def _list_runs(root: Part) -> Iterator[tuple[str, Sequence[Leaf]]]:
    """Yield each text that may be the name of a tag, with the query's parts that it is made of.

    It is a phrase, the value of a `tag:` field, or one to `_LONGEST_NAME` neighbouring words.
    """
    if isinstance(root, Word | Phrase):
        yield root.text, [root]
    elif isinstance(root, Field):
        if root.name == "tag":
            yield root.value, [root]
    elif isinstance(root, Without):
        yield from _list_runs(root.part)
    elif isinstance(root, Either):
        for part in root.parts:
            yield from _list_runs(part)
    elif isinstance(root, All):
        for start, part in enumerate(root.parts):
            run: list[Word] = []
            for word in root.parts[start : start + _LONGEST_NAME]:
                if not isinstance(word, Word):
                    break
                run.append(word)
                yield " ".join(map(str, run)), list(run)
            if not run:
                yield from _list_runs(part)


def list_spellings(tag: Tag) -> Iterator[str]:
    """Yield all spellings of a tag: its name, its aliases, and the spellings that the shipped vocabulary has for each.

    The tag's aliases must be loaded.
    """
    for name in (tag.name, *(alias.name for alias in tag.aliases.all())):
        yield name
        if shipped := index_shipped().get(names.fold(name)):
            yield from (way for way, _ in shipped.list_spellings())
