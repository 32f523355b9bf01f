"""Applies an editor's corrections of what lines are takeaways, and of which talk.

Each function raises `UnfitError` if the correction does not fit the post.
"""

from collections.abc import Collection
from dataclasses import replace

from talks.parsing.talks.block_cuts import make_text
from talks.parsing.talks.corrected_reading import (
    NESTED,
    Corrected,
    Said,
    UnfitError,
    find_block,
    find_last_block,
    find_talk_at,
    list_lines,
)
from talks.parsing.talks.takeaways import make_units
from talks.parsing.text.blocks import Form

_LOWEST = 6  # the level of a heading in a talk


def _cut_out(state: Corrected, said: Said) -> frozenset[int]:
    """Cut blocks so that the correction's lines are blocks of their own, and return the numbers of these blocks.

    A block that cannot be cut may hold other lines too; for a list, this raises `UnfitError`.
    """
    state.cut(said.first)
    state.cut_after(said.first, said.last)
    start = find_block(state.document, said.first)
    if state.document.blocks[start].line < said.first and state.document.blocks[start].form is Form.LIST:
        raise UnfitError(NESTED)
    return frozenset(range(start, find_last_block(state.document, start, said.last) + 1))


def _take_out(state: Corrected, said: Said) -> frozenset[int]:
    """Remove the correction's lines from the talks that contain them; return the numbers of the lines' blocks.

    Raises `UnfitError` if a talk begins among the lines or would have no blocks left.
    """
    numbers = _cut_out(state, said)
    if any(talk.start in numbers and talk.shape != "whole file" for talk in state.talks):
        raise UnfitError("a talk begins among these lines")
    for talk in state.talks:
        if not talk.item:
            talk.without |= numbers & frozenset(range(talk.start, talk.end))
            while talk.start in talk.without and talk.start + 1 < talk.end:
                talk.start += 1
            if talk.start in talk.without:
                raise UnfitError("it is all that the talk has")
        talk.extra -= numbers
    return numbers


def give_notes(state: Corrected, said: Said) -> None:
    """Make the correction's lines, wherever they are in the post, takeaways of the talk that the correction names.

    If that talk begins among the lines, each of them becomes a takeaway of its own.
    """
    if said.talk is None:
        raise UnfitError("the line of its talk has other words, or is gone")
    if said.first <= said.talk <= said.last:
        split_units(state, said)  # the line with which the talk begins is a takeaway of it, too
        return
    numbers = _take_out(state, said)
    _make_texts(state, numbers)
    talk = find_talk_at(state.document, state.talks, said.talk)
    talk.extra |= numbers
    talk.byline -= numbers


def _make_texts(state: Corrected, numbers: Collection[int]) -> None:
    """Replace embeds among the blocks `numbers` by blocks of which takeaways can be made (`make_text`).

    If none of the blocks gives a takeaway as it is, replace all of them.
    """
    blocks = state.document.blocks
    noted = any(make_units(blocks[number], noted=True) for number in numbers)
    for number in numbers:
        if blocks[number].form is Form.EMBED or not noted:
            state.put_block(number, make_text(blocks[number]))


def split_units(state: Corrected, said: Said) -> None:
    """Make each of the correction's lines a takeaway of its own, in the talk that contains it or begins with it."""
    for line in range(said.first, said.last + 1):
        state.cut(line)
    state.split_below(said.last)
    state.cut_after(said.first, said.last)
    start = find_block(state.document, said.first)
    found = range(start, find_last_block(state.document, start, said.last) + 1)
    numbers = {number for number in found if state.document.blocks[number].line <= said.last}
    for number in numbers:
        state.put_block(number, make_text(state.document.blocks[number]))
    if not any(make_units(state.document.blocks[number], noted=True) for number in numbers):
        raise UnfitError("its lines show readers nothing")
    holding = [(talk, numbers & {*talk.blocks}) for talk in state.talks if not talk.item]
    items = [talk for talk in state.talks if talk.item and said.first <= talk.item.line <= said.last]
    for talk in items:
        talk.rest = talk.rest or (talk.item.text if talk.item else "")
    if not items and not any(held for _, held in holding):
        raise UnfitError("its lines are in no talk: say of which talk they are takeaways")
    for talk, held in holding:
        talk.extra |= held
        talk.byline -= held


def keep_as_part(state: Corrected, said: Said) -> None:
    """Let the correction's lines stay in their talk without being takeaways."""
    first, last = said.first, said.last
    items = [(talk, talk.item) for talk in state.talks if talk.item]
    items = [(talk, item) for talk, item in items if item.line <= last and first <= item.end_line]
    for talk, item in items:
        talk.rest = "" if first <= item.line else talk.rest
        if state.exact:
            state.make_section(talk)
            continue
        below = frozenset(nested.line for nested in item.items if first <= nested.line <= last)
        if not below and first > item.line:
            raise UnfitError(NESTED)
        talk.labels |= below
    if items and not state.exact:
        return
    numbers = _cut_out(state, said)
    holding = [(talk, numbers & {*talk.blocks}) for talk in state.talks if not talk.item]
    if not any(held for _, held in holding):
        raise UnfitError("its lines are in no talk")
    for talk, held in holding:
        talk.byline |= held


def make_heading(state: Corrected, said: Said) -> None:
    """Make each block or item of the correction's lines a heading above the next takeaway of its talk."""
    state.exact = True
    for each in state.talks:
        if each.item and each.item.line < said.first <= each.item.end_line:
            state.make_section(each)
    numbers = _cut_out(state, said)
    talk = next((each for each in state.talks if not each.item and numbers <= {*each.blocks} - {each.start}), None)
    if talk is None:
        raise UnfitError("its lines are in no talk, or the first of one")
    blocks = state.document.blocks
    own = {blocks[talk.start].line} if talk.shape == "item" else set()
    if any(set(blocks[number].inside) - own for number in numbers):
        raise UnfitError("it is nested in an item of a list, and headings stand above items that are not")
    if not any(make_units(blocks[number]) for number in talk.blocks if number > max(numbers)):
        raise UnfitError("no takeaway of its talk stands below it")
    for number in numbers:
        content = "\n".join(item.text for item in blocks[number].items) or blocks[number].content
        state.put_block(number, replace(blocks[number], form=Form.HEADING, content=content, level=_LOWEST, items=()))
    talk.byline -= numbers
    talk.extra -= numbers


def leave_out(state: Corrected, said: Said) -> None:
    """Take the correction's lines out of all talks; their text then belongs to no talk."""
    numbers = _take_out(state, said)
    state.aside |= list_lines(state.document, numbers)
