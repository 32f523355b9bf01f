"""How commands that write the base say why they stopped: in one sentence, with an exit code."""

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
    """Raise `CommandError` for faults that are not ours; `afterwards` says what the command left done or undone."""
    try:
        yield
    except NotFoundError as error:
        raise CommandError(str(error), returncode=WRONG_USAGE) from error
    except ChangedMeanwhileError as error:
        raise CommandError(str(error)) from error
    except (DatabaseError, InterfaceError) as error:
        raise CommandError(describe_fault(error, afterwards)) from error
