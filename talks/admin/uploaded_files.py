"""What pages with uploads share: fields for files, and the check of a request's size before its body is read."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from talks.importing.sources import MOST_BYTES

_MOST_SENT = MOST_BYTES + 1_000_000


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(file, initial) for file in data or ()]


def check_size(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view with a check before it: a POST that is too large is answered 413 without reading its body.

    The view is exempt from Django's CSRF middleware, which would read the body; `admin_view` checks the token.
    """

    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and (not length.isdecimal() or int(length) > _MOST_SENT):
            return HttpResponse(f"At most {MOST_BYTES:,} bytes can be sent at once.\n", status=413)
        return view(request, *args, **kwargs)

    return csrf_exempt(check)
