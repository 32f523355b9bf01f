"""Recognises errors of the database that another writer caused, and puts any error into sentences for people."""

import re

from django.db import OperationalError

# Serialization failure, deadlock, a lock that was not free in time: SQLSTATE, of PostgreSQL alone.
_PASSING_STATES = {"40001", "40P01", "55P03"}
_PASSING_WORDS = re.compile("locked|deadlock|serialize")
_NO_TABLE = re.compile("no such table|relation .* does not exist", re.DOTALL)


def is_temporary(error: BaseException | None) -> bool:
    """Whether another writer caused the error, so that trying again may succeed."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _PASSING_STATES if state else bool(_PASSING_WORDS.search(str(error)))


def describe_fault(error: Exception, afterwards: str) -> str:
    """Return sentences about the error for whoever ran a command.

    Among them is the sentence `afterwards`, which says what the command had done until then; it is left out if the
    database has no tables.
    """
    said = str(error).strip()
    if _NO_TABLE.search(said):
        return "The database has no tables yet: run `manage.py migrate` first."
    if is_temporary(error):
        return f"Somebody else is writing into the database and does not come to an end. {afterwards} Try again."
    reason = said.partition("\n")[0].rstrip(".")
    return f"The database does not take it: {reason}. {afterwards}"
