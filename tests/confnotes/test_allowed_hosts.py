"""The site answers only under allowed host names, whatever headers a request has."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1,evil.example", "a b", "", "@"])
def test_a_request_with_a_foreign_host_name_is_refused(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_requests_to_localhost_are_answered(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_proxy_headers_from_clients_are_ignored(client):
    plain = client.get("/")
    forged = client.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert (forged.status_code, forged.content) == (plain.status_code, plain.content)
    assert b"evil.example" not in forged.content


def test_every_answer_has_the_security_headers(client):
    response = client.get("/healthz")
    assert sorted(response["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
