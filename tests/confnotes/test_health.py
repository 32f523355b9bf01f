"""The health check at `/health/`."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_health_check_answers_ok_uncached(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_the_health_check_fails_without_a_database(client):
    client.raise_request_exception = False
    with connection.execute_wrapper(fail):
        assert client.get("/healthz").status_code == 500


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("delete", 405)])
def test_the_health_check_allows_get_and_head_only(client, method, status):
    assert getattr(client, method)("/healthz").status_code == status


def fail(*_):
    raise ConnectionError
