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

_OF_NO_PLACE = frozenset({"kind", "text", "hidden"})
"""The columns that say nothing of where takeaways stand among the others."""


class Part(NamedTuple):
    """A row that is a part of another, such as a takeaway of its talk, and what an editor entered for it, by column.

    `values` of a takeaway may have its `place` among those from its post, and its `level`, from 1.
    """

    row: Any
    values: Mapping[str, Any]


def save_takeaways(changed: Sequence[Part], deleted: Sequence[Takeaway] = ()) -> None:
    """Save new and changed takeaways, delete others, then number and nest the takeaways of their talks again.

    Takeaways are hidden, shown, withdrawn or restored with all that is nested in them. The caller renews the talks. Of
    stored takeaways only the changed columns are written, since an import may have written the others meanwhile.
    """
    delete_takeaways(deleted)
    moved = [row for row, values in changed if row.pk is None or not values.keys() <= _OF_NO_PLACE]
    for row, values in changed:
        if row.pk is None:
            row.public_id = names.make_permalink(secrets.randbits(names.PERMALINK_BITS))
            row.position = LAST_PLACE
            row.html = render_takeaway(row)
            row.save()
        elif not {"kind", "text"}.isdisjoint(values):
            row.html = render_takeaway(row)
            row.save(update_fields=["kind", "text", "html"])
    for value in (True, False):
        hidden = [row for row, values in changed if values.get("hidden") is value]
        Takeaway.objects.filter(pk__in=find_nested(hidden)[0]).update(hidden=value)
        switched = [row for row, values in changed if values.get("withdrawn") is value]
        set_takeaways_withdrawn(switched, withdrawn=value)
    places, levels = (
        {row.pk: values[name] for row, values in changed if values.get(name)} for name in ("place", "level")
    )
    for talk in {row.talk_id for row in moved}:
        number_takeaways(talk, places, levels)


def delete_takeaways(takeaways: Sequence[Takeaway]) -> None:
    """Delete takeaways, move their children up to their parent, and number the takeaways that stay.

    The caller renews the talks.
    """
    free_nested(takeaways)
    Takeaway.objects.filter(pk__in=[row.pk for row in takeaways]).delete()
    for talk in {row.talk_id for row in takeaways}:
        number_takeaways(talk, {}, {})


@transaction.atomic
def switch_takeaways(takeaways: Iterable[Takeaway], **values: bool) -> None:
    """Set `hidden` or `withdrawn` of takeaways, each with all that is nested in it.

    No reader sees a hidden takeaway, whatever is imported later. To restore a withdrawn takeaway (`withdrawn=False`)
    also restores its parents. The takeaways of the talks are numbered again if some were withdrawn or restored.
    """
    rows = list(takeaways)
    record_switch(rows, **values)
    save_takeaways([Part(row, values) for row in rows])
    renew(row.talk_id for row in rows)
