"""Deletes conferences and days that no post uses any more, after posts moved to other events."""

from collections.abc import Collection

from talks.models import Conference, Day, EditorTouch, Post, Series, Talk


def clear_events(conferences: Collection[int], days: Collection[int]) -> None:
    """Delete the given conferences and days that no post or talk uses and that no editor touched.

    A withdrawn talk still uses its day. A conference stays if one of its days is used or touched. Its series is deleted
    with it, if the series has no other conference and no alias, and no editor touched it.
    """
    for day in Day.objects.filter(pk__in=days).select_related("conference") if days else ():
        if not (day.talks.exists() or day.posts.exists() or _is_touched(day)):
            day.delete()
    for conference in Conference.objects.filter(pk__in=conferences).select_related("series") if conferences else ():
        if _is_needed(conference) or _is_touched(conference):
            continue
        series = conference.series
        conference.delete()
        if series and not (series.aliases or Conference.objects.filter(series=series).exists() or _is_touched(series)):
            series.delete()


def _is_needed(conference: Conference) -> bool:
    needed = Talk.objects.filter(conference=conference).exists() or Post.objects.filter(conference=conference).exists()
    return needed or any(Post.objects.filter(days=day).exists() or _is_touched(day) for day in conference.days.all())


def _is_touched(row: Conference | Day | Series) -> bool:
    return not EditorTouch.list_untouched([row])
