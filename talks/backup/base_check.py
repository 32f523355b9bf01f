"""Whether the base is sound: what no constraint of the database can hold."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from django.db import IntegrityError, connection
from django.db.models import Exists, F, OuterRef, QuerySet

from talks import derived
from talks.backup.derived_rows import find_derived_faults
from talks.backup.line_check import find_line_faults
from talks.backup.media_check import find_media_faults
from talks.backup.snapshot import hold_snapshot
from talks.models import Appearance, Citation, Day, Post, TagListing, Takeaway, Talk, TalkSource
from talks.models.bulk import cut

MOST_OF_A_KIND = 100
CHUNK = 2_000


def check_base() -> list[str]:
    """One sentence for each fault, none where the base is sound. Reads row by row: any size of base will do."""
    checks: list[Callable[[], Iterable[str]]] = [
        _find_orphans,
        _find_strayed_talks,
        _find_wrong_withdrawals,
        _find_gaps,
        _find_wrong_nesting,
        _find_strayed_citations,
        _find_wrong_mentions,
        find_derived_faults,
        find_line_faults,
        find_media_faults,
        _find_wrong_standing,
        _find_stale_words,
    ]
    faults: list[str] = []
    with hold_snapshot():
        for check in checks:
            found = iter(check())
            faults += islice(found, MOST_OF_A_KIND)
            if more := sum(1 for _ in found):
                faults.append(f"… and {more} more of this kind.")
    return faults


def _find_orphans() -> Iterator[str]:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield f"A row points to one that is not there: {error}"


def _find_strayed_talks() -> Iterator[str]:
    for talk in _name_talks(Talk.objects.exclude(conference=F("day__conference"))):
        yield f"The talk {talk} belongs to another conference than its day."


def _find_wrong_withdrawals() -> Iterator[str]:
    sources = TalkSource.objects.filter(talk=OuterRef("pk"))
    standing = sources.filter(withdrawn=False)
    for talk in _name_talks(Talk.objects.filter(Exists(sources), ~Exists(standing), withdrawn=False)):
        yield f"The talk {talk} is shown though no post tells of it any more."
    for talk in _name_talks(Talk.objects.filter(Exists(standing), withdrawn=True)):
        yield f"The talk {talk} is withdrawn though a post tells of it."


def _find_gaps() -> Iterator[str]:
    """Positions that do not count from 1 without a hole."""
    live_talks = Talk.objects.filter(withdrawn=False)
    live_takeaways = Takeaway.objects.filter(withdrawn=False)
    for rows, group, noun in (
        (live_talks, ("day",), "talks"),
        (live_takeaways, ("talk", "post"), "takeaways"),
        (Appearance.objects.all(), ("talk",), "speakers"),
        (Citation.objects.all(), ("talk", "post"), "references"),
    ):
        values = rows.order_by(*group, "position").values_list(*group, "position").iterator(CHUNK)
        for key, members in groupby(values, key=lambda row: row[:-1]):
            for due, (*_, position) in enumerate(members, 1):
                if position != due:
                    whole = _name_group(group, [pk for pk in key if pk])
                    yield f"The {noun} of {whole} have the position {position} where {due} is due."
                    break


def _find_wrong_nesting() -> Iterator[str]:
    """Takeaways whose parent does not hold them: it must stand before them in the same notes, around them."""
    rows = Takeaway.objects.filter(withdrawn=False).order_by("talk", "post", "position")
    values = rows.values_list("talk", "post", "pk", "parent", "public_id").iterator(CHUNK)
    for _, members in groupby(values, key=lambda row: row[:2]):
        path: list[int] = []
        for _, _, pk, parent, public_id in members:
            if parent and parent not in path:
                yield f"The takeaway {public_id} does not stand below its parent."
            else:
                path = [*path[: path.index(parent) + 1 if parent else 0], pk]


def _find_strayed_citations() -> Iterator[str]:
    placed = Citation.objects.exclude(takeaway=None)
    strayed = placed.exclude(takeaway__talk=F("talk"), takeaway__post=F("post")).order_by("pk")
    for url, public_id in strayed.values_list("reference__url", "takeaway__public_id").iterator(CHUNK):
        yield f"The reference {url} stands in the takeaway {public_id}, of another talk or post."


def _find_wrong_mentions() -> Iterator[str]:
    for chunk in cut(derived.find_stale_mentions(), CHUNK):
        for talk in _name_talks(Talk.objects.filter(pk__in=chunk)):
            yield f"The subjects that the talk {talk} mentions are not those of its words."


def _find_wrong_standing() -> Iterator[str]:
    if gone := TagListing.objects.exclude(talk__in=Talk.objects.all()).count():
        yield f"Talks that are gone are still listed and counted, with {gone} subjects."
    for chunk in cut(derived.find_stale_listings(), CHUNK):
        for talk in _name_talks(Talk.objects.filter(pk__in=chunk)):
            yield f"The talk {talk} is not listed and counted as what it is."
    due, stored = derived.count_pairs(), derived.read_pairs()
    if wrong := [pair for pair in due.keys() | stored.keys() if due.get(pair) != stored.get(pair)]:
        yield f"Subjects and pairs of them that are counted wrongly: {len(wrong)}."


def _find_stale_words() -> Iterator[str]:
    for chunk in cut(derived.find_stale_search_text(), CHUNK):
        for talk in _name_talks(Talk.objects.filter(pk__in=chunk)):
            yield f"The words by which the talk {talk} is found are not its words."


def _name_group(group: tuple[str, ...], keys: list[int]) -> str:
    """How people call a day, or a talk with the post that tells of it."""
    if group == ("day",):
        return str(Day.objects.select_related("conference__series").get(pk=keys[0]))
    talk = next(_name_talks(Talk.objects.filter(pk=keys[0])))
    key = Post.objects.filter(pk__in=keys[1:]).values_list("key", flat=True).first()
    return f"the talk {talk} in the post {key}" if key else f"the talk {talk}"


def _name_talks(talks: QuerySet[Talk]) -> Iterator[str]:
    for conference, slug in talks.order_by("pk").values_list("conference__slug", "slug").iterator(CHUNK):
        yield f"{conference}/{slug}"
