"""Who speaks, where the text below a title says so: lines made for it, or the first sentences."""

import re
from dataclasses import dataclass

from talks.parsing.blocks import Block, Form
from talks.parsing.document import Document
from talks.parsing.inline import make_plain, make_plain_with_links
from talks.parsing.mentions import find_mentions, find_stage
from talks.parsing.people import NOBODY, People, read_people
from talks.parsing.splitting import clean_title
from talks.parsing.titles import fold
from talks.parsing.words import BY_WORDS, SPEAKER_LABELS, TALK_TITLE_LABELS, TALK_WORDS, TITLE_LABELS

LONGEST = 1200
_ROWS = 4
_BLOCKS = 5
_LABEL = re.compile(
    r"\s*[*_>-]{0,4}\s?([^\W\d_][\w ()/-]{1,30}?)\s*[*_]{0,3}\s*[:：]\s*[*_]{0,3}\s*(\S.*)\Z", re.DOTALL
)
_BY_LINE = re.compile(
    r"\s*[*_(–—-]{0,4}\s*(?:"
    + "|".join(sorted({re.escape(word) for words in BY_WORDS.values() for word in words}, key=len, reverse=True))
    + r")\s+(\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Details:
    """What lines of detail below a title say; `blocks` are the numbers of those that say nothing else."""

    people: People = NOBODY
    title: str = ""
    blocks: frozenset[int] = frozenset()


def find_details(document: Document, start: int, end: int) -> Details:
    """Look for "by Ann Lee", "Speaker: Ann Lee", "Topic: …", or a name alone, before the notes begin."""
    details = Details()
    for number in range(start, min(start + _BLOCKS, end)):
        block = document.blocks[number]
        if block.form is Form.LIST:
            _read_rows(details, [item.text for item in block.items[:_ROWS]], document, labels_only=True)
            break
        if block.form not in (Form.PARAGRAPH, Form.HEADING):
            continue
        rows = block.content.split("\n") if len(block.content) <= 600 else [block.content[:LONGEST]]
        used = _read_rows(details, rows[:_ROWS], document, labels_only=len(rows) > _ROWS)
        if used == len(rows):
            details.blocks |= {number}
        elif block.form is Form.PARAGRAPH and not _is_short(block):
            break
    return details


def _is_short(block: Block) -> bool:
    return len(block.content) <= 300


def _read_rows(details: Details, rows: list[str], document: Document, *, labels_only: bool) -> int:
    """Take what each row says; the number of rows that were nothing but details."""
    used = 0
    for row in rows:
        title, people = _read_label(row, document)
        if not people.speakers and not title and not labels_only and not details.people.speakers:
            people = read_byline(row, document)
        if title or people.speakers:
            used += 1
        details.title = details.title or title
        details.people = details.people if details.people.speakers else people
    return used


def _read_label(row: str, document: Document) -> tuple[str, People]:
    """The title and the people that a row with a label gives."""
    if len(row) > LONGEST or not (match := _LABEL.match(row)):
        return "", NOBODY
    label = fold(match[1])
    if label in SPEAKER_LABELS or label.split()[-1:] == ["speaker"]:
        return "", _at_least(read_people(match[2], document.definitions), 0.1)
    if label in TITLE_LABELS or label in TALK_TITLE_LABELS:
        splits = document.split(match[2])
        best = max(splits, key=lambda split: split.score)
        return (best.title, best.people) if best.score >= 0.75 else (clean_title(splits[0].title), NOBODY)
    return "", NOBODY


def read_byline(content: str, document: Document) -> People:
    """People, if the text is a line for them and nothing else."""
    if match := _BY_LINE.match(content):
        return _at_least(read_people(match[1], document.definitions), 0.3)
    if len(content) <= 200:
        return _at_least(read_people(content.strip(" *_"), document.definitions), 0.75)
    return NOBODY


def _at_least(people: People, score: float) -> People:
    return people if people.score >= score else NOBODY


def find_speakers(document: Document, start: int, end: int) -> People:
    """The people whom the first sentences below a title show on stage."""
    for number in list(document.paragraphs(start, end))[:3]:
        plain, links = make_plain_with_links(document.blocks[number].content[:LONGEST], document.definitions)
        stage = find_stage(find_mentions(plain, links), plain)
        if stage:
            return People(tuple(m.speaker for m in stage), min(1.0, max(m.sureness for m in stage)))
    return NOBODY


def tells_of_talk(document: Document, start: int, end: int) -> bool:
    """Whether the first paragraphs say that this is about a talk."""
    for number in list(document.paragraphs(start, end))[:2]:
        words = fold(make_plain(document.blocks[number].content[:600])).split()
        if any(word in TALK_WORDS for word in words):
            return True
    return False
