"""The reading of a post while an editor's corrections are applied: its blocks are cut, and can be put back."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise

from talks.parsing.corrections import Correction
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.talks.block_cuts import (
    begins_with,
    cut_block,
    cut_block_at_words,
    cut_item_at_words,
    cut_list,
    find_cut_after,
    shift_candidates,
    shift_lineup,
    split_items,
)
from talks.parsing.talks.corrected_titles import drop_remark, read_title
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.post_checks import Settled
from talks.parsing.text.blocks import Block, Form, sort_paragraph
from talks.parsing.text.lists import walk_items

NESTED = "an item of a list goes where the item goes in which it is nested"


class UnfitError(Exception):
    """A correction does not fit the text any more; the message completes "The correction does not fit: …"."""


@dataclass(slots=True)
class Corrected:
    """The reading of a post while it is corrected.

    The block numbers in `candidates`, all candidates, are kept up to date.

    `settled` is what an editor decided, `aside` are lines that an editor took out of all talks, `days` are the days
    that begin at lines because an editor said so, `diagnostics` report corrections that no longer fit. While a
    correction is applied that is `exact`, lists are cut between an item and those nested in it, too.
    """

    document: Document
    talks: list[Candidate]
    lineup: Lineup
    candidates: Sequence[Candidate] = ()
    settled: Settled = field(default_factory=Settled)
    aside: frozenset[int] = frozenset()
    days: dict[int, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    exact: bool = False

    def cut(self, line: int) -> None:
        """Cut a block so that a block begins on line `line`, if it can be cut there.

        A list is cut only before an outermost item; while `exact`, before the last item at or above the line. An item's
        text from the line on first becomes an item nested in that item.
        """
        self.split_item(line)
        number = find_block(self.document, line)
        block = self.document.blocks[number]
        if self.exact and block.form is Form.LIST:
            self._cut_list(number, max((item.line for item in walk_items(block.items) if item.line <= line), default=0))
        elif parts := cut_block(block, line):
            self._put_parts(number, parts)

    def split_item(self, line: int) -> None:
        """Make the part of an item's text that begins on line `line` an item without a bullet, nested in that item."""
        held = (
            n for n, block in enumerate(self.document.blocks) if block.line < line <= block.end_line and block.items
        )
        number = next(held, None)
        if number is None:
            return
        items = split_items(self.document.blocks[number].items, line)
        self.put_block(number, replace(self.document.blocks[number], items=items))
        parted = {item.line: item for item in walk_items(items)}
        for talk in self._list_candidates():
            if talk.item and talk.start == number:
                talk.item = parted.get(talk.item.line, talk.item)

    def lift(self, line: int) -> None:
        """Make the part of an item's text that begins on line `line` a paragraph, if this line is not indented.

        Such a line below an item, without a blank line between, is text of the item to Markdown. If an editor says that
        a talk or a day begins there, it stands between two lists.
        """
        self.split_item(line)
        number = find_block(self.document, line)
        block = self.document.blocks[number]
        item = next((item for item in walk_items(block.items) if item.line == line and not item.mark), None)
        if item is None or block.text.split("\n")[line - block.line][:1].isspace():
            return
        self._cut_list(number, line)
        number = find_block(self.document, line)
        if below := self.document.blocks[number].items[1:]:
            self._cut_list(number, below[0].line)
        block = self.document.blocks[number]
        if block.line == line:
            self.put_block(number, sort_paragraph(replace(block, form=Form.PARAGRAPH, items=(), inside=())))

    def split_below(self, line: int) -> None:
        """Make an item's text below line `line` an item, as `split_item` does, unless the item begins on that line."""
        items = (item for block in self.document.blocks for item in walk_items(block.items))
        if not any(item.line == line and item.mark for item in items):
            self.split_item(line + 1)

    def put_block(self, number: int, block: Block) -> None:
        """Put `block` in the place of block `number`, which must have the same lines."""
        blocks = self.document.blocks
        self.document = replace(self.document, blocks=(*blocks[:number], block, *blocks[number + 1 :]))

    def _cut_list(self, number: int, line: int) -> None:
        """Cut a list before an item at any depth; a talk that is an item around it is made one of whole blocks."""
        around = [talk for talk in self.talks if talk.start == number and talk.item and talk.item.line < line]
        for talk in around:
            if talk.item and line <= talk.item.end_line:
                self.make_section(talk)
        number = find_block(self.document, line)
        rest = self.document.blocks[number]
        parts = cut_list(rest, line)
        for at, (part, below) in enumerate(pairwise(parts)):
            self._put_parts(number + at, (part, below))

    def make_section(self, talk: Candidate) -> None:
        """Make a talk that is an item of a list one of whole blocks: its own text, and what is nested in it."""
        item = talk.item
        if item is None:
            return
        exact, self.exact, talk.item = self.exact, True, None
        for line in (item.line, *(nested.line for nested in item.items[:1])):
            self.cut(line)
        self.cut_after(item.line, item.end_line)
        self.exact = exact
        talk.start = find_block(self.document, item.line)
        talk.end = find_last_block(self.document, talk.start, item.end_line) + 1
        talk.shape = "paragraph" if talk.rest else talk.shape

    def cut_at_words(self, line: int, words: str) -> int:
        """Return the number of the block that begins with the given words of line `line`, after cutting one if needed.

        Raises UnfitError if the words are not in a paragraph, heading or outermost item there.
        """
        number = find_block(self.document, line)
        while number < len(self.document.blocks) and self.document.blocks[number].line <= line:
            block = self.document.blocks[number]
            if block.line == line and begins_with(block, words):
                return number
            if parts := cut_block_at_words(block, line, words):
                self._put_parts(number, parts)
                return number + 1
            if pieces := cut_item_at_words(block, line, words):
                self._put_item(number, pieces, line)
                return number + 1
            number += 1
        raise UnfitError("its words do not stand inside a paragraph, heading or outermost item there")

    def _put_parts(self, number: int, parts: Sequence[Block], line: int = 0) -> None:
        """Put two blocks in the place of block `number`, and renumber the blocks in candidates and lineup.

        Candidates that are items of the block go to the second part if they begin at `line` or below; 0 stands for the
        second part's first line.
        """
        blocks = self.document.blocks
        self.document = replace(self.document, blocks=(*blocks[:number], *parts, *blocks[number + 1 :]))
        shift_candidates(self._list_candidates(), number, line or parts[1].line)
        self.lineup = shift_lineup(self.lineup, number)

    def _put_item(self, number: int, pieces: Sequence[Block], line: int) -> None:
        """Replace list block `number` by the pieces into which `cut_item_at_words` cut it at the item on the line.

        The last item of the first piece is what is left of that item. A candidate that was the item becomes what is
        left; its title and speakers are read anew unless an editor gave them.
        """
        rest = self.document.blocks[number]
        for at, piece in enumerate(pieces[:-1]):
            below = pieces[at + 1]
            self._put_parts(number + at, (piece, replace(rest, line=below.line)), max(line + 1, below.line))
        self.put_block(number + len(pieces) - 1, pieces[-1])
        short = pieces[0].items[-1]
        for talk in self._list_candidates():
            if talk.item and talk.item.line == line and talk.start == number:
                read = read_title(self.document, number, talk.item.text.split("\n")[0], is_sentence=False)
                if not talk.settled or (talk.title, talk.speakers) == (drop_remark(read[0]), read[1]):
                    talk.title, talk.speakers = read_title(self.document, number, short.text, is_sentence=False)
                talk.item, talk.rest = short, ""

    def _list_candidates(self) -> Collection[Candidate]:
        return {id(one): one for one in (*self.candidates, *self.talks)}.values()

    def cut_after(self, first: int, last: int) -> None:
        """Cut a block so that a block ends with line `last`, or with the item of a list around that line."""
        if self.exact:
            self.split_below(last)
        block = self.document.blocks[find_last_block(self.document, find_block(self.document, first), last)]
        if line := find_cut_after(block, last, exact=self.exact):
            self.cut(line)

    def remember(self) -> Callable[[], None]:
        """Return a function that restores blocks, talks, candidates, lineup, days and `aside` as they are now."""
        document, lineup, talks, days = self.document, self.lineup, list(self.talks), dict(self.days)
        aside = self.aside
        each = {id(one): (one, replace(one)) for one in (*self.candidates, *talks)}

        def go_back() -> None:
            self.document, self.lineup, self.talks, self.days = document, lineup, talks, days
            self.aside = aside
            for candidate, before in each.values():
                for column in fields(Candidate):
                    setattr(candidate, column.name, getattr(before, column.name))

        return go_back


def find_block(document: Document, line: int) -> int:
    """Return the number of the block that contains line `line`, else of the next block.

    Raises UnfitError for a line below the last block.
    """
    for number, block in enumerate(document.blocks):
        if line <= block.end_line:
            return number
    raise UnfitError("its line is no part of the body")


def find_last_block(document: Document, first: int, line: int) -> int:
    """Return the number of the last block that begins at or above the line; not less than `first`."""
    number = first
    while number + 1 < len(document.blocks) and document.blocks[number + 1].line <= line:
        number += 1
    return number


def find_line(document: Document, talk: Candidate) -> int:
    """Return the number of the line on which the talk begins."""
    return talk.item.line if talk.item else document.blocks[talk.start].line


def list_talk_lines(document: Document, talk: Candidate) -> frozenset[int]:
    """Return the numbers of a talk's lines: of its item with all nested in it, else of the blocks `start` to `end`."""
    if talk.item:
        return frozenset(range(talk.item.line, talk.item.end_line + 1))
    return list_lines(document, range(talk.start, talk.end))


def list_lines(document: Document, blocks: Iterable[int]) -> frozenset[int]:
    spans = ((document.blocks[number].line, document.blocks[number].end_line) for number in blocks)
    return frozenset(line for first, last in spans for line in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Said:
    """A correction, the numbers of its first and last line, and the first line of the talk that it names, if any."""

    correction: Correction
    first: int
    last: int
    talk: int | None = None


def find_talk_at(document: Document, talks: Sequence[Candidate], line: int, words: str = "") -> Candidate:
    """Return the talk that begins on the line, and with `words` if they are given.

    Without words, a talk that begins with the block around the line will do. Raises UnfitError if there is none.
    """
    for talk in talks:
        if find_line(document, talk) == line and (not words or begins_with(document.blocks[talk.start], words)):
            return talk
    for talk in talks:
        if (
            not words
            and not talk.item
            and document.blocks[talk.start].line <= line <= document.blocks[talk.start].end_line
        ):
            return talk
    raise UnfitError("no talk begins there")
