"""The admin page of write-back, which shows what would change in each file before any file is changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from talks import editing
from talks.admin.desk_pages import for_editors, show_page, warn_of_change
from talks.counts_and_cut_texts import show_count
from talks.importing import ImportRunningError, refuse_to_wait
from talks.write_back import WriteBackReport, write_back

FILES_A_PAGE = 100
_KINDS = {"+": "added", "-": "removed", "@": "place"}


def show_write_back(request: HttpRequest) -> HttpResponse:
    """Show what write-back would change in each file, as diffs; a POST writes exactly the changes that were shown."""
    report = write_back(dry_run=True)
    stamp = editing.make_stamp(*(f"{outcome.path}\n{outcome.diff}" for outcome in report.outcomes))
    if request.method == "POST":
        if request.POST.get("stamp") == stamp:
            _write(request, report)
        else:
            warn_of_change(request, "written")
        return redirect("admin:talks_post_write_back")
    page = Paginator(report.outcomes, FILES_A_PAGE).get_page(request.GET.get("page"))
    files = [(outcome, _read_rows(outcome.diff)) for outcome in page]
    count = sum(bool(outcome.written) for outcome in report.outcomes)
    title = "Write back into the files"
    return show_page(request, "write_back", title, files=files, count=count, page=page, stamp=stamp)


def _write(request: HttpRequest, shown: WriteBackReport) -> None:
    diffs = {outcome.path: outcome.diff for outcome in shown.outcomes}
    try:
        report = write_back(shown=diffs, on_wait=refuse_to_wait)
    except ImportRunningError as fault:
        messages.error(request, str(fault))
        return
    files = sum(bool(outcome.written and not outcome.fault) for outcome in report.outcomes)
    messages.success(request, f"Written into {show_count(files, 'file')}.")


def _read_rows(diff: str) -> list[tuple[str, str]]:
    """Return the lines of a diff, each after its kind ("added", "removed", "place", or "" for an unchanged line).

    The two lines that name the file are left out.
    """
    return [(_KINDS.get(row[:1], ""), row) for row in diff.split("\n")[2:]]


urlpatterns = [path("write-back/", for_editors(show_write_back), name="talks_post_write_back")]
