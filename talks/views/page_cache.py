"""Caches rendered pages for one version of the base, and answers 304 to browsers that already have the present page.

A page depends on the base, the code, the date (for the takeaway of the day) and its address with known parameters.
Requests with a session cookie bypass the cache.
"""

import zlib
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags, urlencode

from talks.forms import PARAMETERS
from talks.models import BaseVersion, read_version

SECONDS_KEPT = 24 * 60 * 60


def keep_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that answers with a cached page, or else caches the page that the view makes.

    Only responses with the status 200, without cookies, whose view set `may_be_kept`, are cached.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        if not settings.PAGES_KEPT:
            return get_response(request)
        version = read_version()
        request.base_version = version  # type: ignore[attr-defined] # the page's shared data need it too
        key = make_key(request, version)
        etag = f'"{key}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return _add_validators(HttpResponseNotModified(), etag, version)
        if kept := store.get(key):
            headers, body = kept
            return _add_validators(HttpResponse(zlib.decompress(body), headers=headers), etag, version)
        response = get_response(request)
        if getattr(response, "may_be_kept", False) and response.status_code == 200 and not response.cookies:
            if request.method == "GET":
                store.set(key, (dict(response.items()), zlib.compress(response.content, 1)), SECONDS_KEPT)
            _add_validators(response, etag, version)
        return response

    return answer


def make_key(request: HttpRequest, version: BaseVersion) -> str:
    """Return the key of a page in the cache, which changes with the version of the base and all else in the page."""
    known = sorted((name, str(value)) for name, value in request.GET.items() if name in PARAMETERS)
    about = f"{request.path}?{urlencode(known)}|{timezone.localdate()}|{digest_program()}|{settings.SITE_URL}"
    return f"{sha256(about.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}-{version.number}"


@cache
def digest_program() -> str:
    """Return a digest of the names, sizes and times of change of all code, templates and static files."""
    digest = sha256()
    for folder in (settings.BASE_DIR / "talks", settings.BASE_DIR / "templates", settings.BASE_DIR / "static"):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _add_validators(response: HttpResponse, etag: str, version: BaseVersion) -> HttpResponse:
    response["ETag"] = etag
    if version.at:
        response["Last-Modified"] = http_date(version.at.timestamp())
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
