"""Computes who may see each talk, its place in sorted lists, its number of takeaways, and how many talks tags have.

Only this module writes these columns and rows. Talks are counted for each tag and each pair of tags. Except for these
counts all follows from a talk's own rows, so an import or an edit refreshes only the talks that it changed. A count is
changed by a difference (talks counted now, less talks counted before), so that two writers need not wait for each
other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations_with_replacement, groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from talks.derived.new_talks import NO_NEW_TALKS, NewTalks
from talks.models import Audience, TaggedTakeaway, TaggedTalk, TagListing, TagPair, Takeaway, Talk, TalkSource, prepared
from talks.models.bulk import insert_rows, split_chunks, update_values, upsert_rows
from talks.value_classes import value_class

_CHUNK = 600
_FETCHED = 2_000
_PAIRS_A_STATEMENT = 200  # four values a row
_UNKNOWN_YEAR = 9999
_AFTER_NAMES, _LAST_DAY = b"\xff", 4_000_000  # a number of days since the year 1 beyond any date
_UNDATED = _AFTER_NAMES + _LAST_DAY.to_bytes(4)
_COLUMNS = ("audience", "place", "noted")
_ENTRY = ("audience", "year", "series", "place")

Pairs = dict[tuple[int, int], list[int]]
"""For two tags, the lower key first, or one tag twice: the number of talks for everyone, and of others for staff."""


@value_class
class Listings:
    """The values computed for one talk: for its row, and for its entry in the list of each of its tags.

    `columns` are those of the row, in the order of `_COLUMNS`; `tags` maps the id of each tag to the values of the
    entry, in the order of `_ENTRY`.
    """

    columns: tuple[Any, ...]
    tags: dict[int, tuple[Any, ...]]


class PairChanges:
    """What to add to the stored counts of talks, by pair of tags: to that for everyone, and that for staff alone."""

    def __init__(self) -> None:
        self.pairs: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])

    def count(self, tags: Mapping[int, tuple[Any, ...]], step: int) -> None:
        """Add `step` (1 or -1) for each pair of a talk's tags, and for each tag paired with itself.

        `tags` are the talk's tags by id, each with a tuple that begins with the talk's audience.
        """
        for audience in {entry[0] for entry in tags.values()}:
            column = 0 if audience == Audience.EVERYONE else 1
            for pair in combinations_with_replacement(sorted(tags), 2):
                self.pairs[pair][column] += step

    def write(self) -> None:
        """Add the differences to the stored counts, and delete pairs of tags whose counts fall to 0.

        It is done in the order of the tags, so that two writers never deadlock.
        """
        changed = sorted((*pair, *step) for pair, step in self.pairs.items() if any(step))
        for chunk in split_chunks(changed, _PAIRS_A_STATEMENT):
            _add_to_pairs(chunk)
        fallen = [row for row in changed if min(row[2:]) < 0]
        tags, others = {row[0] for row in fallen}, {row[1] for row in fallen}
        TagPair.objects.filter(talks=0, drafts=0, tag__in=tags, other__in=others).delete()


def refresh_listings(talk_ids: Iterable[int], new: NewTalks = NO_NEW_TALKS) -> None:
    """Correct who may see these talks, their places in lists, their numbers of takeaways, and their listings by tag.

    The tags' counts of talks are corrected too, also for talks that were deleted. `refresh_mentions` must have noted in
    `new` what new talks mention.
    """
    for chunk in split_chunks(sorted(set(talk_ids)), _CHUNK):
        with transaction.atomic(savepoint=False):
            _lock(chunk)
            due = _derive_listings(chunk, new)
            _write_talks(due)
            _write_listings(chunk, due)


def find_stale_listings() -> Iterator[int]:
    """Yield the ids of deleted talks that still have listings, and of talks with wrong listings or computed columns."""
    yield from TagListing.objects.exclude(talk__in=Talk.objects.all()).values_list("talk", flat=True).distinct()
    for chunk in split_chunks(Talk.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK), _CHUNK):
        due, stored, columns = _derive_listings(chunk, NO_NEW_TALKS), _read_stored(chunk), dict(_read_columns(chunk))
        yield from (pk for pk, row in due.items() if (columns[pk], stored[pk]) != (row.columns, row.tags))


def read_audiences(talk_ids: Collection[int]) -> dict[int, Audience]:
    """Return for each of these talks, by id, who may see it: everyone, staff or nobody, by its most visible post.

    Drafts and private posts are for staff. A post that is withdrawn, or has no notes of the talk any more, is for
    nobody. A talk that never had a post was created by an editor and is for everyone.
    """
    found: dict[int, Audience] = {}
    for talk, gone, post_gone, visibility in _select_sources(talk_ids):
        shown_to = Audience.NOBODY if gone or post_gone else Audience.of_post(visibility)
        found[talk] = max(shown_to, found.get(talk, Audience.NOBODY))
    return {talk: found.get(talk, Audience.EVERYONE) for talk in talk_ids}


@prepared
def _select_sources(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TalkSource.objects.filter(talk__in=talk_ids).order_by()
    return rows.values_list("talk", "withdrawn", "post__withdrawn", "post__visibility")


def list_public(audiences: Mapping[int, int]) -> list[int]:
    """Return the ids of the talks that everybody may see; `audiences` gives each talk's `Audience` by id."""
    return [talk for talk, audience in audiences.items() if audience == Audience.EVERYONE]


def _derive_listings(talk_ids: list[int], new: NewTalks) -> dict[int, Listings]:
    audiences = read_audiences(talk_ids)
    noted = {talk: len(held.takeaways) for talk, held in new.notes.items()}
    tags = {talk: {*new.tags.get(talk, {}).values()} for talk in new.notes}
    if stored := new.list_others(talk_ids):
        public = list_public({talk: audiences[talk] for talk in stored})
        noted |= dict(_count_notes(stored, public))
        tags |= _read_tags(stored, public)
    dates = _read_dates(talk_ids)
    found = {}
    for pk, hidden, withdrawn, year, series, name, conference, day in _select_talks(talk_ids):
        audience = audiences[pk]
        sorted_by = dates.get(pk, _UNDATED) if series is None else name.encode()[:60]
        place = _write_place(year, sorted_by, conference, day)
        entry = (audience, year, series, place)
        seen = audience and not hidden and not withdrawn
        listed = dict.fromkeys(tags.get(pk, ()), entry) if seen else {}
        found[pk] = Listings((audience, place, noted.get(pk, 0)), listed)
    return found


@prepared
def _count_notes(talk_ids: Collection[int], public: Collection[int]) -> QuerySet[Any, Any]:
    return Takeaway.objects.seen_with_talk(talk_ids, public).values_list("talk").annotate(Count("pk"))


@prepared
def _select_talks(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Talk.objects.filter(pk__in=talk_ids).order_by("pk").values_list(
        "pk", "hidden", "withdrawn", "conference__year", "conference__series",
        "conference__series__sort_key", "conference", "day__number",
    )  # fmt: skip


def _read_dates(talk_ids: list[int]) -> dict[int, bytes]:
    """Return by talk bytes by which talks of unnamed conferences sort after all names, the latest post first.

    Posts that have no notes of the talk any more do not count, not even the one whose conference it is: such a post
    may get another date or conference, and its former talks are not refreshed then. Talks without a dated post have no
    bytes.
    """
    days: defaultdict[int, int] = defaultdict(int)
    for talk, day in _select_dates(talk_ids):
        days[talk] = max(days[talk], day.toordinal())
    return {talk: _AFTER_NAMES + (_LAST_DAY - day).to_bytes(4) for talk, day in days.items()}


@prepared
def _select_dates(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    sources = TalkSource.objects.filter(talk__in=talk_ids, talk__conference__series=None, withdrawn=False)
    dated = sources.filter(post__withdrawn=False, post__published_on__isnull=False).order_by()
    return dated.values_list("talk", "post__published_on")


def _write_place(year: int | None, series: bytes, conference: int, day: int | None) -> bytes:
    """Return the bytes by which lists sort a talk: year (latest first), series, conference, day.

    The place is stored as bytes because databases sort texts in different ways.
    """
    start = (_UNKNOWN_YEAR - (year or 0)).to_bytes(2) + series + b"\0"
    size = -(-conference.bit_length() // 8)  # first, so that longer keys come later
    return start + bytes([size]) + conference.to_bytes(size) + (0 if day is None else day + 1).to_bytes(2)


def _read_tags(talk_ids: list[int], public: list[int]) -> defaultdict[int, set[int]]:
    """Return the ids of the tags of each talk, by the talk's id: tags from its posts or an editor, and mentions.

    Tags that editors gave to its shown takeaways are among them, unless an editor refused the tag for the talk.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    refused: set[tuple[int, int]] = set()
    for talk, tag, no in _select_tags(talk_ids):
        if no:
            refused.add((talk, tag))
        else:
            found[talk].add(tag)
    for talk, tag in _select_tags_of_notes(talk_ids, public):
        if (talk, tag) not in refused:
            found[talk].add(tag)
    return found


@prepared
def _select_tags(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    rows = TaggedTalk.everything.filter(content_object__in=talk_ids).order_by()
    return rows.values_list("content_object", "tag", "refused")


@prepared
def _select_tags_of_notes(talk_ids: Collection[int], public: Collection[int]) -> QuerySet[Any, Any]:
    shown = Takeaway.objects.seen_with_talk(talk_ids, public)
    by_editor = TaggedTakeaway.objects.filter(content_object__in=shown.values("pk"), origin="editor").order_by()
    return by_editor.values_list("content_object__talk", "tag")


def _read_columns(talk_ids: Collection[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for pk, audience, place, noted in _select_columns(talk_ids):
        yield pk, (audience, bytes(place), noted)


@prepared
def _select_columns(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Talk.objects.filter(pk__in=talk_ids).order_by("pk").values_list("pk", *_COLUMNS)


def _read_stored(talk_ids: Collection[int]) -> defaultdict[int, dict[int, tuple[Any, ...]]]:
    """Return the stored listings by talk and then by tag, each as the values that `_ENTRY` names.

    A talk without listings has an empty dict.
    """
    stored: defaultdict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for talk, tag, audience, year, series, place in _select_listings(talk_ids):
        stored[talk][tag] = audience, year, series, bytes(place)
    return stored


@prepared
def _select_listings(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return TagListing.objects.filter(talk__in=talk_ids).order_by().values_list("talk", "tag", *_ENTRY)


def _lock(talk_ids: list[int]) -> None:
    """Lock the talks on PostgreSQL until the transaction ends, so that no other writer counts them meanwhile.

    SQLite has one writer anyway.
    """
    if connection.features.has_select_for_no_key_update:
        list(Talk.objects.select_for_update(no_key=True).filter(pk__in=talk_ids).order_by("pk").values_list("pk"))


def _write_talks(due: dict[int, Listings]) -> None:
    changed = [pk for pk, columns in _read_columns(due) if columns != due[pk].columns]
    update_values(Talk, _COLUMNS, [(*due[pk].columns, pk) for pk in changed])


def _write_listings(talk_ids: list[int], due: dict[int, Listings]) -> None:
    stored = _read_stored(talk_ids)
    surplus, changes = Q(), PairChanges()
    new: list[tuple[Any, ...]] = []
    changed: list[tuple[Any, ...]] = []
    for talk in talk_ids:
        before = stored[talk]
        after = due[talk].tags if talk in due else {}
        if before == after:
            continue
        if gone := before.keys() - after.keys():
            surplus |= Q(talk=talk, tag__in=gone)
        for tag in sorted(after):
            if before.get(tag) != after[tag]:
                (changed if tag in before else new).append((tag, talk, *after[tag]))
        changes.count(before, -1)
        changes.count(after, 1)
    if surplus:
        TagListing.objects.filter(surplus).delete()
    # SQLite takes three times as long for a row that might be an update, and the talks' listings were read and locked.
    insert_rows(TagListing, ("tag", "talk", *_ENTRY), new)
    upsert_rows(TagListing, ("tag", "talk"), _ENTRY, changed)
    changes.write()


def count_pairs() -> Pairs:
    """Return for each pair of tags in the base two numbers: talks that everyone may see, and further ones for staff."""
    changes = PairChanges()
    rows = TagListing.objects.order_by("talk", "tag").values_list("talk", "tag", "audience")
    for _, group in groupby(rows.iterator(_FETCHED), key=itemgetter(0)):
        changes.count({tag: (audience,) for _, tag, audience in group}, 1)
    return dict(changes.pairs)


def recount_pairs() -> int:
    """Count all pairs of tags again, correct wrong rows, and return how many rows were wrong."""
    due, stored = count_pairs(), read_pairs()
    changes = PairChanges()
    for pair in due.keys() | stored.keys():
        have, want = stored.get(pair, [0, 0]), due.get(pair, [0, 0])
        changes.pairs[pair] = [want[0] - have[0], want[1] - have[1]]
    changes.write()
    return sum(1 for step in changes.pairs.values() if any(step))


def read_pairs() -> Pairs:
    """Return the stored counts of all pairs of tags, in the form of `count_pairs`."""
    rows = TagPair.objects.order_by().values_list("tag", "other", "talks", "drafts")
    return {(tag, other): [talks, drafts] for tag, other, talks, drafts in rows.iterator(_FETCHED)}


def _add_to_pairs(rows: Sequence[tuple[int, ...]]) -> None:
    """Add numbers to the stored counts of pairs of tags, given as rows (tag, other, talks, drafts).

    It is one SQL statement, an upsert that Django cannot express.
    """
    table = connection.ops.quote_name(TagPair._meta.db_table)
    sql = f"""
        INSERT INTO {table} (tag_id, other_id, talks, drafts) VALUES {", ".join(["(%s, %s, %s, %s)"] * len(rows))}
        ON CONFLICT (tag_id, other_id) DO UPDATE
        SET talks = {table}.talks + excluded.talks, drafts = {table}.drafts + excluded.drafts
    """  # noqa: S608 nothing in it comes from outside
    with connection.cursor() as cursor:
        cursor.execute(sql, list(chain.from_iterable(rows)))
