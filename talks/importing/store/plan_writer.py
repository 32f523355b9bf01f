"""Applies a plan: the only writer of what an import brings. The caller holds the transaction."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from talks import derived, names
from talks.derived import renew
from talks.fields import TAKEAWAY, TALK
from talks.importing.reconcile.plan import Change, Plan, TakeawayPlan
from talks.importing.store.emptied_events import clear_events
from talks.importing.store.media_store import write_images
from talks.importing.store.shared_rows import Shared, choose_slugs, write_shared
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Conflict,
    Day,
    ImportRun,
    Post,
    PostAlias,
    TaggedPost,
    Takeaway,
    Talk,
    TalkAddress,
    TalkSource,
    keep_decisions,
)
from talks.models.bulk import update_rows

# What follows from a post, for each of its talks.
_HELD_BY_TALKS = frozenset({"key", "title", "published_on", "visibility", "withdrawn", "conference"})
_QUIET = frozenset({Change.UNCHANGED, Change.SHIFTED})
_TALK_FIELDS = (*TALK.columns, "sort_key", "slug", "withdrawn", "run")
_PLACE_FIELDS = ("day", "conference")
_SOURCE_FIELDS = ("title", "heading", "speakers", "position", "line", "end_line", "imported")
_TAKEAWAY_LINKS = ("talk", "parent", "merged_into", "run")
_TAKEAWAY_FIELDS = (
    *TAKEAWAY.columns,
    *("public_id", "position", "html", "line", "end_line", "imported"),
    *("withdrawn", "hidden"),
)


def write_plan(plan: Plan, run: ImportRun | None) -> tuple[int, list[int]]:
    """Make the rows what the plan says; the post's primary key and those of its talks, in the plan's order."""
    shared = write_shared(plan)
    former = _read_events(plan)
    post = _write_post(plan, shared, run)
    _write_post_tags(plan, shared, post)
    _write_aliases(plan, post)
    talks = _write_talks(plan, shared, run)
    _write_sources(plan, post, talks)
    _write_appearances(plan, shared, talks)
    takeaways = _write_takeaways(plan, post, talks, run)
    cited = _write_citations(plan, shared, post, talks, takeaways)
    if plan.images:
        write_images(plan.images, post)
    if plan.rerendered:
        rows = [Takeaway(pk=pk, html=html) for pk, html in sorted(plan.rerendered.items())]
        update_rows(rows, ["html"])
    _write_conflicts(plan, post, run)
    renew(_choose_touched(plan, talks))
    if plan.pk:  # with a new post none is left behind, and its own are renewed with its talks
        derived.refresh_addresses(cited)
    clear_events(*former)
    return post, talks


def _choose_touched(plan: Plan, talks: Sequence[int]) -> list[int]:
    """The talks that may mention something else than before, be listed elsewhere, or be found by other words."""
    if plan.pk is None or plan.tags_added or plan.tags_removed or plan.written & _HELD_BY_TALKS:
        return list(talks)
    units = [unit for talk in plan.talks for unit in talk.takeaways]
    left = {unit.before.talk for unit in units if unit.before and _is_touched(unit)}
    left |= {gone.before.talk for gone in plan.takeaways_withdrawn}
    return [
        pk
        for talk, pk in zip(plan.talks, talks, strict=True)
        if pk in left
        or talk.change not in _QUIET
        or talk.source is None
        or talk.source.change not in _QUIET
        or any(map(_is_touched, talk.takeaways))
    ]


def _is_touched(unit: TakeawayPlan) -> bool:
    """Whether it or its post says something else, or it stands elsewhere; another line number is nothing."""
    before = unit.before
    stands = before and (unit.position, unit.imported) == (before.position, before.imported)
    return unit.change not in _QUIET or not stands


def _read_events(plan: Plan) -> tuple[set[int], set[int]]:
    """The conference and the days that the post or its talks may leave."""
    if plan.pk is None:
        return set(), set()
    conferences = {*Post.objects.filter(pk=plan.pk).values_list("conference", flat=True)} - {plan.conference.pk}
    days = set(Post.days.through.objects.filter(post=plan.pk).values_list("day", flat=True))
    moved = [talk.pk for talk in plan.talks if talk.pk and talk.alters("day")]
    told = set(Talk.objects.filter(pk__in=moved).values_list("day", flat=True))
    staying = {day.pk for day in plan.days}
    return conferences, (days | told) - staying


def _write_post(plan: Plan, shared: Shared, run: ImportRun | None) -> int:
    fields = {name: value for name, value in plan.fields.items() if name not in {"writer", "conference"}}
    fields |= {"writer_id": shared.writer, "conference_id": shared.conference, "run": run}
    if plan.pk is None:
        (slug,) = choose_slugs(Post, [str(plan.fields["title"])])
        pk = Post.objects.bulk_create([Post(slug=slug, **fields)])[0].pk
    else:
        pk = plan.pk
        if plan.written:
            Post.objects.filter(pk=pk).update(**fields)
    wanted = {shared.days[day.number] for day in plan.days}
    stored = set() if plan.pk is None else set(Post.days.through.objects.filter(post=pk).values_list("day", flat=True))
    Post.days.through.objects.bulk_create(Post.days.through(post_id=pk, day_id=day) for day in sorted(wanted - stored))
    if stored - wanted:
        Post.days.through.objects.filter(post=pk, day__in=stored - wanted).delete()
    return pk


def _write_post_tags(plan: Plan, shared: Shared, post: int) -> None:
    TaggedPost.objects.bulk_create(
        TaggedPost(content_object_id=post, tag_id=shared.tags[key], origin="post") for key in sorted(plan.tags_added)
    )
    if plan.tags_removed:
        TaggedPost.objects.filter(content_object=post, tag__folded__in=plan.tags_removed, origin="post").delete()


def _write_aliases(plan: Plan, post: int) -> None:
    PostAlias.objects.bulk_create(PostAlias(post_id=post, path=path) for path in sorted(plan.aliases_added))
    if plan.aliases_removed:
        PostAlias.objects.filter(post=post, path__in=plan.aliases_removed).delete()


def _write_talks(plan: Plan, shared: Shared, run: ImportRun | None) -> list[int]:
    """Primary keys of the plan's talks. A row that says the same as before is not written."""
    conference = Conference(pk=shared.conference)
    rows = []
    changed: defaultdict[tuple[str, ...], list[Talk]] = defaultdict(list)
    for talk in plan.talks:
        day = Day(pk=shared.days.get(talk.day), conference=conference)
        values = {name: talk.values[name] for name in TALK.columns}
        row = Talk(pk=talk.pk, slug=talk.slug, day=day, withdrawn=talk.withdrawn, run=run, **values)
        row.position = talk.position or 1
        row.derive(set())
        rows.append(row)
        if talk.pk and talk.change is not Change.UNCHANGED:
            fields = _TALK_FIELDS + _PLACE_FIELDS * talk.alters("day") + ("position",) * (talk.position is not None)
            changed[fields].append(row)
    placed = [talk.before for talk in plan.talks if talk.before and talk.alters("day")]
    leaving = [before.pk for before in placed if before.day[0] != shared.conference]
    TalkAddress.keep(leaving)
    Talk.objects.bulk_create([row for row in rows if row.pk is None])
    with keep_decisions(leaving):
        for fields, group in changed.items():
            update_rows(group, fields)
    moved = [Talk(pk=pk, position=position) for pk, position in sorted(plan.positions.items())]
    update_rows(moved, ["position"])
    return [row.pk for row in rows]


def _write_sources(plan: Plan, post: int, talks: Sequence[int]) -> None:
    new: list[TalkSource] = []
    changed: list[TalkSource] = []
    gone: list[int] = []
    for talk, pk in zip(plan.talks, talks, strict=True):
        if talk.source is None:
            gone.append(talk.source_pk or 0)
            continue
        values = {name: getattr(talk.source, name) for name in _SOURCE_FIELDS}
        row = TalkSource(pk=talk.source.pk, talk_id=pk, post_id=post, withdrawn=False, **values)
        if talk.source.pk is None:
            new.append(row)
        elif talk.source.change is not Change.UNCHANGED:
            changed.append(row)
    TalkSource.objects.bulk_create(new)
    update_rows(changed, [*_SOURCE_FIELDS, "withdrawn"])
    if gone:
        TalkSource.objects.filter(pk__in=gone).update(withdrawn=True)


def _write_appearances(plan: Plan, shared: Shared, talks: Sequence[int]) -> None:
    told = [(talk, pk) for talk, pk in zip(plan.talks, talks, strict=True) if talk.alters("speakers")]
    known = [pk for talk, pk in told if talk.pk is not None]
    if known:
        Appearance.objects.filter(talk__in=known).delete()
    appearances = []
    for talk, pk in told:
        people: dict[int, str] = {}  # one who is written in several ways appears once
        for speaker in talk.speakers:
            people.setdefault(shared.speakers[names.fold_name(speaker.name)], speaker.affiliation)
        appearances += [
            Appearance(talk_id=pk, speaker_id=person, position=position, affiliation=affiliation)
            for position, (person, affiliation) in enumerate(people.items(), 1)
        ]
    Appearance.objects.bulk_create(appearances)


def _write_takeaways(plan: Plan, post: int, talks: Sequence[int], run: ImportRun | None) -> list[list[int]]:
    """Primary keys of the takeaways of each talk; parents are made before what they hold."""
    pks: list[list[int]] = []
    levels: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, talk in enumerate(plan.talks):
        pks.append([takeaway.pk or 0 for takeaway in talk.takeaways])
        depths: list[int] = []
        for index, takeaway in enumerate(talk.takeaways):
            depths.append(0 if takeaway.parent is None else depths[takeaway.parent] + 1)
            if takeaway.pk is None:
                levels[depths[index]].append((number, index))

    def make_row(number: int, index: int) -> Takeaway:
        takeaway = plan.talks[number].takeaways[index]
        values = {name: getattr(takeaway, name) for name in _TAKEAWAY_FIELDS}
        parent = None if takeaway.parent is None else pks[number][takeaway.parent]
        return Takeaway(pk=takeaway.pk, post_id=post, talk_id=talks[number], parent_id=parent, run=run, **values)

    for _, places in sorted(levels.items()):
        rows = Takeaway.objects.bulk_create(make_row(*place) for place in places)
        for (number, index), row in zip(places, rows, strict=True):
            pks[number][index] = row.pk
    changed = [
        make_row(number, index)
        for number, talk in enumerate(plan.talks)
        for index, takeaway in enumerate(talk.takeaways)
        if takeaway.pk and takeaway.change is not Change.UNCHANGED
    ]
    kept = {"public_id", "hidden"}
    update_rows(changed, [*(name for name in _TAKEAWAY_FIELDS if name not in kept), *_TAKEAWAY_LINKS])
    Takeaway.objects.filter(pk__in=_list_adopted(plan)).update(post=post)
    _withdraw(plan, run)
    return pks


def _list_adopted(plan: Plan) -> list[int]:
    units = (unit for talk in plan.talks for unit in talk.takeaways)
    return [unit.before.pk for unit in units if unit.before and unit.before.written_here]


def _withdraw(plan: Plan, run: ImportRun | None) -> None:
    """What left the post. What another takeaway says now leads there, and so does what led to it before."""
    gone = [gone.before.pk for gone in plan.takeaways_withdrawn]
    if gone:
        Takeaway.objects.filter(pk__in=gone).update(withdrawn=True, run=run)
    for absorbed in plan.takeaways_withdrawn:
        if absorbed.into:
            pk = absorbed.before.pk
            Takeaway.objects.filter(Q(pk=pk) | Q(merged_into=pk)).update(merged_into=absorbed.into)


def _write_conflicts(plan: Plan, post: int, run: ImportRun | None) -> None:
    """A field has one open conflict at most: the last one."""
    Conflict.objects.filter(pk__in=plan.agreed).update(settled=Conflict.Settled.AGREED, run=run)
    for conflict in plan.conflicts:
        about: dict[str, Any] = {"talk_id": conflict.talk, "takeaway_id": conflict.takeaway, "field": conflict.field}
        values = {"ours": conflict.ours, "theirs": conflict.theirs, "line": conflict.line, "run": run}
        Conflict.objects.update_or_create(values, post_id=post, settled="", **about)


def _write_citations(
    plan: Plan, shared: Shared, post: int, talks: Sequence[int], takeaways: Sequence[Sequence[int]]
) -> list[int]:
    """The references that the post began or ceased to point to, or may point to otherwise."""
    told = [(talk, pk, below) for talk, pk, below in zip(plan.talks, talks, takeaways, strict=True) if talk.source]
    changed = [pk for talk, pk, _ in told if talk.citations is not None and talk.source and talk.source.pk]
    changed += [pk for talk, pk in zip(plan.talks, talks, strict=True) if talk.source is None]
    touched = {shared.references[citation.reference] for talk, *_ in told for citation in talk.citations or ()}
    if changed:
        former = Citation.objects.filter(post=post, talk__in=changed)
        touched |= set(former.values_list("reference", flat=True))
        former.delete()
    Citation.objects.bulk_create(
        Citation(
            reference_id=shared.references[citation.reference],
            talk_id=pk,
            post_id=post,
            takeaway_id=None if citation.takeaway is None else below[citation.takeaway],
            url=citation.url,
            title=citation.title,
            position=citation.position,
        )
        for talk, pk, below in told
        for citation in talk.citations or ()
    )
    return sorted(touched)
