"""Recognises talks that are rows of a table with a column of titles."""

import re
from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.talks.announcements import lists_sources
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import NOBODY, read_people
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words
from talks.parsing.words.event_words import EVENT_COLUMNS
from talks.parsing.words.talk_words import (
    DETAIL_LABELS,
    NOTE_WORDS,
    RESOURCE_LABELS,
    SPEAKER_LABELS,
    TALK_WORDS,
    TITLE_LABELS,
)

_RULE = re.compile(r"[\s|:-]+\Z")
_CELL_END = re.compile(r"(?<!\\)\|")
_MOST_ROWS = 1000
_MOST_GUESSED = 12
_LEAST_ROWS = 3
_LEAST_WIDTH = 2
_LONGEST_CELL = 300
_NAMED = 0.4
_TITLE_WORDS = 2.5
_AUTHORS = frozenset({"author", "authors"})  # of talks in a table with titles
_BESIDE_TITLES = RESOURCE_LABELS | DETAIL_LABELS | TALK_WORDS | NOTE_WORDS


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return one candidate for each row of each table whose header or cells show a column of titles.

    Tables of events are left out. A table that names nobody must have another column for talks, such as "Slides".
    """
    found: list[Candidate] = []
    for number, block in enumerate(document.blocks):
        if block.form is Form.TABLE:
            found += _read_table(document, number, block)
    return found


def find_only_row(document: Document, start: int) -> Candidate | None:
    """Return a candidate for the only row of the table in block `start`, if that row names speakers; else None.

    A table of one talk's details is such a table.
    """
    block = document.blocks[start] if start < len(document.blocks) else None
    rows = _read_table(document, start, block) if block and block.form is Form.TABLE else []
    return rows[0] if len(rows) == 1 and rows[0].speakers else None


def _read_table(document: Document, number: int, block: Block) -> list[Candidate]:
    rows = [(line, row) for line, row in enumerate(block.text.split("\n"), block.line) if not _RULE.match(row)]
    names = [set(fold_words(make_plain(cell)).split()) for cell in _split_cells(rows[0][1] if rows else "")]
    sources = lists_sources(document, number)
    named = SPEAKER_LABELS if sources else SPEAKER_LABELS | _AUTHORS
    speaker = next((place for place, words in enumerate(names) if words & named), None)
    if speaker is None and any(words & EVENT_COLUMNS for words in names):
        return []  # a table of events, or of the writer's own talks at them
    titles = TITLE_LABELS | TALK_WORDS
    title = next((place for place, words in enumerate(names) if words & titles and place != speaker), None)
    if title is None:
        rows = rows[0 if _RULE.match(block.text.split("\n")[0]) else 1 :]  # a header may be empty
        title, speaker = _guess_columns(document, [row for _, row in rows[:_MOST_GUESSED]])
    else:
        rows = rows[1:]
    if title is None:
        return []
    found = [_read_row(document, number, line, row, title, speaker) for line, row in rows[:_MOST_ROWS]]
    if not any(candidate.speakers for candidate in found) and not any(
        words & _BESIDE_TITLES for place, words in enumerate(names) if place != title
    ):
        return []  # "Title | Colour"
    if _is_index(names, title, speaker):
        for candidate in found:
            candidate.settled = False
    return found


def _is_index(names: Sequence[set[str]], title: int, speaker: int | None) -> bool:
    """Whether a table only lists files: beside titles and speakers it has two columns or more, all for slides etc.

    False for a table without a column of speakers.
    """
    others = [words for place, words in enumerate(names) if place not in (title, speaker)]
    return speaker is not None and len(others) > 1 and all(words and words <= RESOURCE_LABELS for words in others)


def _guess_columns(document: Document, rows: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the indexes of the columns of titles and of people, judged by their cells: several words, and names.

    Both are None if the cells do not show them.
    """
    cells = [_split_cells(row) for row in rows]
    width = min((len(row) for row in cells), default=0)
    if len(cells) < _LEAST_ROWS or width < _LEAST_WIDTH:
        return None, None
    named = [
        _average([read_people(row[place][:_LONGEST_CELL], document.definitions).score for row in cells])
        for place in range(width)
    ]
    words = [_average([count_words(make_plain(row[place][:_LONGEST_CELL])) for row in cells]) for place in range(width)]
    speaker = max(range(width), key=lambda place: named[place])
    if named[speaker] < _NAMED:
        return None, None
    title = max((place for place in range(width) if place != speaker), key=lambda place: words[place])
    return (title, speaker) if words[title] >= _TITLE_WORDS else (None, None)


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _split_cells(row: str) -> list[str]:
    bare = row.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [cell.strip() for cell in _CELL_END.split(bare)]


def _read_row(document: Document, number: int, line: int, row: str, title: int, speaker: int | None) -> Candidate:
    cells = _split_cells(row)
    splits = document.split(cells[title][:500] if title < len(cells) else "")
    best = max(splits, key=lambda split: split.score) if speaker is None else splits[0]
    people = NOBODY
    if speaker is not None and speaker < len(cells):
        people = read_people(cells[speaker], document.definitions)
    chosen = best if best.score >= 0.6 else splits[0]
    item = Item(row.strip(), line, line, line, "|")
    candidate = Candidate(
        number, number + 1, "table row", chosen.title, people.speakers or chosen.people.speakers, item
    )
    candidate.add("a row of a table that has a column for titles")
    if candidate.speakers:
        candidate.add("names a speaker")
    if not re.search(r"\w{3}", chosen.title):
        candidate.settled = False
    return candidate
