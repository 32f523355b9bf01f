"""What an editor does to takeaways and all that is nested in them: take them down, withdraw them, bring them back."""

from collections.abc import Iterable

from django.db import transaction

from talks.derived import renew
from talks.editing.takeaway_order import set_hidden, set_withdrawn, settle_takeaways
from talks.models import Takeaway


@transaction.atomic
def hide_takeaways(takeaways: Iterable[Takeaway], *, hidden: bool) -> None:
    """Take takeaways down, whatever is imported later, or show them again."""
    renew(set_hidden(takeaways, hidden=hidden))


@transaction.atomic
def withdraw_takeaways(takeaways: Iterable[Takeaway], *, withdrawn: bool) -> None:
    """Withdraw takeaways or restore them, and let the others close up or make room."""
    talks = set_withdrawn(takeaways, withdrawn=withdrawn)
    for talk in talks:
        settle_takeaways(talk, {}, {})
    renew(talks)
