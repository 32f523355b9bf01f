"""Refuses requests for anything but a path of this site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.defaults import bad_request

ANSWERED = ["GET", "HEAD", "OPTIONS", "POST"]


def refuse_foreign_targets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer `GET http://elsewhere/path` with 400: servers differ in which of its two hosts they believe.

    TRACE is answered with 405 everywhere: the admin would take it for a GET.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(ANSWERED)
        target = request.META.get("RAW_URI") or request.META["PATH_INFO"]  # gunicorn's; others leave all of it there
        if target.startswith("/"):
            return get_response(request)
        return bad_request(request, ValueError(target))

    return respond
