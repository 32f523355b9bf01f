"""Finds lines of a post with the same form, since an editor's correction of one line often applies to all of them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from talks.parsing.pipeline import read_post
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.lists import Item, walk_items

_BOLD = re.compile(r"\s*(?:\*\*|__).{1,300}(?:\*\*|__)\s*:?\s*\Z")


def find_similar_lines(text: str, line: int) -> tuple[int, ...]:
    """Return the numbers of the lines that have the same form as line `line`.

    For a heading these are the headings of its level, for a bold line all bold lines. For the first line of an item
    they are those of items of its depth, for a line of a paragraph the first lines of paragraphs, both up to the next
    heading above and below. For other lines (blank, in a table, quote or code, or below an item's first) the result is
    empty.
    """
    blocks = _read_blocks(text)
    place = next((n for n, block in enumerate(blocks) if block.line <= line <= block.end_line), None)
    if place is None:
        return ()
    block = blocks[place]
    if block.form is Form.HEADING:
        return tuple(other.line for other in blocks if other.form is Form.HEADING and other.level == block.level)
    section = _find_section(blocks, place)
    if block.form is Form.LIST:
        items = [pair for other in section if other.form is Form.LIST for pair in _walk(other.items)]
        depth = next((depth for depth, item in items if item.line == line), None)
        return tuple(item.line for each, item in items if each == depth)
    if block.form is not Form.PARAGRAPH:
        return ()
    if _BOLD.match(block.content):
        return tuple(other.line for other in blocks if other.form is Form.PARAGRAPH and _BOLD.match(other.content))
    return tuple(other.line for other in section if other.form is Form.PARAGRAPH)


def find_divided(text: str, runs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return which of the given runs of lines, each (first, last), cut an outermost list item apart.

    A run does so if it has a line of the item or of one nested in it, and begins below the item's first line or ends
    above the start of its last nested item.
    """
    items = [item for block in _read_blocks(text) for item in block.items]
    last_lines = {item.line: max(nested.line for nested in walk_items([item])) for item in items}
    return {
        (first, last)
        for first, last in runs
        for item in items
        if first <= item.end_line and last >= item.line and (first > item.line or last < last_lines[item.line])
    }


@lru_cache(maxsize=1)  # the forms of a page ask several times
def _read_blocks(text: str) -> tuple[Block, ...]:
    _, reading = read_post(text, name="")
    return reading.document.blocks if reading else ()


def _find_section(blocks: tuple[Block, ...], place: int) -> tuple[Block, ...]:
    headings = [number for number, block in enumerate(blocks) if block.form is Form.HEADING]
    start = max((number + 1 for number in headings if number < place), default=0)
    return blocks[start : min((number for number in headings if number > place), default=len(blocks))]


def _walk(items: Iterable[Item], depth: int = 0) -> Iterator[tuple[int, Item]]:
    for item in items:
        yield depth, item
        yield from _walk(item.items, depth + 1)
