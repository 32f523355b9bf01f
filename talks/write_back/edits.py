"""Changes by editors as values: the new content of a talk, a takeaway or a list of tags in a parsed post. Pure.

Talks are identified by their index in the post, takeaways by their index in the order of `ParsedTalk.walk`.
"""

from dataclasses import dataclass
from typing import Any

from talks.parsing import ParsedTakeaway


class UnwritableError(Exception):
    """No line of the post can hold an edit. The message ends the sentence "not written: …" of the report."""


TITLE_IN_OTHER_FORM = "the post's lines have the title in another form"
"""Why an edit beside a title cannot be written: the message of an `UnwritableError`."""


@dataclass(frozen=True, slots=True)
class TakeawayEdit:
    """The new text of the takeaway with index `unit` in the talk with index `talk`."""

    talk: int
    unit: int
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """New takeaways at the end of a talk or, if `parent` is given, nested at the end of the takeaway with this index.

    The line numbers of `notes` are 0.
    """

    talk: int
    notes: tuple[ParsedTakeaway, ...]
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class TalkEdit:
    """The new value of one field of a talk; `field` is the name of this field in the parser's record `ParsedTalk`."""

    talk: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class TagsEdit:
    """All tags that the post must have after the edit; tags that it already has come first."""

    tags: tuple[str, ...]


Edit = TakeawayEdit | Addition | TalkEdit | TagsEdit
