"""Changes many rows at once. A page lists the rows and asks for confirmation before anything is changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from talks import editing, names
from talks.admin.desk_pages import log_change, show_page
from talks.admin.form_fields import NOTHING_SAID, LineField, SeriesField
from talks.admin.history import log_switch
from talks.models import Post, Talk
from talks.parsing import DAYS, YEARS, Act, Correction

ROWS_SHOWN = 100
_YES_NO = [("", "as they are"), ("yes", "hidden from readers"), ("no", "shown to readers")]


class BulkForm(forms.Form):
    """The new values for all chosen rows; a field that is left empty changes nothing."""

    tag = LineField(required=False, max_length=names.TAG_LENGTH, label="Add the tag")
    refused = LineField(required=False, max_length=names.TAG_LENGTH, label="Take off the tag")
    series = SeriesField(required=False, max_length=names.NAME_LENGTH, label="Conference (without the year)")
    year = forms.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[-1])
    day = forms.IntegerField(required=False, min_value=1, max_value=DAYS[-1])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and all(value in (None, "") for value in cleaned.values()):
            raise forms.ValidationError(NOTHING_SAID)
        if (cleaned.get("year") or cleaned.get("day")) and cleaned.get("series") == "":
            raise forms.ValidationError("A year and a day are those of a conference: name it.")
        if refused := cleaned.get("refused"):
            tag = editing.find_tag(refused)
            if tag is None:
                self.add_error("refused", f"There is no tag called {refused}.")
            elif cleaned.get("tag") and editing.find_tag(cleaned["tag"]) == tag:
                self.add_error("refused", "The same tag cannot be both added and taken off.")
        return cleaned


class PostsForm(BulkForm):
    visibility = forms.ChoiceField(required=False, choices=[("", "as it is"), *Post.Visibility.choices])
    field_order = ["visibility"]


class TalksForm(BulkForm):
    hidden = forms.ChoiceField(required=False, choices=_YES_NO, label="Readers")
    field_order = ["hidden"]


@admin.action(description="Change together: tag, conference, who sees it", permissions=["change"])
def change_together(
    model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Show the chosen rows and a form for new values; once a valid form is sent, change the rows and return None.

    If other rows are chosen now than the page showed, nothing is changed and the page is shown again.
    """
    rows = list(queryset)
    form_class, change_rows = _CHANGES[model_admin.model]
    shown = editing.make_stamp(*(str(row.pk) for row in sorted(rows, key=lambda row: row.pk)))
    sent = "shown" in request.POST
    form = form_class(request.POST if sent else None, prefix="bulk")
    if sent and request.POST["shown"] != shown:
        others = "Nothing was changed: the chosen rows are not those that were shown. Check them and send again."
        messages.warning(request, others)
    elif sent and form.is_valid():
        try:
            with transaction.atomic():
                change_rows(request, rows, form.cleaned_data)
        except editing.NotCorrectedError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"Changed: {len(rows)}.")
            return None
    return show_page(
        request,
        "change_together",
        "Change together",
        model_admin.model,
        form=form,
        rows=rows[:ROWS_SHOWN],
        count=len(rows),
        more=max(0, len(rows) - ROWS_SHOWN),
        shown=shown,
        across=request.POST.get("select_across") == "1",
        chosen=request.POST.getlist(ACTION_CHECKBOX_NAME),
        checkbox=ACTION_CHECKBOX_NAME,
    )


def _change_posts(request: HttpRequest, posts: Sequence[Post], said: Mapping[str, Any]) -> None:
    if said["visibility"]:
        log_switch(request, posts, "visibility", said["visibility"])
        editing.set_visibility(posts, said["visibility"])
    if said["series"]:
        answers = {name: said[name] for name in ("series", "year", "day") if said[name] is not None}
        correction = Correction(Act.POST, post=tuple(sorted(answers.items())))
        whole = list(Post.objects.filter(pk__in=[post.pk for post in posts]))
        editing.apply_correction(whole, correction, made_by=request.user.get_username())
    _tag(request, posts, said)


def _change_talks(request: HttpRequest, talks: Sequence[Talk], said: Mapping[str, Any]) -> None:
    if said["hidden"]:
        log_switch(request, talks, "hidden", said["hidden"] == "yes")
        editing.set_talks_hidden(talks, hidden=said["hidden"] == "yes")
    _tag(request, talks, said)
    if said["series"]:
        for talk in talks:
            log_change(request, talk, [{"changed": {"fields": ["day"]}}])
        editing.move_talks(talks, said["series"], said["year"], said["day"])


def _tag(request: HttpRequest, rows: Sequence[Any], said: Mapping[str, Any]) -> None:
    if said["tag"]:
        editing.tag_rows(rows, said["tag"])
    if said["refused"]:
        editing.refuse_tag(rows, said["refused"])
    told = ", ".join(f"{name} {value}" for name, value in said.items() if value not in (None, ""))
    for row in rows:
        log_change(request, row, f"Changed with {len(rows)} together: {told}.")


_CHANGES: dict[type[Model], tuple[type[BulkForm], Callable[[HttpRequest, Sequence[Any], Mapping[str, Any]], None]]] = {
    Post: (PostsForm, _change_posts),
    Talk: (TalksForm, _change_talks),
}
"""The form of new values for rows of each model, and the function that stores and logs them."""
