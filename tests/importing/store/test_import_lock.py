import threading

import pytest
from django.db import connection

from talks.importing.store.import_lock import hold_lock


@pytest.mark.django_db(transaction=True)
def test_a_second_import_announces_that_it_waits(tmp_path, monkeypatch):
    if connection.vendor == "sqlite":  # the tests' own base lies in memory, which nobody shares
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "base.sqlite3"))
    events = []

    def run_second():
        with hold_lock(lambda: (events.append("waits"), told.set())):
            events.append("second")
        connection.close()

    told = threading.Event()
    with hold_lock(lambda: events.append("never")):
        thread = threading.Thread(target=run_in_own_connection, args=(run_second, connection.settings_dict["NAME"]))
        thread.start()
        assert told.wait(120)
        events.append("first")
    thread.join(120)
    assert events == ["waits", "first", "second"]
    with hold_lock(lambda: events.append("never")):
        pass


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_waiting_imports_ignore_the_databases_lock_timeout():
    events = []

    def run_second():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1ms'")
        with hold_lock(told.set):
            events.append("second")
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            events.append(cursor.fetchone()[0])
        connection.close()

    told = threading.Event()
    with hold_lock(lambda: None):
        thread = threading.Thread(target=run_in_own_connection, args=(run_second, connection.settings_dict["NAME"]))
        thread.start()
        assert told.wait(120)
        thread.join(0.2)
        events.append("first")
    thread.join(120)
    assert events == ["first", "second", "20s"]


def run_in_own_connection(work, name):
    """Run the function in a thread, which has its own connection to the database."""
    connection.settings_dict["NAME"] = name
    work()


@pytest.mark.django_db
def test_the_import_lock_is_released_after_an_error():
    with pytest.raises(ZeroDivisionError), hold_lock(lambda: None):
        raise ZeroDivisionError
    with hold_lock(lambda: pytest.fail("it is held still")):
        pass
