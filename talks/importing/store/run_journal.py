"""Stores each run with its outcomes, so that its report can be shown again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from talks.importing.report import ImportReport, PostOutcome
from talks.importing.run_counts import Totals
from talks.models import PATH_LENGTH, ImportOutcome, ImportRun, Post
from talks.models.bulk import insert_rows

_COLUMNS = ("run", "post", "path", "outcome", "diagnostics", "changes", "former_text")
_RUNS_WITH_TEXTS = 10
NO_TEXTS: Mapping[int, str] = {}


def open_run(given: Iterable[str]) -> ImportRun:
    """Store that a run has started; return its row."""
    return ImportRun.objects.create(given=list(given))


def keep_outcome(run: ImportRun, outcome: PostOutcome, post: int) -> None:
    """Store the outcome of one post, in the transaction that wrote the post."""
    keep_outcomes(run, [(outcome, post, ())])


def keep_outcomes(
    run: ImportRun,
    outcomes: Iterable[tuple[PostOutcome, int, Sequence[Mapping[str, str]]]],
    former: Mapping[int, str] = NO_TEXTS,
) -> None:
    """Store the outcomes of posts and the histories of their rows, in the transaction that wrote the posts.

    For an updated post its text in `former` is stored too, if the text changed.
    """
    told = list(outcomes)
    changed = [post for outcome, post, _ in told if outcome.outcome == "updated" and post in former]
    now = dict(Post.objects.filter(pk__in=changed).values_list("pk", "source"))
    rows = []
    for outcome, post, changes in told:
        text = former[post] if post in now and now[post] != former[post] else ""
        rows.append(_make_row(run, outcome, post, changes, text))
    insert_rows(ImportOutcome, _COLUMNS, rows)


def read_former_texts(posts: Iterable[int | None]) -> dict[int, str]:
    """Return the texts of these posts before they are written, by primary key."""
    return dict(Post.objects.filter(pk__in=[pk for pk in posts if pk]).values_list("pk", "source"))


def _forget_former_texts() -> None:
    """Delete former texts of posts, except those from the ten latest runs that changed texts."""
    kept = ImportOutcome.objects.exclude(former_text="")
    runs = kept.order_by("-run").values_list("run", flat=True).distinct()
    last = list(runs[: _RUNS_WITH_TEXTS + 1])
    if len(last) > _RUNS_WITH_TEXTS:
        kept.filter(run__lte=last[-1]).update(former_text="")


def close_run(run: ImportRun, outcomes: Sequence[tuple[PostOutcome, int | None]], totals: Totals) -> None:
    """Store the outcomes of posts that were not written, the counts and the time; delete old former texts."""
    if outcomes:
        with transaction.atomic():
            insert_rows(ImportOutcome, _COLUMNS, [_make_row(run, *outcome) for outcome in outcomes])
    run.totals = totals
    run.finished_at = timezone.now()
    run.save(update_fields=["totals", "finished_at"])
    if totals.get("posts", {}).get("updated"):
        _forget_former_texts()


def read_last() -> ImportReport | None:
    """Return the report of the last run as far as runs are stored, the posts by path; None if there is no run."""
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
