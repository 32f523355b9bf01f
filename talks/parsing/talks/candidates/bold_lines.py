"""Recognises talks whose titles are lines in bold, which many use as headings."""

import re
from collections.abc import Mapping

from talks.parsing.metadata.day_labels import is_day_heading
from talks.parsing.talks.candidates.headings import choose_split, find_pattern
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.speaker_lines import find_details, find_speakers, mentions_talk, read_byline
from talks.parsing.text.blocks import Form
from talks.parsing.title_folding import fold

_BOLD_LINE = re.compile(
    r"\s*(?:\d{1,2}[.)]\s*)?(?:\*\*|__|<(?:b|strong)>)(?=\S).{2,240}?(?:\*\*|__|</(?:b|strong)>)(.{0,160})\Z"
)
_LEAST = 2
_NAMED = 0.3


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return the bold lines of the document, if there are several.

    Each reaches to the next, or to the section's end.
    """
    ends: dict[int, int] = {}
    lonely: set[int] = set()
    for _, start, end in document.sections:
        numbers = [number for number in document.paragraphs(start, end) if is_bold_line(document, number)]
        ends |= zip(numbers, [*numbers[1:], end], strict=False)
        lonely |= set(numbers) if len(numbers) < _LEAST else set()
    candidates = _read_lines(document, ends) if len(ends) >= _LEAST else []
    return [candidate for candidate in candidates if candidate.byline or candidate.start not in lonely]


def is_bold_line(document: Document, number: int) -> bool:
    """Whether a paragraph is one line that is bold, apart from the name of a speaker."""
    block = document.blocks[number]
    if block.line != block.end_line or len(block.content) > 400:
        return False
    match = _BOLD_LINE.match(block.content.strip())
    if not match or block.content.rstrip(" *_").endswith((":", "：")):
        return False
    tail = match[1].strip(" \t-–—|:,()")
    return not tail or (len(tail.split()) <= 12 and read_byline(tail, document).score >= _NAMED)


def _read_lines(document: Document, ends: Mapping[int, int]) -> list[Candidate]:
    splits = [document.split(document.blocks[number].content) for number in ends]
    pattern = find_pattern(splits)
    candidates = []
    for (number, end), ways in zip(ends.items(), splits, strict=True):
        split = choose_split(ways, pattern)
        candidate = Candidate(number, end, "bold line", split.title, split.people.speakers)
        candidate.add("a line in bold")
        if split.score:
            candidate.add("names a speaker", split.score)
        _weigh_section(candidate, document, number, end)
        candidates.append(candidate)
    named = [candidate for candidate in candidates if candidate.speakers]
    if len(named) >= _LEAST and len(named) >= 0.4 * len(candidates):
        for candidate in candidates:
            candidate.add("the other bold lines name speakers")
    return candidates


def _weigh_section(candidate: Candidate, document: Document, number: int, end: int) -> None:
    plain = document.plain(number)
    if is_day_heading(plain) or is_other_heading(fold(plain)):
        candidate.add("names a day, or something else than a talk")
    details = find_details(document, number + 1, end)
    candidate.byline, candidate.labels = details.blocks, details.items
    if details.people.speakers:
        candidate.add("a line below says who speaks")
        candidate.speakers = candidate.speakers or details.people.speakers
    if not candidate.speakers:
        people = find_speakers(document, number + 1, end)
        if people.speakers:
            candidate.add("its first sentences tell who speaks", people.score)
            candidate.speakers = people.speakers
    if mentions_talk(document, number + 1, end):
        candidate.add("its first sentences tell of a talk")
    if not any(
        document.blocks[other].form in (Form.LIST, Form.PARAGRAPH, Form.QUOTE) for other in range(number + 1, end)
    ):
        candidate.add("nothing is noted below it")
