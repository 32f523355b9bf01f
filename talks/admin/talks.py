"""The admin pages of talks, with their speakers, tags, takeaways, sources and references."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from talks import editing
from talks.admin.base import ContentAdmin, PartInline, ReadOnlyInline, TaggedInline, link_lines
from talks.admin.bulk_changes import change_together
from talks.admin.count_columns import count_column, filter_by_presence
from talks.admin.history import log_switch, make_switch
from talks.admin.takeaways import TakeawayInline
from talks.fields import LAST_PLACE, TALK
from talks.models import Appearance, Citation, Day, TaggedTalk, Takeaway, Talk, TalkAddress, TalkSource

_MOST_SPEAKERS = 10_000


class PlacedForm(forms.ModelForm):
    """The form of a row with a `position` among other rows; the field is empty for a new row.

    If the field is sent empty, the position is the greatest number allowed, so that the row comes last.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.pop("position", None)

    def clean_position(self) -> int:
        field: Any = self.fields["position"]
        return int(self.cleaned_data["position"] or field.max_value)


class TalkForm(PlacedForm):
    """The form of a talk, with its position among the talks of its day."""

    position = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_PLACE, help_text="Among the talks of its day. Empty: the last."
    )

    def clean_day(self) -> Day:
        """Refuse a day of a conference in which another talk has, or once had, the address that the talk would get."""
        day: Day = self.cleaned_data["day"]
        slug, pk = self.instance.slug, self.instance.pk
        namesakes = Talk.objects.filter(conference=day.conference_id, slug=slug).exclude(pk=pk)
        moved = TalkAddress.objects.filter(conference_slug=day.conference.slug, slug=slug).exclude(talk=pk)
        if pk and (namesakes.exists() or moved.exists()):
            raise forms.ValidationError(f"{day.conference} has a talk with the address {self.instance.slug} already.")
        return day

    def clean(self) -> dict[str, Any]:
        """Put a talk that moves to another day last there, unless the editor chose a position."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "day" in self.changed_data and "position" not in self.changed_data:
            cleaned["position"] = LAST_PLACE
        return cleaned


class AppearanceForm(PlacedForm):
    position = forms.IntegerField(required=False, min_value=1, max_value=_MOST_SPEAKERS)


class AppearanceInline(PartInline):
    model = Appearance
    form = AppearanceForm
    fields = ["position", "speaker", "affiliation"]
    autocomplete_fields = ["speaker"]
    verbose_name = "speaker"
    verbose_name_plural = "speakers"
    extra = 1


class TaggedTalkInline(TaggedInline):
    model = TaggedTalk


class SourceInline(ReadOnlyInline):
    """The sources of a talk: the title and lines that each post gives for the talk."""

    model = TalkSource
    fields = ["post", "title", "lines", "state"]
    readonly_fields = ["lines", "state"]
    verbose_name_plural = "sources"
    state = ContentAdmin.state

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("post")

    @admin.display(description="lines of the post")
    def lines(self, source: TalkSource) -> SafeString | str:
        return link_lines(source.post_id, source.line, source.end_line)


class CitationInline(ReadOnlyInline):
    """The references that the notes of a talk cite."""

    model = Citation
    fields = ["reference", "title"]
    verbose_name = "reference"
    verbose_name_plural = "references"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("reference")


@admin.register(Talk)
class TalkAdmin(ContentAdmin):
    """The page of a talk.

    A talk with notes in a post can be hidden but not deleted, since an import would create it again.
    """

    form = TalkForm
    fields = [*TALK.columns, "day", "position", "hidden", "state", "slug"]
    readonly_fields = ["state", "slug"]
    autocomplete_fields = ["day"]
    inlines = [AppearanceInline, TaggedTalkInline, SourceInline, CitationInline, TakeawayInline]
    list_display = [
        *["title", "given_by", "conference", "on_day"],
        count_column("takeaway", Takeaway.objects.filter(withdrawn=False), "talk"),
        "state",
    ]
    list_filter = ["hidden", "withdrawn", "conference__year", filter_by_presence("sources", "posts")]
    search_fields = ["sort_key", "speakers__sort_key", "conference__series__sort_key", "conference__slug"]
    ordering = [F("conference__year").desc(nulls_last=True), "conference", "day__number", "position"]
    actions = [change_together, "hide", "show", "restore"]
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Talk]:
        talks = super().get_queryset(request).select_related("day__conference__series", "conference__series")
        told = Exists(TalkSource.objects.filter(talk=OuterRef("pk")))
        return talks.annotate(from_post=told).prefetch_related("appearances__speaker")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Load the days to choose from with their conferences, since the name of each choice contains both."""
        if db_field.name == "day":
            kwargs["queryset"] = Day.objects.select_related("conference__series")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="speakers")
    def given_by(self, talk: Talk) -> str:
        return ", ".join(appearance.speaker.name for appearance in talk.appearances.all())

    @admin.display(description="day", ordering="day__number")
    def on_day(self, talk: Talk) -> str:
        """Return the number of the talk's day; of a day without a number the date, or a dash."""
        return str(talk.day.date or "–") if talk.day.number is None else str(talk.day.number)

    def has_delete_permission(self, request: HttpRequest, obj: Talk | None = None) -> bool:
        """Allow deleting a talk that an editor created and no post ever had notes of; never several talks at once."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.sources.exists()

    hide = make_switch("Hide from readers", "Hidden", editing.set_talks_hidden, hidden=True)
    show = make_switch("Show to readers", "Shown", editing.set_talks_hidden, hidden=False)

    @admin.action(description="Restore, with its takeaways", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Talk]) -> None:
        """Show withdrawn talks and their takeaways again, although no post has notes of these talks any more."""
        talks = list(queryset.filter(withdrawn=True).select_related("conference"))
        log_switch(request, talks, "withdrawn", False)
        editing.restore_talks(talks)
        self.message_user(request, f"Restored: {len(talks)}.")
