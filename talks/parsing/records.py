"""The records of a parsed post: plain values with their line numbers, independent of any database.

All lines count from 1 in the file as it is on disk, front matter included; `end_line` is inclusive. Passages and
takeaways are markdown. All texts are in NFC, with LF as their only line end.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from enum import Enum
from operator import attrgetter
from typing import ClassVar

from talks.parsing.diagnostics import Diagnostic, Severity
from talks.value_classes import value_class

YEARS, DAYS = range(1900, 2201), range(100)
"""The years that a conference may have, and the numbers of its days."""
EVENT_YEAR = r"(?:19[89]|20[0-4])\d"
"""A regex for a number that texts and names of files give as the year of an event: 1980 to 2049."""


class Kind(Enum):
    """What a takeaway is in the post's text."""

    POINT = "point"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    IMAGE = "image"


class _Record:
    """A record that one process sends to another as the plain values of its fields.

    Pickled as a dataclass it would take five times as long.
    """

    __slots__: tuple[str, ...] = ()
    read_values: ClassVar[Callable[["_Record"], tuple[object, ...]]]

    def __init_subclass__(cls) -> None:
        if cls.__slots__:  # set in the second of the two classes that `dataclass` makes
            cls.read_values = attrgetter(*cls.__slots__)

    def __reduce__(self) -> tuple[type["_Record"], tuple[object, ...]]:
        return type(self), type(self).read_values(self)


@value_class
class Passage(_Record):
    """Consecutive whole lines of the post, as written."""

    text: str
    line: int
    end_line: int


@value_class
class ParsedConference(_Record):
    """One edition of an event; the year is None if the post does not tell it."""

    series: str
    year: int | None = None


@value_class
class ParsedDay(_Record):
    """A day that the post names; `heading` is its heading, None if only title or front matter name the day."""

    number: int
    date: datetime.date | None = None
    heading: Passage | None = None


@value_class
class ParsedSpeaker(_Record):
    """A speaker of a talk, with the name as the post spells it."""

    name: str
    affiliation: str | None = None
    handle: str | None = None
    url: str | None = None


@value_class
class ParsedReference(_Record):
    """A web address that a talk's notes link to, or that the front matter names."""

    url: str
    title: str
    line: int


@value_class
class ParsedTakeaway(_Record):
    """One noted unit of a talk, with the units nested in it.

    In `text`, links by label ("[a][1]") have their addresses; if there are any, `written` is the text as written, else
    empty. `headings` are the headings and label lines between the unit before and this one, in plain text, a line each.
    """

    kind: Kind
    text: str
    line: int
    end_line: int
    takeaways: tuple["ParsedTakeaway", ...] = ()
    written: str = ""
    headings: str = ""

    def walk(self) -> Iterator["ParsedTakeaway"]:
        """Yield this unit and all units nested in it, in the order of the post."""
        yield self
        yield from _walk(self.takeaways)


def _walk(takeaways: tuple[ParsedTakeaway, ...]) -> Iterator[ParsedTakeaway]:
    for takeaway in takeaways:
        yield takeaway
        if takeaway.takeaways:
            yield from _walk(takeaway.takeaways)


@value_class
class LineupEntry(_Record):
    """One entry of the list of talks at the head of a post."""

    text: str
    line: int
    end_line: int
    title: str
    speakers: tuple[ParsedSpeaker, ...] = ()


@value_class
class ParsedTalk(_Record):
    """A talk in one post. `heading` is the line with its title, as written.

    `head` are all passages that name the talk and its speakers and are not notes: the heading, a byline below it, a
    line of details. `certainty` is a probability from 0 to 1, measured over real posts. `video_url` and `slides_url`
    are the addresses of recording and slides.
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
        """Yield all takeaways, parents before children."""
        yield from _walk(self.takeaways)


@value_class
class ParsedPost(_Record):
    """Everything that one post says. `name` is the path that was given to the parser.

    `body_line` is the number of the body's first line. `front_matter` maps keys, as written, to strings, lists and maps
    of strings; `slug` and `url` are addresses that it gives the post, `id` is the writer's hint. `lineup_lines` are the
    passages of the lineup with its heading. `comments` may begin and end anywhere in their lines; no other text of the
    post includes them. `properties` are lines with a tool's own records; `footnotes` are the lines of footnotes, which
    are shown in brackets at the first reference to them. `definitions` maps folded labels of links to addresses.
    `aside` is text between the talks that belongs to none because an editor said so.
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
    aside: tuple[Passage, ...] = ()
    comments: tuple[Passage, ...] = ()
    properties: tuple[Passage, ...] = ()
    footnotes: tuple[Passage, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    body_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the post has an error, so that it must not be stored."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def draft(self) -> bool:
        """Whether the post is a draft; a private post is none."""
        return self.visibility == "draft"
