"""All content of the base as JSON Lines: the same content gives the same bytes, on whatever database.

Each line is one object, `type` first and its other keys sorted. Objects point to each other by slugs, keys of
posts and permalinks, and come after what they point to, but for a takeaway's parent, which is of the same talk,
and the one that it became part of, which is of the same post.
What follows from something else (HTML, keys to compare and sort by, words to search) is left out, and so are
runs, users, clock times, and where a post lay on a disk.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet

from talks.keeping.snapshot import hold_snapshot
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Conflict,
    Day,
    Decision,
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
    TalkSource,
    Writer,
)

_CHUNK = 200
_POST_FIELDS = (
    "key stem digest source front_matter title slug published_on language visibility intro outro lines diagnostics "
    "imported withdrawn"
)
_SOURCE_FIELDS = "title heading speakers position line end_line imported withdrawn"
_TAKEAWAY_FIELDS = "public_id kind position text line end_line imported hidden withdrawn"
_POINTERS = {"parent": "parent__public_id", "merged_into": "merged_into__public_id"}

Row = dict[str, Any]


def export_base() -> Generator[str, None, None]:
    """The lines, each with its line end, of one moment; the connection is busy until the last one is read."""
    with hold_snapshot():
        for kind, rows in (
            ("series", _list_by_key(Series, "slug", "slug name aliases")),
            ("conference", _list_by_key(Conference, "slug", "slug year", series="series__slug")),
            ("day", _list_days()),
            ("writer", _list_by_key(Writer, "slug", "slug name")),
            ("speaker", _list_speakers()),
            ("tag", _list_tags()),
            ("reference", _list_by_key(Reference, "key", "url title kind")),
            ("post", _list_posts()),
            ("talk", _list_by_talk(_read_talks)),
            ("source", _list_by_talk(_read_sources)),
            ("takeaway", _list_by_talk(_read_takeaways)),
            ("citation", _list_by_talk(_read_citations)),
            ("conflict", _list_conflicts()),
            ("decision", _sort(_read(Decision.objects.all(), "kind subject answer"), "kind", "subject")),
        ):
            yield from (_write(kind, row) for row in rows)


def _write(kind: str, row: Row) -> str:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
    return f'{{"type":"{kind}",{text[1:]}\n'


def _read(rows: QuerySet[Any], fields: str, **paths: str) -> Iterator[Row]:
    """Rows with these fields, and with what stands at the end of these paths."""
    names = fields.split()
    for values in rows.order_by().values_list(*names, *paths.values()).iterator():
        yield dict(zip([*names, *paths], values, strict=True))


def _group(rows: QuerySet[Any], fields: str, *, by: str, **paths: str) -> dict[Any, list[Row]]:
    """The same, by the value that stands at the end of `by`."""
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in _read(rows, fields, **paths, _by=by):
        grouped[row.pop("_by")].append(row)
    return grouped


def _cut(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


# What is sorted is sorted here: databases order texts each in its own way.


def _sort(rows: Iterable[Row], *names: str) -> list[Row]:
    """By these values in turn; what is None comes first."""
    return sorted(rows, key=lambda row: [(row[name] is not None, row[name] or 0) for name in names])


def _list_by_key(model: type[Model], key: str, fields: str, **paths: str) -> Iterator[Row]:
    rows = model._default_manager.order_by()
    for chunk in _cut(sorted(rows.values_list(key, flat=True))):
        found = _group(rows.filter(**{f"{key}__in": chunk}), fields, by=key, **paths)
        yield from (row for value in chunk for row in found[value])


def _list_days() -> list[Row]:
    return _sort(_read(Day.objects.all(), "number date", conference="conference__slug"), "conference", "number")


def _list_speakers() -> Iterator[Row]:
    aliases = _group(SpeakerAlias.objects.all(), "name slug", by="speaker__slug")
    for speaker in _list_by_key(Speaker, "slug", "slug name handle url"):
        yield speaker | {"aliases": _sort(aliases[speaker["slug"]], "name")}


def _list_tags() -> Iterator[Row]:
    aliases = _group(TagAlias.objects.all(), "name", by="tag__slug")
    for tag in _list_by_key(Tag, "slug", "slug name description everywhere"):
        yield tag | {"aliases": sorted(alias["name"] for alias in aliases[tag["slug"]])}


def _list_posts() -> Iterator[Row]:
    for chunk in _cut(sorted(Post.objects.order_by().values_list("key", flat=True))):
        posts = _read(
            Post.objects.filter(key__in=chunk), _POST_FIELDS, conference="conference__slug", writer="writer__slug"
        )
        days = _group(
            Post.days.through.objects.filter(post__key__in=chunk),
            "",
            by="post__key",
            conference="day__conference__slug",
            number="day__number",
        )
        aliases = _group(PostAlias.objects.filter(post__key__in=chunk), "path", by="post__key")
        images = _group(
            PostMedia.objects.filter(post__key__in=chunk),
            "path alt withdrawn",
            by="post__key",
            digest="media__digest",
            format="media__format",
            size="media__size",
        )
        tags = _read_tags(TaggedPost.everything.filter(content_object__key__in=chunk), "content_object__key")
        for post in _sort(posts, "key"):
            post["days"] = _sort(days[post["key"]], "conference", "number")
            post["aliases"] = sorted(alias["path"] for alias in aliases[post["key"]])
            post["images"] = _sort(images[post["key"]], "path")
            yield post | {"tags": tags[post["key"]]}


def _read_tags(tagged: QuerySet[Any], by: str) -> dict[Any, list[Row]]:
    tags = _group(tagged, "origin refused", by=by, tag="tag__slug")
    return defaultdict(list, {key: _sort(rows, "tag") for key, rows in tags.items()})


def _list_by_talk(read: Callable[[list[int]], dict[int, list[Row]]]) -> Iterator[Row]:
    """What `read` gives for each talk, talk by talk."""
    talks = Talk.objects.order_by().values_list("conference__slug", "slug", "pk")
    for chunk in _cut(sorted(talks)):
        found = read([pk for *_, pk in chunk])
        for conference, slug, pk in chunk:
            yield from (row | {"talk": f"{conference}/{slug}"} for row in found.get(pk, []))


def _read_talks(pks: list[int]) -> dict[int, list[Row]]:
    talks = _group(Talk.objects.filter(pk__in=pks), "title position hidden withdrawn", by="pk", day="day__number")
    appearances = _group(
        Appearance.objects.filter(talk__in=pks), "position affiliation", by="talk", speaker="speaker__slug"
    )
    tags = _read_tags(TaggedTalk.everything.filter(content_object__in=pks), "content_object")
    for pk, [talk] in talks.items():
        talk["appearances"] = _sort(appearances[pk], "position", "speaker")
        talk["tags"] = tags[pk]
    return talks


def _read_sources(pks: list[int]) -> dict[int, list[Row]]:
    sources = _group(TalkSource.objects.filter(talk__in=pks), _SOURCE_FIELDS, by="talk", post="post__key")
    return {pk: _sort(rows, "post") for pk, rows in sources.items()}


def _read_takeaways(pks: list[int]) -> dict[int, list[Row]]:
    rows = Takeaway.objects.filter(talk__in=pks)
    takeaways = _group(rows, _TAKEAWAY_FIELDS, by="talk", post="post__key", **_POINTERS)
    tags = _read_tags(TaggedTakeaway.everything.filter(content_object__talk__in=pks), "content_object__public_id")
    for takeaway in (takeaway for group in takeaways.values() for takeaway in group):
        takeaway["tags"] = tags[takeaway["public_id"]]
    return {pk: _sort(group, "post", "withdrawn", "position", "public_id") for pk, group in takeaways.items()}


def _read_citations(pks: list[int]) -> dict[int, list[Row]]:
    paths = {"post": "post__key", "reference": "reference__url", "takeaway": "takeaway__public_id"}
    citations = _group(Citation.objects.filter(talk__in=pks), "title position", by="talk", **paths)
    return {pk: _sort(rows, "post", "position") for pk, rows in citations.items()}


def _list_conflicts() -> list[Row]:
    paths = {"post": "post__key", "conference": "talk__conference__slug", "slug": "talk__slug"}
    rows = _read(Conflict.objects.all(), "field ours theirs line settled", takeaway="takeaway__public_id", **paths)
    found = []
    for row in rows:
        conference, slug = row.pop("conference"), row.pop("slug")
        found.append(row | {"talk": f"{conference}/{slug}" if slug else None})
    return _sort(found, "post", "talk", "takeaway", "field", "settled", "ours", "theirs")
