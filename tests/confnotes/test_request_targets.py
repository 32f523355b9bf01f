"""A request must be for a path, not for a full address or another target."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from confnotes.request_targets import refuse_foreign_targets


@pytest.mark.parametrize("variable", ["RAW_URI", "PATH_INFO"])
@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/healthz", 200),
        ("/healthz?q=http://evil.example/", 200),
        ("//evil.example/healthz", 200),
        ("http://evil.example/healthz", 400),
        ("http://localhost/healthz", 400),
        ("evil.example:80", 400),
        ("*", 400),
    ],
)
def test_requests_for_anything_but_a_path_are_refused(variable, target, status):
    request = RequestFactory().get("/")
    request.META[variable] = target
    assert refuse_foreign_targets(lambda _: HttpResponse())(request).status_code == status


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/login/", "/talks/", "/nothing-here"])
def test_trace_requests_are_refused(client, path):
    assert client.trace(path).status_code == 405
