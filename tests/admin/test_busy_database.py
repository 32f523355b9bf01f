"""A save blocked by another writer ends in a message, on both databases, and can be sent again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from talks.admin.talks import TalkAdmin
from talks.models import Conflict, Decision, Talk
from tests.admin.rows import log_in, make_world, read_form


@contextmanager
def hold(write: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Write as another writer who has not finished; yield the function that lets this writer finish."""
    held, release = threading.Event(), threading.Event()
    name = connection.settings_dict["NAME"]

    def keep_open() -> None:
        connection.settings_dict["NAME"] = name  # a thread has a connection of its own, to the base of the settings
        with transaction.atomic():
            write()
            held.set()
            release.wait(120)
        connection.close()

    thread = threading.Thread(target=keep_open)
    thread.start()
    assert held.wait(120)
    try:
        yield release.set
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
    with hold(lambda: Talk.objects.filter(pk=talk.pk).update(position=talk.position)):
        response = client.post(page, values)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "nothing was saved. Go back: the form still has what you entered." in response.content.decode()
    assert Talk.objects.get(pk=talk.pk).title == talk.title
    assert client.post(page, values).status_code == 302
    assert Talk.objects.get(pk=talk.pk).title == "By hand"


@pytest.mark.postgresql  # on SQLite the tests' base is in memory, where no writer waits
@pytest.mark.django_db(transaction=True)
def test_a_second_answer_to_a_conflict_changes_nothing():
    make_world()
    client, conflict = log_in(superuser=True), Conflict.objects.get()
    page = reverse("admin:talks_conflict_answer", args=[conflict.pk, "post"])
    with hold(lambda: Conflict.objects.filter(pk=conflict.pk).update(settled="mine")) as finish:
        threading.Timer(0.5, finish).start()
        response = client.post(page)
    assert response.status_code == 404
    assert (Conflict.objects.get().settled, Decision.objects.count()) == ("mine", 0)


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
