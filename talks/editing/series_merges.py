"""Merges series that are one event under several names, and splits a merged name off again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from talks import names
from talks.derived import find_posts_naming, renew
from talks.editing.changes_of_talks import place_talks
from talks.editing.talks_of_rows import list_talks_of_rows
from talks.importing import clear_events
from talks.models import Conference, Day, EditorTouch, Post, PostAlias, Series, Talk, TalkAddress, TalkSource


@transaction.atomic
def merge_series(kept: Series, others: Iterable[Series]) -> None:
    """Give the conferences of the other series to `kept`, make their names aliases of it, and delete the other series.

    Two conferences of one year, or without a year, become one; old addresses of its talks redirect.
    """
    rows = list(others)
    posts = find_posts_naming([kept, *rows])
    for other in rows:
        editions = {edition.year: edition for edition in Conference.objects.filter(series=kept)}
        for edition in Conference.objects.filter(series=other):
            if edition.year in editions:
                _join_editions(editions[edition.year], edition)
            else:
                Conference.objects.filter(pk=edition.pk).update(series=kept)
        kept.aliases = [*dict.fromkeys([*kept.aliases, *other.aliases, other.name])]
        other.delete()
    kept.save()
    EditorTouch.record([kept], "changed")
    renew(list_talks_of_rows([kept]), posts)


def _join_editions(kept: Conference, other: Conference) -> None:
    days = {day.number: day for day in Day.objects.filter(conference=kept)}
    moved = {}
    for day in Day.objects.filter(conference=other):
        into = days.get(day.number) or Day.objects.create(conference=kept, number=day.number, date=day.date)
        moved[day.pk] = days[day.number] = into
    talks = list(Talk.objects.filter(conference=other).order_by("day__number", "position", "pk"))
    place_talks(kept, talks, {talk.pk: moved[talk.day_id] for talk in talks})
    posts = list(Post.objects.filter(conference=other).prefetch_related("days"))
    PostAlias.keep_events([post.pk for post in posts])
    for post in posts:
        own = [moved.get(day.pk, day) for day in post.days.all()]
        Post.objects.filter(pk=post.pk).update(conference=kept)
        post.days.set(own)
    other.delete()


@transaction.atomic
def split_series(kept: Series, name: str, editions: Iterable[Conference]) -> Series:
    """Make an alias of `kept` a series again, and return the new series.

    It gets the given conferences, the posts that use its name, and the talks of which only these posts have notes.
    Raises `LookupError` if `kept` has no such alias.
    """
    folded = names.fold_name(name)
    if folded not in {names.fold_name(alias) for alias in kept.aliases}:
        raise LookupError(name)
    chosen = [edition.pk for edition in editions if edition.series_id == kept.pk]
    talks, posts = list_talks_of_rows([kept]), find_posts_naming([kept])
    kept.aliases = [alias for alias in kept.aliases if names.fold_name(alias) != folded]
    kept.save()
    EditorTouch.record([kept], "changed")
    series = Series.objects.create(name=name)
    Conference.objects.filter(pk__in=chosen).update(series=series)
    for edition in Conference.objects.filter(series=kept):
        _split_edition(edition, series)
    renew(talks, posts | find_posts_naming([series]))
    return series


def _split_edition(edition: Conference, series: Series) -> None:
    """Move the posts of a conference that name the split-off series to a conference of that series.

    Talks of which only these posts have notes move with them. If nothing else is left, the conference itself moves to
    that series.
    """
    rows = list(Post.objects.filter(conference=edition).prefetch_related("days"))
    posts = [post for post in rows if _is_named(post.imported.get("conference"), series)]
    if not posts:
        return
    talks = Talk.objects.filter(conference=edition).order_by("day__number", "position", "pk")
    others = TalkSource.objects.exclude(post__in=posts)
    leaving = talks.filter(sources__post__in=posts).exclude(pk__in=others.values("talk")).distinct()
    if len(posts) == len(rows) and len(leaving) == len(talks):
        Conference.objects.filter(pk=edition.pk).update(series=series)
        return
    new = Conference.objects.create(series=series, year=edition.year)
    days: dict[int, Day] = {}
    for day in {*Day.objects.filter(posts__in=posts), *Day.objects.filter(talks__in=leaving)}:
        days[day.pk] = Day.objects.create(conference=new, number=day.number, date=day.date)
    _move_back(new, list(leaving), days)
    for post in posts:
        own = [days[day.pk] for day in post.days.all()]
        Post.objects.filter(pk=post.pk).update(conference=new)
        post.days.set(own)
    clear_events((), days)


def _is_named(said: Any, series: Series) -> bool:
    return bool(said) and names.fold_name(str(said[0])) == series.folded


def _move_back(conference: Conference, talks: list[Talk], days: Mapping[int, Day]) -> None:
    """Move talks to a conference, each to the day that `days` gives for the id of its present day.

    A talk that had an address in that conference before the merge gets this address back.
    """
    former = TalkAddress.objects.filter(conference_slug=conference.slug, talk__in=talks)
    slugs = dict(former.values_list("talk", "slug"))
    for talk in talks:
        talk.slug = slugs.get(talk.pk, talk.slug)
    place_talks(conference, talks, {talk.pk: days[talk.day_id] for talk in talks})
