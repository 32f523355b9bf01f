"""The SQL that reads and writes the index, with all differences between the two databases.

The index holds a document for each talk and each post; 512 documents form a block. A document is written in the
transaction that writes the rows of its talk or post. Two writers of one block wait for each other, since each reads the
block's values before changing them.
"""

import secrets
import time
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from talks.grouping import group_pairs
from talks.models import SearchBlock, SearchDocument, SearchPosting, SearchWord, prepared
from talks.models.bulk import insert_values, select_in, split_chunks, upsert_rows
from talks.search import postings
from talks.search.documents import Document, list_stems
from talks.search.tokens import DEFAULT_LANGUAGE

LONGEST_SECONDS = 2.0
_WORDS_A_STATEMENT = 900
COLUMNS = ["audience", "conference", "year", "day", "language", "kinds", "size", "speakers", "tags", "writers"]
_ROWS = ["key", "block", *COLUMNS, "sources", "words"]


_TABLES = (SearchPosting, SearchDocument, SearchBlock)


class TooLongError(Exception):
    """The database took longer than `LONGEST_SECONDS` for a query."""


@contextmanager
def limit_time() -> Iterator[None]:
    """Stop a database statement in the `with` block after `LONGEST_SECONDS`, and raise `TooLongError`.

    SQLite counts the seconds from the start of the block, PostgreSQL for each statement.
    """
    limit = _limit_sqlite if connection.vendor == "sqlite" else _limit_postgresql
    try:
        with limit():
            yield
    except OperationalError as error:
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise TooLongError from error
        raise


@contextmanager
def _limit_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + LONGEST_SECONDS
    connection.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _limit_postgresql() -> Iterator[None]:
    goes_on = connection.in_atomic_block
    with transaction.atomic():  # a statement that is stopped undoes the limit too, and a caller's transaction goes on
        _set_timeout(1000 * LONGEST_SECONDS)
        yield
        if goes_on:
            _set_timeout(0)


def _set_timeout(milliseconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(milliseconds))])


def read_stamps() -> dict[int, int]:
    """Return the stamps of all blocks, by the block's number; a stamp changes with the documents of its block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block, stamp FROM talks_searchblock ORDER BY block")
        return dict(cursor.fetchall())


def read_documents(block: int) -> list[tuple[Any, ...]]:
    """Return the documents of a block, sorted by key, as tuples of the key and the values of `COLUMNS`."""
    return list(SearchDocument.objects.filter(block=block).order_by("key").values_list("key", *COLUMNS))


def read_sources(keys: Iterable[int]) -> dict[int, list[int]]:
    """Return for each document, by its key, the takeaways or lines that its units of notes come from, in order.

    In a talk they are primary keys of takeaways, in a post numbers of lines.
    """
    return {key: unpack_keys(bytes(sources)) for key, sources in _select_sources(list(keys))}


@prepared
def _select_sources(keys: Collection[int]) -> QuerySet[Any, Any]:
    return SearchDocument.objects.filter(key__in=keys).values_list("key", "sources")


def read_document_words(block: int) -> list[tuple[int, str]]:
    """Return pairs for the documents of a block, sorted by key: the key, and all words of the document in one text."""
    return list(SearchDocument.objects.filter(block=block).order_by("key").values_list("key", "words"))


def read_postings(words: Iterable[str]) -> dict[str, list[tuple[int, bytes]]]:
    """Return for each word a list of pairs: a block that has the word, and the word's encoded places there.

    Words that no block has are left out.
    """
    sql = "SELECT word, block, places FROM talks_searchposting WHERE word IN ({}) ORDER BY word, block"
    rows = select_in(sql, (word.encode() for word in sorted(set(words))))
    pairs = ((bytes(word), (block, postings.expand_places(bytes(places)))) for word, block, places in rows)
    return {word.decode(): values for word, values in group_pairs(pairs).items()}


def list_words_with(prefix: str, *, limit: int) -> list[str]:
    """Return the words of the index that begin with these letters, `limit` at most, first those in most blocks."""
    first, last = prefix.encode(), prefix.encode() + b"\xff"
    sql = (
        "SELECT word FROM talks_searchposting WHERE word >= %s AND word < %s"
        " GROUP BY word ORDER BY COUNT(*) DESC, word LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, last, limit])
        return [bytes(word).decode() for (word,) in cursor.fetchall()]


def list_inflections(stems: Iterable[str]) -> dict[str, set[str]]:
    """Return for each stem, such as `en:migrat`, the words of the index that have it.

    A stem without words is left out.
    """
    found: dict[str, set[str]] = {}
    for stem, word in _select_inflections(list(stems)):
        found.setdefault(stem, set()).add(word)
    return found


@prepared
def _select_inflections(stems: Collection[str]) -> QuerySet[Any, Any]:
    return SearchWord.objects.filter(stem__in=stems).values_list("stem", "word")


@prepared
def read_words(first: int) -> QuerySet[Any, Any]:
    """Return pairs of primary key and word of the rows of `SearchWord` from primary key `first` on, sorted by it."""
    return SearchWord.objects.filter(pk__gte=first).order_by("pk").values_list("pk", "word")


def write_documents(documents: Iterable[Document], gone: Iterable[int] = ()) -> int:
    """Write documents into the index and remove those with the keys `gone`; return how many documents changed.

    Documents that are in the index unchanged are not written. A block in which only the places of words changed counts
    as one document.
    """
    by_block: defaultdict[int, dict[int, Document | None]] = defaultdict(dict)
    for key in gone:
        by_block[postings.locate(key)[0]][key] = None
    for document in documents:
        by_block[postings.locate(document.key)[0]][document.key] = document
    written = 0
    if by_block:
        with transaction.atomic(savepoint=False):
            blocks = _lock_blocks(sorted(by_block))
            for block in sorted(by_block):
                written += _write_block(block, by_block[block], exists=block in blocks)
    return written


def list_stale(block: int, documents: Sequence[Document]) -> list[int]:
    """Return the sorted keys of the documents that the block lacks, stores wrongly, or should not contain.

    `documents` are all documents that the block should contain. A document with a word of which a stem is not stored
    counts as stored wrongly.
    """
    due = {document.key: _Row(document) for document in documents}
    stored = {row[0]: _freeze(row) for row in SearchDocument.objects.filter(block=block).values_list(*_ROWS)}
    wrong = {key for key in due.keys() | stored.keys() if key not in due or stored.get(key) != due[key].values}
    values = _pack_rows(due)
    rows = SearchPosting.objects.filter(block=block).values_list("word", "places")
    held = {bytes(word).decode(): postings.expand_places(bytes(value)) for word, value in rows.iterator(2_000)}
    keys = {postings.locate(key)[1]: key for key in postings.list_keys(block)}
    for word in values.keys() | held.keys():
        if values.get(word) != held.get(word):
            has, should = postings.unpack_places(held.get(word, b"")), postings.unpack_places(values.get(word, b""))
            wrong |= {keys[slot] for slot in has.keys() | should.keys() if has.get(slot) != should.get(slot)}
    stems = {pair for document in documents for pair in list_stems(due[document.key].places, document.language)}
    if missing := stems - _read_pairs(stems):
        lost = {word for _, word in missing}
        wrong |= {key for key, row in due.items() if lost & row.places.keys()}
    return sorted(wrong)


def list_blocks() -> set[int]:
    """Return the numbers of all blocks that the index contains."""
    held = [model._default_manager.order_by().values_list("block", flat=True).distinct() for model in _TABLES]
    return {block for blocks in held for block in blocks}


def drop_block(block: int) -> None:
    """Delete a block from the search index: its documents, the places of their words, and the row of the block."""
    for model in _TABLES:
        model._default_manager.filter(block=block).delete()


def pack_keys(keys: Iterable[int]) -> bytes:
    return array("I", keys).tobytes()


def unpack_keys(value: bytes) -> list[int]:
    return array("I", bytes(value)).tolist()


class _Row:
    """A document in stored form: the values of its row, and the places of its words."""

    def __init__(self, document: Document) -> None:
        self.places = document.list_places()
        self.values = (
            document.key, postings.locate(document.key)[0], int(document.audience), document.conference, document.year,
            document.day, document.language, document.kinds, document.notes.size, pack_keys(document.speakers),
            pack_keys(document.tags), pack_keys(document.writers), pack_keys(document.sources),
            " ".join(sorted(self.places)),
        )  # fmt: skip


def _freeze(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _lock_blocks(blocks: list[int]) -> set[int]:
    """Lock the blocks until the transaction ends; return the numbers of those that have a row.

    PostgreSQL can only lock rows, so blocks without a row get one, and all are returned. SQLite locks the whole base
    anyway.
    """
    there = set(_select_blocks(blocks))
    if not connection.features.has_select_for_update:
        return there
    missing = set(blocks) - there
    SearchBlock.objects.bulk_create([SearchBlock(block=block, stamp=0) for block in missing], ignore_conflicts=True)
    locked = SearchBlock.objects.select_for_update().filter(block__in=blocks).order_by("block")
    return set(locked.values_list("block", flat=True))


def _write_block(block: int, changes: Mapping[int, Document | None], *, exists: bool) -> int:
    stored = {row[0]: _freeze(row) for row in (_select_documents(changes) if exists else ())}
    rows = {key: _Row(document) for key, document in changes.items() if document}
    gone = [key for key in changes if key not in rows and key in stored]
    changed = {key: row for key, row in rows.items() if stored.get(key) != row.values}
    # A document with the same words may have them in other places, so compare the places.
    touched = {*gone, *rows} if stored else set(changed)
    if not touched:
        return 0
    wrote, fresh = _write_postings(block, {key: rows.get(key) for key in touched}, stored)
    if not (wrote or changed or gone):
        return 0
    upsert_rows(SearchDocument, _ROWS[:1], _ROWS[1:], [row.values for row in changed.values()])
    if gone:
        SearchDocument.objects.filter(key__in=gone).delete()
    languages = {key: document.language for key, document in changes.items() if document}
    _write_words(rows, languages, fresh)
    if _find_document(block):
        stamp = secrets.randbits(62)  # no other process or transaction makes the same stamp
        insert_values("talks_searchblock", ["block", "stamp"], [(block, stamp)], unique=["block"])
    else:
        SearchBlock.objects.filter(block=block).delete()
    return len(changed) + len(gone) or 1


def _write_postings(
    block: int, touched: Mapping[int, "_Row | None"], stored: Mapping[int, Any]
) -> tuple[int, set[str]]:
    """Write the encoded places of all words that the `touched` documents have now or had before (`stored`) in a block.

    A document in `touched` without a row is removed. Return how many values changed, and the words that are new in the
    block.
    """
    new = _pack_rows({key: row for key, row in touched.items() if row})
    old: defaultdict[str, set[int]] = defaultdict(set)
    for key in stored.keys() & touched.keys():
        for word in stored[key][-1].split(" "):
            old[word].add(postings.locate(key)[1])
    values = _read_values(block, {*new, *old} if stored or _find_document(block) else ())
    changed, empty = [], []
    for word in {*new, *old}:
        before = values.get(word, b"")
        after = postings.merge_places(before, old.get(word, ()), new.get(word, b""))
        if before and not after:
            empty.append(word)
        elif after != before:
            changed.append((word.encode(), block, postings.compress_places(after)))
    insert_values("talks_searchposting", ["word", "block", "places"], changed, unique=["word", "block"])
    for chunk in split_chunks(empty, _WORDS_A_STATEMENT):
        SearchPosting.objects.filter(block=block, word__in=[word.encode() for word in chunk]).delete()
    return len(changed) + len(empty), new.keys() - values.keys()


def _pack_rows(rows: Mapping[int, _Row]) -> dict[str, bytes]:
    return postings.pack_documents((postings.locate(key)[1], rows[key].places) for key in sorted(rows, key=abs))


@prepared
def _find_document(block: int) -> QuerySet[Any, Any]:
    return SearchDocument.objects.filter(block=block).order_by().values_list("key", flat=True)[:1]


@prepared
def _select_documents(keys: Collection[int]) -> QuerySet[Any, Any]:
    return SearchDocument.objects.filter(key__in=keys).values_list(*_ROWS)


@prepared
def _select_blocks(blocks: Collection[int]) -> QuerySet[Any, Any]:
    return SearchBlock.objects.filter(block__in=blocks).values_list("block", flat=True)


def _read_values(block: int, words: Iterable[str]) -> dict[str, bytes]:
    sql = f"SELECT word, places FROM talks_searchposting WHERE block = {block:d} AND word IN ({{}})"  # noqa: S608
    rows = select_in(sql, (word.encode() for word in sorted(words)))
    return {bytes(word).decode(): postings.expand_places(bytes(value)) for word, value in rows}


def _write_words(rows: Mapping[int, _Row], languages: Mapping[int, str], fresh: set[str]) -> None:
    """Store the stems of the documents' words, unless they are stored already.

    Of a document in English, or without a language, only the `fresh` words, which are new in the block, are looked at:
    all its other words have their English stems already.
    """
    words: defaultdict[str, set[str]] = defaultdict(set)
    for key, row in rows.items():
        language = languages[key] or DEFAULT_LANGUAGE
        words[language] |= row.places.keys() & fresh if language == DEFAULT_LANGUAGE else row.places.keys()
    pairs = {pair for language, found in words.items() for pair in list_stems(found, language)}
    insert_values("talks_searchword", ["stem", "word"], sorted(pairs), unique=())


def _read_pairs(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    sql = "SELECT stem, word FROM talks_searchword WHERE stem IN ({})"
    return {(stem, word) for stem, word in select_in(sql, sorted({stem for stem, _ in pairs}))}
