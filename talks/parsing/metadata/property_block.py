"""Finds the lines of properties that Notion exports below the title of a page."""

import re
from collections.abc import Sequence

from talks.parsing.metadata.front_matter_values import Entry, Plain
from talks.parsing.words.front_matter_keys import FRONT_MATTER_KEYS, TALK_KEYS

_TITLE = re.compile(r"#[ \t]+\S")
_PROPERTY = re.compile(r"([A-Z][^:*_`\[\]()\n]{0,40}):[ \t]+(\S.*)$")
# Only Notion's own properties distinguish such a block from the first lines of notes.
_TELLING = frozenset({"created", "created time", "created by", "last edited time", "last edited by", "status", "tags"})
_MOST = 40


def find_property_block(lines: Sequence[str], first_line: int) -> tuple[frozenset[int], dict[str, Entry]]:
    """Return the line numbers of a block of properties, and their values by name; both are empty without a block.

    The block stands right below the title and ends at a blank line. At least two of its properties have names that the
    parser knows, and one is Notion's own, such as "Created" or "Tags". No name may stand there twice, and no other
    heading of level 1 may follow.
    """
    filled = [number for number, line in enumerate(lines[:_MOST]) if line.strip()]
    if len(filled) < 2 or not _TITLE.match(lines[filled[0]]):
        return frozenset(), {}
    rows: dict[int, tuple[str, str]] = {}
    for number in range(filled[1], len(lines)):
        match = _PROPERTY.match(lines[number])
        if not match or len(rows) >= _MOST:
            break
        rows[number] = match[1].strip(), match[2].strip()
    names = {name.casefold() for name, _ in rows.values()}
    ends = filled[1] + len(rows)
    open_end = ends < len(lines) and bool(lines[ends].strip())
    if len(rows) < 2 or open_end or not names & _TELLING or len(names) < len(rows) or not _is_known(names):
        return frozenset(), {}
    if any(_TITLE.match(line) for line in lines[ends:]):
        return frozenset(), {}
    entries = {name: Entry(Plain(value), first_line + number) for number, (name, value) in rows.items()}
    return frozenset(first_line + number for number in rows), entries


def _is_known(names: set[str]) -> bool:
    return len(names & (FRONT_MATTER_KEYS | set(TALK_KEYS) | _TELLING | {"conference", "event"})) >= 2
