"""How many talks are on a subject, and on two at once. This is the only place that writes `TagPair`.

A tag and itself are a pair too: its talks. Counts change by what was counted before and is not so any more, so that
two who write at once do not have to wait for each other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, combinations_with_replacement, groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from talks.models import Audience, TagListing, TagPair

_BATCH = 200  # four values a row; SQLite once took no more than a thousand
_FETCHED = 2_000

Pairs = dict[tuple[int, int], list[int]]
"""For two tags, the lower key first: the talks that everyone may see, and further ones for staff."""


class Steps:
    """By how much counts change."""

    def __init__(self) -> None:
        self.pairs: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])

    def count(self, subjects: Mapping[int, tuple[Any, ...]], step: int) -> None:
        """Count the subjects of a talk, whose entries begin with its audience, once more or once less."""
        for audience in {entry[0] for entry in subjects.values()}:
            column = 0 if audience == Audience.EVERYONE else 1
            for pair in combinations_with_replacement(sorted(subjects), 2):
                self.pairs[pair][column] += step

    def write(self) -> None:
        """Change the rows, in the order of their tags: whoever does so at the same time does it in the same order."""
        changed = sorted((*pair, *step) for pair, step in self.pairs.items() if any(step))
        for first in range(0, len(changed), _BATCH):
            _add(changed[first : first + _BATCH])
        fallen = [row for row in changed if min(row[2:]) < 0]
        TagPair.objects.filter(
            talks=0, drafts=0, tag__in={row[0] for row in fallen}, other__in={row[1] for row in fallen}
        ).delete()


def count_pairs() -> Pairs:
    """What the rows should be: counted anew, over the whole base."""
    steps = Steps()
    rows = TagListing.objects.order_by("talk", "tag").values_list("talk", "tag", "audience")
    for _, group in groupby(rows.iterator(_FETCHED), key=itemgetter(0)):
        steps.count({tag: (audience,) for _, tag, audience in group}, 1)
    return dict(steps.pairs)


def recount_pairs() -> int:
    """Make all rows what they should be; how many were not."""
    due, stored = count_pairs(), read_pairs()
    steps = Steps()
    for pair in due.keys() | stored.keys():
        have, want = stored.get(pair, [0, 0]), due.get(pair, [0, 0])
        steps.pairs[pair] = [want[0] - have[0], want[1] - have[1]]
    steps.write()
    return sum(1 for step in steps.pairs.values() if any(step))


def read_pairs() -> Pairs:
    """What the rows are."""
    rows = TagPair.objects.order_by().values_list("tag", "other", "talks", "drafts")
    return {(tag, other): [talks, drafts] for tag, other, talks, drafts in rows.iterator(_FETCHED)}


def _add(rows: Sequence[tuple[int, ...]]) -> None:
    """Add to the counts of pairs; Django has no way to say this in one statement."""
    table = connection.ops.quote_name(TagPair._meta.db_table)
    sql = f"""
        INSERT INTO {table} (tag_id, other_id, talks, drafts) VALUES {", ".join(["(%s, %s, %s, %s)"] * len(rows))}
        ON CONFLICT (tag_id, other_id) DO UPDATE
        SET talks = {table}.talks + excluded.talks, drafts = {table}.drafts + excluded.drafts
    """  # noqa: S608 nothing in it comes from outside
    with connection.cursor() as cursor:
        cursor.execute(sql, list(chain.from_iterable(rows)))
