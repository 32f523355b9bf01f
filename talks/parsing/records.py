r"""What a parsed post is: plain values with the lines they came from, and nothing that a database knows.

All lines count from 1 in the file as it is on disk, front matter included; `end_line` is inclusive.
Every text is markdown, in NFC, with `\n` as its only line end.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from talks.parsing.diagnostics import Diagnostic, Severity


class Kind(Enum):
    """What form a takeaway has in the post."""

    POINT = "point"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole lines of the post, as written."""

    text: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class ParsedConference:
    """One edition of an event; the year is None where the post does not tell it."""

    series: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedDay:
    """A day that the post tells of; `line` is where it says so, None where only title or front matter do."""

    number: int
    date: datetime.date | None = None
    heading: Passage | None = None


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    """A person named as giving a talk, as this post writes the name."""

    name: str
    affiliation: str | None = None
    handle: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """A link out of the notes."""

    url: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class ParsedTakeaway:
    """One noted unit of a talk, with the units nested below it.

    Links in `text` hold their addresses; `written` is what the lines have where they refer to one ("[a][1]").
    """

    kind: Kind
    text: str
    line: int
    end_line: int
    takeaways: tuple["ParsedTakeaway", ...] = ()
    written: str = ""

    def walk(self) -> Iterator["ParsedTakeaway"]:
        """This unit and all below it, in the order of the post."""
        yield self
        for nested in self.takeaways:
            yield from nested.walk()


@dataclass(frozen=True, slots=True)
class LineupEntry:
    """One line of the list of talks at the head of a post."""

    text: str
    line: int
    end_line: int
    title: str
    speakers: tuple[ParsedSpeaker, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedTalk:
    """A talk as one post tells of it. `heading` is the line that names it, as written.

    `head` holds all passages that name the talk and its speakers without being notes: the heading
    itself, a byline below it, a line of speaker details. `certainty` is from 0 to 1, and measured. `video_url` and
    `slides_url` are where the post says that recording and slides are.
    """

    title: str
    heading: str
    line: int
    day: int | None = None
    speakers: tuple[ParsedSpeaker, ...] = ()
    takeaways: tuple[ParsedTakeaway, ...] = ()
    references: tuple[ParsedReference, ...] = ()
    head: tuple[Passage, ...] = ()
    certainty: float = 1.0
    video_url: str = ""
    slides_url: str = ""

    def walk(self) -> Iterator[ParsedTakeaway]:
        """All takeaways, parents before what is nested in them."""
        for takeaway in self.takeaways:
            yield from takeaway.walk()


@dataclass(frozen=True, slots=True)
class ParsedPost:
    """All that one post says. `name` is what the caller called it; `body_line` is where the body begins.

    `front_matter` maps keys, as written, to strings, lists and maps of strings.
    `lineup_lines` are the passages that hold the lineup with its heading.
    `slug` and `url` are the addresses that the front matter gives the post, if it does.
    `comments` begin and end anywhere in their lines; no other text of the post holds any of them.
    `properties` are lines in which a tool keeps its books; `footnotes` stand in brackets where they are referred to.
    `definitions` maps folded labels to the addresses that links in passages refer to.
    """

    name: str
    title: str = ""
    author: str | None = None
    published_on: datetime.date | None = None
    visibility: str = "public"
    language: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    slug: str | None = None
    url: str | None = None
    id: str | None = None
    front_matter: Mapping[str, object] = field(default_factory=dict)
    conference: ParsedConference | None = None
    days: tuple[ParsedDay, ...] = ()
    intro: tuple[Passage, ...] = ()
    outro: tuple[Passage, ...] = ()
    lineup: tuple[LineupEntry, ...] = ()
    lineup_lines: tuple[Passage, ...] = ()
    talks: tuple[ParsedTalk, ...] = ()
    unplaced: tuple[Passage, ...] = ()
    comments: tuple[Passage, ...] = ()
    properties: tuple[Passage, ...] = ()
    footnotes: tuple[Passage, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    body_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the post is too broken to be stored."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def draft(self) -> bool:
        """Whether the post is not yet meant for readers."""
        return self.visibility == "draft"
