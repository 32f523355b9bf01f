"""The admin page that shows what each line of a post became, on which an editor corrects the reading."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from talks import editing, formats
from talks.admin.desk_pages import for_editors, log_change, show_page
from talks.admin.reading_forms import SPEAKERS_RULE
from talks.admin.reading_page_forms import NOTHING_TYPED, ReadingForms, Typed
from talks.admin.shown_talks import find_shown_talks
from talks.counts_and_cut_texts import show_count
from talks.forms import read_number
from talks.importing import remark_conversion
from talks.models import Correction as CorrectionRow
from talks.models import Post, add_replaced
from talks.parsing import Act, Correction, ParsedPost

LINES_A_PAGE = 1_000


def show_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each line of the post became, with forms to correct the reading; a POST previews or saves corrections.

    The page is one form, so that nothing typed is lost whichever of its buttons is pressed: corrections of lines, of
    talks and of the whole post are previewed and saved together.
    """
    post = get_object_or_404(Post, pk=pk)
    data = _read_data(request)
    try:
        now = editing.preview_reading(post)
    except editing.NotCorrectedError as fault:
        return _render(request, post, {"fault": str(fault)})
    page_forms = ReadingForms(post, now, data, _read_kept_act(request))
    preview, posts, idle, outdated = None, [], [], False
    if data is not None and page_forms.is_valid():
        try:
            posts = page_forms.choose_posts()
            confirmed = not posts or data.get("posts") == editing.digest_posts(posts)
            preview = editing.preview_corrections(post, page_forms.make_corrections(), now)
            idle = page_forms.find_idle(preview)
            if confirmed and ("save" in data or "talk_at" in data):
                return _save(request, page_forms, posts, idle)
            page_forms.show_preview()
        except editing.NotCorrectedError as fault:
            preview = None
            page_forms.add_fault(fault)
            outdated = isinstance(fault, editing.OutdatedError)
    if outdated:  # what was sent by numbers of lines may be of other lines now
        page_forms.forget_lines()
    context = _describe(request, post, now, preview) | _describe_forms(post, now, page_forms)
    context |= {
        "posts": posts,
        "idle": page_forms.describe_idle(idle),
        "refused": data is not None and preview is None,
        "posts_digest": editing.digest_posts(posts),
        "version": "" if outdated else request.POST.get("version"),
    }
    return _render(request, post, context)


def _describe_forms(post: Post, now: ParsedPost, page_forms: ReadingForms) -> dict[str, Any]:
    is_preview = page_forms.shown is not now
    return {
        "form": page_forms.lines,
        "told": page_forms.talks,
        "answers": page_forms.whole,
        "rows": list(
            page_forms.talks.list_rows(page_forms.find_guesses() if is_preview else find_shown_talks(post, now))
        ),
        "faults": page_forms.list_faults(),
        "is_preview": is_preview,
        "speakers_rule": SPEAKERS_RULE,
    }


def _save(
    request: HttpRequest, page_forms: ReadingForms, posts: Sequence[Post], idle: Sequence[Correction]
) -> HttpResponse:
    """Save the corrections of this post, except those in `idle`; save answers for a whole post for each of `posts`.

    Return a redirect to the first corrected line, or to the top of the page if no line was corrected.
    """
    post = page_forms.post
    how = {"made_by": request.user.get_username(), "version": request.POST.get("version", "")}
    shared = page_forms.whole.make_corrections() if posts else []
    own = [said for said in page_forms.make_corrections() if said not in shared and said not in idle]
    tell_changes = editing.watch_talks([post, *posts])
    with transaction.atomic():
        rows = editing.add_corrections(post, own, **how) if own else []
        for said in shared:
            editing.apply_correction(posts, said, made_by=how["made_by"])
    for each in posts:
        log_change(request, each, f"Corrected how it is read, with {len(posts)} posts together.")
    told = [rows[0].summary if len(rows) == 1 else f"{len(rows)} corrections"] if rows else []
    if told:
        log_change(request, post, f"Corrected how it is read: {told[0]}.")
    told += [f"{len(posts)} posts together"] if posts else []
    if told:
        again = "They were read again" if posts else _describe_again(post)
        messages.success(request, f"Corrected: {', '.join(told)}. {_join_changes(again, tell_changes())}")
    if unsaved := page_forms.describe_idle(idle):
        messages.warning(request, f"Not saved, since it changes nothing: {' '.join(unsaved)}")
    return redirect(_make_url(post, page_forms.find_first_line(), request.POST.get("act", "")))


def _describe_again(post: Post) -> str:
    return f"The post was read again: {show_count(post.sources.filter(withdrawn=False).count(), 'talk')}"


def _join_changes(told: str, changes: str) -> str:
    """Return a sentence: what was `told`, and which talks came and went by it."""
    return f"{told}; {changes}." if changes else f"{told}."


def switch_correction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make an active correction inactive, or an inactive one active; a button makes inactive all that were saved last.

    What was typed on the page meanwhile is shown again, unless the post was changed since the page was shown.
    """
    post = get_object_or_404(Post, pk=pk)
    row = get_object_or_404(CorrectionRow, post=post, number=number)
    if request.method != "POST":
        return redirect(f"{reverse('admin:talks_post_reading', args=[pk])}?{request.GET.urlencode()}")
    version, outdated, rows = request.POST.get("version", ""), False, []
    tell_changes = editing.watch_talks([post])
    try:
        typed = ReadingForms(post, editing.preview_reading(post), request.POST).read_typed()
        if "last_save" in request.POST:
            rows = editing.undo_last_save(post, version=version)
        else:
            editing.switch_correction(row, active=not row.active, version=version)
            rows = [row]
        told = rows[0].summary if len(rows) == 1 else f"{len(rows)} corrections"
        done = "Taken back" if row.active or "last_save" in request.POST else "It holds again"
        log_change(request, post, f"{done}, of how it is read: {told}.")
        messages.success(request, f"{done}: {told}. {_join_changes(_describe_again(post), tell_changes())}")
    except editing.NotCorrectedError as fault:
        messages.error(request, str(fault))
        outdated = isinstance(fault, editing.OutdatedError)
    if outdated or not any(typed.values()):
        return redirect(_make_url(post, rows[0].find_line() if rows else 0, request.POST.get("act", "")))
    post.refresh_from_db()
    now = editing.preview_reading(post)
    page_forms = ReadingForms(post, now, None, typed)
    context = _describe(request, post, now, None) | _describe_forms(post, now, page_forms)
    return _render(request, post, context)


def _render(request: HttpRequest, post: Post, more: dict[str, Any]) -> HttpResponse:
    corrections = list(CorrectionRow.objects.filter(post=post).order_by("number"))
    add_replaced(corrections)
    address = reverse("admin:talks_post_reading", args=[post.pk])
    context = {
        "is_nav_sidebar_enabled": False,  # the lines need the room
        "subtitle": post.title,
        "post": post,
        "address": f"{address}?{request.GET.urlencode()}" if request.GET else address,
        "corrections": [each for each in corrections if each.active],
        "taken_back": [each for each in corrections if not (each.active or each.replaced_by)],
        "replaced": [each for each in corrections if each.replaced_by],
        "latest": next((each for each in reversed(corrections) if each.active and each.is_saved_here), None),
        **more,
        "version": more.get("version") or editing.make_version(post),
    }
    return show_page(request, "reading", "How the post is read", **context)


def _describe(request: HttpRequest, post: Post, now: ParsedPost, preview: ParsedPost | None) -> dict[str, Any]:
    shown = preview or now
    lines = formats.read_lines(post.source, shown, now, may_correct=True)
    changed = [line.number for line in lines if line.changed]
    relabelled = sum(line.relabelled for line in lines)
    here = read_number(request.GET.get("line", "")) if preview is None else min(changed, default=0)
    page = (here - 1) // LINES_A_PAGE + 1 if here else read_number(request.GET.get("page", "")) or 1
    page = min(page, (len(lines) - 1) // LINES_A_PAGE + 1)
    return {
        "preview": preview,
        "talk_changes": editing.preview_talk_changes(now, shown),
        "here": here,
        "lines": lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE],
        "pages": range(1, (len(lines) - 1) // LINES_A_PAGE + 2),
        "page": page,
        "talks": formats.list_talks(shown),
        "conference": shown.conference,
        "changed": len(changed),
        "relabelled": relabelled,
        "conversion": remark_conversion(post.path),
        "missing_images": len(editing.list_missing_images(post)),
    }


def _read_data(request: HttpRequest) -> QueryDict | None:
    """Return the data of a POST, changed as the pressed button says; None for other requests.

    A button beside a line means that a talk begins there; if no other line is ticked, title and speakers that were
    typed are those of this talk. Another button means that the whole post is one talk.
    """
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if (line := data.get("talk_at")) and data.getlist("line") in ([], [line]) and not data.get("first"):
        data["line"], data["act"] = line, Act.TALK.value
    elif "one_talk" in data:
        data["act"], data["try"] = Act.WHOLE.value, "lines"
    return data


def _read_kept_act(request: HttpRequest) -> Typed:
    """Return what the forms show as typed before: nothing but the act that `?act=` names, if any."""
    act = request.GET.get("act")
    return {**NOTHING_TYPED, "lines": {"act": act} if act else {}}


def _make_url(post: Post, line: int | None, act: str) -> str:
    """Return the address of the page, at the line if one is given, with the act that it offers for the next lines."""
    act = "" if act in (Act.TALK.value, Act.WHOLE.value) else act  # the one is offered anyway, the other is of no lines
    said = urlencode({key: value for key, value in (("line", line), ("act", act)) if value})
    address = reverse("admin:talks_post_reading", args=[post.pk])
    return f"{address}{said and '?'}{said}{f'#L{line}' if line else ''}"


urlpatterns = [
    path("<int:pk>/reading/", for_editors(show_reading), name="talks_post_reading"),
    path("<int:pk>/reading/<int:number>/", for_editors(switch_correction), name="talks_post_switch"),
]
