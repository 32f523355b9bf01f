"""The plan of an import for one post: a value that can be counted, compared and applied."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import NamedTuple

from talks.derived import Resource
from talks.fields import Person, Values
from talks.importing.reconcile.known import KnownConference, KnownImage, KnownTag, KnownTalk
from talks.models import Takeaway
from talks.parsing import Diagnostic
from talks.value_classes import value_class


class Change(Enum):
    """What happens to a row. A shifted row is written, since its lines or place changed, but readers see no change."""

    CREATED = "created"
    UPDATED = "updated"
    SHIFTED = "shifted"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"


UNSEEN = frozenset({Change.UNCHANGED, Change.SHIFTED})
"""The changes of which readers see nothing."""


class TakeawayPlan(NamedTuple):
    """The values that a takeaway's row will have. `parent` is an index into the talk's list, `before` the present row.

    `line` is None if an editor restored the takeaway and the post does not contain it. `imported` is what the post says
    of a stored takeaway, {} for a new one, whose row says the same.
    """

    pk: int | None
    public_id: str
    parent: int | None
    kind: str
    position: int
    text: str
    html: str
    line: int | None
    end_line: int | None
    headings: str
    imported: Mapping[str, str]
    change: Change
    withdrawn: bool = False
    hidden: bool = False
    before: Takeaway | None = None


@value_class
class GonePlan:
    """A takeaway that left the post; `into` is the id of the one that contains its text or took its place, if any."""

    before: Takeaway
    into: int | None = None


@value_class
class ConflictPlan:
    """A field that both an editor and the post changed, with the editor's text (`ours`) and the post's (`theirs`).

    The field is that of the takeaway or talk with the given id, else of the post.
    """

    field: str
    ours: str
    theirs: str
    line: int
    talk: int | None = None
    takeaway: int | None = None


@value_class
class CitationPlan:
    """A link in the notes of a talk; `takeaway` is an index into the talk's takeaways, None outside of them."""

    reference: str
    url: str
    title: str
    takeaway: int | None
    position: int


@value_class
class SourcePlan:
    """The values of the talk's source, the row that says what this post says of it; `pk` is None for a new source."""

    pk: int | None
    title: str
    heading: str
    speakers: list[dict[str, str | None]]
    position: int
    line: int
    end_line: int
    imported: Mapping[str, object]
    change: Change


class TalkPlan(NamedTuple):
    """A talk of the post, or a talk that left the post; then `source` is None and `source_pk` the source to withdraw.

    `values` are the talk's new values by name of the field. `position` and `citations` are None if they do not change.
    """

    pk: int | None
    change: Change
    values: Values
    slug: str
    withdrawn: bool
    position: int | None
    source_pk: int | None = None
    source: SourcePlan | None = None
    takeaways: tuple[TakeawayPlan, ...] = ()
    citations: tuple[CitationPlan, ...] | None = None
    before: KnownTalk | None = None

    @property
    def title(self) -> str:
        """The title that readers will see."""
        return str(self.values["title"])

    @property
    def day(self) -> int | None:
        """The number of the talk's day; None for the conference as a whole."""
        return self.values["day"][1]

    @property
    def speakers(self) -> tuple[Person, ...]:
        return self.values["speakers"]

    def alters(self, name: str) -> bool:
        """Whether the plan changes this field; in a new row every field counts as changed."""
        return self.before is None or self.before.values[name] != self.values[name]


@value_class
class SpeakerPlan:
    """A stored speaker, or a new one, whose `pk` is None. `handle` and `url` are the stored ones, else the post's."""

    pk: int | None
    name: str
    handle: str
    url: str
    change: Change


@value_class
class DayPlan:
    """A stored day, or a new one without `pk`, with the date that it will have."""

    pk: int | None
    number: int | None
    date: date | None
    change: Change


class Done(Enum):
    """What an import does to a row, in the words of histories.

    `KEPT` means that an editor's text stays, which differs from the post's, and that the plan has no conflict about it.
    """

    ADDED = "added"
    TOLD = "told of by one more post"
    WITHDRAWN = "withdrawn"
    ABSORBED = "withdrawn, now part of another takeaway"
    BACK = "back again"
    CHANGED = "changed"
    MOVED = "moved"
    KEPT = "kept as edited"
    ADOPTED = "said by the post now"


class RowChange(NamedTuple):
    """One change of one row.

    `kind` is post, tag, address, talk or takeaway; `name` is the row's name for people. `talk` is an index into the
    plan's talks, None for a takeaway of a talk that the post has no notes of; `public_id` names a takeaway. `before`
    and `after` are texts of the `field`. The counts of a run leave out changes that are not `counted`.
    """

    kind: str
    done: Done
    name: str = ""
    talk: int | None = None
    public_id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    counted: bool = True


@value_class
class Plan:
    """All changes that an import makes for one post.

    `fields` are the post's new columns by name, `written` the names of those that change; `values` are the new values
    of its fields in `talks.fields.POST`, merged with editors' changes. `speakers` are those of talks whose speakers
    change, by folded name; `speakers_left` are folded names from stored talks whose speakers stay. `positions` are new
    positions, by primary key, of talks that the post has no notes of. `images` are pairs of path and new or changed
    image, `images_removed` the paths of images that an editor took back; `rerendered` is by primary key the HTML of
    withdrawn takeaways where images change it. `conflicts` are editors' changes that the post contradicts; `agreed` are
    ids of open conflicts that ended without an answer. `changes` lists all changes, row by row, but not
    the takeaways of a new post, which are all new.
    """

    key: str
    pk: int | None
    change: Change
    fields: Mapping[str, object]
    values: Values
    written: frozenset[str]
    conference: KnownConference
    writer: str | None
    writer_pk: int | None
    days: tuple[DayPlan, ...]
    speakers: Mapping[str, SpeakerPlan]
    speakers_left: frozenset[str]
    references: Mapping[str, tuple[int | None, Resource]]
    tags: Mapping[str, KnownTag]
    tags_added: frozenset[str]
    tags_removed: frozenset[str]
    aliases_added: frozenset[str]
    aliases_removed: frozenset[str]
    talks: tuple[TalkPlan, ...]
    positions: Mapping[int, int]
    takeaways_withdrawn: tuple[GonePlan, ...]
    images: tuple[tuple[str, KnownImage], ...]
    images_removed: tuple[str, ...]
    rerendered: Mapping[int, str]
    conflicts: tuple[ConflictPlan, ...]
    agreed: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]
    changes: tuple[RowChange, ...] = ()
