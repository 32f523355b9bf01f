import threading

import pytest
from django.db import connection

from talks.importing.locking import hold_lock


@pytest.mark.django_db(transaction=True)
def test_a_second_one_says_that_it_waits_and_waits(tmp_path, monkeypatch):
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
        assert told.wait(20)
        events.append("first")
    thread.join(20)
    assert events == ["waits", "first", "second"]
    with hold_lock(lambda: events.append("never")):
        pass


def run_in_own_connection(work, name):
    """A thread has a connection of its own, to the base of the settings."""
    connection.settings_dict["NAME"] = name
    work()


@pytest.mark.django_db
def test_the_lock_is_free_after_an_error():
    with pytest.raises(ZeroDivisionError), hold_lock(lambda: None):
        raise ZeroDivisionError
    with hold_lock(lambda: pytest.fail("it is held still")):
        pass
