"""Plans the changes that the posts of a batch make to the base, and writes them in one transaction.

The plan of a post takes into account what the posts before it in the batch will add.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from talks.derived import join_texts
from talks.importing.reconcile.plan import Change, Plan
from talks.importing.reconcile.plan_diff import render_diff
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.post_plan import reconcile
from talks.importing.report import PostOutcome, Told, find_place
from talks.importing.run_counts import Tally
from talks.importing.store.foreseen_rows import Foreseen, Placed
from talks.importing.store.loader import BatchLoader
from talks.importing.store.plan_writer import write_plans
from talks.importing.store.row_changes import list_history_entries
from talks.importing.store.row_keys import RowKeys, count_beyond_rows
from talks.importing.store.run_journal import keep_outcomes
from talks.models import ImportRun, is_temporary
from talks.parsing import Diagnostic, ParsedPost, PlainDiagnostic, Severity, make_plain_diagnostic
from talks.parsing import diagnostic_catalogue as catalogue

_TRIES = 3
_OUTCOMES = {Change.CREATED: "created", Change.UPDATED: "updated"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A parsed post that waits for its plan.

    `place` is its index among the posts of the run, from 0; `pk` is the id of its row, None for a new post. `remarks`
    are the diagnostics of the `confnotes.toml` of its folder; only the folder's first post in the run has them.
    """

    place: int
    path: str
    reading: ReadPost
    pk: int | None
    remarks: tuple[PlainDiagnostic, ...] = ()


class NotTakenError(Exception):
    """The post being imported is refused or skipped, as `outcome` says; the diagnostics say why."""

    def __init__(self, outcome: str, *diagnostics: Diagnostic) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.diagnostics = diagnostics


Result = PostOutcome | NotTakenError


class BatchWriter:
    """Plans and writes batches of posts.

    Without an `ImportRun` (in a dry run) it writes nothing, but remembers the plans, so that later posts are planned as
    if the earlier ones were stored.
    """

    def __init__(self, run: ImportRun | None, tally: Tally, *, strict: bool) -> None:
        self._run = run
        self._tally = tally
        self._strict = strict
        self._keys = RowKeys()
        self._foreseen = Foreseen(count_beyond_rows())

    def write_batch(self, batch: Sequence[Pending]) -> dict[int, Result]:
        """Plan and write a batch; return the result of each post, by its index in the run.

        The result is the post's outcome, or a `NotTakenError` if the post is refused: by the database, or for a warning
        in a strict run. The other posts are stored all the same. An `OperationalError` of the database is raised; if
        another writer caused it, such as by a lock, only after three tries.
        """
        if self._run is None:
            loader = BatchLoader([(post.reading, post.pk) for post in batch], lock=False)
            results, placed = self._plan(batch, loader, self._foreseen)
            for each, post in placed:
                self._tally.count_plan(each.plan, post.pk or each.plan.key, each.talks)
            return results
        return self._write_with_retries(self._run, batch)

    def _write_with_retries(self, run: ImportRun, batch: Sequence[Pending]) -> dict[int, Result]:
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._write(run, batch)
            except (IntegrityError, DataError, OperationalError) as error:
                # Another writer may have stored the same name, or locked the base, at the same moment.
                passing = is_temporary(error)
                if isinstance(error, OperationalError) and (not passing or not tries_left):
                    raise
                if len(batch) > 1 and not passing:
                    half = len(batch) // 2
                    return self._write_with_retries(run, batch[:half]) | self._write_with_retries(run, batch[half:])
                fault = error
                _log.debug("A batch was not stored, %s more tries.", tries_left, exc_info=error)
        said = catalogue.NOT_STORED.at(1, reason=str(fault).partition("\n")[0])
        return {post.place: NotTakenError("refused", said) for post in batch}

    def _write(self, run: ImportRun, batch: Sequence[Pending]) -> dict[int, Result]:
        """Write the batch in one transaction, so that posts are stored whole; return results like `write_batch`."""
        with transaction.atomic():
            loader = BatchLoader([(post.reading, post.pk) for post in batch], lock=True)
            keys = self._keys if connection.vendor == "postgresql" else RowKeys()
            results, placed = self._plan(batch, loader, Foreseen(keys))
            write_plans([each for each, _ in placed], run, join_texts(post.reading.ahead.texts for post in batch))
            told = []
            for each, post in placed:
                if isinstance(said := results[post.place], PostOutcome):
                    former = loader.find_former_text(post.reading, post.pk) if said.outcome == "updated" else ""
                    told.append((said, each.post, list_history_entries(each.plan, each.talks), former))
            keep_outcomes(run, told)
        for each, _ in placed:
            self._tally.count_plan(each.plan, each.post, each.talks)
        return results

    def _plan(
        self, batch: Sequence[Pending], loader: BatchLoader, foreseen: Foreseen
    ) -> tuple[dict[int, Result], list[tuple[Placed, Pending]]]:
        results: dict[int, Result] = {}
        placed: list[tuple[Placed, Pending]] = []
        for post in batch:
            parsed = post.reading.parsed
            known = foreseen.extend(loader.find(post.reading, post.pk), parsed.aliases)
            plan = reconcile(post.reading, known)
            if self._strict and any(said.severity is Severity.WARNING for said in plan.diagnostics):
                results[post.place] = NotTakenError("refused", *plan.diagnostics)
                continue
            placed.append((foreseen.add(plan, known), post))
            outcome = _conclude(plan, parsed, post)
            if not self._run:
                outcome = replace(outcome, changes=render_diff(plan, known.post.row if known.post else None))
            results[post.place] = outcome
        return results, placed


def _conclude(plan: Plan, parsed: ParsedPost, post: Pending) -> PostOutcome:
    said = (*post.remarks, *(make_plain_diagnostic(diagnostic) for diagnostic in plan.diagnostics))
    conference = (parsed.conference.series, parsed.conference.year) if parsed.conference else None
    attributed = sum(1 for talk in parsed.talks if talk.speakers)
    days = tuple(day.number for day in parsed.days)
    place = find_place(post.path, post.reading.key)
    is_settled = not (parsed.talks or any(told.code == catalogue.NO_TALKS.code for told in plan.diagnostics))
    told = Told(conference, days, len(parsed.talks), attributed, place, is_settled)
    return PostOutcome(post.path, _OUTCOMES.get(plan.change, "unchanged"), said, told=told)
