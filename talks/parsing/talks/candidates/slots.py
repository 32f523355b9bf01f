"""Recognises talks that are slots of a schedule: a time with speaker and title in lines beside or below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.talks.bylines import read_byline
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import NOTED, Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import NOBODY, People
from talks.parsing.talks.title_lines import LEAST_SLOTS, find_style
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.talks.title_slots import is_slot_line
from talks.parsing.text.inline import make_plain

_CLOCK = r"\d{1,2}(?:[:h.]\d{2}\s*(?:[ap]\.?m\.?)?|\s*[ap]\.?m\.?|h\b)"
_TIME = compile_late(
    rf"\s*[*_`(\[]{{0,3}}{_CLOCK}(?:\s*(?:->|[-–—~→]|to|bis|à)\s*{_CLOCK})?[*_`)\]]{{0,3}}\s*[-–—:|,]?\s*",
    re.IGNORECASE,
)
_MOST_ROWS = 12
_LONGEST_ROW = 160
_LEAST_NAME = 0.15
_SHAPED = 0.4
_APART = 0.15


@dataclass(frozen=True, slots=True)
class _Slot:
    """A paragraph that begins with a time or, if `timed_above`, stands right below a heading of only time and place.

    `rows` are the lines of its text without the time, as plain texts; empty ones are left out.
    """

    number: int
    rows: tuple[str, ...]
    timed_above: bool = False


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return a candidate for each slot, which is a time with its talk; none if the post has fewer than three slots.

    A slot ends before the next slot or heading.
    """
    slots: list[_Slot] = []
    ends: list[int] = []
    for heading, start, end in document.sections:
        found = [slot for number in document.paragraphs(start, end) if (slot := _read_slot(document, number))]
        if not found and heading >= 0 and is_slot_line(document.plain(heading)):
            first = document.paragraphs(start, min(start + 1, end))
            found = [slot for number in first if (slot := _read_title(document, number))]
        ends += [*(slot.number for slot in found[1:]), end][: len(found)]
        slots += found
    if len(slots) < LEAST_SLOTS:
        return []
    speaks = _find_speaker_row(document, slots)
    return [_make_candidate(document, slot, end, speaks) for slot, end in zip(slots, ends, strict=True)]


def _read_slot(document: Document, number: int) -> _Slot | None:
    content = document.blocks[number].content
    time = _TIME.match(content[:_LONGEST_ROW]) if content[:8].strip(" *_`([")[:1].isdigit() else None
    if not time:
        return None
    rows = tuple(row for row in (make_plain(row) for row in content[time.end() :].split("\n")[:_MOST_ROWS]) if row)
    return _Slot(number, rows) if rows and len(rows[0]) <= _LONGEST_ROW else None


def _read_title(document: Document, number: int) -> _Slot | None:
    """Return block `number`, the line right below a heading of only time and place, as a slot.

    None if the line is neither marked nor worded as a title.
    """
    if not find_style(document, number):
        return None
    return _Slot(number, (make_plain(document.blocks[number].content),), timed_above=True)


def _find_speaker_row(document: Document, slots: Sequence[_Slot]) -> int:
    """Return the row, among each slot's first two, in which speakers are named: 0, 1, or -1.

    It is -1 if neither row looks clearly more like names, on average over the slots.
    """
    means = []
    for place in (0, 1):
        rows = [
            slot.rows[place] for slot in slots if len(slot.rows) > 1 and not is_other_heading(fold_words(slot.rows[0]))
        ]
        scores = [_read_names(document, row, _LEAST_NAME).score for row in rows]
        means.append(sum(scores) / max(1, len(scores)))
    best = 0 if means[0] > means[1] else 1
    return best if means[best] >= _SHAPED and means[best] - means[1 - best] >= _APART else -1


def _read_names(document: Document, row: str, least: float) -> People:
    """Return the people whom a row names, even in capitals, if their score is at least `least`; else `NOBODY`."""
    return read_byline(row.title() if row.isupper() else row, document, least) if len(row) <= _LONGEST_ROW else NOBODY


def _make_candidate(document: Document, slot: _Slot, end: int, speaks: int) -> Candidate:
    people, title = NOBODY, slot.rows[0]
    used = 1
    if speaks >= 0 and len(slot.rows) > 1:
        people = _read_names(document, slot.rows[speaks], _LEAST_NAME)
        if people.speakers:
            title, used = slot.rows[1 - speaks], 2
    candidate = Candidate(slot.number, end, "schedule slot", clean_title(title), people.speakers, style="slot")
    if not people.speakers:
        split = max(document.split(title), key=lambda way: way.score)
        if split.score >= _SHAPED:
            people, candidate.title, candidate.speakers = split.people, split.title, split.people.speakers
    candidate.add("a slot of a schedule")
    if slot.timed_above:
        candidate.add("the heading above is only its time and place")
    if people.speakers:
        candidate.add("names a speaker", max(_SHAPED, people.score))
    if is_other_heading(fold_words(title)):
        candidate.add("is what such posts call something else than a talk")
    told = len(slot.rows) > used
    if not told:
        candidate.byline |= {slot.number}
    if not told and not any(block.form in NOTED for block in document.blocks[slot.number + 1 : end]):
        candidate.add("nothing is noted below it")
    if not fold_words(candidate.title):
        candidate.settled = False
    return candidate
