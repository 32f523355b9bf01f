"""Undoes one run: removes posts it created, reverts those it changed, and turns back what it withdrew or brought back.

Posts that people changed since the run are left as they are, and listed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from talks.counts_and_cut_texts import show_count
from talks.derived import renew
from talks.importing.edit_traces import list_editor_changes
from talks.importing.escaping import escape
from talks.importing.leading_posts import follow_leading_posts, list_talks_of
from talks.importing.removal import ChangedMeanwhileError, find_run, remove_rows
from talks.importing.rereading import import_sources, make_former_source
from talks.importing.store.import_lock import hold_lock
from talks.importing.store.row_changes import POST_BACK
from talks.importing.withdrawn_posts import withdraw_absent
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

_MOST_RUNS = 10


@dataclass(frozen=True, slots=True)
class Undoing:
    """The keys of posts to remove, to restore, to import again from their former text, or to withdraw again.

    `kept` are the posts that stay as they are, each with the reason.
    """

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    reverted: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def does_anything(self) -> bool:
        """Whether any post is undone."""
        return bool(self.removed or self.restored or self.reverted or self.withdrawn)


@dataclass(slots=True)
class _Steps:
    removed: list[Post]
    restored: list[Post]
    reverted: list[tuple[Post, str]]
    withdrawn: list[Post]
    kept: list[tuple[str, str]]

    def describe(self) -> Undoing:
        return Undoing(
            tuple(post.key for post in self.removed),
            tuple(post.key for post in self.restored),
            tuple(post.key for post, _ in self.reverted),
            tuple(post.key for post in self.withdrawn),
            tuple(self.kept),
        )


def describe_latest_runs() -> str:
    """Return a line for each of the latest ten runs: its number, when it began, what it did, and what it was given.

    Of a run that was undone the line says so.
    """
    runs = ImportRun.objects.order_by("-pk")[:_MOST_RUNS]
    return "\n".join(escape(_describe_run(run)) for run in runs) or "Nothing was imported yet."


def _describe_run(run: ImportRun) -> str:
    counts = run.totals.get("posts", {})
    told = ", ".join(f"{count:,} {done}" for done, count in counts.items() if count and done != "unchanged")
    began = timezone.localtime(run.started_at)
    undone = f"  undone {timezone.localtime(run.undone_at):%Y-%m-%d %H:%M}" if run.undone_at else ""
    line = f"{run.pk:>6}  {began:%Y-%m-%d %H:%M}  posts: {told or 'none changed'}{undone}  {', '.join(run.given)}"
    return line.rstrip()


def undo_run(
    run: int,
    *,
    dry_run: bool = False,
    expected: Undoing | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Undoing:
    """Undo the run in one transaction; a dry run only returns what would be done. A run is undone once at most.

    Raises `NotFoundError` if there is no such run, and `ChangedMeanwhileError`, without doing anything, if the result
    would differ from `expected` or the former text of a post cannot be imported.
    """
    row = find_run(run)
    with nullcontext() if dry_run else hold_lock(on_wait), transaction.atomic():
        steps = _plan(row)
        undoing = steps.describe()
        if expected is not None and undoing != expected:
            raise ChangedMeanwhileError.since_shown("undone")
        if not dry_run and undoing.does_anything:
            _apply_steps(steps, row)
            ImportRun.objects.filter(pk=row.pk).update(undone_at=timezone.now())
    return undoing


def _plan(run: ImportRun) -> _Steps:
    steps = _Steps([], [], [], [], [])
    if run.undone_at:
        return steps
    outcomes = ImportOutcome.objects.filter(run=run, post__isnull=False).select_related("post").order_by("post__key")
    changed = [(each, each.post) for each in outcomes.filter(outcome__in=["created", "updated"]) if each.post]
    reasons = _find_reasons(run, [post for _, post in changed], {each.post_id for each, _ in changed if _is_new(each)})
    for outcome, post in changed:
        if why := reasons.get(post.pk):
            steps.kept.append((post.key, why))
        elif _is_new(outcome):
            steps.removed.append(post)
        elif outcome.former_text or POST_BACK in outcome.changes:
            if outcome.former_text:
                steps.reverted.append((post, outcome.former_text))
            if POST_BACK in outcome.changes:
                steps.withdrawn.append(post)
        else:
            steps.kept.append((post.key, "its former text is not kept any more, or was the same"))
    decided = set(Decision.objects.filter(kind=Decision.Kind.WITHDRAWN).values_list("subject", flat=True))
    for post in Post.objects.filter(run=run, withdrawn=True).exclude(outcomes__run=run).order_by("key"):
        if name_subject(post) in decided:
            steps.kept.append((post.key, "an editor decided since whether it is withdrawn"))
        else:
            steps.restored.append(post)
    return steps


def _is_new(outcome: ImportOutcome) -> bool:
    return outcome.outcome == "created"


def _find_reasons(run: ImportRun, posts: Sequence[Post], created: Set[int | None]) -> dict[int, str]:
    """Return, by the post's id, why a post stays as it is; posts to be undone are left out.

    `posts` are those that the run created or updated, `created` the ids of those that it created.
    """
    found: dict[int, str] = {}
    later = ImportOutcome.objects.filter(run__pk__gt=run.pk, outcome="updated", post__in=posts)
    corrected = Correction.objects.filter(post__in=posts, made_at__gt=run.started_at)
    for reason, rows in (
        ("it was withdrawn since", [post.pk for post in posts if post.withdrawn and post.pk not in created]),
        ("a later run changed it again", later.values_list("post", flat=True)),
        ("an editor corrected how it is read", corrected.values_list("post", flat=True)),
    ):
        for pk in rows:
            found.setdefault(pk, reason)
    talks = _list_talks(posts)
    lone = {talk: next(iter(told)) for talk, told in talks.items() if len(told) == 1 and told <= created}
    for change in list_editor_changes([post.pk for post in posts if post.pk in created], lone):
        for pk in filter(None, (change.post, lone.get(change.talk or 0))):
            found.setdefault(pk, change.sentence)
    for pk in _find_touched(run, posts, talks):
        found.setdefault(pk, "an editor changed it since")
    return found


def _list_talks(posts: Sequence[Post]) -> dict[int, set[int]]:
    """Return by id of each talk of the given posts the ids of all posts that have notes of it, or once had."""
    own = TalkSource.objects.filter(post__in=posts).values("talk")
    talks: defaultdict[int, set[int]] = defaultdict(set)
    for talk, post in TalkSource.objects.filter(talk__in=own).values_list("talk", "post"):
        talks[talk].add(post)
    return talks


def _find_touched(run: ImportRun, posts: Sequence[Post], talks: Mapping[int, Set[int]]) -> Iterator[int]:
    """Yield the id of a post if an editor changed the post, a talk that it has notes of, or a takeaway since the run.

    Other posts with notes of such a talk come too; an id may come twice.
    """
    touched = {*EditorTouch.objects.filter(touched_at__gte=run.started_at).values_list("kind", "key")}
    if not touched:
        return
    yield from (post.pk for post in posts if make_lasting_name(post) in touched)
    for talk in Talk.objects.filter(pk__in=talks).select_related("conference"):
        if make_lasting_name(talk) in touched:
            yield from talks[talk.pk]
    for takeaway in Takeaway.objects.filter(post__in=posts).only("public_id", "post"):
        if make_lasting_name(takeaway) in touched and takeaway.post_id:
            yield takeaway.post_id


def _apply_steps(steps: _Steps, run: ImportRun) -> None:
    """Do what was planned. Corrections that were uploaded with the texts of reverted posts become inactive.

    Raises `ChangedMeanwhileError` if a former text is refused.
    """
    if steps.removed:
        remove_rows([post.pk for post in steps.removed])
    back = [post.pk for post in steps.restored]
    with follow_leading_posts(steps.restored):
        Post.objects.filter(pk__in=back).update(withdrawn=False)
    renew(list_talks_of(steps.restored), back)
    came_along = Correction.objects.filter(post__in=[post for post, _ in steps.reverted], made_at=run.started_at)
    came_along.update(active=False)
    if sources := [make_former_source(post, text) for post, text in steps.reverted]:
        outcomes = import_sources(sources)
        if lost := [each.path for each in outcomes if each.outcome in {"refused", "skipped"}]:
            raise ChangedMeanwhileError(f"The former text of {lost[0]} cannot be imported; nothing was undone.")
    withdraw_absent(list(Post.objects.filter(pk__in=[post.pk for post in steps.withdrawn])), run.pk)


def render_undoing(undoing: Undoing) -> str:
    """Return a text, for a terminal or a page, that lists the posts that undoing changes and those that it keeps."""
    groups = (
        ("removed, with all that came only from them", undoing.removed),
        ("restored", undoing.restored),
        ("imported again from the text that they had", undoing.reverted),
        ("withdrawn again", undoing.withdrawn),
    )
    lines = []
    for what, keys in groups:
        if keys:
            lines += [f"{_count(keys)} {what}:", *(f"    {escape(key)}" for key in keys)]
    if undoing.kept:
        lines += [f"{_count(undoing.kept)} kept:", *(f"    {escape(key)}: {why}" for key, why in undoing.kept)]
    return "\n".join(lines) or "There is nothing to undo."


def _count(posts: Sequence[object]) -> str:
    return show_count(len(posts), "post")
