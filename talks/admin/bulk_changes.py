"""Changes many rows at once. A page lists the rows and asks for confirmation before anything is changed."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from talks import editing, names
from talks.admin.desk_pages import DeskPages
from talks.admin.form_fields import LineField, SeriesField
from talks.admin.history import HistoryAdmin
from talks.models import Post
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
            raise forms.ValidationError("Say at least one thing.")
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


class BulkChanges(DeskPages, HistoryAdmin):
    """Adds to a list in the admin an action that changes all chosen rows together.

    A subclass names the form of new values (`bulk_form`) and the function that applies and logs them (`change_rows`,
    which gets the request, the rows and the form's cleaned values).
    """

    bulk_form: type[BulkForm]
    change_rows: Callable[[HttpRequest, Sequence[Any], dict[str, Any]], None]

    @admin.action(description="Change together: tag, conference, who sees it", permissions=["change"])
    def change_together(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Show the chosen rows and a form for new values; when a valid form is sent, change the rows and return None.

        If the action would now change other rows than those shown, nothing is changed and the page is shown again.
        """
        rows = list(queryset)
        shown = editing.make_stamp(*(str(row.pk) for row in sorted(rows, key=lambda row: row.pk)))
        sent = "shown" in request.POST
        form = self.bulk_form(request.POST if sent else None, prefix="bulk")
        if sent and request.POST["shown"] != shown:
            others = "Nothing was changed: the chosen rows are not those that were shown. Check them and send again."
            self.message_user(request, others, messages.WARNING)
        elif sent and form.is_valid():
            try:
                with transaction.atomic():
                    self.change_rows(request, rows, form.cleaned_data)
            except editing.NotCorrectedError as fault:
                form.add_error(None, str(fault))
            else:
                self.message_user(request, f"Changed: {len(rows)}.", messages.SUCCESS)
                return None
        return self.show_page(
            request,
            "change_together",
            "Change together",
            form=form,
            rows=rows[:ROWS_SHOWN],
            count=len(rows),
            more=max(0, len(rows) - ROWS_SHOWN),
            shown=shown,
            across=request.POST.get("select_across") == "1",
            chosen=request.POST.getlist(ACTION_CHECKBOX_NAME),
            checkbox=ACTION_CHECKBOX_NAME,
        )

    def _tag(self, request: HttpRequest, rows: Sequence[Any], said: dict[str, Any]) -> None:
        if said["tag"]:
            editing.tag_rows(rows, said["tag"])
        if said["refused"]:
            editing.refuse_tag(rows, said["refused"])
        told = ", ".join(f"{name} {value}" for name, value in said.items() if value not in (None, ""))
        for row in rows:
            self.log_change(request, row, f"Changed with {len(rows)} together: {told}.")


class BulkPostChanges(BulkChanges):
    bulk_form = PostsForm

    def change_rows(self, request: HttpRequest, rows: Sequence[Any], said: dict[str, Any]) -> None:
        if said["visibility"]:
            self.log_switch(request, rows, visibility=said["visibility"])
            editing.set_visibility(rows, said["visibility"])
        if said["series"]:
            answers = {name: said[name] for name in ("series", "year", "day") if said[name] is not None}
            correction = Correction(Act.POST, post=tuple(sorted(answers.items())))
            whole = list(Post.objects.filter(pk__in=[row.pk for row in rows]))
            editing.apply_correction(whole, correction, made_by=request.user.get_username())
        self._tag(request, rows, said)


class BulkTalkChanges(BulkChanges):
    bulk_form = TalksForm

    def change_rows(self, request: HttpRequest, rows: Sequence[Any], said: dict[str, Any]) -> None:
        if said["hidden"]:
            self.log_switch(request, rows, hidden=said["hidden"] == "yes")
            editing.set_talks_hidden(rows, hidden=said["hidden"] == "yes")
        self._tag(request, rows, said)
        if said["series"]:
            for row in rows:
                self.log_change(request, row, [{"changed": {"fields": ["day"]}}])
            editing.move_talks(rows, said["series"], said["year"], said["day"])
