"""Where talks stand: who may see each, its place in lists, and its subjects. The only place that writes what is kept.

All of it is local: it follows from a talk's own rows, so an import or an edit renews the talks it touched and no
other. How many talks are on a subject, or on two at once, is kept by adding what these talks were not counted for
before, and taking away what they no longer are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from talks.derived.tag_pairs import Steps
from talks.models import Audience, TaggedTakeaway, TaggedTalk, TagListing, Takeaway, Talk, TalkSource
from talks.models.bulk import cut, update_rows

_CHUNK = 200
_BATCH = 150  # six values a row; SQLite once took no more than a thousand
_UNKNOWN_YEAR = 9999
_COLUMNS = ("audience", "place", "noted")
_ENTRY = ("audience", "year", "series_id", "place")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is kept of a talk: the values of its `_COLUMNS`, and for each of its tags those of an `_ENTRY`."""

    columns: tuple[Any, ...]
    subjects: dict[int, tuple[Any, ...]]


def refresh_standing(talk_ids: Iterable[int]) -> None:
    """Make what is kept of these talks what it should be. Of those that are gone nothing stays."""
    for chunk in cut(sorted(set(talk_ids)), _CHUNK):
        with transaction.atomic(savepoint=False):
            _lock(chunk)
            due = _compose(chunk)
            _write_talks(due)
            _write_subjects(chunk, due)


def stale_standing() -> Iterator[int]:
    """Row ids of the talks of which something else is kept than should be, and of talks that are gone."""
    yield from TagListing.objects.exclude(talk__in=Talk.objects.all()).values_list("talk", flat=True).distinct()
    for chunk in cut(Talk.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK), _CHUNK):
        due, stored, columns = _compose(chunk), _read_stored(chunk), dict(_read_columns(chunk))
        yield from (pk for pk, row in due.items() if (columns[pk], stored[pk]) != (row.columns, row.subjects))


def read_audiences(talk_ids: Iterable[int]) -> dict[int, Audience]:
    """Who may see each of these talks, as far as its posts are concerned; one without a post was made by hand."""
    found: dict[int, Audience] = {}
    sources = TalkSource.objects.filter(talk__in=talk_ids).order_by()
    for talk, gone, post_gone, visibility in sources.values_list(
        "talk", "withdrawn", "post__withdrawn", "post__visibility"
    ):
        audience = Audience.EVERYONE if visibility == "public" else Audience.STAFF
        told = Audience.NOBODY if gone or post_gone else audience
        found[talk] = max(told, found.get(talk, Audience.NOBODY))
    return {talk: found.get(talk, Audience.EVERYONE) for talk in talk_ids}


def _compose(talk_ids: list[int]) -> dict[int, Standing]:
    audiences = read_audiences(talk_ids)
    shown = Takeaway.objects.seen_with_talk(audiences)
    noted = dict(shown.values_list("talk").annotate(Count("pk")))
    tags = _read_tags(talk_ids, shown)
    rows = Talk.objects.filter(pk__in=talk_ids).order_by("pk").values_list(
        "pk", "hidden", "withdrawn", "conference__year", "conference__series",
        "conference__series__sort_key", "conference", "day__number",
    )  # fmt: skip
    found = {}
    for pk, hidden, withdrawn, year, series, name, conference, day in rows:
        audience = audiences[pk]
        place = _write_place(year, name, conference, day)
        entry = (audience, year, series, place)
        seen = audience and not hidden and not withdrawn
        found[pk] = Standing((audience, place, noted.get(pk, 0)), dict.fromkeys(tags[pk], entry) if seen else {})
    return found


def _write_place(year: int | None, series: str, conference: int, day: int | None) -> bytes:
    """The latest year first, then series, edition and day. Bytes, since databases sort texts by their own rules."""
    start = (_UNKNOWN_YEAR - (year or 0)).to_bytes(2) + series.encode()[:60] + b"\0"
    return start + conference.to_bytes(8) + (0 if day is None else day + 1).to_bytes(2)


def _read_tags(talk_ids: list[int], shown: QuerySet[Takeaway]) -> defaultdict[int, set[int]]:
    """Tags of each talk, and those that a hand gave to its takeaways: what they mention by themselves it has too."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    refused: set[tuple[int, int]] = set()
    of_talks = TaggedTalk.everything.filter(content_object__in=talk_ids).order_by()
    for talk, tag, no in of_talks.values_list("content_object", "tag", "refused"):
        if no:
            refused.add((talk, tag))
        else:
            found[talk].add(tag)
    by_hand = TaggedTakeaway.objects.filter(content_object__in=shown.values("pk"), origin="editor").order_by()
    for talk, tag in by_hand.values_list("content_object__talk", "tag"):
        if (talk, tag) not in refused:
            found[talk].add(tag)
    return found


def _read_columns(talk_ids: Iterable[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for pk, audience, place, noted in Talk.objects.filter(pk__in=talk_ids).order_by("pk").values_list("pk", *_COLUMNS):
        yield pk, (audience, bytes(place), noted)


def _read_stored(talk_ids: Iterable[int]) -> defaultdict[int, dict[int, tuple[Any, ...]]]:
    """For each talk its tags, each with what the row holds."""
    stored: defaultdict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    rows = TagListing.objects.filter(talk__in=talk_ids).order_by()
    for talk, tag, audience, year, series, place in rows.values_list("talk", "tag", *_ENTRY):
        stored[talk][tag] = audience, year, series, bytes(place)
    return stored


def _lock(talk_ids: list[int]) -> None:
    """Let nobody else count the same talks before this transaction ends; SQLite has one writer at a time anyway."""
    if connection.features.has_select_for_no_key_update:
        list(Talk.objects.select_for_update(no_key=True).filter(pk__in=talk_ids).order_by("pk").values_list("pk"))


def _write_talks(due: dict[int, Standing]) -> None:
    changed = [pk for pk, columns in _read_columns(due) if columns != due[pk].columns]
    update_rows([Talk(pk=pk, **dict(zip(_COLUMNS, due[pk].columns, strict=True))) for pk in changed], _COLUMNS)


def _write_subjects(talk_ids: list[int], due: dict[int, Standing]) -> None:
    stored = _read_stored(talk_ids)
    surplus, rows, steps = Q(), [], Steps()
    for talk in talk_ids:
        before = stored[talk]
        after = due[talk].subjects if talk in due else {}
        if before == after:
            continue
        if gone := before.keys() - after.keys():
            surplus |= Q(talk=talk, tag__in=gone)
        changed = [tag for tag in sorted(after) if before.get(tag) != after[tag]]
        rows += [TagListing(talk_id=talk, tag_id=tag, **dict(zip(_ENTRY, after[tag], strict=True))) for tag in changed]
        steps.count(before, -1)
        steps.count(after, 1)
    if surplus:
        TagListing.objects.filter(surplus).delete()
    TagListing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["tag", "talk"], update_fields=_ENTRY, batch_size=_BATCH
    )
    steps.write()
