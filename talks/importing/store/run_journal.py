"""Keeps each run with its outcomes, so that a report outlives the terminal."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from talks.importing.report import ImportReport, PostOutcome
from talks.importing.run_counts import Totals
from talks.models import ImportOutcome, ImportRun
from talks.models.bulk import add_rows

_PATH_LENGTH = 500


def open_run(given: Iterable[str]) -> ImportRun:
    """A run that has begun."""
    return ImportRun.objects.create(given=list(given))


def keep_outcome(run: ImportRun, outcome: PostOutcome, post: int) -> None:
    """Keep what became of one post, in the transaction that wrote it."""
    keep_outcomes(run, [(outcome, post, ())])


def keep_outcomes(run: ImportRun, outcomes: Iterable[tuple[PostOutcome, int, Sequence[Mapping[str, str]]]]) -> None:
    """Keep what became of posts and of their rows, in the transaction that wrote them."""
    rows = []
    for outcome, post, changes in outcomes:
        row = _make_row(run, outcome, post)
        row.changes = [dict(change) for change in changes]
        rows.append(row)
    add_rows(rows)


def close_run(run: ImportRun, outcomes: Sequence[tuple[PostOutcome, int | None]], totals: Totals) -> None:
    """Keep the outcomes of the posts that were not written, and the counts."""
    if outcomes:
        ImportOutcome.objects.bulk_create((_make_row(run, *outcome) for outcome in outcomes), batch_size=1_000)
    run.totals = totals
    run.finished_at = timezone.now()
    run.save(update_fields=["totals", "finished_at"])


def read_last() -> ImportReport | None:
    """The report of the last run; None where there was none."""
    run = ImportRun.objects.first()
    if run is None:
        return None
    rows = run.outcomes.defer("changes").order_by("path", "pk")
    outcomes = tuple(PostOutcome(row.path, row.outcome, tuple(row.diagnostics)) for row in rows)
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    return ImportReport(outcomes, run.totals, seconds)


def _make_row(run: ImportRun, outcome: PostOutcome, post: int | None) -> ImportOutcome:
    path = outcome.path if len(outcome.path) <= _PATH_LENGTH else f"…{outcome.path[1 - _PATH_LENGTH :]}"
    return ImportOutcome(
        run=run,
        post_id=post,
        path=path,
        outcome=outcome.outcome,
        diagnostics=[dict(said) for said in outcome.diagnostics],
    )
