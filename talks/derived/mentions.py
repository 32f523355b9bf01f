"""Finds the tags that talks and takeaways mention. Only this module writes tags of the origin `mention`.

The mentions of a talk follow from its title and takeaways, the titles and tags of its posts, who may see these, the
tags that editors refused, and the vocabulary, and from nothing else, so that any order of imports and edits leads to
the same rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from talks.derived.listings import list_public, read_audiences
from talks.derived.new_talks import NO_NEW_TALKS, NewTalks
from talks.grouping import group_pairs
from talks.models import Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk, TalkSource, prepared
from talks.models.bulk import add_rows, insert_rows, split_chunks
from talks.models.named_model import find_slugs
from talks.vocabulary import BaseTag, Context, FoundNames, Vocabulary, compile_vocabulary, index_shipped, tells_no_topic

_CHUNK = 600
_MENTION = "mention"

Mentions = dict[int, set[str]]  # by primary key of the talk or takeaway


def refresh_mentions(
    talk_ids: Iterable[int], vocabulary: Vocabulary | None = None, new: NewTalks = NO_NEW_TALKS
) -> set[int]:
    """Correct the mentions of these talks and their takeaways; return the ids of talks for which a mention changed.

    Tags of the shipped vocabulary that they mention and the base lacks are created; these do not change the
    `vocabulary`. What `new` talks mention is noted in `new`.
    """
    vocabulary = vocabulary or load_vocabulary()
    changed: set[int] = set()
    for chunk in split_chunks(talk_ids, _CHUNK):
        with transaction.atomic(savepoint=False):
            differences = _compare_mentions(chunk, vocabulary, new)
            wanted = {key for difference in differences for _, key in difference.missing}
            tags = dict(_select_keys(wanted)) if wanted else {}
            tags |= _create_tags(wanted - tags.keys())
            for difference in differences:
                _write_difference(difference, tags)
                changed |= difference.talks
            _note_new(differences, tags, new)
    return changed


def _note_new(differences: tuple["_Difference", "_Difference"], tags: Mapping[str, int], new: NewTalks) -> None:
    """Note in `new` the tags of the new talks and their takeaways, which had none before."""
    for difference, noted in zip(differences, (new.tags_of_takeaways, new.tags), strict=True):
        for bearer, key in difference.missing:
            noted.setdefault(bearer, {})[key] = tags[key]


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
        differences = _compare_mentions(chunk, vocabulary, NO_NEW_TALKS)
        yield from sorted({talk for difference in differences for talk in difference.talks})


def load_vocabulary() -> Vocabulary:
    """Return the shipped vocabulary together with the base's tags; a tag replaces the shipped entry of its name.

    Tags that name the notes themselves ("slides") or a year are left out, unless an editor gave such a tag an alias.
    """
    aliases = group_pairs(_select_aliases())
    shipped = index_shipped()
    tags = [
        BaseTag(key, name, tuple(aliases[key]), everywhere)
        for key, name, everywhere in _select_tags()
        if key in aliases or (not tells_no_topic(key) and (key not in shipped or not everywhere))
    ]
    return compile_vocabulary(tuple(tags))


@prepared
def _select_keys(folded: Collection[str]) -> QuerySet[Any, Any]:
    return Tag.objects.filter(folded__in=folded).values_list("folded", "pk")


@prepared
def _select_aliases() -> QuerySet[Any, Any]:
    return TagAlias.objects.order_by("folded").values_list("tag__folded", "name")


@prepared
def _select_tags() -> QuerySet[Any, Any]:
    return Tag.objects.order_by("folded").values_list("folded", "name", "everywhere")


@dataclass(slots=True)
class _Difference:
    """Which rows of mentions to add and to delete, for takeaways or for talks, and the ids of the talks concerned.

    `missing` has pairs of a talk's or takeaway's id and a tag's key; `surplus` has ids of rows.
    """

    model: type[TaggedTalk] | type[TaggedTakeaway]
    missing: list[tuple[int, str]] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    talks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Notes:
    """The names of tags found in texts of some talks: `titles` by the talk's id, `takeaways` by the takeaway's id.

    `takeaways` also has the talk's id for each; `shown` are the ids of takeaways that readers see. `clues` are words by
    which ambiguous names are resolved, and `post_tags` the keys of the tags of the talk's posts, both by the talk's id.
    """

    titles: dict[int, FoundNames] = field(default_factory=dict)
    takeaways: dict[int, tuple[int, FoundNames]] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()
    clues: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    post_tags: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def _compare_mentions(talk_ids: list[int], vocabulary: Vocabulary, new: NewTalks) -> tuple[_Difference, _Difference]:
    """Return two `_Difference`s: what to change in the mentions of takeaways, and in the mentions of talks.

    A talk mentions what its title and its shown takeaways mention. A tag that an editor refused for a talk is refused
    for its takeaways too.
    """
    notes = _read_notes(talk_ids, vocabulary, new)
    contexts = {talk: Context(frozenset(notes.clues[talk]), frozenset(notes.post_tags[talk])) for talk in notes.titles}
    tagged = new.list_others(talk_ids)
    of_takeaways, of_talks = (_select_tags_of_takeaways(tagged), _select_tags_of_talks(tagged)) if tagged else ([], [])
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


@prepared
def _select_tags_of_takeaways(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return _name_columns(TaggedTakeaway.everything.filter(content_object__talk__in=talk_ids), "content_object__talk")


@prepared
def _select_tags_of_talks(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return _name_columns(TaggedTalk.everything.filter(content_object__in=talk_ids), "content_object")


def _name_columns(rows: QuerySet[Any], talk: str) -> QuerySet[Any, Any]:
    """Return ties of tags to talks or takeaways as named tuples; `bearer` is the id of the row that has the tag.

    `talk` is the path from the tie to the talk.
    """
    named = rows.order_by().annotate(bearer=F("content_object"), key=F("tag__folded"), talk=F(talk))
    return named.values_list("pk", "bearer", "key", "origin", "refused", "talk", named=True)


def _gather_refused(rows: Iterable[Any]) -> defaultdict[int, set[str]]:
    """Return the keys of the tags that editors refused, by id of the talk or takeaway that has the tie."""
    refused: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.refused:
            refused[row.bearer].add(row.key)
    return refused


def _collect_differences(
    difference: _Difference, rows: list[Any], mentioned: Mentions, talks: dict[int, int]
) -> _Difference:
    """Add to `difference` which mentions to delete from the stored `rows` and which of `mentioned` to add; return it.

    A tag that a talk or takeaway has already, by any origin or as refused, is not added. `talks` maps the id of each
    talk or takeaway to its talk.
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


def _read_notes(talk_ids: list[int], vocabulary: Vocabulary, new: NewTalks) -> _Notes:
    notes, stored = _Notes(), new.list_others(talk_ids)
    for talk, title in _select_titles(talk_ids):
        notes.titles[talk] = vocabulary.read(title)
        notes.clues[talk] |= notes.titles[talk].clues
    for pk, talk, text in _select_texts(stored) if stored else ():
        notes.takeaways[pk] = talk, vocabulary.read(text)
    shown = _select_shown(stored, list_public(read_audiences(stored))) if stored else []
    for talk, held in ((talk, new.notes[talk]) for talk in talk_ids if talk in new.notes):
        shown += held.takeaways
        starts = None if held.words is None else vocabulary.list_starts(held.words)
        for pk, (_, text) in zip(held.takeaways, held.notes, strict=True):
            notes.takeaways[pk] = talk, vocabulary.read(text, starts)
    notes.shown = frozenset(shown)
    for talk, reading in notes.takeaways.values():
        if reading.clues:
            notes.clues[talk] |= reading.clues
    talks_of: defaultdict[int, list[int]] = defaultdict(list)
    read_clues = cache(lambda text: vocabulary.read(text).clues)  # many talks have the same post, many posts its tags
    for talk, post, title in _select_posts(talk_ids):
        talks_of[post].append(talk)
        notes.clues[talk] |= read_clues(title)
    for post, key, name in _select_tags_of_posts(talks_of):
        for talk in talks_of[post]:
            notes.post_tags[talk].add(key)
            notes.clues[talk] |= read_clues(name)
    return notes


@prepared
def _select_titles(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Talk.objects.filter(pk__in=talk_ids).order_by().values_list("pk", "title")


@prepared
def _select_texts(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Takeaway.objects.filter(talk__in=talk_ids, withdrawn=False).order_by().values_list("pk", "talk", "text")


@prepared
def _select_shown(talk_ids: Collection[int], public: Collection[int]) -> QuerySet[Any, Any]:
    return Takeaway.objects.seen_with_talk(talk_ids, public).values_list("pk", flat=True)


@prepared
def _select_posts(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    sources = TalkSource.objects.filter(talk__in=talk_ids, withdrawn=False).order_by()
    return sources.values_list("talk", "post", "post__title")


@prepared
def _select_tags_of_posts(post_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TaggedPost.objects.filter(content_object__in=post_ids)
    return rows.values_list("content_object", "tag__folded", "tag__name")
