"""The page on which an editor sees what each line of a post became, and corrects it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from talks import editing, formats, names
from talks.admin.form_fields import LineField, PassageField
from talks.models import Correction, Post
from talks.parsing import (
    Act,
    ParsedPost,
    ParsedSpeaker,
    make_anchor,
    read_anchor_lines,
)
from talks.parsing import Correction as Said

LINES_A_PAGE = 1_000
_MOST_SPEAKERS = 50
_ACTS = [
    (Act.TALK.value, "is a talk"),
    (Act.NO_TALK.value, "is no talk"),
    (Act.ABOVE.value, "belongs to the talk above"),
    (Act.END.value, "is no part of the talk above: the talk ends before it"),
    (Act.DETAILS.value, "is a talk already: title, speakers or day are these"),
]


class CorrectionForm(forms.Form):
    """A correction of some lines, which are ticked or given by their numbers."""

    first = forms.IntegerField(min_value=1, required=False, label="From line")
    last = forms.IntegerField(min_value=1, required=False, label="to line")
    act = forms.ChoiceField(choices=_ACTS, label="This")
    title = LineField(required=False, max_length=names.TITLE_LENGTH, label="Title")
    speakers = PassageField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line, the affiliation behind a bar: Lisa Guo | Instagram. A dash alone: nobody.",
    )
    day = forms.IntegerField(required=False, min_value=0, max_value=99, label="Day")

    def __init__(self, post: Post, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lines = read_anchor_lines(post.source)
        self.ticked = sorted({int(n) for n in (data.getlist("line") if data else ()) if n.isascii() and n.isdecimal()})

    def clean_speakers(self) -> tuple[ParsedSpeaker, ...] | None:
        """The speakers in the order of the lines; None where the editor says nothing about speakers."""
        rows = [row.strip() for row in self.cleaned_data["speakers"].splitlines() if row.strip()]
        if len(rows) > _MOST_SPEAKERS:
            raise forms.ValidationError(f"A talk has at most {_MOST_SPEAKERS} speakers.")
        people = [tuple(names.normalise(part) for part in row.partition("|")[::2]) for row in rows if row not in "-–—"]
        if any(not name or max(len(name), len(affiliation)) > names.NAME_LENGTH for name, affiliation in people):
            raise forms.ValidationError("Each line is a name, with the affiliation behind a bar.")
        return tuple(ParsedSpeaker(name, affiliation or None) for name, affiliation in people) if rows else None

    def clean(self) -> dict[str, Any]:
        """Turn the chosen lines into anchors in the text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = self.ticked[0] if self.ticked else cleaned.get("first")
        last = self.ticked[-1] if self.ticked else cleaned.get("last") or first
        if first is None or last is None:
            raise forms.ValidationError("Tick the lines that you mean, or give their numbers.")
        chosen = [n for n in range(first, min(last, len(self.lines)) + 1) if self.lines[n - 1].strip()]
        if not chosen:
            raise forms.ValidationError("There is no text on these lines.")
        cleaned["first"], cleaned["last"] = chosen[0], chosen[-1]
        return cleaned

    def make_correction(self) -> Said:
        said = self.cleaned_data
        act = Act(said["act"])
        first, last = make_anchor(self.lines, said["first"]), make_anchor(self.lines, said["last"])
        if act in {Act.NO_TALK, Act.ABOVE, Act.END}:
            return Said(act, first, last)
        return Said(act, first, last, said["title"], said["speakers"], said["day"])


class PostAnswersForm(forms.Form):
    """A correction of conference, year, day and the like for a whole post; an empty field is left to the parser."""

    series = LineField(required=False, max_length=names.NAME_LENGTH, label="Conference (without the year)")
    year = forms.IntegerField(required=False, min_value=1900, max_value=2200)
    day = forms.IntegerField(required=False, min_value=0, max_value=99)
    writer = LineField(required=False, max_length=names.NAME_LENGTH)
    visibility = forms.ChoiceField(required=False, choices=[("", "as the post says"), *Post.Visibility.choices])
    talk_level = forms.IntegerField(required=False, min_value=1, max_value=6, label="Level of the headings of talks")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and all(value in (None, "") for value in cleaned.values()):
            raise forms.ValidationError("Say at least one thing.")
        return cleaned

    def make_correction(self) -> Said:
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Said(Act.POST, post=tuple(sorted(said.items())))


class ReadingPages(admin.ModelAdmin):
    """Adds the page of a post's reading to the admin of posts."""

    def get_urls(self) -> list[URLPattern]:
        switch = self.admin_site.admin_view(require_POST(self.switch_correction))
        return [
            path("<int:pk>/reading/", self.admin_site.admin_view(self.show_reading), name="talks_post_reading"),
            path("<int:pk>/reading/<int:number>/", switch, name="talks_post_switch"),
            *super().get_urls(),
        ]

    def show_reading(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what each line became. A correction is previewed first, and saved when the editor confirms it."""
        post = self._find_post(request, pk)
        whole = "whole" in request.POST
        data = request.POST if request.method == "POST" else None
        form = CorrectionForm(post, None if whole else data)
        answers = PostAnswersForm(data if whole else None, prefix="post")
        used: Any = answers if whole else form
        preview = None
        if data is not None and used.is_valid():
            try:
                if "save" in data:
                    return self._save(request, post, used.make_correction())
                preview = editing.preview_correction(post, used.make_correction())
            except editing.NotCorrectedError as fault:
                used.add_error(None, str(fault))
        return self._render(request, post, form, answers, preview)

    def _find_post(self, request: HttpRequest, pk: int) -> Post:
        post = get_object_or_404(Post, pk=pk)
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post

    def _save(self, request: HttpRequest, post: Post, correction: Said) -> HttpResponse:
        version = request.POST.get("version", "")
        row = editing.add_correction(post, correction, made_by=request.user.get_username(), version=version)
        self.log_change(request, post, f"Corrected how it is read: {row}.")
        self.message_user(request, f"Corrected: {row}. The post was read again.", messages.SUCCESS)
        return redirect("admin:talks_post_reading", post.pk)

    def switch_correction(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Switch a correction off or on again."""
        post = self._find_post(request, pk)
        row = get_object_or_404(Correction, post=post, number=number)
        try:
            editing.switch_correction(row, active=not row.active, version=request.POST.get("version", ""))
            done = "Taken back" if row.active else "It holds again"
            self.log_change(request, post, f"{done}, of how it is read: {row}.")
            self.message_user(request, f"{done}: {row}. The post was read again.", messages.SUCCESS)
        except editing.NotCorrectedError as fault:
            self.message_user(request, str(fault), messages.ERROR)
        return redirect("admin:talks_post_reading", post.pk)

    def _render(
        self,
        request: HttpRequest,
        post: Post,
        form: CorrectionForm,
        answers: PostAnswersForm,
        preview: ParsedPost | None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "How the post is read",
            "subtitle": post.title,
            "opts": self.opts,
            "post": post,
            "form": form,
            "answers": answers,
            "version": request.POST.get("version") or editing.make_version(post),
            "corrections": Correction.objects.filter(post=post).order_by("number"),
            "preview": preview,
        }
        try:
            now = editing.preview_reading(post)
        except editing.NotCorrectedError as fault:
            return TemplateResponse(request, "admin/talks/reading.html", context | {"fault": str(fault)})
        shown = preview or now
        lines = formats.read_lines(post.source, shown, now)
        page = _read_page(request, lines)
        context |= {
            "lines": lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE],
            "pages": range(1, (len(lines) - 1) // LINES_A_PAGE + 2),
            "page": page,
            "talks": formats.list_talks(shown),
            "conference": shown.conference,
            "changed": sum(line.changed for line in lines),
        }
        return TemplateResponse(request, "admin/talks/reading.html", context)


def _read_page(request: HttpRequest, lines: list[formats.LineReading]) -> int:
    said = request.GET.get("page", "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 1
    return max(1, min(number, (len(lines) - 1) // LINES_A_PAGE + 1))
