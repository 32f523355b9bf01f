"""What a request line may ask for: a path of this site, never a URL of whatever site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request


def refuse_foreign_targets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer `GET http://elsewhere/path` with 400: servers differ in which of its two hosts they believe."""

    def respond(request: HttpRequest) -> HttpResponse:
        target = request.META.get("RAW_URI") or request.META["PATH_INFO"]  # gunicorn's; others leave all of it there
        if target.startswith("/"):
            return get_response(request)
        return bad_request(request, ValueError(target))

    return respond
