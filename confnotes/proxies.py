"""Reads from a proxy's headers who the client is. Used only if BEHIND_PROXY is set."""

from ipaddress import ip_address

from django.http import HttpRequest


def find_client_address(request: HttpRequest) -> str | None:
    """Return the client's address: the last one in `X-Forwarded-For`, which the nearest proxy adds.

    Addresses before it may be made up by clients. If it is no IP address, return the address that connected, or None if
    the server does not tell it.
    """
    nearest = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(nearest))
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None
