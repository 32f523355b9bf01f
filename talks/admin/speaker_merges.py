"""Merges several speakers into one and splits them again, after an editor confirmed a preview."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from talks import editing
from talks.admin.base import is_row_id
from talks.admin.name_merges import describe_talks
from talks.models import Appearance, Speaker, SpeakerAlias, count_rows

MOST_AT_ONCE = 20
PROPOSALS = 200


class MergeActions(admin.ModelAdmin):
    """Adds merging and splitting to the list of speakers."""

    actions = ["merge", "split"]
    change_list_template = "admin/talks/speaker_list.html"

    def get_urls(self) -> list[URLPattern]:
        alike = self.admin_site.admin_view(self.show_alike)
        return [path("alike/", alike, name="talks_speaker_alike"), *super().get_urls()]

    def show_alike(self, request: HttpRequest) -> HttpResponse:
        """Show speakers who may be one person, with a button to merge them and one to say that they are several."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if "again" in request.POST:
            editing.suggest_pair_again(request.POST["again"])
            return redirect("admin:talks_speaker_alike")
        if request.method == "POST":
            return self._tell_apart(request)
        groups = editing.find_alike_speakers()
        shown = groups[:PROPOSALS]
        talks = Appearance.objects.filter(talk__withdrawn=False).select_related("talk__conference__series")
        prefetch_related_objects(
            [speaker for group in shown for speaker in group.speakers],
            Prefetch("appearances", talks.order_by("-talk__conference__year", "talk__sort_key"), to_attr="seen"),
        )
        context = {
            **self.admin_site.each_context(request),
            "title": "Speakers who may be one person",
            "opts": self.opts,
            "groups": shown,
            "more": len(groups) - len(shown),
            "checkbox": ACTION_CHECKBOX_NAME,
            "page": Paginator(editing.list_speakers_apart(), PROPOSALS).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/talks/speaker_alike.html", context)

    def _tell_apart(self, request: HttpRequest) -> HttpResponse:
        """Record that these speakers are several persons."""
        chosen = [pk for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if is_row_id(pk)][:MOST_AT_ONCE]
        speakers = list(Speaker.objects.filter(pk__in=chosen).order_by("sort_key", "pk"))
        editing.tell_speakers_apart(speakers)
        for speaker in speakers:
            others = ", ".join(other.name for other in speakers if other != speaker)
            self.log_change(request, speaker, f"Told apart from {others}.")
        if len(speakers) > 1:
            told = " and ".join(speaker.name for speaker in speakers)
            self.message_user(request, f"{told} are not the same person; this is not asked again.")
        return redirect("admin:talks_speaker_alike")

    @admin.action(description="Merge: they are one person", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask which name stays, then merge: the other addresses redirect, and posts may write either name."""
        rows: list[Any] = list(queryset.annotate(appearing=count_rows(Appearance.objects.all(), "speaker")))
        if not 1 < len(rows) <= MOST_AT_ONCE:
            self.message_user(request, f"Choose two to {MOST_AT_ONCE} speakers.", messages.WARNING)
            return None
        kept = next((row for row in rows if str(row.pk) == request.POST.get("kept")), None)
        if kept is None:
            rows.sort(key=lambda row: -row.appearing)
            moving = Appearance.objects.filter(speaker__in=rows[1:]).values_list("talk", flat=True)
            return self._ask(request, "merge", "Which name stays?", rows, more=describe_talks(set(moving)))
        others = [row for row in rows if row is not kept]
        with transaction.atomic():
            for row in others:
                self.log_change(request, kept, f"Merged with {row.name}.")
            editing.merge_speakers(kept, others)
        self.message_user(request, f"{', '.join(row.name for row in others)}: now other names of {kept}.")
        return None

    @admin.action(description="Split: a merged name is another person", permissions=["change"])
    def split(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask which name is another person's, and make that person a speaker, with the talks whose posts write it."""
        aliases = list(SpeakerAlias.objects.filter(speaker__in=queryset).select_related("speaker")[: MOST_AT_ONCE * 5])
        if not aliases:
            self.message_user(request, "Nobody was merged into these.", messages.WARNING)
            return None
        chosen = {pk for pk in request.POST.getlist("alias") if is_row_id(pk)}
        leaving = [alias for alias in aliases if str(alias.pk) in chosen]
        if not leaving:
            return self._ask(request, "split", "Who is somebody else?", list(queryset), aliases)
        with transaction.atomic():
            for alias in leaving:
                self.log_change(request, alias.speaker, f"Split off {alias.name}.")
                editing.split_speaker(alias)
        self.message_user(request, f"{', '.join(alias.name for alias in leaving)}: speakers of their own again.")
        return None

    def _ask(
        self,
        request: HttpRequest,
        action: str,
        title: str,
        rows: list[Any],
        aliases: list[SpeakerAlias] | None = None,
        more: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "action": action,
            "rows": rows,
            "aliases": aliases or [],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/talks/speaker_confirm.html", context | (more or {}))
