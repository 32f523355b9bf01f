"""What a proxy in front of this site says of the reader. Used where BEHIND_PROXY is set, and only there."""

from ipaddress import ip_address

from django.http import HttpRequest


def find_client_address(request: HttpRequest) -> str | None:
    """The address that the nearest proxy saw: it appends it, so what a client made up stands before it."""
    nearest = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(nearest))
    except ValueError:
        return request.META.get("REMOTE_ADDR") or None
