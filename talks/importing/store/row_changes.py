"""What an import did to each row that was there before, or that a changed post brought: for the rows' histories.

An entry names its row (`talk:` and its primary key, `takeaway:` and its permalink, `post`), what was done and, where it
has a text, the field with the texts before and after. What a new post brings goes without saying.
"""

from collections.abc import Iterator, Mapping, Sequence

from talks.importing.reconcile.edit_conflicts import write_speakers
from talks.importing.reconcile.plan import Plan, TakeawayPlan, TalkPlan
from talks.importing.reconcile.plan_diff import stands_elsewhere
from talks.models import Appearance

Entry = dict[str, str]


def read_speakers(plan: Plan) -> dict[int, str]:
    """Who gives the talks whose speakers the plan changes, as they stand before it is applied."""
    told = [talk.pk for talk in plan.talks if talk.pk and talk.speakers is not None]
    rows = Appearance.objects.filter(talk__in=told).order_by("talk", "position", "pk")
    found: dict[int, list[tuple[str, str]]] = {}
    for talk, name, affiliation in rows.values_list("talk", "speaker__name", "affiliation"):
        found.setdefault(talk, []).append((name, affiliation))
    return {talk: write_speakers(pairs) for talk, pairs in found.items()}


def recount(plan: Plan, talks: Sequence[int], speakers: Mapping[int, str]) -> list[Entry]:
    """All entries of one post; `talks` are the primary keys of its talks, `speakers` who gave them before."""
    entries = list(_recount_tags(plan)) if plan.pk else []
    for talk, pk in zip(plan.talks, talks, strict=True):
        entries += _recount_talk(talk, pk, speakers, new=plan.pk is None)
        for unit in talk.takeaways:
            if unit.before or plan.pk:
                entries += _recount_takeaway(unit, talk)
    for gone in plan.takeaways_withdrawn:
        done = "withdrawn, now part of another takeaway" if gone.into else "withdrawn"
        if not gone.before.withdrawn:
            entries.append(_tell(f"takeaway:{gone.before.public_id}", done, "text", gone.before.text, ""))
    return entries


def _recount_tags(plan: Plan) -> Iterator[Entry]:
    names = {key: tag.name for key, tag in plan.tags.items()}
    before, after = (
        "\n".join(sorted(names.get(key, key) for key in keys)) for keys in (plan.tags_removed, plan.tags_added)
    )
    if before or after:
        yield _tell("post", "changed", "tags", before, after)


def _recount_talk(talk: TalkPlan, pk: int, speakers: Mapping[int, str], *, new: bool) -> Iterator[Entry]:
    row = f"talk:{pk}"
    if talk.pk is None:
        if not new:
            yield _tell(row, "added", "title", "", talk.title)
        return
    before = talk.before
    if before is None:
        yield _tell(row, "told of by one more post")
        return
    if talk.withdrawn != before.withdrawn:
        yield _tell(row, "withdrawn" if talk.withdrawn else "back again")
    if talk.title != before.title:
        yield _tell(row, "changed", "title", before.title, talk.title)
    if talk.speakers is not None and (told := write_speakers(talk.speakers)) != (stood := speakers.get(pk, "")):
        yield _tell(row, "changed", "speakers", stood, told)
    if talk.placed or (talk.position is not None and talk.position != before.position):
        yield _tell(row, "moved")


def _recount_takeaway(unit: TakeawayPlan, talk: TalkPlan) -> Iterator[Entry]:
    row, before = f"takeaway:{unit.public_id}", unit.before
    if before is None:
        yield _tell(row, "added", "text", "", unit.text)
        return
    if unit.withdrawn != before.withdrawn:
        yield _tell(row, "withdrawn" if unit.withdrawn else "back again")
    if unit.text != before.text:
        yield _tell(row, "changed", "text", before.text, unit.text)
    if unit.kind != before.kind:
        yield _tell(row, "changed", "kind", before.kind, unit.kind)
    if before.talk != talk.pk or stands_elsewhere(unit, talk):
        yield _tell(row, "moved")


def _tell(row: str, done: str, field: str = "", before: str = "", after: str = "") -> Entry:
    entry = {"row": row, "done": done}
    return {**entry, "field": field, "before": before, "after": after} if field else entry
