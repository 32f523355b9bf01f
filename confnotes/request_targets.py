"""Refuses requests for anything but a path of this site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.defaults import bad_request

ANSWERED = ["GET", "HEAD", "OPTIONS", "POST"]


def refuse_foreign_targets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that answers 400 to a request for a whole address, like `GET http://elsewhere/path`.

    Such a request names two hosts, and servers differ in which of them they believe. Each TRACE is answered with 405,
    since the admin would take it for a GET.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(ANSWERED)
        target = request.META.get("RAW_URI") or request.META["PATH_INFO"]  # gunicorn's; others leave all of it there
        if target.startswith("/"):
            return get_response(request)
        return bad_request(request, ValueError(target))

    return respond
