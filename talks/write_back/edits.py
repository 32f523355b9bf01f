"""What an editor changed, as values: which talk, takeaway or tag of a parsed post shall say what. Pure.

Talks are called by their index in the post, takeaways by their index in the order of `ParsedTalk.walk`.
"""

from dataclasses import dataclass
from typing import Any

from talks.parsing import ParsedTakeaway


class UnwritableError(Exception):
    """An edit that the post's lines have no place for; the message ends the sentence "This is not written: …"."""


@dataclass(frozen=True, slots=True)
class TakeawayEdit:
    """A takeaway's new text."""

    talk: int
    unit: int
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """Takeaways at the end of a talk, or of what is nested in one of its own; their lines are yet unknown, hence 0."""

    talk: int
    notes: tuple[ParsedTakeaway, ...]
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class TalkEdit:
    """What a field of a talk shall say: the attribute of that name of the talk's record, with its new value."""

    talk: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class TagsEdit:
    """All tags that the post shall have, those that it has already first."""

    tags: tuple[str, ...]


Edit = TakeawayEdit | Addition | TalkEdit | TagsEdit
