"""Changes of takeaways by an editor: their texts and places, hiding, withdrawing and restoring them with children."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from talks import names
from talks.derived import render_takeaway, renew
from talks.editing.takeaway_order import find_nested, free_nested, number_takeaways, set_takeaways_withdrawn
from talks.editing.touches import record_switch
from talks.fields import LAST_PLACE
from talks.models import Takeaway


class Part(NamedTuple):
    """A row that is a part of another, such as a takeaway of its talk, and what an editor entered for it, by column.

    `values` of a takeaway may have its `place` among those from its post, and its `level`, from 1.
    """

    row: Any
    values: Mapping[str, Any]


def save_takeaways(changed: Sequence[Part], deleted: Sequence[Takeaway] = ()) -> None:
    """Save new and changed takeaways, delete others, then number and nest those of their talks again.

    Takeaways are hidden, shown, withdrawn or restored with all that is nested in them. The caller renews the talks. Of
    stored takeaways only the changed columns are written, since an import may have written the others meanwhile.
    """
    delete_takeaways(deleted)
    for number, (row, values) in enumerate(changed):
        if row.pk is None:
            row.public_id, row.position = _make_public_id(), LAST_PLACE + number
            row.html = render_takeaway(row)
            row.save()
        elif not {"kind", "text"}.isdisjoint(values):
            row.html = render_takeaway(row)
            row.save(update_fields=["kind", "text", "html"])
    for value in (True, False):
        _set_hidden([row for row, values in changed if values.get("hidden") is value], hidden=value)
        switched = [row for row, values in changed if values.get("withdrawn") is value]
        set_takeaways_withdrawn(switched, withdrawn=value)
    places, levels = (
        {row.pk: values[name] for row, values in changed if values.get(name)} for name in ("place", "level")
    )
    for talk in {row.talk_id for row, _ in changed}:
        number_takeaways(talk, places, levels)


def delete_takeaways(takeaways: Sequence[Takeaway]) -> None:
    """Delete takeaways, move those nested in them up, and number those of the talks again; the caller renews these."""
    free_nested(takeaways)
    Takeaway.objects.filter(pk__in=[row.pk for row in takeaways]).delete()
    for talk in {row.talk_id for row in takeaways}:
        number_takeaways(talk, {}, {})


def _make_public_id() -> str:
    """Return a random permalink for a takeaway that an editor writes, spelled like the permalinks that imports make."""
    return names.make_permalink(secrets.randbits(names.PERMALINK_BITS))


def _set_hidden(takeaways: Sequence[Takeaway], *, hidden: bool) -> None:
    if takeaways:
        Takeaway.objects.filter(pk__in=find_nested(takeaways)[0]).update(hidden=hidden)


@transaction.atomic
def hide_takeaways(takeaways: Iterable[Takeaway], *, hidden: bool) -> None:
    """Hide or show takeaways with all that is nested in them; later imports change nothing about this."""
    rows = list(takeaways)
    record_switch(rows, hidden=hidden)
    _set_hidden(rows, hidden=hidden)
    renew(row.talk_id for row in rows)


@transaction.atomic
def withdraw_takeaways(takeaways: Iterable[Takeaway], *, withdrawn: bool) -> None:
    """Withdraw or restore takeaways with all that is nested in them, and number the takeaways of their talks again.

    To restore a takeaway also restores its parents.
    """
    rows = list(takeaways)
    record_switch(rows, withdrawn=withdrawn)
    talks = set_takeaways_withdrawn(rows, withdrawn=withdrawn)
    for talk in talks:
        number_takeaways(talk, {}, {})
    renew(talks)
