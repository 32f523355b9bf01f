"""What bears some subjects: of each subject so many rows and no more, in one query for all of them.

Margins and related talks are ranked when they are read, from these: what is rare depends on the whole base, and
one import would change every stored ranking. The bound keeps a page as quick for a subject that half of all talks
have as for one that ten have; of a subject with more rows than that, those imported last stand for the others.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from math import log
from typing import Any

from django.db import connection, models

from talks.models import TaggedTakeaway, TaggedTalk

MOST_SUBJECTS = 60
TALKS_A_SUBJECT = 400
TAKEAWAYS_A_SUBJECT = 200


def find_talks(subjects: Collection[int]) -> list[tuple[int, int]]:
    """Subject and talk, for the last talks with each of the subjects."""
    return _read_last(TaggedTalk, subjects, TALKS_A_SUBJECT, ("tag_id", "content_object_id"))


def find_takeaways(subjects: Collection[int]) -> list[tuple[int, int, int]]:
    """Subject, takeaway and its talk, for the last takeaways that mention each of the subjects."""
    fields = ("tag_id", "content_object_id", "content_object__talk_id")
    return _read_last(TaggedTakeaway, subjects, TAKEAWAYS_A_SUBJECT, fields)


def weigh(subjects: Collection[int]) -> dict[int, float]:
    """How telling it is to share a subject, given one entry for each talk that has it: the rarer, the more.

    From 1 for what so many talks have that they were not all looked at, to about 4 for what two talks have.
    """
    return {subject: 1 + log(TALKS_A_SUBJECT / count) / 2 for subject, count in Counter(subjects).items()}


def _read_last(model: type[models.Model], subjects: Collection[int], limit: int, fields: Sequence[str]) -> list[Any]:
    """A union of one bounded query a subject: neither database stops early where it is asked for all at once."""
    parts: list[str] = []
    values: list[Any] = []
    for subject in sorted(subjects)[:MOST_SUBJECTS]:
        rows = model._default_manager.filter(tag=subject).order_by("-content_object_id").values_list(*fields)[:limit]
        sql, given = rows.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608 Django wrote it
        values += given
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return cursor.fetchall()
