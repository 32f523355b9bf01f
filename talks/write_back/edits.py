"""Editors' changes as values: which talk, takeaway or tag list of a parsed post gets which content. Pure.

Talks are named by their index in the post, takeaways by their index in the order of `ParsedTalk.walk`.
"""

from dataclasses import dataclass
from typing import Any

from talks.parsing import ParsedTakeaway


class UnwritableError(Exception):
    """No line of the post can hold an edit. The message ends the sentence "This is not written: …"."""


@dataclass(frozen=True, slots=True)
class TakeawayEdit:
    """The new text of one takeaway."""

    talk: int
    unit: int
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """New takeaways at the end of a talk, or below the takeaway `parent`; their line numbers are 0: yet unknown."""

    talk: int
    notes: tuple[ParsedTakeaway, ...]
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class TalkEdit:
    """The new value of one field of a talk; `field` is an attribute of `ParsedTalk`."""

    talk: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class TagsEdit:
    """All tags that the post gets; tags that it has already come first."""

    tags: tuple[str, ...]


Edit = TakeawayEdit | Addition | TalkEdit | TagsEdit
