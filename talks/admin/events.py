"""The admin pages of series, conferences and days."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest

from talks.admin.base import ContentAdmin, NamedForm, PartInline, ReadOnlyInline
from talks.admin.count_columns import count_column, with_counts
from talks.admin.form_fields import ListField
from talks.admin.renames import RenamePreview
from talks.models import Conference, Day, Series, Talk
from talks.parsing import DAYS, YEARS

TALKS_OF_DAY = count_column("talk", Talk.objects.filter(withdrawn=False), "day")


_TO_MAKE_ONE = (
    "To make two conferences one, merge their series, or choose the posts of one of them in the list of posts and name "
    "the other under “Change together”."
)


class SeriesForm(NamedForm):
    aliases = ListField(required=False, help_text="Other spellings, one on each line.")


class ConferenceForm(forms.ModelForm):
    year = forms.IntegerField(
        required=False, min_value=YEARS[0], max_value=YEARS[-1], help_text="Empty where nobody knows."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a second conference of a series in one year, or a second one of a series without a year."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("series") and "year" in cleaned:
            editions = Conference.objects.filter(series=cleaned["series"], year=cleaned["year"])
            if editions.exclude(pk=self.instance.pk).exists():
                edition = f"{cleaned['series']} has an edition of {cleaned['year'] or 'no year'} already"
                self.add_error("year", f"{edition}. {_TO_MAKE_ONE}")
        return cleaned


class DayForm(forms.ModelForm):
    number = forms.IntegerField(
        required=False, min_value=0, max_value=DAYS[-1], help_text="Empty for the conference as a whole."
    )


class DayFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse two days of one conference with the same number, and two days without a number."""
        super().clean()
        kept = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        whole = [form for form in kept if form.cleaned_data and form.cleaned_data.get("number") is None]
        if len([form for form in whole if form.instance.pk or form.has_changed()]) > 1:
            raise forms.ValidationError("Only one day can go without a number: the conference as a whole.")


class DayInline(PartInline):
    model = Day
    form = DayForm
    formset = DayFormSet
    fields = ["number", "date", TALKS_OF_DAY]
    readonly_fields = [TALKS_OF_DAY]
    classes: list[str] = []
    show_change_link = True
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_counts(super().get_queryset(request).select_related("conference__series"), self.fields)


class EditionInline(ReadOnlyInline):
    model = Conference
    classes: list[str] = []
    fields = ["year", "slug"]
    verbose_name = "edition"
    verbose_name_plural = "editions"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("series")


@admin.register(Series)
class SeriesAdmin(RenamePreview, ContentAdmin):
    form = SeriesForm
    fields = ["name", "aliases", "slug"]
    readonly_fields = ["slug"]
    inlines = [EditionInline]
    list_display = ["name", count_column("edition", Conference.objects.all(), "series")]
    search_fields = ["sort_key"]


@admin.register(Conference)
class ConferenceAdmin(ContentAdmin):
    form = ConferenceForm
    fields = ["series", "year", "slug"]
    readonly_fields = ["slug"]
    autocomplete_fields = ["series"]
    inlines = [DayInline]
    list_display = [
        "__str__",
        "year",
        count_column("day", Day.objects.all(), "conference"),
        count_column("talk", Talk.objects.filter(withdrawn=False), "conference"),
    ]
    list_filter = ["year"]
    search_fields = ["series__sort_key", "slug"]
    ordering = [F("year").desc(nulls_last=True), "series__sort_key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conference]:
        return super().get_queryset(request).select_related("series")


class LoneDayForm(DayForm):
    """The form of a day on its own page, outside the page of its conference."""

    def clean(self) -> dict[str, Any]:
        """Refuse a number that another day of the same conference has."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        conference = cleaned.get("conference") or getattr(self.instance, "conference", None)
        if conference and "number" in cleaned:
            days = Day.objects.filter(conference=conference, number=cleaned["number"]).exclude(pk=self.instance.pk)
            if days.exists():
                self.add_error("number", f"{conference} has this day already.")
        return cleaned


@admin.register(Day)
class DayAdmin(ContentAdmin):
    """The page of a day.

    The conference of a stored day cannot be changed, since the addresses of its talks begin with the conference.
    """

    form = LoneDayForm
    fields = ["conference", "number", "date"]
    autocomplete_fields = ["conference"]
    list_display = ["__str__", "date", TALKS_OF_DAY]
    list_filter = ["conference__year"]
    search_fields = ["conference__series__sort_key", "conference__slug"]
    ordering = [F("conference__year").desc(nulls_last=True), "conference__series__sort_key", "number"]
    date_hierarchy = "date"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Day]:
        return super().get_queryset(request).select_related("conference__series")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Load the conferences to choose from with their series, which the choices name."""
        kwargs["queryset"] = Conference.objects.select_related("series")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Day | None = None) -> list[str]:
        return ["conference"] if obj else []
