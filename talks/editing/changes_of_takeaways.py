"""Changes of takeaways by an editor: hiding, withdrawing and restoring them with their children."""

from collections.abc import Iterable

from django.db import transaction

from talks.derived import renew
from talks.editing.takeaway_order import find_nested, number_takeaways, set_takeaways_withdrawn
from talks.models import Takeaway


@transaction.atomic
def hide_takeaways(takeaways: Iterable[Takeaway], *, hidden: bool) -> None:
    """Hide or show takeaways with all that is nested in them; later imports change nothing about this."""
    rows = list(takeaways)
    Takeaway.objects.filter(pk__in=find_nested(rows)[0]).update(hidden=hidden)
    renew(row.talk_id for row in rows)


@transaction.atomic
def withdraw_takeaways(takeaways: Iterable[Takeaway], *, withdrawn: bool) -> None:
    """Withdraw or restore takeaways with all that is nested in them, and number the takeaways of their talks again.

    To restore a takeaway also restores its parents.
    """
    talks = set_takeaways_withdrawn(takeaways, withdrawn=withdrawn)
    for talk in talks:
        number_takeaways(talk, {}, {})
    renew(talks)
