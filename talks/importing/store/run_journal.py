"""Stores each run with its outcomes, so that its report can be shown again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from talks.importing.report import ImportReport, PostOutcome
from talks.importing.run_counts import Totals
from talks.models import ImportOutcome, ImportRun
from talks.models.bulk import insert_rows
from talks.names import PATH_LENGTH

_COLUMNS = ("run", "post", "path", "outcome", "diagnostics", "changes", "former_text")
_RUNS_WITH_TEXTS = 10


def open_run(given: Iterable[str]) -> ImportRun:
    """Store that a run has started; return its row."""
    return ImportRun.objects.create(given=list(given))


def keep_outcome(run: ImportRun, outcome: PostOutcome, post: int) -> None:
    """Store the outcome of one post, in the transaction that wrote the post."""
    keep_outcomes(run, [(outcome, post, (), "")])


def keep_outcomes(
    run: ImportRun,
    outcomes: Iterable[tuple[PostOutcome, int, Sequence[Mapping[str, str]], str]],
) -> None:
    """Store the outcomes of posts and the histories of their rows, in the transaction that wrote the posts.

    Each item has an outcome, the post's id, its history entries, and the text that an updated post had before, "" if it
    has the same text now.
    """
    told = list(outcomes)
    insert_rows(ImportOutcome, _COLUMNS, [_make_row(run, *values) for values in told])
    if any(text for *_, text in told):
        ImportRun.objects.filter(pk=run.pk).update(has_texts=True)


def _forget_former_texts() -> None:
    """Delete former texts of posts, except those from the ten latest runs that changed texts."""
    runs = ImportRun.objects.filter(has_texts=True).order_by("-pk").values_list("pk", flat=True)
    if old := list(runs[_RUNS_WITH_TEXTS:]):
        ImportOutcome.objects.filter(run__in=old).exclude(former_text="").update(former_text="")
        ImportRun.objects.filter(pk__in=old).update(has_texts=False)


def close_run(run: ImportRun, outcomes: Sequence[tuple[PostOutcome, int | None]], totals: Totals) -> None:
    """Store the outcomes of posts that were not written, the counts and the time; delete former texts of old runs."""
    run.totals = totals
    run.finished_at = timezone.now()
    with transaction.atomic():
        insert_rows(ImportOutcome, _COLUMNS, [_make_row(run, *outcome) for outcome in outcomes])
        run.save(update_fields=["totals", "finished_at"])
        if totals.get("posts", {}).get("updated"):
            _forget_former_texts()


def read_last() -> ImportReport | None:
    """Return what is stored of the last run's report, its posts sorted by path; None if there was no run."""
    run = ImportRun.objects.first()
    if run is None:
        return None
    rows = run.outcomes.defer("changes", "former_text").order_by("path", "pk")
    outcomes = tuple(PostOutcome(row.path, row.outcome, tuple(row.diagnostics)) for row in rows)
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    return ImportReport(outcomes, run.totals, seconds)


def _make_row(
    run: ImportRun, outcome: PostOutcome, post: int | None, changes: Iterable[Mapping[str, str]] = (), text: str = ""
) -> tuple[Any, ...]:
    """Return the row of a post's outcome as values in the order of `_COLUMNS`; `text` is the post's former text."""
    path = outcome.path if len(outcome.path) <= PATH_LENGTH else f"…{outcome.path[1 - PATH_LENGTH :]}"
    return run.pk, post, path, outcome.outcome, list(map(dict, outcome.diagnostics)), list(map(dict, changes)), text
