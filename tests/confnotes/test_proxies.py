"""Which address counts as the client's when logins fail."""

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
def test_the_clients_address_comes_from_the_nearest_proxy(forwarded, address):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert find_client_address(RequestFactory().get("/", headers=headers)) == address


def test_no_proxy_header_and_remote_address_give_no_client_address():
    assert find_client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
