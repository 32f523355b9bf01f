"""A snapshot reads the base as of one moment."""

import os
import sqlite3
import subprocess
import sys
from threading import Thread

import pytest
from django.db import connection, transaction

from talks.backup import export_base
from talks.backup.read_transaction import hold_snapshot
from talks.models import Series
from tests.builders import make_series

EXPORT_WHILE_ANOTHER_WRITES = """
import sqlite3, sys, django
from django.conf import settings
from django.core.management import call_command
from tests.unmigrated import MIGRATION_MODULES
settings.MIGRATION_MODULES = MIGRATION_MODULES
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
from django.db import connection
from talks.backup import export_base
from talks.models import Series
Series.objects.create(name="First")
Series.objects.create(name="Second")
lines = export_base()
print(next(lines), end="")
other = sqlite3.connect(sys.argv[1], timeout=0)
other.execute("DELETE FROM talks_series")
other.commit()
print("".join(lines), end="")
Series.objects.create(name="Third")
print("".join(export_base()), end="")
"""


@pytest.mark.django_db
def test_a_snapshot_inside_a_transaction_leaves_the_transaction_open():
    make_series("One")
    with hold_snapshot():
        assert Series.objects.count() == 1
    make_series("Two")
    assert connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_after_a_snapshot_the_connection_is_as_before():
    make_series("One")
    assert len(list(export_base())) == 1
    unfinished = export_base()
    next(unfinished)
    unfinished.close()
    with transaction.atomic():
        make_series("Two")
    assert Series.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_exception_ends_the_snapshot():
    with pytest.raises(Series.DoesNotExist), hold_snapshot():
        Series.objects.get()
    make_series("One")
    assert Series.objects.count() == 1


@pytest.mark.postgresql  # on SQLite the tests' base is in memory, with one connection; the next test has a file
@pytest.mark.django_db(transaction=True)
def test_a_snapshot_does_not_see_later_writes():
    def write():
        Series.objects.all().delete()
        connection.close()

    make_series("First")
    make_series("Second")
    lines = export_base()
    first = next(lines)
    other = Thread(target=write)
    other.start()
    other.join()
    assert [first, *lines] == [
        '{"type":"series","aliases":[],"name":"First","slug":"first"}\n',
        '{"type":"series","aliases":[],"name":"Second","slug":"second"}\n',
    ]
    assert Series.objects.count() == 0


@pytest.mark.slow
def test_others_can_write_on_sqlite_during_a_snapshot(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": "",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "confnotes.settings",
    }
    database = tmp_path / "confnotes.sqlite3"
    command = [sys.executable, "-c", EXPORT_WHILE_ANOTHER_WRITES, str(database)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.stderr == ""
    assert [line.split('"')[-2] for line in done.stdout.splitlines()] == ["first", "second", "third"]
    with sqlite3.connect(database) as base:
        assert base.execute("SELECT slug FROM talks_series").fetchall() == [("third",)]
    base.close()
