"""Reads from a request the address of the list of doubts, with the filters chosen there, to return to it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def read_return_address(request: HttpRequest) -> str:
    """Return the form field `back` if it is an address of the list of doubts; else ""."""
    back = str(request.POST.get("back", ""))
    doubts = reverse("admin:talks_post_doubts")
    return back if back.startswith(doubts) and url_has_allowed_host_and_scheme(back, None) else ""
