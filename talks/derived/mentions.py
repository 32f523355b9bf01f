"""Which subjects talks and takeaways mention. This is the only place that writes tags by mention.

What a talk mentions follows from its title and takeaways, from titles and tags of the posts that tell of it, and from
the vocabulary: nothing else, so that any order of imports and edits leads to the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from talks.derived.talk_standing import read_audiences
from talks.models import Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk, TalkSource
from talks.models.bulk import cut, insert_rows
from talks.vocabulary import (
    Context,
    Joined,
    Reading,
    Vocabulary,
    compile_vocabulary,
    index_shipped,
    list_words_of_notes,
)

_CHUNK = 200
_MENTION = "mention"

Mentions = dict[int, set[str]]  # by primary key of the talk or takeaway


def refresh_mentions(talk_ids: Iterable[int]) -> set[int]:
    """Make the mentions of these talks what they should be; the talks for which something came or went."""
    vocabulary = load_vocabulary()
    changed: set[int] = set()
    for chunk in cut(talk_ids, _CHUNK):
        with transaction.atomic(savepoint=False):
            differences = _compare(chunk, vocabulary)
            wanted = {key for difference in differences for _, key in difference.missing}
            tags = dict(Tag.objects.filter(folded__in=wanted).values_list("folded", "pk"))
            tags |= {key: Tag.objects.create(name=index_shipped()[key].name).pk for key in sorted(wanted - tags.keys())}
            for difference in differences:
                _apply(difference, tags)
                changed |= difference.talks
    return changed


def stale_mentions() -> Iterator[int]:
    """Row ids of the talks whose mentions are not what they should be."""
    vocabulary = load_vocabulary()
    for chunk in cut(Talk.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK), _CHUNK):
        differences = _compare(chunk, vocabulary)
        yield from sorted({talk for difference in differences for talk in difference.talks})


def load_vocabulary() -> Vocabulary:
    """The shipped names and those of the base. Tags that only stand for shipped ones as they are change nothing.

    Words for the notes themselves are none of them, unless a hand gave them another name.
    """
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for key, alias in TagAlias.objects.order_by("folded").values_list("tag__folded", "name"):
        aliases[key].append(alias)
    shipped, of_notes = index_shipped(), list_words_of_notes()
    rows = Tag.objects.order_by("folded").values_list("folded", "name", "everywhere")
    return compile_vocabulary(
        tuple(
            Joined(key, name, tuple(aliases[key]), everywhere)
            for key, name, everywhere in rows
            if key in aliases or (key not in of_notes and (key not in shipped or not everywhere))
        )
    )


@dataclass(slots=True)
class _Difference:
    """Rows of one model that are missing, by what bears the tag and its key, and rows that are too many."""

    model: type[TaggedTalk] | type[TaggedTakeaway]
    missing: list[tuple[int, str]] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    talks: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Notes:
    """What is read of talks: titles, takeaways with the talk of each, and readings of all texts that go with one."""

    titles: dict[int, Reading] = field(default_factory=dict)
    takeaways: dict[int, tuple[int, Reading]] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()
    marks: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    carried: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def _compare(talk_ids: list[int], vocabulary: Vocabulary) -> tuple[_Difference, _Difference]:
    """What must change for the takeaways and for the talks, which mention what their takeaways do that are shown.

    What was refused to a talk its takeaways do not mention either.
    """
    notes = _read_notes(talk_ids, vocabulary)
    contexts = {talk: Context(frozenset(notes.marks[talk]), frozenset(notes.carried[talk])) for talk in notes.titles}
    of_takeaways = _list_rows(
        TaggedTakeaway.everything.filter(content_object__talk__in=talk_ids), "content_object__talk"
    )
    of_talks = _list_rows(TaggedTalk.everything.filter(content_object__in=talk_ids), "content_object")
    refused, refused_here = _gather_refused(of_talks), _gather_refused(of_takeaways)
    by_talk = {talk: vocabulary.resolve(reading, contexts[talk]) for talk, reading in notes.titles.items()}
    by_takeaway: Mentions = {}
    for pk, (talk, reading) in notes.takeaways.items():
        by_takeaway[pk] = vocabulary.resolve(reading, contexts[talk]) - refused[talk]
        if pk in notes.shown:
            by_talk[talk] |= by_takeaway[pk] - refused_here[pk]
    talks = {pk: talk for pk, (talk, _) in notes.takeaways.items()}
    return (
        _sort_out(_Difference(TaggedTakeaway), of_takeaways, by_takeaway, talks),
        _sort_out(_Difference(TaggedTalk), of_talks, by_talk, {talk: talk for talk in by_talk}),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A tag on a talk or on one of its takeaways, which is its bearer."""

    pk: int
    bearer: int
    key: str
    origin: str
    refused: bool
    talk: int


def _list_rows(rows: QuerySet[Any], talk: str) -> list[_Row]:
    columns = rows.order_by().values_list("pk", "content_object", "tag__folded", "origin", "refused", talk)
    return [_Row(*values) for values in columns]


def _gather_refused(rows: Iterable[_Row]) -> defaultdict[int, set[str]]:
    """What a hand refused, by what it refused it to."""
    refused: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.refused:
            refused[row.bearer].add(row.key)
    return refused


def _sort_out(difference: _Difference, rows: list[_Row], mentioned: Mentions, talks: dict[int, int]) -> _Difference:
    """Compare rows with what is mentioned; `talks` are those of all bearers."""
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


def _apply(difference: _Difference, tags: dict[str, int]) -> None:
    model: Any = difference.model
    if difference.surplus:
        model.everything.filter(pk__in=difference.surplus).delete()
    rows = ((bearer, tags[key], _MENTION, False) for bearer, key in difference.missing)
    insert_rows(model, ("content_object", "tag", "origin", "refused"), rows)


def _read_notes(talk_ids: list[int], vocabulary: Vocabulary) -> _Notes:
    notes = _Notes()
    for talk, title in Talk.objects.filter(pk__in=talk_ids).order_by().values_list("pk", "title"):
        notes.titles[talk] = vocabulary.read(title)
        notes.marks[talk] |= notes.titles[talk].marks
    units = Takeaway.objects.filter(talk__in=talk_ids, withdrawn=False).order_by()
    for pk, talk, text in units.values_list("pk", "talk", "text"):
        reading = vocabulary.read(text)
        notes.takeaways[pk] = talk, reading
        notes.marks[talk] |= reading.marks
    notes.shown = frozenset(Takeaway.objects.seen_with_talk(read_audiences(talk_ids)).values_list("pk", flat=True))
    told: defaultdict[int, list[int]] = defaultdict(list)
    for talk, post, title in _list_posts(talk_ids):
        told[post].append(talk)
        notes.marks[talk] |= vocabulary.read(title).marks
    tags = TaggedPost.objects.filter(content_object__in=told).values_list("content_object", "tag__folded", "tag__name")
    for post, key, name in tags:
        for talk in told[post]:
            notes.carried[talk].add(key)
            notes.marks[talk] |= vocabulary.read(name).marks
    return notes


def _list_posts(talk_ids: list[int]) -> Iterable[tuple[int, int, str]]:
    """The talk, the post and its title for each post that tells of a talk."""
    sources = TalkSource.objects.filter(talk__in=talk_ids, withdrawn=False).order_by()
    return sources.values_list("talk", "post", "post__title")
