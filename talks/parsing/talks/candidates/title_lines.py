"""Recognises talks whose titles are lines of their own: bold, a link, or plain with notes below."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from talks.names import fold_words
from talks.parsing.talks.candidates.headings import choose_split, find_pattern
from talks.parsing.talks.candidates.title_words import weigh_form, weigh_words
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import NOBODY, People
from talks.parsing.talks.sentence_names import find_speakers, mentions_talk
from talks.parsing.talks.speaker_lines import find_details, read_byline, read_speaker_row
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import find_links
from talks.parsing.title_comparison import count_words, has_any
from talks.parsing.web_addresses import is_profile, read_host
from talks.parsing.words.headings import SIGN_OFF
from talks.parsing.words.talks import TALK_PLURALS

_BOLD_LINE = re.compile(
    r"\s*(?:\d{1,2}[.)]\s*)?(?:\*\*|__|<(?:b|strong|u)>)(?=\S).{2,240}?(?:\*\*|__|</(?:b|strong|u)>)(.{0,160})\Z"
)
# A title over several lines, perhaps with its speaker: "**Moss and\nferns\nSpeaker: Ann Lee**".
_BOLD_ROWS = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*\Z", re.DOTALL)
_MOST_ROWS = 4
_SENTENCE = re.compile(r"[^\s.][.!?]\s+\S|[。！？]\S|[.;,…。；，、]\s*\Z")
_LEAST = 2
_LEAST_WORDS = 2
_NAMED = 0.3
_SURE = 0.6
_LONGEST_LINE = 400
_LONGEST_PLAIN = 160
_MOST_WORDS = 18
_EDGES = " \t-–—|:,.()"
BOLD, LINK, PLAIN = "in bold", "that is a link", "of plain text"
_RANKS = {BOLD: 0, LINK: 1, PLAIN: 2}


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return the title lines of each style that has at least two.

    Each talk ends with its section, or at the next title line whose style is the same or sets a line more apart.
    """
    found: list[Candidate] = []
    ends: dict[str, dict[int, int]] = {style: {} for style in _RANKS}
    lonely: set[int] = set()
    for _, start, end in document.sections:
        styles = {n: style for n in document.paragraphs(start, end) if (style := find_style(document, n))}
        stops = dict.fromkeys(_RANKS, end)
        for number in reversed(styles):
            style = styles[number]
            ends[style][number] = stops[style]
            stops |= {other: number for other, rank in _RANKS.items() if rank >= _RANKS[style]}
        counts = Counter(styles.values())
        lonely |= {number for number, style in styles.items() if counts[style] < _LEAST}
    for style, own in ends.items():
        if len(own) >= _LEAST:
            lines = _read_lines(document, dict(sorted(own.items())), style)
            found += [line for line in lines if style != BOLD or line.byline or line.start not in lonely]
    return found


def find_style(document: Document, number: int) -> str:
    """Return `BOLD`, `LINK` or `PLAIN` for a paragraph that may be a title line, or an empty text."""
    if is_bold_line(document, number):
        return BOLD
    block = document.blocks[number]
    content = block.content.strip()
    if block.line != block.end_line or len(content) > _LONGEST_LINE or content.endswith((":", "：")):
        return ""
    if content[:1] == "[" and _is_link_line(document, content):
        return LINK
    return PLAIN if _is_plain_title(document, number, content) else ""


def _is_link_line(document: Document, content: str) -> bool:
    """Whether a line is one link, or a link and the name of a speaker."""
    links = find_links(content, document.definitions)
    if not links or links[0].start > 1 or is_profile(links[0].url) or count_words(links[0].text) < _LEAST_WORDS:
        return False
    tail = content[links[0].end :].strip(_EDGES)
    return not tail or (len(tail.split()) <= 12 and read_byline(tail, document).score >= _NAMED)


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
        and not plain[:1].islower()
        and not _SENTENCE.search(plain)
    )


def is_bold_line(document: Document, number: int) -> bool:
    """Whether a paragraph is one line that is bold, except perhaps for the name of a speaker, or a few bold lines."""
    block = document.blocks[number]
    if len(block.content) > _LONGEST_LINE:
        return False
    if block.line != block.end_line:
        return block.content.count("\n") < _MOST_ROWS and bool(_BOLD_ROWS.match(block.content))
    match = _BOLD_LINE.match(block.content.strip())
    if not match:
        return False
    tail = match[1].strip(" \t-–—|:,()")
    return not tail or (len(tail.split()) <= 12 and read_byline(tail, document).score >= _NAMED)


def _read_lines(document: Document, ends: Mapping[int, int], style: str) -> list[Candidate]:
    rows = [_read_rows(document, number) for number in ends]
    splits = [document.split(title) for title, _ in rows]
    pattern = find_pattern(splits)
    candidates = []
    for (number, end), (_, people), ways in zip(ends.items(), rows, splits, strict=True):
        split = choose_split(ways, pattern)
        candidate = Candidate(number, end, "title line", split.title, split.people.speakers, style=style)
        if people.speakers:
            candidate.add("a line below says who speaks")
            candidate.speakers = people.speakers
        candidate.add(f"a line {style}")
        if split.score:
            agreed = bool(pattern) and split.pattern == pattern
            sure = split.score >= _SURE or agreed
            candidate.add("names a speaker" if sure else "perhaps names a speaker", split.score)
        weigh_words(candidate, document, number)
        weigh_form(candidate, document, number)
        _weigh_section(candidate, document, number, end)
        if not fold_words(candidate.title):  # "[Slides](…)"
            candidate.settled = False
        candidates.append(candidate)
    _weigh_company(document, candidates)
    return candidates


def _read_rows(document: Document, number: int) -> tuple[str, People]:
    """Return a title, joined where it is wrapped, and the people in the first line below it that names some."""
    content = document.blocks[number].content
    first, *rest = content.strip().strip("*_").split("\n")
    if not rest:
        return content, NOBODY
    for count, row in enumerate(rest):
        if (people := read_speaker_row(row, document)).speakers:
            return " ".join([first, *rest[:count]]), people
    return " ".join([first, *rest]), NOBODY


def _weigh_company(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence from all lines of one style together, and from the headings above them."""
    named = sum(bool(candidate.speakers) for candidate in candidates)
    noted = sum(candidate.has("has a list below it") for candidate in candidates)
    hosts = Counter(_find_host(document, candidate.start) for candidate in candidates)
    for candidate in candidates:
        if named >= _LEAST and named >= 0.4 * len(candidates):
            candidate.add("the other lines name speakers")
        candidate.add("the lines like it have lists below", noted / len(candidates))
        candidate.add("has many like it", min(1.5, math.log(len(candidates)) / 2))
        host = _find_host(document, candidate.start)
        if host and hosts[host] >= max(_LEAST, len(candidates) / 2):
            candidate.add("links to where its siblings link")
        for heading in _find_headings_above(document, candidate.start):
            plain = document.plain(heading)
            if heading in document.day_headings:
                candidate.add("stands below the heading of a day")
            elif has_any(fold_words(plain), TALK_PLURALS):
                candidate.add("stands below a heading that announces talks")
            else:
                continue
            break


def _find_headings_above(document: Document, number: int) -> Iterator[int]:
    """Yield the numbers of the headings whose sections contain a block, the innermost first."""
    heading = document.find_heading_above(number)
    while heading >= 0:
        yield heading
        heading = document.find_parent(heading)


def _find_host(document: Document, number: int) -> str:
    links = find_links(document.blocks[number].content, document.definitions)
    return read_host(links[0].url) if links else ""


def _weigh_section(candidate: Candidate, document: Document, number: int, end: int) -> None:
    details = find_details(document, number + 1, end, titled=True)
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
    own = document.blocks[number + 1 : end]
    if any(block.form is Form.LIST for block in own):
        candidate.add("has a list below it")
    if not any(block.form in (Form.LIST, Form.PARAGRAPH, Form.QUOTE) for block in own):
        candidate.add("nothing is noted below it")
    candidate.add("is followed by much", min(1.5, math.log1p(len(own)) / 2))
    plain = document.plain(number).casefold()
    if any(phrase in plain for phrase in SIGN_OFF):
        candidate.add("says goodbye")
