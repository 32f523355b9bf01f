"""Admin actions that merge several speakers, tags or series into one, or split a merged name off, after a preview."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from talks import editing
from talks.admin.base import is_row_id
from talks.admin.desk_pages import DeskPages
from talks.models import Conference, Series, Speaker, SpeakerAlias, Tag, TagAlias, Talk

MOST_AT_ONCE = 20
TALKS_SHOWN = 50


class NameMergeActions(DeskPages):
    """The list of speakers, tags or series with the actions "merge" and "split".

    A subclass defines `list_talks_moving(rows)` (the ids of the talks that change), `do_merge(kept, others)`,
    `list_other_names(rows)` (a triple for each other name: value in the form, name, row that has the name) and
    `do_split(request, value, row)` (makes the name a row of its own and returns the name; an `IntegrityError` becomes a
    message). The texts `what_merging_does` and `what_splitting_does` stand on the page that asks.
    """

    actions = ["merge", "split"]
    what_merging_does: str
    what_splitting_does: str
    back = "changelist"  # the page to which "Leave them apart" leads
    list_talks_moving: Callable[[Sequence[Any]], set[int]]
    do_merge: Callable[[Any, Sequence[Any]], object]
    list_other_names: Callable[[Sequence[Any]], list[tuple[str, str, Any]]]
    do_split: Callable[[HttpRequest, str, Any], str]

    def get_urls(self) -> list[URLPattern]:
        talks = self.admin_site.admin_view(self.show_talks)
        name = f"{self.opts.app_label}_{self.opts.model_name}_moving"
        return [path("moving/", talks, name=name), *super().get_urls()]

    def describe_talks(self, rows: Sequence[Any]) -> dict[str, Any]:
        """Return for a preview the first talks that change, the numbers of all and of the rest, and a link to all."""
        page = self._list_talks(rows).get_page(1)
        place = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_moving")
        given = urlencode([("row", row.pk) for row in rows])
        more = max(0, page.paginator.count - TALKS_SHOWN)
        return {"count": page.paginator.count, "talks": page, "more": more, "all_talks": f"{place}?{given}"}

    def _list_talks(self, rows: Sequence[Any]) -> Paginator:
        talks = Talk.objects.filter(pk__in=self.list_talks_moving(rows)).select_related("conference__series")
        return Paginator(talks.order_by("pk"), TALKS_SHOWN)

    def show_talks(self, request: HttpRequest) -> HttpResponse:
        """Show, page by page, all talks that a merge or renaming of the rows `?row=` would change."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        chosen = [pk for pk in request.GET.getlist("row") if is_row_id(pk)][:MOST_AT_ONCE]
        rows = list(self.model._default_manager.filter(pk__in=chosen).order_by("pk"))
        page = self._list_talks(rows).get_page(request.GET.get("page"))
        title = f"Talks of {', '.join(str(row) for row in rows)}"
        return self.show_page(request, "all_talks_that_move", title, page=page)

    @admin.action(description="Merge: they are the same", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Show the affected talks and ask which name stays; merge the rows once the editor confirms."""
        rows: list[Any] = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if not 1 < len(rows) <= MOST_AT_ONCE:
            self.message_user(request, f"Choose 2 to {MOST_AT_ONCE}.", messages.WARNING)
            return None
        kept = next((row for row in rows if str(row.pk) == request.POST.get("kept")), None)
        if kept is None:
            choices = [(row, len(self.list_talks_moving([row]))) for row in rows]
            choices.sort(key=lambda choice: -choice[1])
            others = [row for row, _ in choices[1:]]
            more = {"choices": choices, "says": self.what_merging_does, "back": self.back}
            return self._ask(request, "merge", "Which name stays?", **more, **self.describe_talks(others))
        others = [row for row in rows if row is not kept]
        with transaction.atomic():
            for row in others:
                self.log_change(request, kept, f"Merged with {row.name}.")
            self.do_merge(kept, others)
        self.message_user(request, f"{', '.join(row.name for row in others)}: now other names of {kept}.")
        return None

    @admin.action(description="Split: another name is something else", permissions=["change"])
    def split(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask which of the merged names belongs to somebody or something else, and split that name off."""
        rows: list[Any] = list(queryset.order_by("pk")[:MOST_AT_ONCE])
        names = self.list_other_names(rows)
        if not names:
            self.message_user(request, "These have no other names.", messages.WARNING)
            return None
        value = request.POST.get("name", "")
        row = next((row for each, _, row in names if each == value), None)
        if row is None:
            more = {"rows": rows, "names": names, "says": self.what_splitting_does, "parts": self.list_parts(rows)}
            return self._ask(request, "split", "Which name is something else?", **more)
        try:
            with transaction.atomic():
                name = self.do_split(request, value, row)
                self.log_change(request, row, f"Split off {name}.")
        except IntegrityError:
            self.message_user(request, "Nothing was split: another row has that name already.", messages.WARNING)
            return None
        self.message_user(request, f"{name} is separate again.")
        return None

    def list_parts(self, rows: Sequence[Any]) -> list[Any]:
        """Return the rows that can move along with a split-off name: the editions of a series, else none."""
        return []

    def _ask(self, request: HttpRequest, action: str, title: str, **more: Any) -> HttpResponse:
        return self.show_page(request, "name_merge", title, action=action, checkbox=ACTION_CHECKBOX_NAME, **more)


class SpeakerMergeActions(NameMergeActions):
    what_merging_does = (
        "All their talks will be of one person. The other names stay as further names, and their addresses lead to "
        "the one that stays. Take the tick from whoever is somebody else."
    )
    what_splitting_does = (
        "The name becomes a speaker again, at the old address, with the talks that were given under that name."
    )
    back = "alike"

    list_talks_moving = staticmethod(editing.list_talks_given)
    do_merge = staticmethod(editing.merge_speakers)

    def list_other_names(self, rows: Sequence[Any]) -> list[tuple[str, str, Any]]:
        aliases = SpeakerAlias.objects.filter(speaker__in=rows).select_related("speaker")
        return [(str(alias.pk), alias.name, alias.speaker) for alias in aliases]

    def do_split(self, request: HttpRequest, value: str, row: Speaker) -> str:
        alias = row.aliases.get(pk=value)
        editing.split_speaker(alias)
        return str(alias)


class TagMergeActions(NameMergeActions):
    what_merging_does = (
        "Everything tagged with one of them gets the tag that stays. The other names stay as further names, and "
        "their addresses lead to it."
    )
    what_splitting_does = (
        "The name becomes a tag again, at its old address, on the posts that write it and the talks that mention it."
    )

    list_talks_moving = staticmethod(editing.list_talks_tagged)
    do_merge = staticmethod(editing.merge_tags)

    def list_other_names(self, rows: Sequence[Any]) -> list[tuple[str, str, Any]]:
        aliases = TagAlias.objects.filter(tag__in=rows).select_related("tag")
        return [(str(alias.pk), alias.name, alias.tag) for alias in aliases]

    def do_split(self, request: HttpRequest, value: str, row: Tag) -> str:
        return editing.split_tag(row.aliases.get(pk=value)).name


class SeriesMergeActions(NameMergeActions):
    what_merging_does = (
        "The editions of the others become editions of the one that stays; where both have an edition of one year the "
        "two become one. The other names stay as further spellings, and all addresses lead on."
    )
    what_splitting_does = (
        "The name becomes a series again, with the editions that you tick, the posts that write that name and the "
        "talks that only they tell of."
    )

    list_talks_moving = staticmethod(editing.list_talks_of_series)
    do_merge = staticmethod(editing.merge_series)

    def list_other_names(self, rows: Sequence[Any]) -> list[tuple[str, str, Any]]:
        return [(f"{row.pk}:{alias}", alias, row) for row in rows for alias in row.aliases]

    def do_split(self, request: HttpRequest, value: str, row: Series) -> str:
        chosen = [pk for pk in request.POST.getlist("part") if is_row_id(pk)]
        return editing.split_series(row, value.partition(":")[2], Conference.objects.filter(pk__in=chosen)).name

    def list_parts(self, rows: Sequence[Any]) -> list[Any]:
        return list(Conference.objects.filter(series__in=rows).select_related("series").newest_first())
