"""Searches that the database stops because they take too long."""

import pytest
from django.db import connection

from talks.models import Talk
from talks.search import engine

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
def test_searches_stopped_by_their_time_limit_leave_transactions_usable(monkeypatch):
    monkeypatch.setattr(engine, "LONGEST_SECONDS", 0.05)
    with pytest.raises(engine.TooLongError), engine.limit_time(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    assert Talk.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
