"""The admin page that lists all doubts, such as uncertain readings and open conflicts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from talks import editing, names
from talks.admin.desk_pages import for_editors, log_change, show_page
from talks.admin.form_fields import LineField
from talks.admin.history import log_switch
from talks.admin.reading_forms import PostAnswersForm, read_speakers
from talks.admin.return_addresses import read_return_address
from talks.admin.uploaded_images import IMAGE_FILES
from talks.models import Post

DOUBTS_A_PAGE = 100
COUNT_KEY = "desk-doubts"
COUNT_SECONDS = 300


def show_doubts(request: HttpRequest) -> HttpResponse:
    """Show the list of open doubts or, with `?dismissed=1`, of doubts called no problem; a POST settles some.

    The list is filtered by kind, writer and folder. Open doubts that are trifling are shown only if their kind is
    chosen. When open doubts are shown, the number in the header of the admin is counted anew.
    """
    if request.method == "POST":
        return _settle(request)
    dismissed = request.GET.get("dismissed") == "1"
    doubts = editing.list_doubts(dismissed=dismissed)
    pressing = doubts if dismissed else editing.choose_pressing(doubts)
    if not dismissed:
        cache.set(COUNT_KEY, len(pressing), COUNT_SECONDS)
    counts = Counter(doubt.kind for doubt in doubts)
    chosen = {name: request.GET.get(name, "").replace("\0", "") for name in ("kind", "writer", "folder")}
    found = [doubt for doubt in (doubts if chosen["kind"] else pressing) if _matches(doubt, chosen)]
    kinds = [(kind, counts[kind.name]) for kind in editing.DOUBT_KINDS if counts[kind.name]]
    page = Paginator(found, DOUBTS_A_PAGE).get_page(request.GET.get("page"))
    public = _list_public(page)
    quotes, images = editing.quote_posts(page), editing.find_images_of(page)
    by_name = {kind.name: kind for kind in editing.DOUBT_KINDS}
    nameless = Counter(editing.name_folder(doubt) for doubt in doubts if doubt.kind == "unnamed-event")
    rows = [
        {
            "place": place,
            "doubt": doubt,
            "kind": by_name[doubt.kind],
            "answers": by_name[doubt.kind].list_answers(doubt),
            "quote": quotes.get(doubt.subject, ""),
            "image": images.get(doubt.subject),
            "may_be_private": doubt.kind == "no-talk" and doubt.post in public,
            "nameless": nameless[editing.name_folder(doubt)],
        }
        for place, doubt in enumerate(page, 1)
    ]
    return show_page(
        request,
        "doubts",
        "Called no problem" if dismissed else "To look at",
        kinds=kinds,
        chosen=chosen,
        writers=sorted({doubt.writer for doubt in doubts if doubt.writer}),
        folders=sorted({editing.name_folder(doubt) for doubt in doubts} - {""}),
        total=len(pressing),
        page=page,
        rows=rows,
        sections=_group_by_post(rows),
        image_files=IMAGE_FILES,
        dismissed=dismissed,
        all_at_once=len(rows) > 1 and chosen["kind"] != "" and by_name[chosen["kind"]].dismissible,
    )


def _group_by_post(rows: Sequence[dict[str, Any]]) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Return the rows of each post together, below the label of the kind of the first of them."""
    posts = [[*together] for _, together in groupby(rows, lambda row: row["doubt"].post or row["doubt"].subject)]
    return [(label, [*held]) for label, held in groupby(posts, lambda together: together[0]["kind"].label)]


def _settle(request: HttpRequest) -> HttpResponse:
    """Do what the form asks: dismiss doubts, list dismissed ones again, correct the post of one, or make it private."""
    subject = request.POST.get("subject", "")
    try:
        if "answer" in request.POST:
            said = _read_answers(request)
            made_by, answer = request.user.get_username(), request.POST["answer"]
            of_folder = "of_folder" in request.POST
            post, rows, changes = editing.settle_doubt(subject, answer, made_by=made_by, said=said, of_folder=of_folder)
            made = str(rows[0]) if len(rows) == 1 else f"{len(rows)} corrections, the first: {rows[0]}"
            for each in {row.post_id: row.post for row in rows}.values():
                log_change(request, each, f"Corrected how it is read: {made}.")
            told = 'Corrected: {}.{} <a href="{}">Look at it, or take it back</a>.'
            place = reverse("admin:talks_post_reading", args=[post.pk])
            messages.success(request, format_html(told, made, changes and f" By this {changes}.", place))
        elif "private" in request.POST:
            post = editing.keep_doubted_private(subject)
            log_switch(request, [post], "visibility", Post.Visibility.PRIVATE)
            place = reverse("admin:talks_post_change", args=[post.pk])
            told = 'Private now, for staff alone: <a href="{}">{}</a>.'
            messages.success(request, format_html(told, place, post.title))
        else:
            again = "again" in request.POST
            settle = editing.take_up_doubts if again else editing.dismiss_doubts
            count = settle(request.POST.getlist("subject"))
            which = "it is" if count == 1 else f"these {count} are"
            done = f"To look at again: {which} listed." if again else f"Not a problem: {which} not listed again."
            messages.success(request, done)
        cache.delete(COUNT_KEY)
    except LookupError:
        messages.warning(request, "This was settled meanwhile.")
    except editing.NotCorrectedError as fault:
        messages.error(request, str(fault))
    return redirect(read_return_address(request) or "admin:talks_post_doubts")


def _list_public(doubts: Iterable[editing.Doubt]) -> set[str]:
    """Return the keys of the public posts that the doubts are about."""
    rows = Post.objects.filter(key__in=[doubt.post for doubt in doubts], visibility=Post.Visibility.PUBLIC)
    return set(rows.values_list("key", flat=True))


def _read_answers(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the editor entered, as the argument `said` of `settle_doubt`; {} if no field was sent.

    Raises `NotCorrectedError` for an invalid value, or if the field of speakers names nobody.
    """
    try:
        if "speakers" in request.POST:
            if not (speakers := read_speakers(request.POST["speakers"])):
                raise editing.NotCorrectedError("Say who gave the talk.")
            return {"speakers": speakers}
        if "title" in request.POST:
            return {"title": LineField(required=False, max_length=names.TITLE_LENGTH).clean(request.POST["title"])}
    except forms.ValidationError as fault:
        raise editing.NotCorrectedError(" ".join(fault.messages)) from None
    if "post-series" not in request.POST:
        return {}
    form = PostAnswersForm(request.POST, prefix="post")
    if not form.is_valid():
        faults = [str(fault) for said in form.errors.values() for fault in said]
        raise editing.NotCorrectedError(" ".join(faults))
    return dict(form.make_corrections()[0].post)


def _matches(doubt: editing.Doubt, chosen: dict[str, Any]) -> bool:
    same = chosen["kind"] in ("", doubt.kind) and chosen["writer"] in ("", doubt.writer)
    return same and chosen["folder"].casefold() in doubt.post.casefold()


urlpatterns = [path("doubts/", for_editors(show_doubts), name="talks_post_doubts")]
