"""What a watcher is told."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_it_says_ok_and_nothing_keeps_the_answer(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_it_does_not_hide_that_the_database_is_away(client):
    client.raise_request_exception = False
    with connection.execute_wrapper(fail):
        assert client.get("/healthz").status_code == 500


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("delete", 405)])
def test_it_is_only_read(client, method, status):
    assert getattr(client, method)("/healthz").status_code == status


def fail(*_):
    raise ConnectionError
