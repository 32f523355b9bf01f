"""A save blocked by another writer ends in a message, on both databases, and can be sent again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from talks.admin.talks import TalkAdmin
from talks.models import Talk
from tests.admin.rows import log_in, make_world, read_form


@contextmanager
def hold(talk: Talk) -> Iterator[None]:
    """Lock the row as another writer who has not finished."""
    held, release = threading.Event(), threading.Event()
    name = connection.settings_dict["NAME"]

    def write() -> None:
        connection.settings_dict["NAME"] = name  # a thread has a connection of its own, to the base of the settings
        with transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(position=talk.position)
            held.set()
            release.wait(120)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert held.wait(120)
    try:
        yield
    finally:
        release.set()
        thread.join(120)


@pytest.mark.django_db(transaction=True)
def test_a_save_blocked_by_a_lock_shows_a_message():
    talk, client = make_world(), log_in(superuser=True)
    client.raise_request_exception = False
    page = reverse("admin:talks_talk_change", args=[talk.pk])
    values = read_form(client, page) | {"title": "By hand"}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
    with hold(talk):
        response = client.post(page, values)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "nothing was saved. Go back: the form still has what you entered." in response.content.decode()
    assert Talk.objects.get(pk=talk.pk).title == talk.title
    assert client.post(page, values).status_code == 302
    assert Talk.objects.get(pk=talk.pk).title == "By hand"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "status"), [("database is locked", 503), ("database or disk is full", 500), ("deadlock detected", 503)]
)
def test_only_temporary_database_errors_ask_to_try_again(monkeypatch, said, status):
    def fail(*_: object) -> None:
        raise OperationalError(said)

    talk, client = make_world(), log_in(superuser=True)
    client.raise_request_exception = False
    monkeypatch.setattr(TalkAdmin, "save_model", fail)
    page = reverse("admin:talks_talk_change", args=[talk.pk])
    assert client.post(page, read_form(client, page) | {"title": "By hand"}).status_code == status
    assert Talk.objects.get(pk=talk.pk).title == talk.title
