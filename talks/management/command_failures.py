"""Reports why a command that writes the base stopped: one sentence and an exit code instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError, InterfaceError

from talks.importing import ChangedMeanwhileError, NotFoundError
from talks.models import describe_fault

WRONG_USAGE = 2
IMPORT_RUNS = "An import is running; waiting for it to end."


@contextmanager
def explain_failures(afterwards: str) -> Iterator[None]:
    """Turn errors of the database, `NotFoundError` and `ChangedMeanwhileError` into a `CommandError` for people.

    `afterwards` is a sentence that says what had been done before an error of the database, such as "Nothing was done."
    """
    try:
        yield
    except NotFoundError as error:
        raise CommandError(str(error), returncode=WRONG_USAGE) from error
    except ChangedMeanwhileError as error:
        raise CommandError(str(error)) from error
    except (DatabaseError, InterfaceError) as error:
        raise CommandError(describe_fault(error, afterwards)) from error
