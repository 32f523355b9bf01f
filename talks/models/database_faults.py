"""Faults of the database, told apart and in words."""

import re

from django.db import OperationalError

# Serialization failure, deadlock, a lock that was not to be had in time: SQLSTATE, of PostgreSQL alone.
_PASSING_STATES = {"40001", "40P01", "55P03"}
_PASSING_WORDS = re.compile("locked|deadlock|serialize")
_NO_TABLE = re.compile("no such table|relation .* does not exist", re.DOTALL)


def is_passing(error: BaseException | None) -> bool:
    """Whether somebody else's writing is the cause, so that the same may go well a moment later."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _PASSING_STATES if state else bool(_PASSING_WORDS.search(str(error)))


def describe_fault(error: Exception, afterwards: str) -> str:
    """What to tell whoever gave a command; `afterwards` is what holds of what the command was to do."""
    said = str(error).strip()
    if _NO_TABLE.search(said):
        return "The database has no tables yet: run `manage.py migrate` first."
    if is_passing(error):
        return f"Somebody else is writing into the database and does not come to an end. {afterwards} Try again."
    reason = said.partition("\n")[0].rstrip(".")
    return f"The database does not take it: {reason}. {afterwards}"
