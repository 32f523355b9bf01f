"""How the places of a word are encoded: one value for all documents of a block. Pure.

A value is a row of 32-bit numbers: how many documents there are; for each, its slot in the block and how many places
it has; then the places of all of them in order. A place is the number of a unit of the document and a word's number
in that unit. Little-endian, whatever the machine.
"""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence

BLOCK_SIZE = 512
UNIT_BITS = 12
LAST_NUMBER = (1 << UNIT_BITS) - 2
MOST_PLACES = (1 << 16) - 1
LAST_UNIT = (1 << (32 - UNIT_BITS)) - 1


def locate(key: int) -> tuple[int, int]:
    """Return the block and slot of a document's key. Talks have blocks from 0, posts have negative ones."""
    block, slot = divmod(abs(key), BLOCK_SIZE)
    return (block if key > 0 else -1 - block), slot


def list_keys(block: int) -> list[int]:
    """Return all keys that a block may hold."""
    first = (block if block >= 0 else -1 - block) * BLOCK_SIZE
    keys = range(max(first, 1), first + BLOCK_SIZE)
    return [key if block >= 0 else -key for key in keys]


def find_first_place(unit: int) -> int:
    """Return the place of the first word of a unit."""
    return min(unit, LAST_UNIT) << UNIT_BITS


def pack_places(documents: Mapping[int, Sequence[int]]) -> bytes:
    """Return the value that encodes these places, given by slot."""
    slots = sorted(documents)
    kept = [documents[slot][:MOST_PLACES] for slot in slots]
    numbers = array("I", [len(slots)])
    numbers.extend(slot << 16 | len(places) for slot, places in zip(slots, kept, strict=True))
    for places in kept:
        numbers.extend(places)
    return _to_bytes(numbers)


def unpack_places(value: bytes) -> dict[int, list[int]]:
    """Return the places in a value, by slot."""
    if not value:
        return {}
    numbers = array("I")
    numbers.frombytes(value)
    if sys.byteorder == "big":
        numbers.byteswap()
    count, found = numbers[0], {}
    start = 1 + count
    for head in numbers[1:start]:
        end = start + (head & 0xFFFF)
        found[head >> 16] = numbers[start:end].tolist()
        start = end
    return found


def merge_places(value: bytes, gone: Iterable[int], new: Mapping[int, Sequence[int]]) -> bytes:
    """Return the value without the slots that are gone, and with the new places; empty if none is left."""
    if not value:
        return pack_places(new) if new else b""
    gone = list(gone)
    if new and not gone and (longer := _append(value, new)):
        return longer
    documents: dict[int, Sequence[int]] = dict(unpack_places(value))
    for slot in gone:
        documents.pop(slot, None)
    documents.update(new)
    return pack_places(documents) if documents else b""


def _append(value: bytes, new: Mapping[int, Sequence[int]]) -> bytes:
    """Return the value with documents added whose slots follow all of its own, as a new post's do; else nothing."""
    count = int.from_bytes(value[:4], "little")
    heads = 4 * (1 + count)
    if int.from_bytes(value[heads - 2 : heads], "little") >= min(new):
        return b""
    added = pack_places(new)
    split = 4 * (1 + len(new))
    return (count + len(new)).to_bytes(4, "little") + value[4:heads] + added[4:split] + value[heads:] + added[split:]


def _to_bytes(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
