"""Holds the columns of all documents in memory for counting and sorting. Only changed blocks are loaded again.

The row of a document is the first row of its block plus its slot. A row without a document has the key 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from talks.models import Audience
from talks.search.columns import Numbers
from talks.search.engine import COLUMNS, read_documents, read_stamps
from talks.search.postings import BLOCK_SIZE

_NUMBERS = ("audience", "conference", "year", "day", "kinds", "size")
_LISTS = ("speakers", "tags", "writers")


@dataclass(frozen=True, slots=True)
class Values:
    """A property with several values per document, such as its tags.

    Each of the `codes` is an index into `keys`, which are primary keys, and belongs to the document in the same place
    of `rows`.
    """

    rows: Numbers
    codes: Numbers
    keys: Numbers


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The columns of all documents in the index, each with a value for every row.

    `bases` maps each block to its first row. `language` are indexes into `languages`, -1 in rows without a document.
    """

    stamps: dict[int, int]
    bases: dict[int, int]
    key: Numbers
    language: Numbers
    languages: tuple[str, ...]
    numbers: dict[str, Numbers]
    lists: dict[str, Values]

    def list_visible(self, *, staff: bool) -> Any:
        """Return for each row whether the reader may see its document."""
        return self.numbers["audience"] >= (Audience.STAFF if staff else Audience.EVERYONE)


class _Block:
    """The columns of one block's documents, by slot."""

    def __init__(self, block: int) -> None:
        rows = read_documents(block)
        columns = dict(zip(("key", *COLUMNS), zip(*rows, strict=True), strict=True)) if rows else {}
        keys = np.array(columns.get("key", ()), np.int64)
        slots = np.abs(keys) % BLOCK_SIZE
        self.key = _place(slots, keys)
        self.numbers = {name: _place(slots, columns.get(name, ())) for name in _NUMBERS}
        self.languages = dict(zip(slots.tolist(), columns.get("language", ()), strict=True))
        self.lists = {name: _pair(slots, columns.get(name, ())) for name in _LISTS}


def _pair(slots: Numbers, packed: Sequence[bytes]) -> Numbers:
    """Return an array of pairs: the slot of a document, and one of the document's keys (of tags, speakers or writers).

    `packed` has for each of `slots` the keys of its document, 4 bytes each; a document without keys has no pair.
    """
    counts = [len(value) // 4 for value in packed]
    keys = np.frombuffer(b"".join(packed), np.uint32).astype(np.int64)
    return np.column_stack([np.repeat(slots, counts), keys])


def _place(slots: Numbers, values: Sequence[int] | Numbers) -> Numbers:
    column = np.zeros(BLOCK_SIZE, np.int64)
    column[slots] = values
    return column


_lock = Lock()
_blocks: dict[int, tuple[int, _Block]] = {}
_last: Snapshot | None = None


def take_snapshot() -> Snapshot:
    """Return the columns of all documents as they are now."""
    global _last
    stamps = read_stamps()
    with _lock:
        if _last is None or _last.stamps != stamps:
            for block, stamp in stamps.items():
                if block not in _blocks or _blocks[block][0] != stamp:
                    _blocks[block] = stamp, _Block(block)
            for block in _blocks.keys() - stamps.keys():
                del _blocks[block]
            _last = _assemble(stamps)
        return _last


def _assemble(stamps: dict[int, int]) -> Snapshot:
    order = sorted(stamps)
    bases = {block: place * BLOCK_SIZE for place, block in enumerate(order)}
    held = [_blocks[block][1] for block in order]
    languages = tuple(sorted({language for block in held for language in block.languages.values()}))
    numbers = {language: number for number, language in enumerate(languages)}
    spoken = np.full(len(order) * BLOCK_SIZE, -1, np.int64)
    for base, block in zip(bases.values(), held, strict=True):
        for slot, language in block.languages.items():
            spoken[base + slot] = numbers[language]
    lists = {}
    for name in _LISTS:
        parts = [block.lists[name] + (base, 0) for base, block in zip(bases.values(), held, strict=True)]
        pairs = np.concatenate(parts) if parts else np.zeros((0, 2), np.int64)
        keys, codes = np.unique(pairs[:, 1], return_inverse=True)
        lists[name] = Values(np.ascontiguousarray(pairs[:, 0]), codes, keys)
    key = _join([block.key for block in held])
    columns = {name: _join([block.numbers[name] for block in held]) for name in _NUMBERS}
    return Snapshot(stamps, bases, key, spoken, languages, columns, lists)


def _join(columns: list[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else np.zeros(0, np.int64)
