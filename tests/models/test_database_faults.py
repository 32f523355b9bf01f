import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from talks.models import describe_fault, is_temporary

PASSING = [
    sqlite3.OperationalError("database is locked"),
    sqlite3.OperationalError("database table is locked: talks_talk"),
    psycopg.errors.DeadlockDetected("Verklemmung entdeckt"),
    psycopg.errors.SerializationFailure("could not serialize access due to concurrent update"),
    psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
]
LASTING = [
    sqlite3.OperationalError("database or disk is full"),
    sqlite3.OperationalError("disk I/O error"),
    psycopg.errors.DiskFull('could not extend file "locked": No space left on device'),
    psycopg.errors.AdminShutdown("terminating connection due to administrator command"),
]


def wrap(cause: Exception, error: type[DatabaseError] = OperationalError) -> DatabaseError:
    """Return the error as Django raises it."""
    wrapped = error(*cause.args)
    wrapped.__cause__ = cause
    return wrapped


@pytest.mark.parametrize("cause", PASSING, ids=repr)
def test_faults_caused_by_other_writers_are_temporary(cause):
    assert is_temporary(wrap(cause))
    assert describe_fault(wrap(cause), "Nothing was removed.") == (
        "Somebody else is writing into the database and does not come to an end. Nothing was removed. Try again."
    )


@pytest.mark.parametrize("cause", LASTING, ids=repr)
def test_database_errors_without_another_writer_are_not_temporary(cause):
    assert not is_temporary(wrap(cause))
    assert describe_fault(wrap(cause), "All is kept.") == f"The database does not take it: {cause}. All is kept."


def test_integrity_errors_and_errors_of_no_database_are_not_temporary():
    locked = sqlite3.IntegrityError("UNIQUE constraint failed: locked")
    assert [is_temporary(error) for error in (wrap(locked, IntegrityError), ValueError("locked"), None)] == [False] * 3


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError, sqlite3.OperationalError("no such table: talks_post")),
        (ProgrammingError, psycopg.errors.UndefinedTable('relation "talks_post" does not exist\nLINE 1: SELECT')),
    ],
)
def test_an_error_about_missing_tables_says_to_migrate(error, cause):
    assert describe_fault(wrap(cause, error), "") == ("The database has no tables yet: run `manage.py migrate` first.")
