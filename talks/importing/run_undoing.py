"""Undoes one run: removes posts that it created, restores those it withdrew, and reverts those it changed.

Posts that people changed since are kept as they are, and listed.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import transaction

from talks.derived import renew
from talks.importing.edit_traces import list_editor_changes
from talks.importing.escaping import escape
from talks.importing.removal import ChangedMeanwhileError, remove_rows
from talks.importing.rereading import make_former_source
from talks.importing.run import Run
from talks.importing.sources.files import NotFoundError
from talks.importing.sources.folders import Folders
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.run_journal import close_run, open_run
from talks.models import (
    Correction,
    Decision,
    EditorTouch,
    ImportOutcome,
    ImportRun,
    Post,
    Takeaway,
    Talk,
    TalkSource,
    make_lasting_name,
    name_subject,
)


@dataclass(frozen=True, slots=True)
class Undoing:
    """The keys of posts that are removed, restored, or imported again from their former text.

    `kept` are the others, each with the reason.
    """

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    reverted: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Steps:
    removed: list[Post]
    restored: list[Post]
    reverted: list[tuple[Post, str]]
    kept: list[tuple[str, str]]

    def tell(self) -> Undoing:
        return Undoing(
            tuple(post.key for post in self.removed),
            tuple(post.key for post in self.restored),
            tuple(post.key for post, _ in self.reverted),
            tuple(self.kept),
        )


def undo_run(
    run: int,
    *,
    dry_run: bool = False,
    expected: Undoing | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Undoing:
    """Undo the run, in one transaction; a dry run only returns what would be done.

    Raises `NotFoundError` if there is no such run, and `ChangedMeanwhileError`, with nothing done, if something
    else would be done than was `expected`.
    """
    row = ImportRun.objects.filter(pk=run).first()
    if row is None:
        raise NotFoundError(f"There is no run {run}.")
    with nullcontext() if dry_run else hold_lock(on_wait), transaction.atomic():
        steps = _plan(row)
        undoing = steps.tell()
        if expected is not None and undoing != expected:
            raise ChangedMeanwhileError("The base has changed since this was shown; nothing was undone.")
        if not dry_run:
            _apply_steps(steps)
    return undoing


def _plan(run: ImportRun) -> _Steps:
    steps = _Steps([], [], [], [])
    touched = {*EditorTouch.objects.filter(touched_at__gte=run.started_at).values_list("kind", "key")}
    outcomes = ImportOutcome.objects.filter(run=run, post__isnull=False).select_related("post").order_by("post__key")
    for outcome in outcomes.filter(outcome__in=["created", "updated"]):
        post: Post | None = outcome.post
        if post is None:
            continue
        if why := next(_find_reasons(run, post, touched, created=outcome.outcome == "created"), ""):
            steps.kept.append((post.key, why))
        elif outcome.outcome == "created":
            steps.removed.append(post)
        elif outcome.former_text:
            steps.reverted.append((post, outcome.former_text))
        else:
            steps.kept.append((post.key, "its former text is not kept any more, or was the same"))
    for post in Post.objects.filter(run=run, withdrawn=True).exclude(outcomes__run=run).order_by("key"):
        if Decision.objects.filter(kind=Decision.Kind.WITHDRAWN, subject=name_subject(post)).exists():
            steps.kept.append((post.key, "an editor decided since whether it is withdrawn"))
        else:
            steps.restored.append(post)
    return steps


def _find_reasons(run: ImportRun, post: Post, touched: Set[tuple[str, str]], *, created: bool) -> Iterator[str]:
    """Yield the reasons why the post is kept as it is; `touched` are the rows that editors changed since the run."""
    if post.withdrawn and not created:
        yield "it was withdrawn since"
    later = ImportOutcome.objects.filter(post=post, run__pk__gt=run.pk, outcome="updated")
    if later.exists():
        yield "a later run changed it again"
    if Correction.objects.filter(post=post, made_at__gte=run.started_at).exists():
        yield "an editor corrected how it is read"
    talks = Talk.objects.filter(sources__post=post).select_related("conference")
    if created:
        lone = talks.exclude(sources__in=TalkSource.objects.exclude(post=post)).values_list("pk", flat=True)
        if edit := next(list_editor_changes([post.pk], set(lone)), None):
            yield edit
    rows = [post, *talks, *Takeaway.objects.filter(post=post).only("public_id")]
    if not touched.isdisjoint(filter(None, map(make_lasting_name, rows))):
        yield "an editor changed it since"


def _apply_steps(steps: _Steps) -> None:
    if steps.removed:
        remove_rows([post.pk for post in steps.removed])
    back = [post.pk for post in steps.restored]
    Post.objects.filter(pk__in=back).update(withdrawn=False)
    renew(TalkSource.objects.filter(post__in=back).values_list("talk", flat=True), back)
    sources = [make_former_source(post, text) for post, text in steps.reverted]
    if sources:
        row = open_run([source.path for source in sources])
        again = Run(sources, row, Folders(), strict=False)
        again.take_all(sources)
        again.finish(())
        if lost := [each.path for each in again.outcomes if each.outcome in {"refused", "skipped"}]:
            raise ChangedMeanwhileError(f"The former text of {lost[0]} cannot be imported; nothing was undone.")
        close_run(row, again.unkept, again.tally.total())


def render_undoing(undoing: Undoing) -> str:
    """Return what is undone and what is kept as text, for a terminal or a page."""
    groups = (
        ("removed, with all that came only from them", undoing.removed),
        ("restored", undoing.restored),
        ("imported again from the text that they had", undoing.reverted),
    )
    lines = []
    for what, keys in groups:
        if keys:
            lines += [f"{_count(keys)} {what}:", *(f"    {escape(key)}" for key in keys)]
    if undoing.kept:
        lines += [f"{_count(undoing.kept)} kept:", *(f"    {escape(key)}: {why}" for key, why in undoing.kept)]
    return "\n".join(lines) or "There is nothing to undo."


def _count(posts: Sequence[object]) -> str:
    return f"{len(posts):,} post{'' if len(posts) == 1 else 's'}"
