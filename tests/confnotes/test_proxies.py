"""Which address counts as the client's when somebody tries passwords."""

import pytest
from django.test import RequestFactory

from confnotes.proxies import find_client_address


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (None, "127.0.0.1"),
        ("", "127.0.0.1"),
        ("203.0.113.7", "203.0.113.7"),
        ("made-up, 198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, made-up", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_nearest_proxy_is_believed(forwarded, address):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert find_client_address(RequestFactory().get("/", headers=headers)) == address


def test_a_server_on_a_socket_knows_no_address():
    assert find_client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
