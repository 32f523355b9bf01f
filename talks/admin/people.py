"""The admin pages of speakers and writers."""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from talks import names
from talks.admin.alike_speakers import AlikeSpeakers
from talks.admin.base import ContentAdmin, NamedForm, ReadOnlyInline
from talks.admin.count_columns import count_column
from talks.admin.history import Entry
from talks.admin.name_merges import SpeakerMergeActions
from talks.admin.renames import RenamePreview
from talks.line_ends import split_lines
from talks.models import NO_WEB_ADDRESS, Appearance, Post, Speaker, SpeakerAlias, Writer
from talks.parsing import split_address


class SpeakerForm(NamedForm):
    alias_of = SpeakerAlias

    def clean_url(self) -> str:
        """Accept only addresses that imports accept, since readers follow them."""
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
class SpeakerAdmin(RenamePreview, SpeakerMergeActions, AlikeSpeakers, ContentAdmin):
    """The page of a speaker.

    A speaker with talks cannot be deleted, since the next import would create the speaker again.
    """

    form = SpeakerForm
    fields = ["name", "handle", "url", "merged_names", "slug"]
    readonly_fields = ["merged_names", "slug"]
    inlines = [TalkOfSpeakerInline]
    list_display = ["name", "handle", count_column("talk", Appearance.objects.filter(talk__withdrawn=False), "speaker")]
    list_filter = [("appearances", admin.EmptyFieldListFilter)]
    search_fields = ["sort_key", "handle", "aliases__folded"]

    @admin.display(description="other names")
    def merged_names(self, speaker: Speaker) -> str:
        """Return the speaker's aliases: names of merged speakers, and former names; a dash if there are none.

        The action "Split" makes one of them a speaker.
        """
        return ", ".join(speaker.aliases.values_list("name", flat=True)) or "–"

    def choose_changes(self, row: Speaker) -> Callable[[Entry], bool]:
        """Return a filter for imports' changes: new talks of the speaker, and talks that gained or lost the speaker."""
        own = {row.folded, *row.aliases.values_list("folded", flat=True)}
        talks = {f"talk:{pk}" for pk in row.appearances.values_list("talk", flat=True)}

        def is_named(text: str) -> bool:
            return any(names.fold_name(line.partition("|")[0]) in own for line in split_lines(text))

        def is_about(entry: Entry) -> bool:
            if entry.get("field") == "speakers":
                return is_named(entry["before"]) is not is_named(entry["after"])
            return entry["done"] == "added" and entry["row"] in talks

        return is_about

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
