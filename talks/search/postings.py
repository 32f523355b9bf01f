"""Encodes the places of a word in all documents of a block as one value. Pure.

A block has the documents with 512 consecutive keys; the slot of a document is its number among these, from 0. A value
is a sequence of 32-bit numbers, little-endian: the number of documents; for each document its slot in the block and its
number of places; then the places of all documents in order. A place is composed of the number of a unit in the document
and the number of a word in that unit. The database stores long values compressed.
"""

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping

BLOCK_SIZE = 512
UNIT_BITS = 12
LAST_NUMBER = (1 << UNIT_BITS) - 2
MOST_PLACES = (1 << 16) - 1
_COMPRESSED = bytes(4)  # no value is of 0 documents, so this begins no other value
_LEAST_COMPRESSED = 128  # bytes


def locate(key: int) -> tuple[int, int]:
    """Return block and slot of a document's key. Talks have blocks from 0, posts have negative blocks."""
    block, slot = divmod(abs(key), BLOCK_SIZE)
    return (block if key > 0 else -1 - block), slot


def list_keys(block: int) -> list[int]:
    """Return all keys that belong to a block, in the order of slots, whether documents have them or not.

    Slot 0 of the blocks 0 and -1 has no key.
    """
    first = (block if block >= 0 else -1 - block) * BLOCK_SIZE
    keys = range(max(first, 1), first + BLOCK_SIZE)
    return [key if block >= 0 else -key for key in keys]


def find_first_place(unit: int) -> int:
    """Return the place of the first word of the unit with this number, which is below 2 ** (32 - UNIT_BITS)."""
    return unit << UNIT_BITS


def compress_places(value: bytes) -> bytes:
    """Return the form in which the database stores a word's value: compressed if it has 128 bytes or more.

    All first bytes of its numbers come first, then all second ones and so on, which makes it a quarter smaller.
    """
    if len(value) < _LEAST_COMPRESSED:
        return value
    # Most values are short: to clear zlib's usual 256 KB takes three times as long as to compress one.
    compressor = zlib.compressobj(1, wbits=12, memLevel=5)
    return b"".join([_COMPRESSED, compressor.compress(b"".join([value[r::4] for r in range(4)])), compressor.flush()])


def expand_places(stored: bytes) -> bytes:
    """Return the value from its stored form, which `compress_places` made."""
    if not stored.startswith(_COMPRESSED):
        return stored
    ranked = zlib.decompress(stored[len(_COMPRESSED) :])
    value, count = bytearray(len(ranked)), len(ranked) // 4
    for rank in range(4):
        value[rank::4] = ranked[rank * count : (rank + 1) * count]
    return bytes(value)


def unpack_places(value: bytes) -> dict[int, list[int]]:
    """Return the places of a word in each document of a value, by the document's slot; {} for an empty value."""
    if not value:
        return {}
    numbers = _from_bytes(value)
    count, found = numbers[0], {}
    start = 1 + count
    for head in numbers[1:start]:
        end = start + (head & 0xFFFF)
        found[head >> 16] = numbers[start:end].tolist()
        start = end
    return found


def encode_places(places: Iterable[int]) -> bytes:
    """Return places as bytes, as a value has them; the places of one word must ascend."""
    return _to_bytes(array("I", places))


def pack_documents(documents: Iterable[tuple[int, Mapping[str, bytes]]]) -> dict[str, bytes]:
    """Return the encoded places of each word in some documents of one block.

    `documents` are pairs of a document's slot in the block and the encoded places of its words; slots must ascend. Of a
    word in a document only the first `MOST_PLACES` places are kept.
    """
    heads: dict[str, list[int]] = {}
    gathered: dict[str, list[bytes]] = {}
    for slot, words in documents:
        head = slot << 16
        for word, places in words.items():
            kept = places[: 4 * MOST_PLACES]
            if word in heads:
                heads[word].append(head | len(kept) // 4)
                gathered[word].append(kept)
            else:
                heads[word] = [head | len(kept) // 4]
                gathered[word] = [kept]
    return {word: _to_bytes(array("I", (len(held), *held))) + b"".join(gathered[word]) for word, held in heads.items()}


def merge_places(value: bytes, gone: Collection[int], new: bytes) -> bytes:
    """Return the value of a word without the documents in the slots `gone`, and with all documents of the value `new`.

    It is empty if no document is left. A slot of `new` may occur in the old value only if it is one of `gone`.
    """
    if not value:
        return new
    if new and not gone and (longer := _append(value, new)):
        return longer
    return _replace_documents(value, dict.fromkeys(gone) | (_list_documents(new) if new else {}))


def _list_documents(value: bytes) -> dict[int, tuple[int, bytes]]:
    """Return for each document of a value, by its slot, a pair: its header, and its encoded places.

    The header is a number: the slot times 65,536, plus the number of places.
    """
    count = int.from_bytes(value[:4], "little")
    start = 4 * (1 + count)
    found: dict[int, tuple[int, bytes]] = {}
    for head in _from_bytes(value[4:start]):
        end = start + 4 * (head & 0xFFFF)
        found[head >> 16] = head, value[start:end]
        start = end
    return found


def _replace_documents(value: bytes, changes: Mapping[int, tuple[int, bytes] | None]) -> bytes:
    """Return the value with the documents in `changes` added, replaced or, for None, removed; keys are slots.

    It is empty if no document is left. The bytes of all other documents are copied without being decoded.
    """
    place = 4 * (1 + int.from_bytes(value[:4], "little"))
    heads, done = _from_bytes(value[4:place]), 0
    kept = array("I")
    parts: list[bytes] = []
    for slot in sorted(changes):
        here = bisect_left(heads, slot << 16, done)
        end = place + 4 * sum(map(MOST_PLACES.__and__, heads[done:here]))
        kept += heads[done:here]
        parts.append(value[place:end])
        if here < len(heads) and heads[here] >> 16 == slot:
            end += 4 * (heads[here] & MOST_PLACES)
            here += 1
        place, done = end, here
        if held := changes[slot]:
            kept.append(held[0])
            parts.append(held[1])
    kept += heads[done:]
    return _to_bytes(array("I", (len(kept), *kept))) + b"".join([*parts, value[place:]]) if kept else b""


def _append(value: bytes, new: bytes) -> bytes:
    """Return one value with the documents of `value`, followed by the documents of `new`.

    If a slot of `new` is not higher than all slots of `value`, return an empty value.
    """
    count, more = int.from_bytes(value[:4], "little"), int.from_bytes(new[:4], "little")
    heads, split = 4 * (1 + count), 4 * (1 + more)
    if value[heads - 2 : heads][::-1] >= new[6:8][::-1]:
        return b""
    return (count + more).to_bytes(4, "little") + value[4:heads] + new[4:split] + value[heads:] + new[split:]


def _from_bytes(value: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(value)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _to_bytes(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
