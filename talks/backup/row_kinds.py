"""The kinds of lines that an export is made of: one table, from which exporting and restoring both follow.

Lines point to each other by names (slugs, keys of posts, permalinks), and a kind stands after those it points to.
A new kind of row needs one more entry here, and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import Model

from talks.backup import derived_rows
from talks.fields import APPEARANCE, POST, TAKEAWAY, TALK
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Conflict,
    Day,
    Decision,
    EditorTouch,
    Media,
    Post,
    PostAlias,
    PostMedia,
    Reference,
    Series,
    Speaker,
    SpeakerAlias,
    Tag,
    TagAlias,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkAddress,
    TalkSource,
    Writer,
)

Row = dict[str, Any]


Find = Callable[[str, str | None], int | None]
"""The primary key of a row of that kind and name; None for no name."""


def _point_nowhere(row: Row, find: Find) -> Row:
    return {}


def _leave_alone(made: Any, row: Row) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Written:
    """What of a model is written: columns as they are, and `paths`, by the name that each has in the line.

    `point` turns what `paths` gave back into columns; `derive` sets on the new row what follows from others.
    `former` are values in exports of earlier versions, by field, with the values that mean the same today.
    """

    model: type[Model]
    fields: str = ""
    former: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    order: str
    point: Callable[[Row, Find], Row] = _point_nowhere
    derive: Callable[[Any, Row], None] = _leave_alone

    def modernise(self, name: str, value: object) -> object:
        """Return the value of a field as this version writes it."""
        return self.former.get(name, {}).get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Part(Written):
    """Rows that stand as a list within the line of the one that they belong to, by the column `owner`.

    With `bare` the list holds the values of the only field, else objects.
    """

    owner: str
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind(Written):
    """One type of line. `name` is how other lines call the row; `talk` leads from it to its talk, "" is itself.

    `nested` are the names under which a line points to others of its kind, that may come later.
    """

    name: Callable[[Row], str] | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    talk: str | None = None
    nested: tuple[str, ...] = ()


def _link(*same: str, **columns: str) -> Callable[[Row, Find], Row]:
    """Columns that point to rows of the kind of the same name, or of the kind given."""
    kinds = {name: name for name in same} | columns
    return lambda row, find: {f"{column}_id": find(kind, row[column]) for column, kind in kinds.items()}


def _point_talk(row: Row, find: Find) -> Row:
    conference, _, slug = row["talk"].partition("/")
    day = find("day", name_day({"conference": conference, "number": row["day"]}))
    return {"slug": slug, "conference_id": find("conference", conference), "day_id": day}


def _point_conflict(row: Row, find: Find) -> Row:
    talk = f"{row['conference']}/{row['talk']}" if row["talk"] else None
    return {"talk_id": find("talk", talk)} | _link("post", "takeaway")(row, find)


def name_day(row: Row) -> str:
    """A day is called by its conference and its number."""
    return f"{row['conference']}/{'' if row['number'] is None else row['number']}"


def _tags(model: type[Model]) -> Part:
    return Part(
        model=model,
        owner="content_object",
        fields="origin refused",
        former={"origin": {"hand": "editor"}},
        paths={"tag": "tag__slug"},
        order="tag",
        point=_link("tag"),
    )


_SLUG = itemgetter("slug")
_DAYS = Part(
    model=Post.days.through,
    owner="post",
    paths={"conference": "day__conference__slug", "number": "day__number"},
    order="conference number",
    point=lambda row, find: {"day_id": find("day", name_day(row))},
)
_POST_FIELDS = (
    f"key stem digest source front_matter slug {' '.join(POST.columns)} "
    "intro outro lines diagnostics imported withdrawn"
)

KINDS: Mapping[str, Kind] = {
    "series": Kind(
        model=Series, fields="slug name aliases", order="slug", name=_SLUG, derive=lambda row, _: row.derive()
    ),
    "conference": Kind(
        model=Conference,
        fields="slug year",
        paths={"series": "series__slug"},
        order="slug",
        name=_SLUG,
        point=_link("series"),
    ),
    "day": Kind(
        model=Day,
        fields="number date",
        paths={"conference": "conference__slug"},
        order="conference number",
        name=name_day,
        point=_link("conference"),
    ),
    "writer": Kind(model=Writer, fields="slug name", order="slug", name=_SLUG, derive=lambda row, _: row.derive()),
    "speaker": Kind(
        model=Speaker,
        fields="slug name handle url",
        order="slug",
        name=_SLUG,
        parts={
            "aliases": Part(
                model=SpeakerAlias, owner="speaker", fields="name slug", order="name", derive=derived_rows.derive_alias
            )
        },
        derive=lambda row, _: row.derive(),
    ),
    "tag": Kind(
        model=Tag,
        fields="slug name description everywhere",
        order="slug",
        name=_SLUG,
        parts={
            "aliases": Part(
                model=TagAlias, owner="tag", fields="name", order="name", bare=True, derive=derived_rows.derive_alias
            )
        },
        derive=lambda row, _: row.derive(set()),
    ),
    "reference": Kind(
        model=Reference,
        fields="url title kind",
        order="key",
        name=itemgetter("url"),
        derive=derived_rows.derive_reference,
    ),
    "media": Kind(
        model=Media,
        fields="digest format size",
        order="digest",
        name=itemgetter("digest"),
        derive=derived_rows.derive_media,
    ),
    "post": Kind(
        model=Post,
        fields=_POST_FIELDS,
        paths={"conference": "conference__slug", "writer": "writer__slug"},
        order="key",
        name=itemgetter("key"),
        parts={
            "days": _DAYS,
            "aliases": Part(model=PostAlias, owner="post", fields="path", order="path", bare=True),
            "tags": _tags(TaggedPost),
            "media": Part(
                model=PostMedia,
                owner="post",
                fields="path alt withdrawn",
                paths={"media": "media__digest"},
                order="path",
                point=_link("media"),
            ),
        },
        point=_link("conference", "writer"),
        derive=derived_rows.derive_post,
    ),
    "talk": Kind(
        model=Talk,
        fields=f"{' '.join(TALK.columns)} position hidden withdrawn",
        paths={"day": "day__number"},
        order="",
        name=itemgetter("talk"),
        parts={
            "appearances": Part(
                model=Appearance,
                owner="talk",
                fields=f"position {' '.join(APPEARANCE.columns)}",
                paths={"speaker": "speaker__slug"},
                order="position speaker",
                point=_link("speaker"),
            ),
            "addresses": Part(
                model=TalkAddress, owner="talk", fields="conference_slug slug", order="conference_slug slug"
            ),
            "tags": _tags(TaggedTalk),
        },
        point=_point_talk,
        derive=derived_rows.derive_talk,
        talk="",
    ),
    "source": Kind(
        model=TalkSource,
        fields="title heading speakers position line end_line imported withdrawn",
        paths={"post": "post__key"},
        order="post",
        point=_link("talk", "post"),
        talk="talk",
    ),
    "takeaway": Kind(
        model=Takeaway,
        fields=f"public_id position {' '.join(TAKEAWAY.columns)} line end_line imported hidden withdrawn",
        paths={"post": "post__key", "parent": "parent__public_id", "merged_into": "merged_into__public_id"},
        order="post withdrawn position public_id",
        name=itemgetter("public_id"),
        parts={"tags": _tags(TaggedTakeaway)},
        point=_link("talk", "post", parent="takeaway", merged_into="takeaway"),
        derive=derived_rows.derive_takeaway,
        talk="talk",
        nested=("parent", "merged_into"),
    ),
    "citation": Kind(
        model=Citation,
        fields="url title position",
        paths={"post": "post__key", "reference": "reference__url", "takeaway": "takeaway__public_id"},
        order="post position",
        point=_link("talk", "post", "reference", "takeaway"),
        talk="talk",
    ),
    "conflict": Kind(
        model=Conflict,
        fields="field ours theirs line settled",
        paths={
            "post": "post__key",
            "conference": "talk__conference__slug",
            "talk": "talk__slug",
            "takeaway": "takeaway__public_id",
        },
        order="post conference talk takeaway field settled ours theirs",
        point=_point_conflict,
    ),
    "decision": Kind(model=Decision, fields="kind subject answer", order="kind subject"),
    "touch": Kind(model=EditorTouch, fields="kind key what", order="kind key what", derive=derived_rows.derive_touch),
}
