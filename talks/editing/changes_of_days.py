"""Changes of days by an editor: their numbers, which the days of a conference may exchange."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from talks.models import Day, EditorTouch, make_lasting_name
from talks.parsing import DAYS


def save_days(days: Sequence[Day]) -> None:
    """Save new and stored days of one conference. Numbers may be exchanged or move on; touches stay with their days."""
    rows = Day.objects.filter(pk__in=[day.pk for day in days if day.pk]).select_related("conference")
    stored = {day.pk: day for day in rows}
    moved = [day for day in days if day.pk in stored and day.number != stored[day.pk].number]
    _free_numbers(moved)
    for day in days:
        day.save()
    _rename_touches({_name(stored[day.pk]): _name(day) for day in moved})


def _free_numbers(moved: Sequence[Day]) -> None:
    """Give the days, for the moment, numbers that no day has or will get, so that they can exchange numbers.

    The database checks after each row that the numbers of a conference's days differ.
    """
    held = Day.objects.filter(conference__in={day.conference_id for day in moved}).values_list("number", flat=True)
    taken = {*held, *(day.number for day in moved)} if moved else set()
    for day, free in zip(moved, (number for number in reversed(DAYS) if number not in taken), strict=False):
        Day.objects.filter(pk=day.pk).update(number=free)


def _rename_touches(names: Mapping[str, str]) -> None:
    """Rename the touches of days by former names to `names`; touches that had a new name before are deleted."""
    of_days = EditorTouch.objects.filter(kind="day")
    kept = [
        EditorTouch(kind="day", key=names[each.key], what=each.what, touched_at=each.touched_at)
        for each in of_days.filter(key__in=names)
    ]
    of_days.filter(Q(key__in=names) | Q(key__in=names.values())).delete()
    EditorTouch.objects.bulk_create(kept)


def _name(day: Day) -> str:
    return (make_lasting_name(day) or ("", ""))[1]
