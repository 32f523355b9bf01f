"""The kinds of lines in an export, in one table that both export and restore use.

Lines name each other by slug, key of the post, public id, address or digest. A kind comes after the kinds that it
names. A new kind of row needs one more entry here, and nothing else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import Model

from talks import models, names, parsing
from talks.derived import read_resource
from talks.fields import APPEARANCE, POST, TAKEAWAY, TALK

Row = dict[str, Any]
_DIGEST = re.compile(r"[0-9a-f]{64}")

Find = Callable[[str, str | None], int | None]
"""Finds the id of the row with this kind and name, or raises `ValueError` if there is none; None for the name None."""


@dataclass(frozen=True)
class Written:
    """How the rows of a model are exported: `fields` are exported unchanged, `paths` lead to names of related rows.

    A path has the name of the kind to which it leads, unless `kinds` gives another kind. `point` returns the foreign
    keys of rows whose names are put together in another way. `derive` computes the columns left out. `former` maps
    values of fields in exports of earlier versions to those that mean the same today. `later` are columns that exports
    of earlier versions lack, with their default values.
    """

    model: type[Model]
    fields: str = ""
    _: KW_ONLY
    former: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    later: Mapping[str, Any] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    order: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    point: Callable[[Row, Find], Row] | None = None
    derive: Callable[[Any, Row], None] = lambda made, row: None

    def find_links(self, row: Row, find: Find) -> Row:
        """Return the foreign keys of a row, by column: the ids that `find` gives for the names in its line."""
        if self.point:
            return self.point(row, find)
        return {f"{name}_id": find(self.kinds.get(name, name), row[name]) for name in self.list_links()}

    def list_links(self) -> list[str]:
        """Return the keys of an exported line whose values are names of other rows."""
        return list(self.paths)

    def modernise(self, name: str, value: object) -> object:
        """Return the value that means the same today as this value of the field, which may be of an earlier version.

        A value that still means the same is returned as it is.
        """
        return self.former.get(name, {}).get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Part(Written):
    """Rows that are exported as a list inside the line of another row, their owner, to which the column `owner` points.

    With `bare`, the list has the values of their single field instead of objects.
    """

    owner: str
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind(Written):
    """One type of line in an export.

    `name` returns a row's name for other lines, None if no line names such rows. `talk` is the path to the row's talk,
    "" for a talk itself, None for a row of no talk. `nested` are keys of the line that name rows of the same kind,
    which may come in a later line.
    """

    name: Callable[[Row], str] | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    talk: str | None = None
    nested: tuple[str, ...] = ()

    def list_links(self) -> list[str]:
        return [*(["talk"] if self.talk else []), *self.paths]


def _point_talk(row: Row, find: Find) -> Row:
    conference, _, slug = row["talk"].partition("/")
    day = find("day", name_day({"conference": conference, "number": row["day"]}))
    return {"slug": slug, "conference_id": find("conference", conference), "day_id": day}


def _point_conflict(row: Row, find: Find) -> Row:
    talk = f"{row['conference']}/{row['talk']}" if row["talk"] else None
    about = {f"{kind}_id": find(kind, row[kind]) for kind in ("post", "takeaway")}
    return {"talk_id": find("talk", talk)} | about


def name_day(row: Row) -> str:
    """Return the name of a day in the export: "qcon-london-2017/2", or "qcon-london-2017/" if it has no number."""
    return f"{row['conference']}/{'' if row['number'] is None else row['number']}"


def _tags(model: type[Model]) -> Part:
    return Part(
        model,
        "origin refused merged",
        owner="content_object",
        former={"origin": {"hand": "editor"}},
        later={"merged": None},
        paths={"tag": "tag__slug"},
        order="tag",
    )


def _derive_alias(alias: models.TagAlias | models.SpeakerAlias, line: dict[str, Any]) -> None:
    alias.folded = (names.fold_tag if isinstance(alias, models.TagAlias) else names.fold_name)(alias.name)


def _derive_reference(reference: models.Reference, line: dict[str, Any]) -> None:
    """Set host and key of a reference from its address. Raises ValueError if the address is no web address."""
    resource = read_resource(reference.url)
    if not resource:
        raise ValueError(f"`url` is no address of the web: {reference.url[:100]}")
    reference.host, reference.key = resource.host, resource.key


def _derive_media(media: models.Media, line: dict[str, Any]) -> None:
    """Check that the digest of an image can be a file name in the media store. Raises ValueError if not."""
    if not _DIGEST.fullmatch(media.digest):
        raise ValueError(f"`digest` is none: {media.digest}")


def _derive_post(post: models.Post, line: dict[str, Any]) -> None:
    """Set the path of a post, which exports leave out, to its key; the next import sets it to the path of the file.

    Until then, `find_post_of_file` knows by this that the post was restored. Its HTML is made when all rows are there.
    """
    post.path = post.key


def _derive_talk(talk: models.Talk, line: dict[str, Any]) -> None:
    talk.sort_key = names.sort_title(talk.title)


def _derive_takeaway(takeaway: models.Takeaway, line: dict[str, Any]) -> None:
    """Check the public id of a takeaway, whose HTML is made when all rows are restored.

    Raises ValueError if it is no permalink.
    """
    if not names.is_permalink(takeaway.public_id):
        raise ValueError(f"`public_id` is no permalink: {takeaway.public_id}")


def _derive_touch(touch: models.EditorTouch, line: dict[str, Any]) -> None:
    """Leave the time of an editor's touch empty, since exports contain no times."""
    touch.touched_at = None


def _derive_correction(correction: models.Correction, line: dict[str, Any]) -> None:
    """Check that imports can read the correction. Raises ValueError if not."""
    parsing.read_correction(correction.number, correction.act, correction.anchor, correction.value)


_SLUG = itemgetter("slug")
_DAYS = Part(
    models.Post.days.through,
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
    "series": Kind(models.Series, "slug name aliases", order="slug", name=_SLUG, derive=lambda row, _: row.derive()),
    "conference": Kind(models.Conference, "slug year", paths={"series": "series__slug"}, order="slug", name=_SLUG),
    "day": Kind(
        models.Day, "number date", paths={"conference": "conference__slug"}, order="conference number", name=name_day
    ),
    "writer": Kind(models.Writer, "slug name", order="slug", name=_SLUG, derive=lambda row, _: row.derive()),
    "speaker": Kind(
        models.Speaker,
        "slug name handle url",
        order="slug",
        name=_SLUG,
        parts={
            "aliases": Part(
                models.SpeakerAlias,
                "name slug merged",
                owner="speaker",
                later={"merged": None},
                order="name",
                derive=_derive_alias,
            )
        },
        derive=lambda row, _: row.derive(),
    ),
    "tag": Kind(
        models.Tag,
        "slug name description everywhere",
        order="slug",
        name=_SLUG,
        parts={"aliases": Part(models.TagAlias, "name", owner="tag", order="name", bare=True, derive=_derive_alias)},
        derive=lambda row, _: row.derive(),
    ),
    "reference": Kind(
        models.Reference, "url title kind", order="key", name=itemgetter("url"), derive=_derive_reference
    ),
    "media": Kind(models.Media, "digest format size", order="digest", name=itemgetter("digest"), derive=_derive_media),
    "post": Kind(
        models.Post,
        _POST_FIELDS,
        later=POST.later,
        paths={"conference": "conference__slug", "writer": "writer__slug"},
        order="key",
        name=itemgetter("key"),
        parts={
            "days": _DAYS,
            "aliases": Part(models.PostAlias, "path", owner="post", order="path", bare=True),
            "tags": _tags(models.TaggedPost),
            "media": Part(
                models.PostMedia,
                "path alt withdrawn given",
                owner="post",
                later={"given": False},
                paths={"media": "media__digest"},
                order="path",
            ),
        },
        derive=_derive_post,
    ),
    "talk": Kind(
        models.Talk,
        f"{' '.join(TALK.columns)} position hidden withdrawn",
        later=TALK.later,
        paths={"day": "day__number"},
        order="",
        name=itemgetter("talk"),
        parts={
            "appearances": Part(
                models.Appearance,
                f"position {' '.join(APPEARANCE.columns)} merged",
                owner="talk",
                later={"merged": None},
                paths={"speaker": "speaker__slug"},
                order="position speaker",
            ),
            "addresses": Part(models.TalkAddress, "conference_slug slug", owner="talk", order="conference_slug slug"),
            "tags": _tags(models.TaggedTalk),
        },
        point=_point_talk,
        derive=_derive_talk,
        talk="",
    ),
    "source": Kind(
        models.TalkSource,
        "title heading speakers position line end_line imported withdrawn",
        paths={"post": "post__key"},
        order="post",
        talk="talk",
    ),
    "takeaway": Kind(
        models.Takeaway,
        f"public_id position {' '.join(TAKEAWAY.columns)} line end_line headings imported hidden withdrawn",
        later={"headings": "", **TAKEAWAY.later},
        paths={"post": "post__key", "parent": "parent__public_id", "merged_into": "merged_into__public_id"},
        order="post withdrawn position public_id",
        name=itemgetter("public_id"),
        parts={"tags": _tags(models.TaggedTakeaway)},
        kinds={"parent": "takeaway", "merged_into": "takeaway"},
        derive=_derive_takeaway,
        talk="talk",
        nested=("parent", "merged_into"),
    ),
    "citation": Kind(
        models.Citation,
        "url title position",
        paths={"post": "post__key", "reference": "reference__url", "takeaway": "takeaway__public_id"},
        order="post position",
        talk="talk",
    ),
    "conflict": Kind(
        models.Conflict,
        "field ours theirs line settled",
        paths={
            "post": "post__key",
            "conference": "talk__conference__slug",
            "talk": "talk__slug",
            "takeaway": "takeaway__public_id",
        },
        order="post conference talk takeaway field settled ours theirs",
        point=_point_conflict,
    ),
    "decision": Kind(models.Decision, "kind subject answer", order="kind subject"),
    "correction": Kind(
        models.Correction,
        "number act anchor value active",
        paths={"post": "post__key"},
        order="post number",
        derive=_derive_correction,
    ),
    "touch": Kind(models.EditorTouch, "kind key what", order="kind key what", derive=_derive_touch),
}
