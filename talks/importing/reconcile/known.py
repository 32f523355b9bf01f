"""Everything in the base that one post touches, as plain values, so that reconciling needs no database."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import field
from datetime import date
from typing import NamedTuple

from talks import names
from talks.fields import Person, Setting, Values
from talks.models import Conflict, Day, Post, Speaker, Takeaway, TalkSource, name_subject
from talks.value_classes import value_class
from talks.vocabulary import recognise

Order = tuple[int, date, str]
"""A post's rank for a talk, which shows the first one's words: public posts first, withdrawn last; then by date;
then by path, with numbers in their order: "2.md" comes before "10.md"."""

_NUMBER = re.compile(r"\d+")
_DIGITS = 12

CitedLink = tuple[str, str, str, int | None, int]
"""A stored citation: the reference's key, address, title, primary key of the takeaway, position."""

DayKey = tuple[int, int | None]  # primary key of the conference (0: yet to be made), number of the day


def make_order(fields: Mapping[str, object], key: str) -> Order:
    """Return the value by which a post sorts among the posts of a talk: public ones, drafts, withdrawn; then by date.

    Posts without a date follow those with one; posts of one date sort by `key`. The first post determines what the talk
    shows, so that a talk with a public post shows nothing from a draft, and a withdrawn post counts only if all others
    are withdrawn.
    """
    published_on = fields["published_on"]
    rank = 2 * bool(fields["withdrawn"]) + (fields["visibility"] != "public")
    path = _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), key)
    return rank, published_on if isinstance(published_on, date) else date.max, path


def rank_post(post: Post) -> Order:
    """Return for a stored post the value by which `make_order` sorts it among the posts of a talk."""
    return make_order(
        {"published_on": post.published_on, "visibility": post.visibility, "withdrawn": post.withdrawn}, post.key
    )


@value_class
class Witness:
    """Another post with notes of a talk: its key, its rank, and the talk's position in it, from 1.

    `values` are what that post gives for the talk's fields, by name. This is no row of `TalkSource`, since there is
    none yet for a post earlier in the batch, and since names are resolved once for all posts of the batch.
    """

    post: str
    order: Order
    position: int
    values: Values


class KnownTalk(NamedTuple):
    """A talk with the values of its fields by name; `witnesses` are the other posts with notes of it.

    `subject` is its name in decisions; `restored` means that an editor keeps it even if no post has notes of it. This
    is no row of `Talk`, since a talk that a post earlier in the batch adds has none yet, and such a post may change
    what the row holds.
    """

    pk: int
    values: Values
    slug: str
    position: int
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


@value_class
class KnownTag:
    """A tag, stored or planned. `key` is its folded name."""

    pk: int | None
    key: str
    name: str


@value_class
class KnownConference:
    """The conference of the post; primary keys are None for rows that do not exist yet.

    If the post names no event, `series_name` is "", `post` is the key of the post that has this unnamed conference, and
    its slug is made from `called`.
    """

    series_name: str
    year: int | None
    pk: int | None = None
    series_pk: int | None = None
    days: Mapping[int | None, Day] = field(default_factory=dict)
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


@value_class
class KnownImage:
    """An image that a post shows, or used to show.

    `address` is its path in the media store; `given` means that an editor gave it. This is no row of `PostMedia`, since
    an image found beside the post has none yet, and since stored and found images are compared by their values.
    """

    digest: str
    format: str
    size: int
    address: str
    alt: str
    withdrawn: bool = False
    given: bool = False


@value_class
class KnownPost:
    """A stored post: its row, loaded with writer and conference, and the values of its fields by name.

    `tags` maps keys of tags to their origin. `decided` are editors' decisions whether rows are withdrawn, by the row's
    name in decisions. `written_here` are takeaways that editors wrote in the post's talks. `citations` are by the id of
    the talk. `images` maps paths of this site, as links in the post mean them, to images.
    """

    row: Post
    values: Values
    tags: Mapping[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()
    decided: Mapping[str, bool] = field(default_factory=dict)
    sources: Sequence[TalkSource] = ()
    takeaways: Sequence[Takeaway] = ()
    written_here: Sequence[Takeaway] = ()
    citations: Mapping[int, list[CitedLink]] = field(default_factory=dict)
    images: Mapping[str, KnownImage] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()

    def read_column(self, name: str) -> object:
        """Return a value of the row as plans have it: a writer as folded name, a conference as primary key."""
        if name == "writer":
            return self.row.writer.folded if self.row.writer else None
        return self.row.conference_id if name == "conference" else getattr(self.row, name)


@value_class
class Known:
    """Everything in the base that reconciling one post needs.

    `talks` are by primary key all talks of the conference, of the post's former conference, and of those to which talks
    of the post moved. `writers` are ids by folded name, at least of the post's writer now and of the one that its text
    names. `speakers` are by every folded name that posts use; a speaker's own name is in the row. `tags` are by every
    folded spelling that the post uses or used in the last import. `paths` are keys of other posts, by those of the
    post's old addresses that they have. `taken` are sets of permalinks of takeaways outside the post. `answers` are
    editors' answers to former conflicts: both texts, by the row's name and field. `moved` are ids of talks that once
    had an address in the conference, by slug.
    """

    post: KnownPost | None
    conference: KnownConference
    conference_conflict: bool = False
    talks: Mapping[int, KnownTalk] = field(default_factory=dict)
    writers: Mapping[str, int] = field(default_factory=dict)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    tags: Mapping[str, KnownTag] = field(default_factory=dict)
    references: Mapping[str, int] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[Set[str], ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)
    _people: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def subject(self) -> str:
        """The post's name in decisions."""
        return name_subject(self.post.row) if self.post else ""

    def find_tag(self, name: str) -> KnownTag:
        """Return the tag that a post means by a name: a stored tag with this name or alias, else the vocabulary's tag.

        So k8s is Kubernetes. A name that neither has is a new tag. A tag that is not stored has no primary key.
        """
        folded = names.fold_tag(name)
        tag = self.tags.get(folded)
        if tag is None and (shipped := recognise(name)):
            tag = self.tags.get(shipped.key) or KnownTag(None, shipped.key, shipped.name)
        return tag or KnownTag(None, folded, name)

    def find_setting(self, conference: int) -> Setting:
        """Return what resolves the values of posts in this conference: its primary key, and speakers' own names.

        The own names are by the names that posts use; all are folded.
        """
        if not self._people:
            self._people.update((name, row.folded) for name, row in self.speakers.items() if row.folded)
        return Setting(conference, self._people)
