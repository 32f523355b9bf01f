"""Collects the words by which search finds each talk and post. Only this module lets `talks.search` write its index.

A public talk is found by words that everyone may read: notes of the talk in drafts add no words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from talks import search
from talks.derived.listings import list_public
from talks.derived.mentions import load_vocabulary
from talks.derived.new_talks import NO_NEW_TALKS, NewTalks, Note
from talks.models import (
    Appearance,
    Audience,
    Citation,
    Post,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkSource,
    prepared,
)
from talks.models.bulk import split_chunks
from talks.parsing import read_shown_lines
from talks.search import Document, PlacedNotes, Zone, number_note, place_notes, read_bit
from talks.vocabulary import Context, Vocabulary, read_plain

_CHUNK = 600
_POSTS = 50  # each may hold two million characters
_PASSAGES = frozenset({"intro", "outro", "unplaced", "aside"})

Placed = Mapping[tuple[Note, ...], PlacedNotes]
NOTHING_PLACED: Placed = {}


def refresh_search_text(
    talk_ids: Iterable[int],
    vocabulary: Vocabulary | None = None,
    placed: Placed = NOTHING_PLACED,
    new: NewTalks = NO_NEW_TALKS,
) -> None:
    """Write the words of these talks into the search index; talks whose index is correct already are not written.

    Talks that are deleted, or that nobody may see, leave the index. `placed` has by their notes what
    `place_notes_of_talk` returned before. `refresh_mentions` must have noted in `new` what new talks mention.
    """
    for chunk in split_chunks(sorted(set(talk_ids)), _CHUNK):
        found = compose_talks(chunk, vocabulary, placed, new)
        search.write_documents(found.values(), gone=[pk for pk in chunk if pk not in found])


def refresh_passages(post_ids: Iterable[int]) -> None:
    """Write the words of these posts into the search index: title, event, writer, tags, and texts of no talk.

    Deleted and withdrawn posts leave the index.
    """
    for chunk in split_chunks(sorted(set(post_ids)), _POSTS):
        found = compose_posts(chunk)
        search.write_documents(found.values(), gone=[-pk for pk in chunk if -pk not in found])


def find_stale_search_text() -> list[int]:
    """Return the ids of talks, and the negated ids of posts, that the search index has wrongly or lacks."""
    blocks = {*search.list_blocks()}
    blocks.update(search.locate(pk)[0] for pk in Talk.objects.order_by().values_list("pk", flat=True).iterator())
    blocks.update(search.locate(-pk)[0] for pk in Post.objects.order_by().values_list("pk", flat=True).iterator())
    return [key for block in sorted(blocks) for key in search.list_stale(block, _compose_block(block))]


def rewrite_search_text(keys: Iterable[int]) -> None:
    """Build each block of the search index anew that has one of the keys: ids of talks, or negated ids of posts."""
    for block in sorted({search.locate(key)[0] for key in keys}):
        with transaction.atomic():
            search.drop_block(block)
            search.write_documents(_compose_block(block))


def _compose_block(block: int) -> list[Document]:
    keys = search.list_keys(block)
    found = compose_talks(keys) if block >= 0 else compose_posts(-key for key in keys)
    return list(found.values())


def compose_talks(
    talk_ids: Iterable[int],
    vocabulary: Vocabulary | None = None,
    placed: Placed = NOTHING_PLACED,
    new: NewTalks = NO_NEW_TALKS,
) -> dict[int, Document]:
    """Return the documents of these talks for the search index, by the talk's id.

    A talk that nobody may see has none.
    """
    found: dict[int, Document] = {}
    for pk, audience, title, conference, series, aliases, year, day, video, slides in _select_talks(list(talk_ids)):
        document = Document(pk, audience, year=year or 0, day=-1 if day is None else day)
        document.add(Zone.TITLE, title)
        if series:
            document.conference = conference
            document.kinds |= read_bit("conference")
        document.kinds |= read_bit("video") * bool(video) | read_bit("slides") * bool(slides)
        _add_event(document, series, aliases, day)
        found[pk] = document
    _add_sources(found)
    _add_speakers(found)
    _add_new_notes(found, placed, new)
    units = _add_notes({pk: found[pk] for pk in new.list_others(found)}, placed)
    _add_tags(found, units, vocabulary or load_vocabulary(), new)
    _add_references(found)
    return found


@prepared
def _select_talks(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = Talk.objects.filter(pk__in=talk_ids, hidden=False, withdrawn=False).exclude(audience=Audience.NOBODY)
    return rows.order_by("pk").values_list(
        "pk", "audience", "title", "conference", "conference__series__name", "conference__series__aliases",
        "conference__year", "day__number", "video_url", "slides_url",
    )  # fmt: skip


def _add_event(document: Document, series: str | None, aliases: list[str] | None, day: int | None) -> None:
    year = str(document.year or "")
    if series or year:
        document.add(Zone.EVENT, f"{series or ''} {year}" + ("" if day is None else f" day {day}"))
    for alias in aliases or ():
        document.add(Zone.EVENT, f"{alias} {year}")


def _add_sources(found: Mapping[int, Document]) -> None:
    """Add to each talk's document what its posts contribute: language, writers, tags, and titles of post and talk.

    A draft or private post adds nothing to a talk that everyone may see. The language is that of the earliest post.
    """
    posts: defaultdict[int, list[int]] = defaultdict(list)
    for talk, title, post, visibility, called, language, writer, name in _select_sources(found):
        document = found[talk]
        if Audience.of_post(visibility) < document.audience:
            continue
        if title not in {text for _, text in document.units}:
            document.add(Zone.TITLE, title)
        document.add(Zone.POST, called)
        document.language = document.language or language
        _add_writer(document, writer, name)
        posts[post].append(talk)
    for post, name, _ in sorted(_select_tags_of_posts(posts)):
        for talk in posts[post]:
            found[talk].add(Zone.POST, name)


@prepared
def _select_sources(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TalkSource.objects.filter(talk__in=talk_ids, withdrawn=False, post__withdrawn=False)
    return rows.order_by(F("post__published_on").asc(nulls_last=True), "post__key").values_list(
        "talk", "title", "post", "post__visibility", "post__title", "post__language", "post__writer",
        "post__writer__name",
    )  # fmt: skip


@prepared
def _select_tags_of_posts(post_ids: Collection[int]) -> QuerySet[Any, Any]:
    return TaggedPost.objects.filter(content_object__in=post_ids).values_list("content_object", "tag__name", "tag")


def _add_writer(document: Document, writer: int | None, name: str) -> None:
    if writer and writer not in document.writers:
        document.writers += (writer,)
        document.add(Zone.WRITER, name)


def _add_speakers(found: Mapping[int, Document]) -> None:
    for talk, speaker, name, affiliation in _select_speakers(found):
        found[talk].speakers += (speaker,)
        found[talk].kinds |= read_bit("speaker")
        found[talk].add(Zone.SPEAKER, name)
        if affiliation:
            found[talk].add(Zone.AFFILIATION, affiliation)


@prepared
def _select_speakers(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = Appearance.objects.filter(talk__in=talk_ids).order_by("talk", "position", "pk")
    return rows.values_list("talk", "speaker", "speaker__name", "affiliation")


def _add_new_notes(found: Mapping[int, Document], placed: Placed, new: NewTalks) -> None:
    """Add to the documents the words of new talks' takeaways and of the headings above them, and mark their tags.

    Talks whose takeaways are not in `new` are passed over.
    """
    for talk in found.keys() & new.notes.keys():
        document, held = found[talk], new.notes[talk]
        document.sources = held.takeaways
        document.notes = placed.get(held.notes) or place_notes_of_talk(held.notes)
        for index, takeaway in enumerate(held.takeaways):
            if tags := new.tags_of_takeaways.get(takeaway):
                unit = number_note(index)
                for tag in tags.values():
                    document.marks[tag].append(unit)


def _add_notes(found: Mapping[int, Document], placed: Placed) -> dict[int, tuple[int, int]]:
    """Add the words of takeaways, read from the base, and of the headings above them, to the documents of their talks.

    Return by the takeaway's id a pair: the talk's id, and the number of the takeaway's unit in the talk's document.
    """
    if not found:
        return {}
    public = list_public({pk: document.audience for pk, document in found.items()})
    notes: defaultdict[int, dict[int, Note]] = defaultdict(dict)
    for talk, takeaway, headings, text in _select_notes(found, public):
        notes[talk][takeaway] = headings, text
    for talk, held in notes.items():
        found[talk].sources = held
        found[talk].notes = placed.get(tuple(held.values())) or place_notes_of_talk(held.values())
    return {takeaway: (talk, number_note(n)) for talk, held in notes.items() for n, takeaway in enumerate(held)}


def place_notes_of_talk(notes: Iterable[Note]) -> PlacedNotes:
    """Return the words by which search finds these notes, with their places."""
    plain = ((headings, read_plain(text, mail=True)) for headings, text in notes)
    return place_notes(f"{headings}\n{text}" if headings else text for headings, text in plain)


@prepared
def _select_notes(talk_ids: Collection[int], public: Collection[int]) -> QuerySet[Any, Any]:
    rows = Takeaway.objects.seen_with_talk(talk_ids, public).in_reading_order()
    return rows.values_list("talk", "pk", "headings", "text")


def _add_tags(
    found: Mapping[int, Document], units: Mapping[int, tuple[int, int]], vocabulary: Vocabulary, new: NewTalks
) -> None:
    """Mark in the documents which units have which tags, and add names of tags.

    Marked are tags of takeaways, tags that titles mention, and all tags of the talk in the zone of tags. Names of tags
    that a talk only mentions are not added, since they are in its texts.
    """
    keys: defaultdict[int, dict[str, int]] = defaultdict(dict)
    keys |= {talk: new.tags[talk] for talk in found.keys() & new.notes.keys() & new.tags.keys()}
    if stored := new.list_others(found):
        # Sorted by name, since keys differ from base to base.
        for talk, name, tag, key, origin in sorted(_select_tags(stored)):
            keys[talk][key] = tag
            if origin != "mention":
                found[talk].add(Zone.TAG, name)
    for takeaway, tag, key in _select_tags_of_notes(stored) if stored else ():
        if takeaway not in units:
            continue
        talk, unit = units[takeaway]
        keys[talk].setdefault(key, tag)
        found[talk].marks[tag].append(unit)
    for talk, own in keys.items():
        document = found[talk]
        document.tags = tuple(sorted(own.values()))
        for tag in own.values():
            document.marks[tag].append(Zone.TAG)
        titles = [(unit, text) for unit, text in document.units if unit < Zone.SPEAKER]
        for unit, text in titles:
            mentioned = vocabulary.resolve(vocabulary.read(text), Context(post_tags=frozenset(own)))
            for key in mentioned & own.keys():
                document.marks[own[key]].append(unit)


@prepared
def _select_tags(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TaggedTalk.objects.filter(content_object__in=talk_ids)
    return rows.values_list("content_object", "tag__name", "tag", "tag__folded", "origin")


@prepared
def _select_tags_of_notes(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TaggedTakeaway.objects.filter(content_object__talk__in=talk_ids).order_by()
    return rows.values_list("content_object", "tag", "tag__folded")


def _add_references(found: Mapping[int, Document]) -> None:
    """Add the titles and kinds of references to the documents of the talks that cite them.

    What a draft or private post cites is added only to documents that staff alone may see.
    """
    for talk, visibility, title, kind in _select_citations(found):
        document = found[talk]
        if Audience.of_post(visibility) >= document.audience:
            document.kinds |= read_bit(kind)
            if title:
                document.add(Zone.REFERENCE, title)


@prepared
def _select_citations(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = Citation.objects.visible(staff=True).filter(talk__in=talk_ids).order_by("talk", "post", "position")
    return rows.values_list("talk", "post__visibility", "title", "reference__kind")


def compose_posts(post_ids: Iterable[int]) -> dict[int, Document]:
    """Return the documents of these posts for the search index, by the negated id of the post.

    A withdrawn post has none.
    """
    found: dict[int, Document] = {}
    rows = _select_posts(list(post_ids))
    for pk, visibility, title, language, writer, name, lines, source, conference, series, aliases, year in rows:
        document = Document(-pk, Audience.of_post(visibility), year=year or 0, language=language)
        document.conference = conference if series else 0
        document.add(Zone.TITLE, title)
        _add_event(document, series, aliases, None)
        _add_writer(document, writer, name)
        passages = list(list_passages(source, lines))
        document.sources = [line for line, _ in passages]
        document.notes = place_notes(read_plain(text, mail=True) for _, text in passages)
        found[-pk] = document
    for post, name, tag in sorted(_select_tags_of_posts([-key for key in found])):
        found[-post].tags += (tag,)
        found[-post].add(Zone.TAG, name)
        found[-post].marks[tag].append(Zone.TAG)
    return found


@prepared
def _select_posts(post_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Post.objects.filter(pk__in=post_ids, withdrawn=False).order_by("pk").values_list(
        "pk", "visibility", "title", "language", "writer", "writer__name", "lines", "source", "conference",
        "conference__series__name", "conference__series__aliases", "conference__year",
    )  # fmt: skip


def list_passages(source: str, lines: list[list[Any]]) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of a post's intro, outro, asides and unplaced text: the number of its first line, and it."""
    spans = [span for span in lines if isinstance(span, list) and len(span) == 3 and span[2] in _PASSAGES]
    written = read_shown_lines(source) if spans else ()
    for first, last, _ in spans:
        if not (isinstance(first, int) and isinstance(last, int)):
            continue  # `check_base` reports damaged lists
        numbered = enumerate(written[max(first, 1) - 1 : last], first)
        for filled, group in groupby(numbered, key=lambda line: bool(line[1].strip())):
            if filled:
                (line, text), *rest = group
                yield line, "\n".join([text, *(more for _, more in rest)])
