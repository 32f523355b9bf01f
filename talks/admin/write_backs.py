"""The admin page of write-back, which shows what would change in each file before any file is changed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from talks import editing
from talks.counts_and_cut_texts import show_count
from talks.importing import ImportRunningError, refuse_to_wait
from talks.write_back import WriteBackReport, write_back

FILES_A_PAGE = 100
_KINDS = {"+": "added", "-": "removed", "@": "place"}


class WriteBackPages(admin.ModelAdmin):
    """Adds the write-back page to the admin of posts."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.write_back)
        return [path("write-back/", page, name="talks_post_write_back"), *super().get_urls()]

    def write_back(self, request: HttpRequest) -> HttpResponse:
        """Show the diff of each file; once an editor confirms, write exactly the shown changes."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        report = write_back(dry_run=True)
        stamp = _make_stamp(report)
        if request.method == "POST":
            if request.POST.get("stamp") == stamp:
                self._write(request, report)
            else:
                self.message_user(
                    request,
                    "The base was changed since this was shown, and nothing was written. It is shown as it is now.",
                    messages.WARNING,
                )
            return redirect("admin:talks_post_write_back")
        page = Paginator(report.outcomes, FILES_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Write back into the files",
            "opts": self.opts,
            "files": [(outcome, _read_rows(outcome.diff)) for outcome in page],
            "count": sum(bool(outcome.written) for outcome in report.outcomes),
            "page": page,
            "stamp": stamp,
        }
        return TemplateResponse(request, "admin/talks/write_back.html", context)

    def _write(self, request: HttpRequest, shown: WriteBackReport) -> None:
        diffs = {outcome.path: outcome.diff for outcome in shown.outcomes}
        try:
            report = write_back(shown=diffs, on_wait=refuse_to_wait)
        except ImportRunningError as fault:
            self.message_user(request, str(fault), messages.ERROR)
            return
        files = sum(bool(outcome.written and not outcome.fault) for outcome in report.outcomes)
        self.message_user(request, f"Written into {show_count(files, 'file')}.", messages.SUCCESS)


def _make_stamp(report: WriteBackReport) -> str:
    return editing.make_stamp(*(f"{outcome.path}\n{outcome.diff}" for outcome in report.outcomes))


def _read_rows(diff: str) -> list[tuple[str, str]]:
    """Return each line of a diff with its kind, for styling, without the two lines that name the file."""
    return [(_KINDS.get(row[:1], ""), row) for row in diff.split("\n")[2:]]
