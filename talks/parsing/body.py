"""Prepares the lines below the front matter: removes comments, and rewrites marks of other tools as Markdown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talks.parsing.metadata.front_matter import FrontMatter
from talks.parsing.metadata.front_matter_values import Entry
from talks.parsing.metadata.property_block import find_property_block
from talks.parsing.text.comments import Uncommented, take_comments
from talks.parsing.text.tool_marks import Translated, translate_marks

_OUTLINE_NAME = re.compile(r"(?:^|/)(?:journals/\d{4}_\d\d_\d\d|pages/[^/]*___[^/]*)\.[a-z]{2,8}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """The prepared lines; a line that was only a comment or a property is empty.

    `properties` are the numbers of lines in which a tool stores facts about the page; `entries` are, by key, the values
    in a block of such lines below the title.
    """

    lines: tuple[str, ...]
    uncommented: Uncommented
    translated: Translated
    properties: frozenset[int]
    entries: Mapping[str, Entry]


def read_body(lines: Sequence[str], front: FrontMatter, name: str) -> Body:
    """Prepare the lines below the front matter; `lines` are those of the whole post.

    `name` is the post's path, by which pages of an outliner are recognised.
    """
    uncommented = take_comments(lines[front.body_line - 1 :], front.body_line)
    outline = front.format == "logseq" or bool(_OUTLINE_NAME.search(name))
    translated = translate_marks(uncommented.lines, front.body_line, outline=outline)
    rows, entries = find_property_block(translated.lines, front.body_line)
    taken = {row - front.body_line for row in rows}
    left = tuple("" if number in taken else line for number, line in enumerate(translated.lines)) if rows else None
    return Body(left or translated.lines, uncommented, translated, translated.properties | rows, entries)
