"""Writes the changes of a plan as a diff for people. Pure."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from talks.counts_and_cut_texts import cut_text
from talks.fields import POST, TALK
from talks.importing.escaping import escape
from talks.importing.reconcile.plan import ConflictPlan, Done, Plan, RowChange
from talks.line_ends import join_lines, split_lines
from talks.models import Post

_LONGEST = 160


def render_diff(plan: Plan, stored: Post | None = None) -> tuple[str, ...]:
    """Return the changes as lines of a diff: one for each change, two for a reworded text; none for an unchanged post.

    If the file is not where the post was `stored`, the first line says so.
    `+` is added, `-` withdrawn, `-` and `+` reworded, `>` moved, `~` changed otherwise, `=` an editor's change that is
    kept, `!` an editor's change that the post contradicts.
    """
    lines = (
        *_write_move(plan, stored),
        *_write_post(plan.changes),
        *_write_talks(plan),
        *map(_write_conflict, plan.conflicts),
    )
    return tuple(map(escape, lines))


def _write_move(plan: Plan, stored: Post | None) -> Iterator[str]:
    """Yield a line for a post whose file moved: path and identity changed, unlike where it was given an `id`."""
    if stored and stored.key != plan.fields["key"] and stored.path != plan.fields["path"]:
        yield f"> post, moved from {stored.key}"


def _write_post(changes: Sequence[RowChange]) -> Iterator[str]:
    nouns = {"tag": "tag", "address": "old address"}
    for change in changes:
        if change.kind in nouns:
            yield f"{'+' if change.done is Done.ADDED else '-'} {nouns[change.kind]}: {change.name}"
        elif change.kind == "post" and change.done is Done.ADDED:
            yield f"+ post: {_cut(change.name)}"
        elif change.kind == "post" and change.done is Done.BACK:
            yield f"+ post, back again: {_cut(change.name)}"
        elif change.kind == "post":
            yield f"~ post's {POST.find_field(change.field).label}: {_cut(change.after)}"


def _write_talks(plan: Plan) -> Iterator[str]:
    below = (change for change in plan.changes if change.kind in ("talk", "takeaway"))
    for talk, group in groupby(below, key=lambda change: change.talk):
        changes = list(group)
        fields = [_write_field(change) for change in changes if _changes_field(change)]
        named = [change for change in changes if change.kind == "talk" and not _changes_field(change)]
        head = [line for change in named for line in _write_talk(change)]
        notes = _write_takeaways([change for change in changes if change.kind == "takeaway"])
        if talk is None:
            yield from notes
        else:
            notes = notes if plan.pk else (f"+ {_cut(unit.text)}" for unit in plan.talks[talk].takeaways)
            yield from head or [f"  talk: {_cut(plan.talks[talk].title)}"]
            yield from (f"    {line}" for line in (*fields, *notes))


def _changes_field(change: RowChange) -> bool:
    """Whether a change is one of a talk's fields beside its title, whose line in the diff does not name the talk."""
    return change.kind == "talk" and change.done is Done.CHANGED and change.field != "title"


def _write_field(change: RowChange) -> str:
    return f"~ {TALK.find_field(change.field).label}: {_cut(', '.join(split_lines(change.after))) or 'none'}"


def _write_talk(change: RowChange) -> Iterator[str]:
    name = _cut(change.name)
    if change.done is Done.CHANGED:
        yield from (f"- talk: {_cut(change.before)}", f"+ talk: {_cut(change.after)}")
    elif change.done is Done.KEPT:
        yield f"= talk: {_show_kept(change)}"
    else:
        signs = {Done.ADDED: "+ talk", Done.WITHDRAWN: "- talk", Done.BACK: "+ talk, back again", Done.MOVED: "> talk"}
        yield f"{signs.get(change.done, '+ source of the talk')}: {name}"


def _write_takeaways(changes: Sequence[RowChange]) -> Iterator[str]:
    """Yield the lines of the diff for each takeaway.

    For a takeaway that is adopted or back again one line says so, and a change of its text gets no line.
    """
    for _, group in groupby(changes, key=lambda change: change.public_id):
        new = False
        for change in group:
            if new and change.field == "text":
                continue
            new = new or change.done in (Done.ADOPTED, Done.BACK)
            yield from _WRITE_TAKEAWAY[change.done](change)


def _write_changed_takeaway(change: RowChange) -> Iterator[str]:
    if change.field == "text":
        yield from (f"- {_cut(change.before)}", f"+ {_cut(change.after)}")
    else:
        yield f"~ {change.after}, was {change.before}: {_cut(change.name)}"


_WRITE_TAKEAWAY: dict[Done, Callable[[RowChange], Iterator[str]]] = {
    Done.ADDED: lambda change: iter([f"+ {_cut(change.after)}"]),
    Done.ADOPTED: lambda change: iter([f"~ {_cut(change.name)} (written here; the post says it now)"]),
    Done.BACK: lambda change: iter([f"+ {_cut(change.name)} (back again)"]),
    Done.WITHDRAWN: lambda change: iter([f"- {_cut(change.name)}"]),
    Done.ABSORBED: lambda change: iter([f"- {_cut(change.name)} (now part of another one)"]),
    Done.CHANGED: _write_changed_takeaway,
    Done.KEPT: lambda change: iter([f"= {_show_kept(change)}"]),
    Done.MOVED: lambda change: iter([f"> {_cut(change.name)}"]),
}


def _write_conflict(conflict: ConflictPlan) -> str:
    return f"! {conflict.field}: {_cut(conflict.ours)} (edited here; the post now says: {_cut(conflict.theirs)})"


def _show_kept(change: RowChange) -> str:
    return f"{_cut(change.before)} (edited here; the post says: {_cut(change.after)})"


def _cut(text: str) -> str:
    return cut_text(join_lines(text), _LONGEST)
