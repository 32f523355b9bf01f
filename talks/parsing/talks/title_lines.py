"""Finds title lines, which stand as headings do.

They are lines of their own in bold or as a link, plain lines above a list, and items by themselves above paragraphs.
"""

import re
from collections import Counter
from dataclasses import replace
from enum import Enum, auto
from itertools import chain

from talks.parsing.talks.announcements import find_books
from talks.parsing.talks.block_cuts import cut_block
from talks.parsing.talks.bylines import ALONE, SHAPED, is_by_line, read_byline, read_label, read_speaker_row
from talks.parsing.talks.document import Document
from talks.parsing.talks.people import NOBODY, People
from talks.parsing.talks.speaker_lines import looks_like_people
from talks.parsing.talks.title_parts import OPENING_QUOTES
from talks.parsing.talks.title_slots import is_slot_line
from talks.parsing.talks.unheard_talks import is_heading_of_missed
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import break_lines, find_links, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.title_comparison import count_words
from talks.parsing.web_addresses import is_profile
from talks.parsing.words.talk_words import DETAIL_LABELS, SPEAKER_LABELS, TITLE_LABELS

_BOLD_LINE = re.compile(
    r"\s*(?:\d{1,2}[.)]\s*)?(?:\*\*|__|<(?:b|strong|u)>)(?=\S).{2,240}?(?:\*\*|__|</(?:b|strong|u)>)(.{0,160})\Z"
)
# A title over several lines, perhaps with its speaker: "**Moss and\nferns\nSpeaker: Ann Lee**".
_BOLD_ROWS = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*\Z", re.DOTALL)
_BOLD_ROW = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*\Z")
_MOST_ROWS = 4
# "J. Lee" and "Dr. Lee" end none, nor does "Why moss? - Ann Lee".
_SENTENCE = re.compile(
    r"[^\s.](?:\.(?<!\b[A-ZÀ-Þ]\.)(?<!\bDr\.)|[!?](?!\s+(?:[-–—|/(]|by\s)))\s+\S|[。！？]\S|[.;,…。；，、]\s*\Z"
)
_ABOUT_A_TIME = re.compile(r"~\s*\d")  # "~ 15:00 Roses"
_LEAST = 2
LEAST_SLOTS = 3
_LEAST_WORDS = 2
_NAMED, _MAYBE_NAMED, _SURELY_NAMED = 0.3, 0.5, 0.75
_LONGEST_LINE = 400
_LONGEST_PLAIN = 160
_MOST_WORDS = 18
_MOST_BESIDE = 12
_EDGES = " \t-–—|:,()"
_LEADS_BACK = re.compile(r"[\s*_]*\[[^\[\]]*\]\(#[^()]*\)[\s*_]*")  # a link within the post: "[Agenda](#agenda)"
_OPENING_SIGNS = f"{OPENING_QUOTES}'‘`([¿¡#@"
_DETAILS = SPEAKER_LABELS | TITLE_LABELS | DETAIL_LABELS


class Style(Enum):
    """How a title line is written: in bold, as a link, as plain text, or as the only item of a list."""

    BOLD = auto()
    LINK = auto()
    PLAIN = auto()
    ITEM = auto()


def promote_lines(document: Document) -> Document:
    """Return the document with title lines as headings, one level below the headings above most lines of their style.

    A style must have at least two lines. If three lines at least are bold, plain ones stay paragraphs. So do links
    whose words occur in several lines, and plain lines with a name right below a title. If three or more headings are
    only a time or place, the lines right below these are slots of a schedule and stay paragraphs. Titles of books stay
    paragraphs too.
    """
    found: dict[Style, list[int]] = {}
    timed = {heading for heading in document.headings if is_slot_line(document.plain(heading))}
    for heading, start, end in document.sections:
        slot = heading in timed and len(timed) >= LEAST_SLOTS
        title = heading
        books = find_books(document, start, end)
        for number in range(start + slot, end):
            style = None if number in books else find_style(document, number)
            if style and not (style is Style.PLAIN and title == number - 1 and _names_people(document, number)):
                found.setdefault(style, []).append(number)
                title = number
    if links := found.get(Style.LINK):
        told = Counter(map(document.plain, links))  # what several lines say is the label of a link: "Talk description"
        found[Style.LINK] = [number for number in links if told[document.plain(number)] == 1]
    if len(found.get(Style.BOLD, ())) >= LEAST_SLOTS:
        found.pop(Style.PLAIN, None)
    blocks = list(document.blocks)
    styled = [numbers for numbers in found.values() if len(numbers) >= _LEAST]
    for numbers in styled:
        above = Counter(document.blocks[n].level if n >= 0 else 0 for n in map(document.find_heading_above, numbers))
        level = above.most_common(1)[0][0] + 1
        for number in numbers:
            block = blocks[number]
            content = block.items[0].text if block.items else block.content
            blocks[number] = replace(block, form=Form.HEADING, level=level, content=content, items=())
    lines = frozenset(chain.from_iterable(styled))
    return replace(document, blocks=tuple(blocks), lines=lines) if lines else document


def part_title_rows(document: Document) -> Document:
    """Return the document with paragraphs cut below a bold title and its speaker, if two at least begin with these.

    Else paragraphs are cut below a bold title alone, if three at least begin with one and stand below the same heading,
    or below none.
    """
    paragraphs = list(document.paragraphs(0, len(document.blocks)))
    opened = [number for number in paragraphs if _opens_with_speaker(document, number)]
    rows = 2
    if sum(_opens_with_speaker(document, number, ALONE) for number in opened) < _LEAST:
        opened = [number for number in paragraphs if _opens_with_title(document, number)]
        rows = 1
        titled = sum(count_words(document.blocks[number].content.split("\n")[0]) >= _LEAST_WORDS for number in opened)
        if titled < LEAST_SLOTS or len(set(map(document.find_heading_above, opened))) > 1:
            return document
        if _names_speaker(document, document.called, ALONE) or _stands_below_speaker(document, opened[0]):
            return document
    blocks = list(document.blocks)
    for number in reversed(opened):
        parts = cut_block(blocks[number], blocks[number].line + rows)
        blocks[number : number + 1] = parts or blocks[number : number + 1]
    return replace(document, blocks=tuple(blocks))


def _opens_with_title(document: Document, number: int) -> bool:
    """Whether the first line of a paragraph is all bold and no label, and the text below it has more words."""
    first, _, rest = document.blocks[number].content.partition("\n")
    if not rest or len(first) > _LONGEST_LINE or not _BOLD_ROW.match(first) or _BOLD_ROW.match(rest.split("\n")[0]):
        return False
    plain = make_plain(first)
    words = count_words(plain)
    return 0 < words < count_words(make_plain(rest)) and not plain.endswith((":", "：")) and not _is_labelled(plain)


def _opens_with_speaker(document: Document, number: int, least: float = SHAPED) -> bool:
    """Whether the first line of a paragraph is all bold, and the second one names people, surely enough (`least`).

    False in the notes of a talk whose speaker is known: there such lines are a book or a quotation, and its author.
    """
    first, *rest = document.blocks[number].content.split("\n", 2)
    if not rest or len(first) > _LONGEST_LINE or not _BOLD_ROW.match(first) or _is_labelled(make_plain(first)):
        return False
    named = read_label(rest[0], document)[1].speakers or read_byline(rest[0], document, least).speakers
    return bool(named) and not _stands_below_speaker(document, number)


def _stands_below_speaker(document: Document, number: int) -> bool:
    """Whether the speaker is told before a block: in the front matter, in the heading above it, or right below that."""
    heading = document.find_heading_above(number)
    if document.meta.speakers or heading < 0:
        return bool(document.meta.speakers)
    if _names_speaker(document, document.blocks[heading].content, ALONE):
        return True
    return heading + 1 < number and _names_people(document, heading + 1)


def _names_people(document: Document, number: int) -> bool:
    content = document.blocks[number].content
    return bool(read_speaker_row(content, document).speakers) or looks_like_people(document, content)


def find_style(document: Document, number: int) -> Style | None:
    """Return the style (bold, link, plain text or item) of a block that may be a title line, else None."""
    block = document.blocks[number]
    if block.form is Form.LIST:
        return Style.ITEM if _is_title_item(document, number) else None
    if block.form is not Form.PARAGRAPH or _is_labelled(document.plain(number)):
        return None
    if _LEADS_BACK.fullmatch(block.content) or (is_by_line(block.content) and _names_people(document, number)):
        return None
    if is_bold_line(document, number):
        return Style.BOLD
    content = block.content.strip()
    if (
        block.line != block.end_line
        or len(content) > _LONGEST_LINE
        or (content.endswith((":", "：")) and not is_heading_of_missed(document.plain(number)))
    ):
        return None
    if content[:1] == "[" and _is_link_line(document, content):
        return Style.LINK
    return Style.PLAIN if _is_plain_title(document, number, content) else None


def _is_labelled(plain: str) -> bool:
    """Whether a line tells a detail of a talk after its label: "Speaker: Ann Lee"."""
    label, value = split_label(plain)
    return bool(value) and label in _DETAILS


def _is_link_line(document: Document, content: str) -> bool:
    """Whether a line is one link, or a link and the name of a speaker."""
    links = find_links(content, document.definitions)
    if not links or links[0].start > 1 or is_profile(links[0].url) or count_words(links[0].text) < _LEAST_WORDS:
        return False
    return _may_end_title(document, content[links[0].end :].strip(_EDGES + "."))


def _may_end_title(document: Document, tail: str) -> bool:
    """Whether what stands behind a title in its line is nothing, or the name of a speaker."""
    tail = tail.strip(_EDGES)
    return not tail or (len(tail.split()) <= _MOST_BESIDE and read_byline(tail, document).score >= _NAMED)


def _is_plain_title(document: Document, number: int, content: str) -> bool:
    """Whether a line is worded like a title and followed directly by a list of notes."""
    below = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if below is None or below.form is not Form.LIST or below.line > document.blocks[number].end_line + 2:
        return False
    plain = document.plain(number)
    words = plain.split()
    return (
        len(content) <= _LONGEST_PLAIN
        and 0 < len(words) <= _MOST_WORDS
        and (plain[:1].isalnum() or plain[:1] in _OPENING_SIGNS or bool(_ABOUT_A_TIME.match(plain)))
        and not _SENTENCE.search(plain)
        and (not plain[:1].islower() or _names_speaker(document, content, _MAYBE_NAMED) or is_heading_of_missed(plain))
    )


def _names_speaker(document: Document, content: str, least: float) -> bool:
    return max(split.score for split in document.split(content)) >= least


def _is_title_item(document: Document, number: int) -> bool:
    """Whether a list is one item of one line that is a link or names a speaker, with a paragraph right below.

    False for an item right below a title line, or in the section of a heading that names a speaker: it is a note.
    """
    block = document.blocks[number]
    below = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if len(block.items) != 1 or block.items[0].items or below is None or below.form is not Form.PARAGRAPH:
        return False
    if number and document.blocks[number - 1].form is Form.PARAGRAPH and find_style(document, number - 1):
        return False
    heading = document.find_heading_above(number)
    if heading >= 0 and _names_speaker(document, document.blocks[heading].content, _SURELY_NAMED):
        return False
    content = block.items[0].text
    plain = make_plain(content)
    if "\n" in content or len(content) > _LONGEST_LINE or not _LEAST_WORDS <= count_words(plain) <= _MOST_WORDS:
        return False
    named = _names_speaker(document, content, _NAMED)
    return not _SENTENCE.search(plain) and (named or _is_link_line(document, content))


def is_bold_line(document: Document, number: int) -> bool:
    """Whether a paragraph is one to four bold lines, a bold one above a speaker's, or one with a speaker at its end."""
    block = document.blocks[number]
    if len(block.content) > _LONGEST_LINE:
        return False
    if block.line != block.end_line:
        rows = block.content.count("\n")
        told = rows == 1 and _opens_with_speaker(document, number)
        return told or (rows < _MOST_ROWS and bool(_BOLD_ROWS.match(block.content)))
    match = _BOLD_LINE.match(block.content.strip())
    return match is not None and _may_end_title(document, match[1])


def read_rows(document: Document, number: int) -> tuple[str, People]:
    """Return a heading's title, joined from its lines above the first one that names people, and these people.

    Without such a line, the title is all lines. But if the first line is bold, the title is that line, and the people,
    if any, are those of the second, which may look less surely like names. A heading of one line is returned as
    written, with `NOBODY`.
    """
    content = document.blocks[number].content
    written, *below = break_lines(content.strip()).strip().split("\n")
    if not below:
        return content, NOBODY
    first, *rest = (row.strip(" *_") for row in (written, *below))
    for count, row in enumerate(rest):
        if (people := read_speaker_row(row, document)).speakers:
            return " ".join([first, *rest[:count]]), people
    if _BOLD_ROW.match(written):
        return first, read_byline(rest[0], document, SHAPED)
    return " ".join([first, *rest]), NOBODY
