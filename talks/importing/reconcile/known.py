"""Everything in the base that one post touches, as plain values, so that reconciling needs no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from talks import names
from talks.fields import Person, Setting, Values
from talks.models import Post
from talks.vocabulary import recognise

Order = tuple[int, date, str]
"""A post's rank for a talk, which shows the first one's words: public posts first, withdrawn last; then by date;
then by path, with numbers in their order: "2.md" comes before "10.md"."""

_NUMBER = re.compile(r"\d+")
_DIGITS = 12

DayKey = tuple[int, int | None]  # primary key of the conference (0: yet to be made), number of the day


def make_order(fields: Mapping[str, object], key: str) -> Order:
    """Return the key that sorts the posts of a talk: public posts, drafts, withdrawn posts; then by date.

    The first post determines what the talk shows, so that a talk with a public post shows nothing from a draft, and a
    withdrawn post counts only if all others are withdrawn.
    """
    published_on = fields["published_on"]
    rank = 2 * bool(fields["withdrawn"]) + (fields["visibility"] != "public")
    path = _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), key)
    return rank, published_on if isinstance(published_on, date) else date.max, path


def rank_post(post: Post) -> Order:
    """Return the same sort key as `make_order` for a stored post."""
    return make_order(
        {"published_on": post.published_on, "visibility": post.visibility, "withdrawn": post.withdrawn}, post.key
    )


@dataclass(frozen=True, slots=True)
class Witness:
    """Another post with notes of a talk. `values` are what that post gives for the talk's fields, by name."""

    post: str
    order: Order
    position: int
    values: Values


@dataclass(frozen=True, slots=True)
class KnownTalk:
    """A stored talk with the values of its fields by name; `witnesses` are the other posts with notes of it.

    `subject` is its name in decisions; `restored` means that an editor keeps it although no post has notes of it.
    """

    pk: int
    values: Values
    slug: str
    position: int
    hidden: bool
    withdrawn: bool
    witnesses: tuple[Witness, ...] = ()
    subject: str = ""
    restored: bool = False

    @property
    def title(self) -> str:
        """The title that readers see."""
        return str(self.values["title"])

    @property
    def day(self) -> DayKey:
        return self.values["day"]

    @property
    def speakers(self) -> tuple[Person, ...]:
        return self.values["speakers"]


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What this post said of a talk in the last import."""

    pk: int
    talk: KnownTalk
    title: str
    heading: str
    speakers: object
    position: int
    line: int
    end_line: int
    imported: Mapping[str, object]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class KnownTakeaway:
    """A stored takeaway of this post, or one that an editor wrote (`written_here`) in one of the post's talks.

    `decided` is an editor's decision whether the takeaway is withdrawn; None without a decision.
    """

    pk: int
    public_id: str
    talk: int
    parent: int | None
    kind: str
    position: int
    text: str
    html: str
    line: int | None
    end_line: int | None
    headings: str
    imported: Mapping[str, str]
    withdrawn: bool
    hidden: bool = False
    decided: bool | None = None
    written_here: bool = False


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """An open conflict about the takeaway, else about the talk, else about the post."""

    pk: int
    talk: int | None
    takeaway: int | None
    field: str


@dataclass(frozen=True, slots=True)
class KnownTag:
    """A tag, stored or planned. `key` is its folded name; its aliases lead to the same tag."""

    pk: int | None
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A stored speaker; `folded` is the speaker's own name, even if a post uses an alias."""

    pk: int
    handle: str
    url: str
    folded: str = ""


@dataclass(frozen=True, slots=True)
class KnownDay:
    pk: int
    date: date | None


@dataclass(frozen=True, slots=True)
class KnownConference:
    """The conference of the post; primary keys are None for rows that do not exist yet.

    If the post names no event, `series_name` is "", `post` is the key of the post that has this unnamed conference, and
    its slug is made from `called`.
    """

    series_name: str
    year: int | None
    pk: int | None = None
    series_pk: int | None = None
    days: Mapping[int | None, KnownDay] = field(default_factory=dict)
    post: str = ""
    called: str = ""
    slug: str = ""

    @property
    def name(self) -> str:
        """The name from which the conference's slug is made."""
        return f"{self.series_name} {self.year}" if self.year else self.series_name or self.called

    @property
    def edition(self) -> tuple[str, int | None]:
        """A tuple that identifies the conference, whether it is stored or not."""
        return (names.fold(self.series_name), self.year) if self.series_name else (f"\0{self.post}", None)


@dataclass(frozen=True, slots=True)
class KnownCitation:
    """A stored citation, without its primary key."""

    reference: str
    url: str
    title: str
    takeaway: int | None
    position: int


@dataclass(frozen=True, slots=True)
class KnownImage:
    """An image that a post shows, or used to show.

    `address` is its path in the media store; `given` means that an editor gave it.
    """

    digest: str
    format: str
    size: int
    address: str
    alt: str
    withdrawn: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A stored post: its columns, the values of its fields, and the values last imported.

    `tags` maps keys of tags to their origin. `images` maps paths of this site, as links in the post mean them, to
    images.
    """

    pk: int
    key: str
    fields: Mapping[str, object]
    values: Values
    conference: int
    conference_name: str
    imported: Mapping[str, object]
    days: frozenset[int] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()
    sources: tuple[KnownSource, ...] = ()
    takeaways: tuple[KnownTakeaway, ...] = ()
    written_here: tuple[KnownTakeaway, ...] = ()
    citations: Mapping[int, tuple[KnownCitation, ...]] = field(default_factory=dict)
    images: Mapping[str, KnownImage] = field(default_factory=dict)
    conflicts: tuple[KnownConflict, ...] = ()
    withdrawn_by_editor: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Everything in the base that reconciling one post needs.

    `talks` are all talks of the conference, and of the post's former conference. `tags` are by every folded spelling
    that the post uses or used in the last import, `paths` maps existing old addresses to posts, `taken` are permalinks
    of other posts. `answers` are editors' answers to former conflicts: both texts, by the row's name and field. `moved`
    are talks that used to have an address in the conference, by slug.
    """

    post: KnownPost | None
    conference: KnownConference
    conference_conflict: bool = False
    talks: tuple[KnownTalk, ...] = ()
    writer: int | None = None
    speakers: Mapping[str, KnownSpeaker] = field(default_factory=dict)
    tags: Mapping[str, KnownTag] = field(default_factory=dict)
    references: Mapping[str, int] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    answers: Mapping[str, object] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The post's name in decisions."""
        return f"post:{self.post.key}" if self.post else ""

    def find_tag(self, name: str) -> KnownTag:
        """Return the tag that a post means by a name. A name in the vocabulary means its tag: k8s is Kubernetes."""
        folded = names.fold_tag(name)
        tag = self.tags.get(folded)
        if tag is None and (subject := recognise(name)):
            tag = self.tags.get(subject.key) or KnownTag(None, subject.key, subject.name)
        return tag or KnownTag(None, folded, name)

    def find_setting(self, conference: int) -> Setting:
        """Return the rows by which the names in a post of this conference are resolved."""
        return Setting(conference, {name: row.folded for name, row in self.speakers.items() if row.folded})
