"""Finds the tags that talks and takeaways mention. Only this module writes tags of the origin `mention`.

The mentions of a talk follow from its title and takeaways, the titles and tags of its posts, and the vocabulary, and
from nothing else, so that any order of imports and edits leads to the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from talks.derived.listings import read_audiences
from talks.models import Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk, TalkSource
from talks.models.bulk import add_rows, insert_rows, split_chunks
from talks.models.named_model import find_slugs
from talks.vocabulary import (
    BaseTag,
    Context,
    FoundNames,
    Vocabulary,
    compile_vocabulary,
    index_shipped,
    list_words_of_notes,
)

_CHUNK = 600
_MENTION = "mention"

Mentions = dict[int, set[str]]  # by primary key of the talk or takeaway


def refresh_mentions(talk_ids: Iterable[int]) -> set[int]:
    """Correct the mentions of these talks; return the ids of talks that gained or lost a mention.

    Shipped tags that they mention and the base lacks are created.
    """
    vocabulary = load_vocabulary()
    changed: set[int] = set()
    for chunk in split_chunks(talk_ids, _CHUNK):
        with transaction.atomic(savepoint=False):
            differences = _compare_mentions(chunk, vocabulary)
            wanted = {key for difference in differences for _, key in difference.missing}
            tags = dict(Tag.objects.filter(folded__in=wanted).values_list("folded", "pk"))
            tags |= _create_tags(wanted - tags.keys())
            for difference in differences:
                _write_difference(difference, tags)
                changed |= difference.talks
    return changed


def _create_tags(keys: set[str]) -> dict[str, int]:
    """Create the tags of these entries of the shipped vocabulary; return their primary keys by folded name."""
    if not keys:
        return {}
    taken, rows = find_slugs(Tag), []
    for key in sorted(keys):
        rows.append(tag := Tag(name=index_shipped()[key].name))
        tag.derive(taken)
        taken.add(tag.slug)
    add_rows(rows)
    return dict(Tag.objects.filter(folded__in=keys).values_list("folded", "pk"))


def find_stale_mentions() -> Iterator[int]:
    """Yield the ids of talks whose stored mentions are wrong."""
    vocabulary = load_vocabulary()
    for chunk in split_chunks(Talk.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK), _CHUNK):
        differences = _compare_mentions(chunk, vocabulary)
        yield from sorted({talk for difference in differences for talk in difference.talks})


def load_vocabulary() -> Vocabulary:
    """Return the vocabulary: the shipped entries and the base's tags; a tag replaces the shipped entry of its name.

    Tags that name the notes themselves ("slides") are left out, unless an editor gave such a tag an alias.
    """
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for key, alias in TagAlias.objects.order_by("folded").values_list("tag__folded", "name"):
        aliases[key].append(alias)
    shipped, of_notes = index_shipped(), list_words_of_notes()
    rows = Tag.objects.order_by("folded").values_list("folded", "name", "everywhere")
    return compile_vocabulary(
        tuple(
            BaseTag(key, name, tuple(aliases[key]), everywhere)
            for key, name, everywhere in rows
            if key in aliases or (key not in of_notes and (key not in shipped or not everywhere))
        )
    )


@dataclass(slots=True)
class _Difference:
    """The rows of mentions to add and to delete, and the talks concerned.

    `missing` holds pairs of a talk's or takeaway's id and a tag's key; `surplus` holds ids of rows.
    """

    model: type[TaggedTalk] | type[TaggedTakeaway]
    missing: list[tuple[int, str]] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    talks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Notes:
    """The names of tags found in the texts of some talks: `titles` by the talk's id, `takeaways` by the takeaway's id.

    `takeaways` also holds the talk's id, and `shown` the ids of takeaways that are shown. `clues` are words by which
    ambiguous names are resolved, and `post_tags` the keys of the tags of the talk's posts, both by the talk's id.
    """

    titles: dict[int, FoundNames] = field(default_factory=dict)
    takeaways: dict[int, tuple[int, FoundNames]] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()
    clues: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    post_tags: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def _compare_mentions(talk_ids: list[int], vocabulary: Vocabulary) -> tuple[_Difference, _Difference]:
    """Return the changes needed to the mentions of takeaways, and those needed to the mentions of talks.

    A talk mentions what its title and its shown takeaways mention. A tag that an editor refused for a talk is refused
    for its takeaways too.
    """
    notes = _read_notes(talk_ids, vocabulary)
    contexts = {talk: Context(frozenset(notes.clues[talk]), frozenset(notes.post_tags[talk])) for talk in notes.titles}
    of_takeaways = _list_tagged(
        TaggedTakeaway.everything.filter(content_object__talk__in=talk_ids), "content_object__talk"
    )
    of_talks = _list_tagged(TaggedTalk.everything.filter(content_object__in=talk_ids), "content_object")
    refused, refused_here = _gather_refused(of_talks), _gather_refused(of_takeaways)
    by_talk = {talk: vocabulary.resolve(reading, contexts[talk]) for talk, reading in notes.titles.items()}
    by_takeaway: Mentions = {}
    for pk, (talk, reading) in notes.takeaways.items():
        by_takeaway[pk] = vocabulary.resolve(reading, contexts[talk]) - refused[talk]
        if pk in notes.shown:
            by_talk[talk] |= by_takeaway[pk] - refused_here[pk]
    talks = {pk: talk for pk, (talk, _) in notes.takeaways.items()}
    return (
        _collect_differences(_Difference(TaggedTakeaway), of_takeaways, by_takeaway, talks),
        _collect_differences(_Difference(TaggedTalk), of_talks, by_talk, {talk: talk for talk in by_talk}),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A stored tag of a talk or takeaway; `bearer` is the id of the row that has the tag."""

    pk: int
    bearer: int
    key: str
    origin: str
    refused: bool
    talk: int


def _list_tagged(rows: QuerySet[Any], talk: str) -> list[_Row]:
    columns = rows.order_by().values_list("pk", "content_object", "tag__folded", "origin", "refused", talk)
    return [_Row(*values) for values in columns]


def _gather_refused(rows: Iterable[_Row]) -> defaultdict[int, set[str]]:
    """Return the keys of the tags that editors refused, by id of the talk or takeaway."""
    refused: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.refused:
            refused[row.bearer].add(row.key)
    return refused


def _collect_differences(
    difference: _Difference, rows: list[_Row], mentioned: Mentions, talks: dict[int, int]
) -> _Difference:
    """Add to `difference` what turns the mentions among the stored `rows` into `mentioned`, and return it.

    A tag that a row gives already, by any origin or as refused, is not missing. `talks` maps the id of each talk or
    takeaway to its talk.
    """
    there: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        there[row.bearer].add(row.key)
        if row.origin == _MENTION and row.key not in mentioned.get(row.bearer, ()):
            difference.surplus.append(row.pk)
            difference.talks.add(row.talk)
    for bearer, keys in mentioned.items():
        if new := keys - there[bearer]:
            difference.missing += [(bearer, key) for key in sorted(new)]
            difference.talks.add(talks[bearer])
    return difference


def _write_difference(difference: _Difference, tags: dict[str, int]) -> None:
    model: Any = difference.model
    if difference.surplus:
        model.everything.filter(pk__in=difference.surplus).delete()
    rows = ((bearer, tags[key], _MENTION, False) for bearer, key in difference.missing)
    insert_rows(model, ("content_object", "tag", "origin", "refused"), rows)


def _read_notes(talk_ids: list[int], vocabulary: Vocabulary) -> _Notes:
    notes = _Notes()
    for talk, title in Talk.objects.filter(pk__in=talk_ids).order_by().values_list("pk", "title"):
        notes.titles[talk] = vocabulary.read(title)
        notes.clues[talk] |= notes.titles[talk].clues
    units = Takeaway.objects.filter(talk__in=talk_ids, withdrawn=False).order_by()
    for pk, talk, text in units.values_list("pk", "talk", "text"):
        reading = vocabulary.read(text)
        notes.takeaways[pk] = talk, reading
        notes.clues[talk] |= reading.clues
    notes.shown = frozenset(Takeaway.objects.seen_with_talk(read_audiences(talk_ids)).values_list("pk", flat=True))
    talks_of: defaultdict[int, list[int]] = defaultdict(list)
    read_clues = cache(lambda text: vocabulary.read(text).clues)  # many talks have the same post, many posts its tags
    for talk, post, title in _list_posts(talk_ids):
        talks_of[post].append(talk)
        notes.clues[talk] |= read_clues(title)
    tags = TaggedPost.objects.filter(content_object__in=talks_of).values_list(
        "content_object", "tag__folded", "tag__name"
    )
    for post, key, name in tags:
        for talk in talks_of[post]:
            notes.post_tags[talk].add(key)
            notes.clues[talk] |= read_clues(name)
    return notes


def _list_posts(talk_ids: list[int]) -> Iterable[tuple[int, int, str]]:
    """Return rows of talk id, post id and post title: one for each post that has notes of a talk."""
    sources = TalkSource.objects.filter(talk__in=talk_ids, withdrawn=False).order_by()
    return sources.values_list("talk", "post", "post__title")
