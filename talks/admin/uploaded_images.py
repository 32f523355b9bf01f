"""The admin page of a post's images, where an editor gives those that the importer did not find."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from talks import editing
from talks.admin.desk_pages import for_editors, log_change, show_page
from talks.admin.return_addresses import read_return_address
from talks.admin.uploaded_files import FilesField, FilesInput, check_size
from talks.counts_and_cut_texts import show_count
from talks.importing.sources import TAKEN_ENDINGS
from talks.models import Post

IMAGE_FILES = ",".join(TAKEN_ENDINGS)


class ImagesForm(forms.Form):
    """The form for one image for an address of the post, or for several images that are told apart by their names."""

    address = forms.CharField(required=False, strip=False)
    images = FilesField(
        required=False,
        widget=FilesInput(attrs={"accept": IMAGE_FILES}),
        label="Several files, which are told apart by their names: choose them, or drop them here",
    )

    def __init__(self, missing: list[editing.MissingImage], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing

    def clean(self) -> dict[str, Any]:
        """Put the bytes of the files into `given`, by the address in the post of the image that each file is.

        If an address was sent, it gets the first file. `others` are the names of files that match no missing image.
        Refused if no file is left.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        files = cleaned.get("images") or []
        if not files:
            raise forms.ValidationError("Choose an image.")
        if cleaned.get("address"):
            return cleaned | {"given": {cleaned["address"]: files[0].read()}, "others": []}
        given, others = editing.match_images(self.missing, {str(file.name): file.read() for file in files})
        if not given:
            raise forms.ValidationError("No file is called like a missing image.")
        return cleaned | {"given": given, "others": others}


def show_images(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the images that the post has and those that it misses; a POST stores files as missing ones."""
    post = get_object_or_404(Post, pk=pk)
    missing = editing.list_missing_images(post)
    form = ImagesForm(missing, request.POST, request.FILES) if request.method == "POST" else ImagesForm(missing)
    if form.is_valid() and _give(request, post, form):
        return redirect(read_return_address(request) or request.path)
    if form.is_bound and (back := read_return_address(request)):
        for fault in form.non_field_errors():
            messages.error(request, str(fault))
        return redirect(back)
    return show_page(
        request,
        "post_images",
        "Images",
        subtitle=post.title,
        post=post,
        form=form,
        missing=missing,
        accepted=IMAGE_FILES,
        uses=post.media.filter(withdrawn=False).select_related("media"),
        version=editing.make_version(post),
    )


def _give(request: HttpRequest, post: Post, form: ImagesForm) -> bool:
    given, others = form.cleaned_data["given"], form.cleaned_data["others"]
    version = request.POST.get("version") or editing.make_version(post)
    try:
        editing.give_images(post, given, made_by=request.user.get_username(), version=version)
    except editing.NotCorrectedError as fault:
        form.add_error(None, str(fault))
        return False
    log_change(request, post, f"Gave {show_count(len(given), 'image')}: {', '.join(given)}.")
    messages.success(request, f"Added {show_count(len(given), 'image')}: {', '.join(given)}.")
    if others:
        messages.warning(request, f"Called like no missing image: {', '.join(others)}")
    return True


urlpatterns = [path("<int:pk>/images/", check_size(for_editors(show_images)), name="talks_post_images")]
