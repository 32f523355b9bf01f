"""`manage.py rebuild`."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from talks import backup
from talks.management.commands import rebuild
from talks.models import SearchDocument, Takeaway
from tests.builders import make_talk

pytestmark = pytest.mark.django_db


def test_rebuild_prints_how_many_rows_it_changed(capsys):
    make_talk("First", takeaways=["Docker", "Rust"])
    call_command("rebuild")
    assert (
        capsys.readouterr().out == "talks with other mentions: 1\ntalks listed or counted elsewhere: 1\n"
        "talks and posts found by other words: 1\n"
    )
    call_command("rebuild")
    assert capsys.readouterr().out == "Everything was as it should be.\n"


def test_rebuild_announces_that_it_waits_for_an_import(monkeypatch, capsys):
    events = []

    @contextmanager
    def hold_lock(on_wait):
        on_wait()
        events.append("lock")
        yield
        events.append("free")

    monkeypatch.setattr(rebuild, "hold_lock", hold_lock)
    monkeypatch.setattr(backup, "rebuild_base", lambda: events.append("rebuild") or {})
    call_command("rebuild")
    assert events == ["lock", "rebuild", "free"]
    assert capsys.readouterr().err == "An import is running; waiting for it to end.\n"


def test_rebuild_reports_a_database_error_in_one_sentence(monkeypatch):
    def fail():
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(backup, "rebuild_base", fail)
    with pytest.raises(CommandError) as caught:
        call_command("rebuild")
    assert str(caught.value) == (
        "The database does not take it: database or disk is full. What was made anew before is kept."
    )


def test_the_search_text_alone_can_be_rebuilt(capsys):
    make_talk("Kafka", takeaways=["One"])
    Takeaway.objects.update(html="x")
    SearchDocument.objects.all().delete()
    call_command("rebuild", "--search")
    assert capsys.readouterr().out == "talks and posts found by other words: 1\n"
    assert Takeaway.objects.get().html == "x"
