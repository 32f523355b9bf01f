"""Describes stored posts that a run left unchanged, for the report of the run."""

from collections import Counter
from collections.abc import Sequence

from talks.importing.report import Told, find_place
from talks.models import Post, TalkSource
from talks.models.bulk import split_chunks

_CHUNK = 5_000


def describe_unchanged_posts(posts: Sequence[int]) -> dict[int, Told]:
    """Return event, days and number of talks of each post, by primary key."""
    told: dict[int, Told] = {}
    for chunk in split_chunks(posts, _CHUNK):
        rows = Post.objects.filter(pk__in=chunk).order_by()
        days: dict[int, list[int]] = {}
        for post, number in rows.exclude(days__number=None).values_list("pk", "days__number"):
            days.setdefault(post, []).append(number or 0)
        sources = TalkSource.objects.filter(post__in=chunk, withdrawn=False).order_by()
        talks = Counter(sources.values_list("post", flat=True))
        columns = ("pk", "path", "key", "conference__series__name", "conference__year")
        for post, path, key, series, year in rows.values_list(*columns):
            event = (series, year) if series else None
            place = find_place(path, key)
            told[post] = Told(event, tuple(sorted(days.get(post, ()))), talks[post], place=place)
    return told
