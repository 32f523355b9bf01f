"""Leads back from an answer to the list of what to look at, with the filters that the editor had chosen there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def read_way_back(request: HttpRequest) -> str:
    """Return the address in that list from which the request was sent; "" if it came from elsewhere."""
    back = str(request.POST.get("back", ""))
    inbox = reverse("admin:talks_post_doubts")
    return back if back.startswith(inbox) and url_has_allowed_host_and_scheme(back, None) else ""
