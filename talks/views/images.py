"""Serves images from the media store."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from talks.models import Media
from talks.views.page_base import is_staff

_A_YEAR = 365 * 24 * 60 * 60


@require_safe
def show_image(request: HttpRequest, digest: str, ending: str) -> HttpResponseBase:
    """Send an image that a post contains; raise 404 if the reader may see no such post, or if the file is missing.

    The address contains the image's digest, so it never means another image: an image of a public post may be cached
    for a year.
    """
    rows = Media.objects.filter(digest=digest, format=ending)
    public = rows.visible().first()
    media = public or get_object_or_404(rows.visible(staff=is_staff(request)))
    etag = f'"{digest}"'
    response = get_conditional_response(request, etag=etag) or _send(request, media)
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if public:
        patch_cache_control(response, public=True, max_age=_A_YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _send(request: HttpRequest, media: Media) -> HttpResponseBase:
    kind = f"image/{media.format}"
    try:
        if request.method == "HEAD":
            return HttpResponse(content_type=kind, headers={"Content-Length": str(media.location.stat().st_size)})
        return FileResponse(media.location.open("rb"), content_type=kind)
    except OSError as error:
        raise Http404 from error
