"""The reading of a post while an editor's corrections are applied: its blocks are cut, and can be put back."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

from talks.parsing.diagnostics import Diagnostic
from talks.parsing.post_checks import Settled
from talks.parsing.talks.block_cuts import (
    begins_with,
    cut_block,
    cut_block_at_words,
    cut_item_at_words,
    find_cut_after,
    shift_candidates,
    shift_lineup,
)
from talks.parsing.talks.corrected_titles import drop_remark, read_title
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.text.blocks import Block


class UnfitError(Exception):
    """A correction does not fit the text any more; the message completes the sentence "It does not fit: …"."""


@dataclass(slots=True)
class Corrected:
    """The reading of a post while it is corrected.

    The block numbers in `candidates`, all candidates, are kept up to date.

    `settled` is what an editor decided, `aside` are lines that an editor took out of all talks, `days` are the days
    that begin at lines because an editor said so, `diagnostics` report corrections that no longer fit.
    """

    document: Document
    talks: list[Candidate]
    lineup: Lineup
    candidates: Sequence[Candidate] = ()
    settled: Settled = field(default_factory=Settled)
    aside: frozenset[int] = frozenset()
    days: dict[int, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def cut(self, line: int) -> None:
        """Cut a paragraph or list so that a block begins at the line."""
        number = find_block(self.document, line)
        if parts := cut_block(self.document.blocks[number], line):
            self._put_parts(number, parts)

    def cut_at_words(self, line: int, words: str) -> int:
        """Cut a block so that a block begins with these words of the line; return its number."""
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
        """Replace a block by two; items that begin on the line, or on that of the second part, are in the second."""
        blocks = self.document.blocks
        self.document = replace(self.document, blocks=(*blocks[:number], *parts, *blocks[number + 1 :]))
        shift_candidates(self._list_candidates(), number, line or parts[1].line)
        self.lineup = shift_lineup(self.lineup, number)

    def _put_item(self, number: int, pieces: Sequence[Block], line: int) -> None:
        """Replace a list by the pieces into which an item was cut at its words."""
        rest = self.document.blocks[number]
        for at, piece in enumerate(pieces[:-1]):
            below = pieces[at + 1]
            self._put_parts(number + at, (piece, replace(rest, line=below.line)), max(line + 1, below.line))
        blocks = list(self.document.blocks)
        blocks[number + len(pieces) - 1] = pieces[-1]
        self.document = replace(self.document, blocks=tuple(blocks))
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
        """Cut a paragraph or list so that a block ends with the last line, or with the outermost item around it."""
        block = self.document.blocks[find_last_block(self.document, find_block(self.document, first), last)]
        if line := find_cut_after(block, last):
            self.cut(line)

    def remember(self) -> Callable[[], None]:
        """Return a function that restores the present state."""
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
    """Return the number of the block that contains the line, else of the next block below it."""
    for number, block in enumerate(document.blocks):
        if line <= block.end_line:
            return number
    raise UnfitError("its line is no part of the body")


def find_last_block(document: Document, first: int, line: int) -> int:
    """Return the number of the last block, not before the first one, that begins at or above the line."""
    number = first
    while number + 1 < len(document.blocks) and document.blocks[number + 1].line <= line:
        number += 1
    return number


def find_line(document: Document, talk: Candidate) -> int:
    """Return the number of the line on which the talk begins."""
    return talk.item.line if talk.item else document.blocks[talk.start].line


def list_talk_lines(document: Document, talk: Candidate) -> frozenset[int]:
    """Return the lines of the item or blocks of the talk."""
    if talk.item:
        return frozenset(range(talk.item.line, talk.item.end_line + 1))
    return list_lines(document, range(talk.start, talk.end))


def list_lines(document: Document, blocks: Iterable[int]) -> frozenset[int]:
    """Return the lines of these blocks."""
    spans = ((document.blocks[number].line, document.blocks[number].end_line) for number in blocks)
    return frozenset(line for first, last in spans for line in range(first, last + 1))
