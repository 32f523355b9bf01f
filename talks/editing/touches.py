"""Records as touches which rows an editor's change is about to alter."""

from collections.abc import Iterable
from typing import Any

from talks.models import EditorTouch


def record_switch(rows: Iterable[Any], **values: object) -> None:
    """Record that an editor changes these columns of the rows, for each row that has another value stored.

    Call it before the values are stored. The rows must be of one model; only their values in the database count.
    """
    chosen = list(rows)
    for column, value in values.items() if chosen else ():
        stored = type(chosen[0])._default_manager.filter(pk__in=[row.pk for row in chosen])
        others = set(stored.exclude(**{column: value}).values_list("pk", flat=True))
        EditorTouch.record([row for row in chosen if row.pk in others], column)
