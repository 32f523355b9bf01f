"""The admin pages for uploading posts: an editor pastes text or chooses files, sees a preview, and imports."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from talks import editing, formats
from talks.admin.desk_pages import for_editors, log_change, show_page, warn_of_change
from talks.admin.form_fields import LineField, PassageField
from talks.admin.reading_forms import PostAnswersForm
from talks.admin.uploaded_files import FilesField, FilesInput, check_size
from talks.admin.uploaded_images import IMAGE_FILES
from talks.counts_and_cut_texts import show_count
from talks.forms import read_number
from talks.importing import ImportRunningError, read_content
from talks.importing.sources import MOST_BYTES, TEXT_ENDINGS, ZipError, read_zip, sort_files
from talks.models import Post, Upload
from talks.parsing import Diagnostic, ParsedPost, decode
from talks.write_back import write_text

_MOST_FILES = 500
_LINES_SHOWN = 1_000


class UploadForm(forms.Form):
    """The form of an upload: a pasted post, or files, or a zip of a folder."""

    name = LineField(
        required=False,
        max_length=200,
        label="Path",
        help_text="Where the pasted post would lie: its path may tell conference and day, as QCon-2017/day-2.md does.",
    )
    text = PassageField(required=False, widget=forms.Textarea(attrs={"rows": 12}), label="Post, in Markdown")
    chosen = FilesField(
        required=False,
        widget=FilesInput(attrs={"accept": f"{','.join(TEXT_ENDINGS)},.toml,.zip,{IMAGE_FILES}"}),
        label="Or files with their images, or a zip of a folder: choose them, or drop them here",
    )
    withdraws = forms.BooleanField(
        required=False,
        label="Withdraw what is missing",
        help_text="This withdraws posts that were brought in from the same top folder before and are gone from it.",
    )

    def clean(self) -> dict[str, Any]:
        """Put the posts into `posts`, names of files that were passed over into `others`, warnings into `remarks`.

        A post's file that is not text is left out, with a warning. The upload is refused if no other post is left, or
        if missing posts are to be withdrawn, since the post left out would be withdrawn too.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        files: dict[str, bytes] = {}
        others: list[str] = []
        chosen = cleaned.get("chosen", ())[:_MOST_FILES]
        for file in chosen:
            more, passed_over = _read_file(file)
            _add_files(files, more)
            others += passed_over
        taken = [str(chosen[0].name)] if len(chosen) == 1 else []
        if cleaned.get("text"):
            data = cleaned["text"].encode()
            taken.append(cleaned.get("name") or f"pasted-{sha256(data).hexdigest()[:8]}.md")
            _add_files(files, {taken[-1]: data})
        if sum(map(len, files.values())) > MOST_BYTES:
            raise forms.ValidationError(f"This is more than {MOST_BYTES:,} bytes.")
        try:
            found = sort_files(files, taken)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None
        if not found.posts:
            raise forms.ValidationError("Paste a post, or choose files. Posts end in .md or the like, in a zip too.")
        read = {post.name: decode(post.data) for post in found.posts}
        posts = [post for post in found.posts if isinstance(read[post.name], str)]
        unread = [f"{name}: {text.message} {text.hint}" for name, text in read.items() if isinstance(text, Diagnostic)]
        if unread and (cleaned.get("withdraws") or not posts):
            raise forms.ValidationError(unread)
        remarks = [*found.remarks, *(f"Left out: {said}" for said in unread)]
        cleaned |= {"posts": posts, "others": [*others, *found.passed_over], "remarks": remarks}
        return cleaned


def _add_files(files: dict[str, bytes], more: Mapping[str, bytes]) -> None:
    """Add `more` to `files`. Raises `ValidationError` for two paths that are the same or differ only in case."""
    known = {name.casefold(): name for name in files}
    for name in sorted(more):
        if name in files:
            raise forms.ValidationError(f"Two files have the path {name}.")
        if other := known.get(name.casefold()):
            raise forms.ValidationError(f"The paths {other} and {name} differ only in case. Rename one of the files.")
    files |= more


def _read_file(file: UploadedFile) -> tuple[Mapping[str, bytes], list[str]]:
    name = str(file.name)
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(f"{name} has more than {MOST_BYTES:,} bytes.")
    data = file.read()
    if not name.casefold().endswith(".zip") and not data.startswith(b"PK\x03\x04"):
        return {name: data}, []
    try:
        return read_zip(data)
    except ZipError as fault:
        raise forms.ValidationError(str(fault)) from None


def bring_in(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            how = {"made_by": request.user.get_username(), "withdraws": form.cleaned_data["withdraws"]}
            upload = editing.keep_upload(form.cleaned_data["posts"], **how)
            if others := form.cleaned_data["others"]:
                told = f"Passed over {show_count(len(others), 'file')}: {', '.join(others[:10])}"
                messages.warning(request, told)
            for remark in form.cleaned_data["remarks"]:
                messages.warning(request, remark)
            return redirect("admin:talks_post_upload", upload.pk)
        except ValueError as fault:
            form.add_error(None, str(fault))
    page = show_page(request, "bring_in", "Bring in posts", form=form)
    page.status_code = 400 if form.errors else 200
    return page


def read_typed(request: HttpRequest) -> HttpResponse:
    """Show how the parser reads the text that an editor is typing; nothing is stored."""
    form = UploadForm(request.POST)
    read = read_content(form.cleaned_data["posts"][0]) if form.is_valid() else None
    return TemplateResponse(request, "admin/talks/_typed.html", _describe_reading(read))


def show_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an import of the upload would do, and how the post with the number `?post=` (from 1) is read.

    A POST imports all posts of the upload; or it stores or clears the editor's answers (conference, year and so on),
    which apply to how each post of the upload is read.
    """
    upload = get_object_or_404(Upload, pk=pk, made_by=request.user.get_username())
    if "import" in request.POST:
        return _import(request, upload)
    sent = request.POST if request.method == "POST" else None
    answers = PostAnswersForm(sent, prefix="post", initial=upload.answers)
    if "clear" in request.POST or answers.is_valid():
        given = {} if "clear" in request.POST else dict(answers.make_corrections()[0].post)
        editing.answer_upload(upload, given)
        return redirect(request.get_full_path())
    return _render_upload(request, upload, answers)


def _render_upload(request: HttpRequest, upload: Upload, answers: PostAnswersForm) -> HttpResponse:
    number = max(read_number(request.GET.get("post", "")), 1) - 1
    if number >= len(upload.posts):
        raise Http404
    context = {
        "is_nav_sidebar_enabled": False,  # the lines need the room
        "upload": upload,
        "number": number + 1,
        "preview": editing.preview_upload(upload),
        "answers": answers,
        "hints": _write_block(upload.answers),
        **_describe_reading(editing.read_upload(upload, number)),
    }
    return show_page(request, "upload", "What would be imported", **context)


def _import(request: HttpRequest, upload: Upload) -> HttpResponse:
    names = [content.name for content in editing.list_contents(upload)]
    try:
        report = editing.import_upload(upload, request.POST.get("stamp", ""))
    except editing.PreviewOutdatedError:
        warn_of_change(request, "imported")
        return redirect(request.get_full_path())
    except ImportRunningError as fault:
        messages.error(request, str(fault))
        return redirect(request.get_full_path())
    counts = [f"{report.count(outcome)} {outcome}" for outcome in ("created", "updated", "unchanged", "refused")]
    messages.success(request, f"Imported: {', '.join(counts)}.")
    rows = list(Post.objects.filter(path__in=names))
    for row in rows:
        log_change(request, row, "Brought in by the browser.")
    if len(rows) == 1:
        return redirect("admin:talks_post_reading", rows[0].pk)
    if request.user.has_perm("talks.view_importrun"):
        return redirect("admin:talks_importrun_change", report.run)
    return redirect("admin:talks_post_changelist")


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the post as a Markdown file, with editors' changes in it.

    With `?as=imported`, send the text as it was imported.
    """
    post = get_object_or_404(Post, pk=pk)
    if not admin.site.get_model_admin(Post).has_view_permission(request, post):
        raise PermissionDenied
    text = post.source if request.GET.get("as") == "imported" else write_text(post)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    name = post.slug.encode("ascii", "ignore").decode() or "post"
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _describe_reading(read: tuple[str, ParsedPost] | None) -> dict[str, Any]:
    """Return what the preview shows of a post, given with its text as Markdown.

    These are its conference, its talks, and its first lines with what they became.
    """
    text, parsed = read or ("", None)
    lines = formats.read_lines(text, parsed) if parsed else []
    return {
        "lines": lines[:_LINES_SHOWN],
        "more": max(0, len(lines) - _LINES_SHOWN),
        "talks": formats.list_talks(parsed) if parsed else [],
        "conference": parsed.conference if parsed else None,
    }


def _write_block(answers: dict[str, Any]) -> str:
    """Return the editor's answers as a `confnotes:` block for front matter.

    Texts are written as JSON, which is valid YAML.
    """
    rows = (f"  {key}: {json.dumps(answers[key], ensure_ascii=False)}" for key in sorted(answers))
    return "\n".join(["confnotes:", *rows])


urlpatterns = [
    path("bring-in/", check_size(for_editors(bring_in)), name="talks_post_bring_in"),
    path("bring-in/typed/", check_size(for_editors(require_POST(read_typed))), name="talks_post_typed"),
    path("bring-in/<int:pk>/", for_editors(show_upload), name="talks_post_upload"),
    path("<int:pk>/markdown/", admin.site.admin_view(require_safe(download)), name="talks_post_markdown"),
]
