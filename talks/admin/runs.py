"""The read-only admin pages of import runs and their outcomes."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from talks import editing
from talks.admin.base import ContentAdmin, ReadOnly
from talks.admin.count_columns import count_column
from talks.admin.desk_pages import show_page
from talks.admin.diagnostics import RemarkFilter, remark_count, remarks
from talks.importing import ChangedMeanwhileError, ImportRunningError, refuse_to_wait, render_undoing, undo_run
from talks.models import ImportOutcome, ImportRun

_MOST_SHOWN = 500
_MOST_PATHS = 3
_QUIET = 2
_OF_OUTCOME: list[Any] = ["run", "path", "post", "outcome", remarks]


def show_undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing the run would change; undo the run once an editor confirms."""
    if not request.user.has_perm("talks.change_post"):
        raise PermissionDenied
    run = get_object_or_404(ImportRun, pk=pk)
    shown = undo_run(pk, dry_run=True)
    text = render_undoing(shown)
    stamp = editing.make_stamp(text)
    if request.method == "POST":
        try:
            if request.POST.get("stamp") != stamp:
                raise ChangedMeanwhileError.since_shown("undone")
            undo_run(pk, expected=shown, on_wait=refuse_to_wait)
            messages.success(request, f"Undone: {run}.")
            return redirect("admin:talks_importrun_change", pk)
        except (ChangedMeanwhileError, ImportRunningError) as fault:
            messages.warning(request, str(fault))
            return redirect(request.path)
    more = {"subtitle": str(run), "run": run, "text": text, "stamp": stamp, "any": shown.does_anything}
    return show_page(request, "run_undo", "Undo a run", ImportRun, **more)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, ContentAdmin):
    """The page of an import run: its totals, and its outcomes with diagnostics."""

    readonly_fields = ["started_at", "finished_at", "undone_at", "given_paths", "sums", "outcomes"]
    fields = [*readonly_fields]
    list_display = [
        *["started_at", "finished_at", "undone_at", "given_paths"],
        count_column("post", ImportOutcome.objects.all(), "run"),
        count_column(
            "refused", ImportOutcome.objects.filter(outcome=ImportOutcome.Outcome.REFUSED), "run", described="refused"
        ),
    ]
    search_fields = ["outcomes__path"]
    date_hierarchy = "started_at"
    change_form_template = "admin/talks/run_form.html"

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(show_undoing)
        return [path("<int:pk>/undo/", undo, name="talks_importrun_undo"), *super().get_urls()]

    @admin.display(description="given")
    def given_paths(self, run: ImportRun) -> str:
        """Return the paths that the run was given: of more than three the first two, with the number of the others.

        All posts stand among the outcomes of the run.
        """
        paths = [str(path) for path in run.given]
        more = len(paths) - _MOST_PATHS + 1
        shown = paths if more < 2 else [*paths[: _MOST_PATHS - 1], f"and {more} more"]
        return ", ".join(shown) or "–"

    @admin.display(description="totals")
    def sums(self, run: ImportRun) -> SafeString | str:
        """Return the HTML of a table: how many rows of each kind the run created, updated and so on.

        Return a dash if the run counted nothing.
        """
        verbs = list(dict.fromkeys(verb for counts in run.totals.values() for verb in counts))
        rows = [(noun, [counts.get(verb, 0) for verb in verbs]) for noun, counts in run.totals.items()]
        return render_to_string("admin/talks/_totals.html", {"verbs": verbs, "rows": rows}) if rows else "–"

    @admin.display(description="posts")
    def outcomes(self, run: ImportRun) -> SafeString:
        """Return the HTML of a table of at most 500 outcomes: first posts refused or with errors, then with warnings.

        Other posts come last, without their notes, as in the report of an import.
        """
        said = {severity: part for severity, (_, part) in RemarkFilter.choices_by_value.items()}
        refused = Q(outcome=ImportOutcome.Outcome.REFUSED) | Q(as_text__contains=said["error"])
        rank = Case(When(refused, then=0), When(as_text__contains=said["warning"], then=1), default=_QUIET)
        outcomes = run.outcomes.select_related("post").defer("changes", "former_text")
        ranked = outcomes.alias(as_text=Cast("diagnostics", TextField())).annotate(quiet=rank)
        shown = list(ranked.order_by("quiet", "pk")[:_MOST_SHOWN])
        context = {"run": run, "outcomes": shown, "more": run.outcomes.count() - len(shown), "mute": _QUIET}
        return render_to_string("admin/talks/_outcomes.html", context)


@admin.register(ImportOutcome)
class ImportOutcomeAdmin(ReadOnly, ContentAdmin):
    readonly_fields = _OF_OUTCOME
    fields = _OF_OUTCOME
    list_display = ["path", "outcome", remark_count, "run", "post"]
    list_filter = ["outcome", RemarkFilter]
    search_fields = ["path"]
    ordering = ["-run__pk", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportOutcome]:
        return super().get_queryset(request).select_related("run", "post").defer("changes", "former_text")
