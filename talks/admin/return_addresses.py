"""Reads from a request the address of the list from which an editor came, with its filters, to return there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def read_return_address(request: HttpRequest) -> str:
    """Return the form field `back` if it is an address of the list of doubts or of speakers alike; else ""."""
    back = str(request.POST.get("back", ""))
    lists = (reverse("admin:talks_post_doubts"), reverse("admin:talks_speaker_alike"))
    return back if back.startswith(lists) and url_has_allowed_host_and_scheme(back, None) else ""
