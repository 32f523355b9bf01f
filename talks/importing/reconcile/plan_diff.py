"""What a plan changes, as lines for people to read: a diff of what the post and the base say. Pure."""

from collections.abc import Iterator

from talks.importing.escaping import escape
from talks.importing.reconcile.plan import Change, Plan, TakeawayPlan, TalkPlan

_LONGEST = 160


def list_changes(plan: Plan) -> tuple[str, ...]:
    """One line a change; a post without changes has none.

    `+` is added, `-` withdrawn, `-` and `+` reworded, `>` moved, `~` changed otherwise, `=` a hand edit that is kept,
    `!` one that stands against the post.
    """
    return tuple(escape(line) for line in (*_list_fields(plan), *_list_talks(plan), *_list_conflicts(plan)))


def _list_fields(plan: Plan) -> Iterator[str]:
    if plan.pk is None:
        yield f"+ post: {_cut(str(plan.fields['title']))}"
    elif plan.written & {"title", "writer", "published_on", "language", "visibility", "conference", "withdrawn"}:
        changed = sorted(plan.written & {"title", "writer", "published_on", "language", "visibility", "conference"})
        for name in changed:
            yield f"~ post's {name.replace('_', ' ')}: {_cut(str(plan.fields[name] or ''))}"
    for sign, keys in (("+", plan.tags_added), ("-", plan.tags_removed)):
        yield from (f"{sign} tag: {plan.tags[key].name if key in plan.tags else key}" for key in sorted(keys))
    for sign, paths in (("+", plan.aliases_added), ("-", plan.aliases_removed)):
        yield from (f"{sign} old address: {path}" for path in sorted(paths))


def _list_talks(plan: Plan) -> Iterator[str]:
    gone = list(plan.takeaways_withdrawn)
    told = {
        f"= {label}{_tell(conflict.ours, conflict.theirs)}" for conflict in plan.conflicts for label in ("", "talk: ")
    }
    for talk in plan.talks:
        below = [line for unit in talk.takeaways for line in _list_takeaway(unit, talk) if line not in told]
        for left in [left for left in gone if left.before.talk == talk.pk]:
            gone.remove(left)
            below.append(f"- {_cut(left.before.text)}{' (now part of another one)' if left.into else ''}")
        head = [line for line in _list_talk(talk) if line not in told]
        if head or below:
            yield from head or [f"  talk: {_cut(talk.title)}"]
            yield from (f"    {line}" for line in below)
    yield from (f"- {_cut(left.before.text)}" for left in gone)


def _list_talk(talk: TalkPlan) -> Iterator[str]:
    if talk.before is None:
        yield f"+ talk: {_cut(talk.title)}" if talk.pk is None else f"+ source of the talk: {_cut(talk.title)}"
        return
    if talk.withdrawn:
        yield f"- talk: {_cut(talk.title)}"
        return
    if talk.before.withdrawn:
        yield f"+ talk, back again: {_cut(talk.title)}"
    if talk.title != talk.before.title:
        yield from (f"- talk: {_cut(talk.before.title)}", f"+ talk: {_cut(talk.title)}")
    elif talk.source and talk.source.title != talk.title:
        yield f"= talk: {_tell(talk.title, talk.source.title)}"
    if talk.placed or (talk.position is not None and talk.position != talk.before.position):
        yield f"> talk: {_cut(talk.title)}"
    if talk.speakers is not None:
        yield f"~ speakers: {', '.join(speaker.name for speaker in talk.speakers) or 'none'}"


def _list_takeaway(unit: TakeawayPlan, talk: TalkPlan) -> Iterator[str]:
    row = unit.before
    if row is None:
        yield f"+ {_cut(unit.text)}"
        return
    if row.written_here:
        yield f"~ {_cut(unit.text)} (written here; the post says it now)"
    elif row.withdrawn and not unit.withdrawn:
        yield f"+ {_cut(unit.text)} (back again)"
    elif row.text != unit.text:
        yield from (f"- {_cut(row.text)}", f"+ {_cut(unit.text)}")
    elif unit.line is not None and unit.text != unit.imported.get("text"):
        yield f"= {_tell(unit.text, unit.imported.get('text', ''))}"
    if row.kind != unit.kind:
        yield f"~ {unit.kind}, was {row.kind}: {_cut(unit.text)}"
    if row.talk != talk.pk or (stands_elsewhere(unit, talk) and not row.written_here):
        yield f"> {_cut(unit.text)}"


def stands_elsewhere(unit: TakeawayPlan, talk: TalkPlan) -> bool:
    """Whether it is nested otherwise, or one that stood before it stands now behind it."""
    row = unit.before
    if row is None or unit.change is Change.UNCHANGED:
        return False
    parent = None if unit.parent is None else talk.takeaways[unit.parent].pk
    above = (other.before for other in talk.takeaways if other.before and other.position < unit.position)
    return row.parent != parent or any(
        other.position > row.position for other in above if other.talk == row.talk and not other.withdrawn
    )


def _list_conflicts(plan: Plan) -> Iterator[str]:
    for conflict in plan.conflicts:
        yield f"! {conflict.field}: {_cut(conflict.ours)} (edited here; the post now says: {_cut(conflict.theirs)})"


def _tell(here: str, post: str) -> str:
    return f"{_cut(here)} (edited here; the post says: {_cut(post)})"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
