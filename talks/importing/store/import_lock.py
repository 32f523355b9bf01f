"""The lock that allows one import at a time: a second import announces that it waits, and waits."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

_ADVISORY_KEY = 0x636F6E666E6F7465  # "confnote"


@contextmanager
def hold_lock(on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the import lock of the base inside the block.

    If another import holds it, `on_wait` is called, and this one waits. If the process ends, so does its lock.
    """
    hold = _hold_advisory if connection.vendor == "postgresql" else _hold_file
    with hold(on_wait):
        yield


@contextmanager
def _hold_advisory(on_wait: Callable[[], None]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_KEY])
        row = cursor.fetchone()
        if not (row and row[0]):
            on_wait()
            cursor.execute("SET lock_timeout = 0")  # another import may take long
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_KEY])
            cursor.execute("RESET lock_timeout")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_KEY])


@contextmanager
def _hold_file(on_wait: Callable[[], None]) -> Iterator[None]:
    """Lock a file beside the database; a database in memory needs no lock."""
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or "mode=memory" in name:
        yield
        return
    descriptor = os.open(f"{name}.import-lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
