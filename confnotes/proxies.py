"""Reads from a proxy's headers who the client is. Used only if BEHIND_PROXY is set."""

from ipaddress import ip_address

from django.http import HttpRequest


def find_client_address(request: HttpRequest) -> str | None:
    """Return the last address in `X-Forwarded-For`, which the nearest proxy adds; clients can make up those before it.

    If that is no IP address, return the address of whoever connected, or None if the server does not tell it.
    """
    nearest = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(nearest))
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None
