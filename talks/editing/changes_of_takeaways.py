"""Changes of takeaways by an editor: hiding, withdrawing and restoring them with their children."""

from collections.abc import Iterable

from django.db import transaction

from talks.derived import renew
from talks.editing.takeaway_order import number_takeaways, set_takeaways_hidden, set_takeaways_withdrawn
from talks.models import Takeaway


@transaction.atomic
def hide_takeaways(takeaways: Iterable[Takeaway], *, hidden: bool) -> None:
    """Hide or show takeaways with all that is nested in them; later imports change nothing about this."""
    renew(set_takeaways_hidden(takeaways, hidden=hidden))


@transaction.atomic
def withdraw_takeaways(takeaways: Iterable[Takeaway], *, withdrawn: bool) -> None:
    """Withdraw or restore takeaways with all that is nested in them, and number the takeaways of their talks again.

    To restore a takeaway also restores its parents.
    """
    talks = set_takeaways_withdrawn(takeaways, withdrawn=withdrawn)
    for talk in talks:
        number_takeaways(talk, {}, {})
    renew(talks)
