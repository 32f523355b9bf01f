"""Admin actions that merge several speakers, tags or series into one, or split a merged name off, after a preview."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from talks import editing
from talks.admin.desk_pages import log_change, show_page
from talks.admin.form_fields import is_row_id
from talks.admin.return_addresses import read_return_address
from talks.models import Conference, Series, Speaker, Tag, Talk

MOST_AT_ONCE = 20
TALKS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Merging:
    """How rows of one model that mean the same are merged, and how a merged name is split off again.

    `list_talks` returns the ids of the talks that a merge of rows changes. `list_other_names` returns for each other
    name of the rows its value in the form, the name, and its row. `split`, given the request, such a value and the row,
    makes the name a row of its own; `list_parts` returns the rows that can move along with it. The texts `merge_says`
    and `split_says` stand on the page that asks; `back` is the page to which "Leave them apart" leads.
    """

    merge: Callable[[Any, Sequence[Any]], object]
    list_other_names: Callable[[Sequence[Any]], list[tuple[str, str, Any]]]
    split: Callable[[HttpRequest, str, Any], object]
    merge_says: str
    split_says: str
    list_talks: Callable[[Sequence[Any]], set[int]] = editing.list_talks_of_rows
    list_parts: Callable[[Sequence[Any]], list[Any]] = lambda rows: []
    back: str = "changelist"


def _list_aliases(rows: Sequence[Any]) -> list[tuple[str, str, Any]]:
    prefetch_related_objects(rows, "aliases")
    found = [(alias, row) for row in rows for alias in row.aliases.all()]
    return [(str(alias.pk), alias.name, row) for alias, row in sorted(found, key=lambda pair: pair[0].folded)]


def _split_series(request: HttpRequest, value: str, row: Series) -> None:
    chosen = [pk for pk in request.POST.getlist("part") if is_row_id(pk)]
    editing.split_series(row, value.partition(":")[2], Conference.objects.filter(pk__in=chosen))


_OF_SPEAKERS = Merging(
    merge=editing.merge_speakers,
    list_other_names=_list_aliases,
    split=lambda request, value, row: editing.split_speaker(row.aliases.get(pk=value)),
    merge_says=(
        "All their talks will be of one person. The other names stay as further names, and their addresses lead to the "
        "one that stays. Take the tick from whoever is somebody else."
    ),
    split_says="The name becomes a speaker again, at the old address, with the talks that were given under that name.",
    back="alike",
)
_OF_TAGS = Merging(
    merge=editing.merge_tags,
    list_talks=editing.list_talks_tagged,
    list_other_names=_list_aliases,
    split=lambda request, value, row: editing.split_tag(row.aliases.get(pk=value)),
    merge_says=(
        "Everything tagged with one of them gets the tag that stays. The other names stay as further names, and "
        "their addresses lead to it."
    ),
    split_says=(
        "The name becomes a tag again, at its old address, on the posts that write it and the talks that mention it."
    ),
)
_OF_SERIES = Merging(
    merge=editing.merge_series,
    list_other_names=lambda rows: [(f"{row.pk}:{alias}", alias, row) for row in rows for alias in row.aliases],
    split=_split_series,
    merge_says=(
        "The editions of the others become editions of the one that stays; where both have an edition of one year the "
        "two become one. The other names stay as further spellings, and all addresses lead on."
    ),
    split_says=(
        "The name becomes a series again, with the editions that you tick, the posts that write that name and the "
        "talks that only they tell of."
    ),
    list_parts=lambda rows: list(Conference.objects.filter(series__in=rows).select_related("series").newest_first()),
)
_MERGINGS: dict[type[Model], Merging] = {Speaker: _OF_SPEAKERS, Tag: _OF_TAGS, Series: _OF_SERIES}


def describe_talks(model: type[Model], rows: Sequence[Any]) -> dict[str, Any]:
    """Return what a preview shows of the talks that change: the first of them, how many, and a link to all."""
    page = _list_talks(model, rows).get_page(1)
    place = reverse(f"admin:talks_{model._meta.model_name}_moving")
    given = urlencode([("row", row.pk) for row in rows])
    more = max(0, page.paginator.count - TALKS_SHOWN)
    return {"count": page.paginator.count, "talks": page, "more": more, "all_talks": f"{place}?{given}"}


def _list_talks(model: type[Model], rows: Sequence[Any]) -> Paginator:
    talks = Talk.objects.filter(pk__in=_MERGINGS[model].list_talks(rows)).select_related("conference__series")
    return Paginator(talks.order_by("pk"), TALKS_SHOWN)


def show_talks(request: HttpRequest, *, model: type[Model]) -> HttpResponse:
    """Show, page by page, all talks that a merge or renaming of the rows with the ids `?row=` would change."""
    if not admin.site.get_model_admin(model).has_view_permission(request):
        raise PermissionDenied
    chosen = [pk for pk in request.GET.getlist("row") if is_row_id(pk)][:MOST_AT_ONCE]
    rows = list(model._default_manager.filter(pk__in=chosen).order_by("pk"))
    page = _list_talks(model, rows).get_page(request.GET.get("page"))
    return show_page(request, "all_talks_that_move", f"Talks of {', '.join(map(str, rows))}", model, page=page)


@admin.action(description="Merge: they are the same", permissions=["change"])
def merge(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Show the affected talks and ask which of the chosen rows' names stays; once that is sent, merge the rows.

    Then redirect to the list of doubts or of speakers alike, if the editor came from there.
    """
    model = model_admin.model
    merging = _MERGINGS[model]
    rows: list[Any] = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
    if not 1 < len(rows) <= MOST_AT_ONCE:
        messages.warning(request, f"Choose 2 to {MOST_AT_ONCE} {model._meta.verbose_name_plural}.")
        return None
    kept = next((row for row in rows if str(row.pk) == request.POST.get("kept")), None)
    if kept is None:
        choices = [(row, len(merging.list_talks([row]))) for row in rows]
        choices.sort(key=lambda choice: -choice[1])
        more = describe_talks(model, [row for row, _ in choices[1:]])
        more |= {"choices": choices, "says": merging.merge_says, "back": merging.back}
        more["return_to"] = read_return_address(request)
        return _ask(request, model, "merge", "Which name stays?", **more)
    others = [row for row in rows if row is not kept]
    with transaction.atomic():
        for row in others:
            log_change(request, kept, f"Merged with {row.name}.")
        merging.merge(kept, others)
    what = "another name" if len(others) == 1 else "other names"
    messages.info(request, f"{', '.join(row.name for row in others)}: now {what} of {kept}.")
    back = read_return_address(request)
    return redirect(back) if back else None


@admin.action(description="Split: another name is something else", permissions=["change"])
def split(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask which other name of the chosen rows is somebody or something else; once that is sent, make it a row again."""
    merging = _MERGINGS[model_admin.model]
    rows: list[Any] = list(queryset.order_by("pk")[:MOST_AT_ONCE])
    names = merging.list_other_names(rows)
    if not names:
        messages.warning(request, "These have no other names.")
        return None
    value = request.POST.get("name", "")
    name, row = next(((name, row) for each, name, row in names if each == value), ("", None))
    if row is None:
        more = {"rows": rows, "names": names, "says": merging.split_says, "parts": merging.list_parts(rows)}
        return _ask(request, model_admin.model, "split", "Which name is something else?", **more)
    try:
        with transaction.atomic():
            merging.split(request, value, row)
            log_change(request, row, f"Split off {name}.")
    except IntegrityError:
        messages.warning(request, "Nothing was split: another row has that name already.")
        return None
    messages.info(request, f"{name} is separate again.")
    return None


def _ask(request: HttpRequest, model: type[Model], action: str, title: str, **more: Any) -> HttpResponse:
    return show_page(request, "name_merge", title, model, action=action, checkbox=ACTION_CHECKBOX_NAME, **more)
