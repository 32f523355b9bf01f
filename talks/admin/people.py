"""The admin pages of speakers and writers."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from talks.admin import suggested_merges
from talks.admin.base import ContentAdmin, NamedForm, ReadOnlyInline
from talks.admin.count_columns import count_column, filter_by_presence
from talks.admin.renames import RenamePreview
from talks.models import NO_WEB_ADDRESS, Appearance, Post, Speaker, Writer
from talks.parsing import split_address


class SpeakerForm(NamedForm):
    def clean_url(self) -> str:
        """Accept only such addresses as imports accept, since readers follow them."""
        url = str(self.cleaned_data["url"])
        if url and not split_address(url):
            raise forms.ValidationError(NO_WEB_ADDRESS)
        return url


class TalkOfSpeakerInline(ReadOnlyInline):
    model = Appearance
    fields = ["talk", "conference", "affiliation"]
    readonly_fields = ["conference"]
    verbose_name = "talk"
    verbose_name_plural = "talks"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        talks = super().get_queryset(request).select_related("talk__conference__series")
        return talks.order_by("-talk__conference__year", "talk__sort_key")

    @admin.display(description="conference")
    def conference(self, appearance: Appearance) -> str:
        return str(appearance.talk.conference)


@admin.register(Speaker)
class SpeakerAdmin(RenamePreview, ContentAdmin):
    """The page of a speaker.

    A speaker with talks cannot be deleted, since the next import would create the speaker again.
    """

    form = SpeakerForm
    fields = ["name", "handle", "url", "merged_names", "slug"]
    readonly_fields = ["merged_names", "slug"]
    inlines = [TalkOfSpeakerInline]
    list_display = ["name", "handle", count_column("talk", Appearance.objects.filter(talk__withdrawn=False), "speaker")]
    list_filter = [filter_by_presence("appearances", "talks")]
    search_fields = ["sort_key", "handle", "aliases__folded"]
    change_list_template = "admin/talks/speaker_list.html"

    def get_urls(self) -> list[URLPattern]:
        return [*suggested_merges.urlpatterns, *super().get_urls()]

    @admin.display(description="other names")
    def merged_names(self, speaker: Speaker) -> str:
        """Return the speaker's aliases in one text; a dash if there are none.

        They are names of merged speakers, and former names. The action "Split" makes one of them a speaker.
        """
        return ", ".join(speaker.aliases.values_list("name", flat=True)) or "–"

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """Allow deleting a speaker who has no talks."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.appearances.exists())


@admin.register(Writer)
class WriterAdmin(ContentAdmin):
    form = NamedForm
    fields = ["name", "slug"]
    readonly_fields = ["slug"]
    list_display = ["name", count_column("post", Post.objects.filter(withdrawn=False), "writer")]
    search_fields = ["sort_key"]
