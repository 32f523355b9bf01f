"""Corrections over a reading that was chosen: talks are added, removed, joined, cut and named as an editor said.

Talks stay runs of whole blocks, or items of lists, so that each line keeps exactly one place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from talks.parsing.corrections import Act, Correction
from talks.parsing.diagnostics import Diagnostic, Severity
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item


class UnfitError(Exception):
    """A correction that the text no longer has a place for; the message ends the sentence "It does not fit: …"."""


@dataclass(slots=True)
class Corrected:
    """The talks as they are after the corrections; lines that an editor spoke of; and what no longer fits."""

    talks: list[Candidate]
    lineup: Lineup
    settled: set[int] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def correct_talks(
    document: Document,
    talks: Sequence[Candidate],
    lineup: Lineup,
    corrections: Iterable[Correction],
    lines: Sequence[str],
) -> Corrected:
    """Apply the corrections in their order; one that does not fit changes nothing and is said."""
    corrected = Corrected(list(talks), lineup)
    for correction in corrections:
        if correction.act is Act.POST:
            continue
        try:
            first, last = _find_lines(correction, lines)
            before = [(talk, talk.end) for talk in corrected.talks]
            try:
                _ACTS[correction.act](document, corrected.talks, correction, first, last)
            except UnfitError:
                for talk, end in before:
                    talk.end = end
                corrected.talks = [talk for talk, _ in before]
                raise
            corrected.settled |= set(range(first, last + 1))
            corrected.talks = _separate(document, corrected.talks)
        except UnfitError as fault:
            corrected.diagnostics.append(_tell_unfit(correction, str(fault)))
    if any(correction.act is not Act.POST for correction in corrections):
        corrected.lineup = _clear_lineup(document, corrected.talks, lineup)
    return corrected


def _tell_unfit(correction: Correction, why: str) -> Diagnostic:
    quote = correction.first.quote[:60] if correction.first else ""
    message = f"An editor's correction ({correction.act.value}) at “{quote}” no longer fits: {why}."
    hint = "Open the post's reading in the admin: make the correction again, or remove it."
    return Diagnostic(Severity.WARNING, "correction-unfit", 1, message, hint)


def _find_lines(correction: Correction, lines: Sequence[str]) -> tuple[int, int]:
    if correction.first is None:
        raise UnfitError("it names no line")
    first = correction.first.find(lines)
    last = correction.last.find(lines) if correction.last else first
    if first is None or last is None:
        raise UnfitError("its line has other words, or is gone")
    if last < first:
        raise UnfitError("its last line stands before its first")
    return first, last


def _find_block(document: Document, line: int) -> int:
    """The number of the block that holds the line, else of the next one below it."""
    for number, block in enumerate(document.blocks):
        if line <= block.end_line:
            return number
    raise UnfitError("its line is no part of the body")


def _find_last_block(document: Document, first: int, line: int) -> int:
    """The number of the last block, from the first one on, that begins at the line or above it."""
    number = first
    while number + 1 < len(document.blocks) and document.blocks[number + 1].line <= line:
        number += 1
    return number


def find_line(document: Document, talk: Candidate) -> int:
    """The line on which the talk begins."""
    return talk.item.line if talk.item else document.blocks[talk.start].line


def _find_talk_at(document: Document, talks: Sequence[Candidate], line: int) -> Candidate:
    """The talk that the line names: it begins there, or in the same block."""
    for talk in talks:
        if find_line(document, talk) == line:
            return talk
    for talk in talks:
        if not talk.item and document.blocks[talk.start].line <= line <= document.blocks[talk.start].end_line:
            return talk
    raise UnfitError("no talk begins there")


def _add_talk(document: Document, talks: list[Candidate], correction: Correction, first: int, last: int) -> None:
    start = _find_block(document, first)
    item = _find_item(document.blocks[start].items, first) if document.blocks[start].form is Form.LIST else None
    if item and last <= max(item.end_line, first):
        talk = Candidate(start, start + 1, "item", "", item=item, rest="")
    else:
        talk = _make_section(document, talks, start, first, last)
    _name_talk(document, talk, correction, first)
    talks[:] = [other for other in talks if not overlaps(talk, other)]
    for other in talks:
        if not other.item and other.start < talk.start < other.end:
            other.end = talk.start
    talks.append(talk)


def _find_item(items: Iterable[Item], line: int) -> Item | None:
    for item in items:
        if item.line == line:
            return item
        if item.line < line <= item.end_line:
            return _find_item(item.items, line)
    return None


def _make_section(document: Document, talks: Sequence[Candidate], start: int, first: int, last: int) -> Candidate:
    block = document.blocks[start]
    if block.form is Form.LIST and block.line < first:
        raise UnfitError("a talk of several blocks begins with the first item of a list")
    shape = "paragraph"
    if block.form is Form.HEADING:
        shape = f"heading {block.level}"
    elif block.form is Form.PARAGRAPH and block.line == block.end_line:
        shape = "bold line"
    end = _find_last_block(document, start, last) + 1
    if last <= block.end_line:
        end = _find_end(document, talks, start)
    labels = frozenset({first}) if block.form is Form.LIST else frozenset()
    return Candidate(start, end, shape, "", labels=labels)


def _find_end(document: Document, talks: Sequence[Candidate], start: int) -> int:
    """Where a talk ends of which only the first line is named: where the section does, or the talk that it cuts."""
    if document.blocks[start].form is Form.HEADING:
        end = document.find_end(start)
    else:
        end = next((number for number in document.headings if number > start), len(document.blocks))
    cut = next((talk for talk in talks if not talk.item and talk.start < start < talk.end), None)
    below = [talk.start for talk in talks if talk.start > start]
    return min([max(end, cut.end) if cut else end, *below])


def overlaps(talk: Candidate, other: Candidate) -> bool:
    """Whether the other talk begins within this one, or is the list that this item stands in."""
    if talk.item and other.item:
        one, two = talk.item, other.item
        return talk.start == other.start and one.line <= two.end_line and two.line <= one.end_line
    if talk.item:
        return other.start == talk.start
    return talk.start <= other.start < talk.end


def _name_talk(document: Document, talk: Candidate, correction: Correction, line: int) -> None:
    """Title and speakers as the editor said, else as the line has them."""
    talk.settled = True
    block = document.blocks[talk.start]
    content = talk.item.text if talk.item else _find_title_line(block, line)
    splits = [split for split in document.split(content.split("\n")[0]) if split.people.speakers]
    best = max(splits, key=lambda split: split.score, default=None)
    title, speakers = (best.title, best.people.speakers) if best else (make_plain(content.split("\n")[0]), ())
    talk.title = correction.title or title
    talk.speakers = speakers if correction.speakers is None else correction.speakers
    talk.day = correction.day if correction.day is not None else talk.day


def _find_title_line(block: Block, line: int) -> str:
    if block.form is Form.LIST:
        item = _find_item(block.items, line)
        return item.text if item else block.content
    if block.form is Form.PARAGRAPH:
        rows = block.text.split("\n")
        return rows[min(max(line - block.line, 0), len(rows) - 1)].strip()
    return block.content


def _remove_talk(document: Document, talks: list[Candidate], correction: Correction, first: int, last: int) -> None:
    """Lines that are no talk: the talk that begins there goes, or the doubt whether one does."""
    talks[:] = [talk for talk in talks if not first <= find_line(document, talk) <= last]


def _join_above(document: Document, talks: list[Candidate], correction: Correction, first: int, last: int) -> None:
    """Give lines to the talk above them, with what stands between; talks that begin in them become part of it."""
    above = [talk for talk in talks if find_line(document, talk) < first]
    if not above:
        raise UnfitError("no talk stands above it")
    talk = max(above, key=lambda other: find_line(document, other))
    if talk.item:
        raise UnfitError("the talk above is one item of a list")
    start = _find_block(document, first)
    end = _find_last_block(document, start, last) + 1
    joined = [other for other in talks if other is not talk and talk.start <= other.start < end]
    talk.end = max([talk.end, end, *(other.end for other in joined)])
    talk.settled = True
    talks[:] = [other for other in talks if not any(other is gone for gone in joined)]


def _end_talk(document: Document, talks: list[Candidate], correction: Correction, first: int, last: int) -> None:
    """From the line on nothing belongs to the talk that holds it."""
    start = _find_block(document, first)
    talk = next((other for other in talks if not other.item and other.start < start < other.end), None)
    if talk is None:
        raise UnfitError("it is in no talk, or the first of one")
    talk.end = start


def _set_details(document: Document, talks: list[Candidate], correction: Correction, first: int, last: int) -> None:
    """What a talk is called, who gave it, and on which day."""
    talk = _find_talk_at(document, talks, first)
    talk.title = correction.title or talk.title
    talk.speakers = talk.speakers if correction.speakers is None else correction.speakers
    talk.day = talk.day if correction.day is None else correction.day
    talk.settled = True


_ACTS: Mapping[Act, Callable[[Document, list[Candidate], Correction, int, int], None]] = {
    Act.TALK: _add_talk,
    Act.NO_TALK: _remove_talk,
    Act.ABOVE: _join_above,
    Act.END: _end_talk,
    Act.DETAILS: _set_details,
}


def _separate(document: Document, talks: Iterable[Candidate]) -> list[Candidate]:
    """The talks in the order of the post; none reaches into the next one."""
    order = sorted(talks, key=lambda talk: (talk.start, find_line(document, talk)))
    kept: list[Candidate] = []
    for talk in order:
        if not (kept and kept[-1].start == talk.start and not (kept[-1].item and talk.item)):
            kept.append(talk)
    for talk, below in pairwise(kept):
        talk.end = max(talk.start + 1, min(talk.end, below.start))
    return kept


def _clear_lineup(document: Document, talks: Sequence[Candidate], lineup: Lineup) -> Lineup:
    """A block that is a talk's, or holds one, is no lineup."""
    held = {number for talk in talks for number in range(talk.start, talk.end)} & set(lineup.blocks)
    if not held:
        return lineup
    lines = set(_iterate_lines(document, held))
    return replace(
        lineup,
        blocks=tuple(number for number in lineup.blocks if number not in held),
        entries=tuple(entry for entry in lineup.entries if entry.line not in lines),
        sections=tuple(place for place in lineup.sections if place[1].line not in lines),
    )


def _iterate_lines(document: Document, blocks: Iterable[int]) -> Iterator[int]:
    for number in blocks:
        yield from range(document.blocks[number].line, document.blocks[number].end_line + 1)
