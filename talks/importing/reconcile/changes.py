"""Lists all changes of a plan, row by row; reports, histories and counts are made from this one list. Pure."""

from collections.abc import Iterator

from talks.fields import POST, TAKEAWAY, TALK, Table, Values, show_conference
from talks.importing.reconcile.known import KnownPost
from talks.importing.reconcile.plan import Change, Done, Plan, RowChange, TakeawayPlan, TalkPlan
from talks.models import Takeaway


def list_changes(plan: Plan, post: KnownPost | None) -> tuple[RowChange, ...]:
    """Return the changes of the post, its tags and old addresses, then of each talk with its takeaways, in their order.

    Takeaways withdrawn from a talk that the post has no notes of come last. Those of a new post, which are all new, are
    left out.
    """
    return (*_list_post(plan, post), *_list_talks(plan))


def _list_post(plan: Plan, post: KnownPost | None) -> Iterator[RowChange]:
    title = str(plan.fields["title"])
    if post is None:
        yield RowChange("post", Done.ADDED, title, field="title", after=title)
    else:
        if post.row.withdrawn and not plan.fields["withdrawn"]:
            yield RowChange("post", Done.BACK, title)
        for name, before, after in _compare(POST, post.values, plan.values):
            yield RowChange("post", Done.CHANGED, title, field=name, before=before, after=after)
        if plan.conference.pk != post.row.conference_id:
            after = show_conference([plan.conference.series_name, plan.conference.year])
            before = str(post.row.conference)
            yield RowChange("post", Done.CHANGED, title, field="conference", before=before, after=after)
    tags = {key: tag.name for key, tag in plan.tags.items()}
    for done, keys in ((Done.ADDED, plan.tags_added), (Done.WITHDRAWN, plan.tags_removed)):
        yield from (RowChange("tag", done, tags.get(key, key)) for key in sorted(keys))
    for done, paths in ((Done.ADDED, plan.aliases_added), (Done.WITHDRAWN, plan.aliases_removed)):
        yield from (RowChange("address", done, path) for path in sorted(paths))


def _compare(table: Table, before: Values, after: Values) -> Iterator[tuple[str, str, str]]:
    for each in table.merged:
        if before[each.name] != after[each.name]:
            yield each.name, each.show(before[each.name]), each.show(after[each.name])


def _list_talks(plan: Plan) -> Iterator[RowChange]:
    asked = {(conflict.talk, conflict.takeaway, conflict.field) for conflict in plan.conflicts}
    gone = list(plan.takeaways_withdrawn)
    for index, talk in enumerate(plan.talks):
        yield from _list_talk(talk, index, asked)
        for unit in talk.takeaways if plan.pk else ():
            if unit.before is None:
                yield RowChange("takeaway", Done.ADDED, unit.text, index, unit.public_id, "text", "", unit.text)
            else:
                yield from _list_takeaway(unit, unit.before, talk, index, asked)
        for left in [left for left in gone if left.before.talk_id == talk.pk]:
            gone.remove(left)
            yield _lose(left.before.text, left.before.public_id, index, absorbed=left.into is not None)
    yield from (_lose(left.before.text, left.before.public_id, None, absorbed=left.into is not None) for left in gone)


def _lose(text: str, public_id: str, talk: int | None, *, absorbed: bool) -> RowChange:
    done = Done.ABSORBED if absorbed else Done.WITHDRAWN
    return RowChange("takeaway", done, text, talk, public_id, "text", text)


def _list_talk(talk: TalkPlan, index: int, asked: set[tuple[int | None, int | None, str]]) -> Iterator[RowChange]:
    before = talk.before
    if before is None:
        yield RowChange("talk", Done.ADDED, talk.title, index, field="title", after=talk.title)
        return
    if talk.withdrawn:
        yield RowChange("talk", Done.WITHDRAWN, talk.title, index)
        return
    if before.withdrawn:
        yield RowChange("talk", Done.BACK, talk.title, index)
    if talk.source and talk.source.pk is None:
        yield RowChange("talk", Done.TOLD, talk.title, index, counted=False)
    changed = set()
    for name, ours, theirs in _compare(TALK, before.values, talk.values):
        changed.add(name)
        if name != "day":
            yield RowChange("talk", Done.CHANGED, talk.title, index, field=name, before=ours, after=theirs)
    edited = talk.source is not None and "title" not in changed and talk.source.title != talk.title
    if talk.source and edited and (talk.pk, None, "title") not in asked:
        texts = (talk.title, talk.source.title)
        yield RowChange("talk", Done.KEPT, talk.title, index, "", "title", *texts, counted=False)
    if "day" in changed or (talk.position is not None and talk.position != before.position):
        yield RowChange("talk", Done.MOVED, talk.title, index, counted="day" in changed)


def _list_takeaway(
    unit: TakeawayPlan, row: Takeaway, talk: TalkPlan, index: int, asked: set[tuple[int | None, int | None, str]]
) -> Iterator[RowChange]:
    where = (unit.text, index, unit.public_id)
    if unit.change is Change.UNCHANGED and unit.text == unit.imported.get("text"):
        return
    if row.post_id is None:
        yield RowChange("takeaway", Done.ADOPTED, *where)
    if row.withdrawn != unit.withdrawn:
        yield RowChange("takeaway", Done.WITHDRAWN if unit.withdrawn else Done.BACK, *where)
    changed = set()
    for name, ours, theirs in _compare(TAKEAWAY, TAKEAWAY.read_row(row), TAKEAWAY.read_row(unit)):
        changed.add(name)
        yield RowChange("takeaway", Done.CHANGED, *where, name, ours, theirs)
    said = unit.imported.get("text", "")
    edited = unit.line is not None and "text" not in changed and unit.text != said
    if edited and (None, unit.pk, "text") not in asked:
        yield RowChange("takeaway", Done.KEPT, *where, "text", unit.text, said, counted=False)
    nested = row.talk_id != talk.pk or row.parent_id != _find_parent(unit, talk)
    if row.talk_id != talk.pk or (_has_moved(unit, talk) and row.post_id):
        yield RowChange("takeaway", Done.MOVED, *where, counted=nested)


def _find_parent(unit: TakeawayPlan, talk: TalkPlan) -> int | None:
    return None if unit.parent is None else talk.takeaways[unit.parent].pk


def _has_moved(unit: TakeawayPlan, talk: TalkPlan) -> bool:
    """Whether a stored takeaway gets another parent, or now follows a takeaway of its talk that it used to precede.

    False for a new or unchanged takeaway.
    """
    row = unit.before
    if row is None or unit.change is Change.UNCHANGED:
        return False
    above = (other.before for other in talk.takeaways if other.before and other.position < unit.position)
    return row.parent_id != _find_parent(unit, talk) or any(
        other.position > row.position for other in above if other.talk_id == row.talk_id and not other.withdrawn
    )
