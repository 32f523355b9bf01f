"""What an import has just written of new talks, so that what is derived from it need not be read from the base."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Note = tuple[str, str]  # the headings above a takeaway, and its text


class NewNotes(NamedTuple):
    """The takeaways of a new talk in their order: primary keys, and headings and texts.

    `words` are the words of the texts as they are written, each once, with spaces between; None if they are not known.
    """

    takeaways: Sequence[int]
    notes: tuple[Note, ...]
    words: str | None = None


@dataclass(frozen=True, slots=True)
class NewTalks:
    """Talks that this transaction made, by primary key; other writers see them when the transaction ends.

    `notes` has the takeaways of those talks of which one post alone, a new one too, has notes: whoever sees such a talk
    sees all of them, and no editor has changed them. `refresh_mentions` sets what they mention: `tags` has by talk the
    tags of the talk, `tags_of_takeaways` by takeaway those of the takeaway, both as primary keys by the tag's key.
    """

    talks: Collection[int] = ()
    notes: Mapping[int, NewNotes] = field(default_factory=dict)
    tags: dict[int, dict[str, int]] = field(default_factory=dict)
    tags_of_takeaways: dict[int, dict[str, int]] = field(default_factory=dict)

    def list_others(self, talks: Collection[int]) -> list[int]:
        """Return the ids of the talks that are not in `notes`, so that their takeaways must be read from the base."""
        return [talk for talk in talks if talk not in self.notes]


NO_NEW_TALKS = NewTalks()
