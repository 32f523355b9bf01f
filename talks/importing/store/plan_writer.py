"""Writes the plans of a batch into the base. The caller opens the transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Q

from talks import derived, names
from talks.compact_fields import leave_out_same
from talks.derived import NOTHING_READ, NewNotes, NewTalks, ReadTexts, renew
from talks.fields import TAKEAWAY, TALK
from talks.importing.reconcile.known import Known
from talks.importing.reconcile.plan import UNSEEN, Change, Plan, TakeawayPlan, TalkPlan
from talks.importing.store.emptied_events import clear_events
from talks.importing.store.foreseen_rows import Foreseen, Placed
from talks.importing.store.image_store import remove_images, write_images
from talks.importing.store.row_keys import RowKeys
from talks.importing.store.shared_rows import choose_slugs, write_shared
from talks.models import (
    Appearance,
    Citation,
    Conflict,
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
from talks.models.bulk import add_rows, insert_records, insert_rows, update_rows

# Columns of a post from which data of its talks is derived.
_HELD_BY_TALKS = frozenset(
    {"key", "title", "published_on", "visibility", "withdrawn", "conference", "writer", "language"}
)
_SOURCE_FIELDS = ("title", "heading", "speakers", "position", "line", "end_line", "imported")
_TAKEAWAY_LINKS = ("talk", "parent", "merged_into", "run")
_AS_PLANNED = (
    *TAKEAWAY.columns,
    *("public_id", "position", "line", "end_line", "headings", "withdrawn", "hidden"),
)
_read_planned = attrgetter(*_AS_PLANNED)
_TAKEAWAY_FIELDS = (*_AS_PLANNED, "html", "imported")


def write_plan(plan: Plan, known: Known, run: ImportRun | None) -> tuple[int, list[int]]:
    """Write the plan of one post; return the ids of the post and of its talks, in the plan's order."""
    placed = Foreseen(RowKeys()).add(plan, known)
    write_plans([placed], run)
    return placed.post, placed.talks


def write_plans(batch: Sequence[Placed], run: ImportRun | None, texts: ReadTexts = NOTHING_READ) -> None:
    """Write the plans of a batch, and renew what is derived; each plan was made as if those before it were written.

    Days and conferences that posts left are deleted if nothing needs them any more. `texts` is what the posts' texts
    mention, if it was computed before.
    """
    former = _read_events(batch)
    write_shared(batch)
    _write_posts(batch, run)
    _write_days_of_posts(batch)
    _write_post_tags(batch)
    _write_aliases(batch)
    _write_talks(batch, run)
    _write_sources(batch)
    _write_appearances(batch)
    _write_takeaways(batch, run)
    cited = _write_citations(batch)
    _write_rare(batch, run)
    talks = [pk for placed in batch for pk in _choose_changed(placed.plan, placed.talks)]
    renew(talks, [placed.post for placed in batch], _gather_new_talks(batch, texts), texts)
    derived.refresh_addresses(cited)
    clear_events(*former)


def _gather_new_talks(batch: Sequence[Placed], texts: ReadTexts) -> NewTalks:
    """Return the talks that these plans create, with the takeaways of some of them.

    A talk comes with its takeaways if one post alone, a new one, has notes of it.
    """
    posts = Counter(pk for placed in batch for pk in placed.talks)
    talks: set[int] = set()
    found: dict[int, NewNotes] = {}
    for placed in batch:
        for talk, pk, pks in zip(placed.plan.talks, placed.talks, placed.takeaways, strict=True):
            if not talk.pk:
                talks.add(pk)
            if not (talk.pk or placed.plan.pk) and posts[pk] == 1:
                notes = tuple([(unit.headings, unit.text) for unit in talk.takeaways])
                found[pk] = NewNotes(pks, notes, texts.words.get(notes))
    return NewTalks(talks, found)


def _write_rare(batch: Sequence[Placed], run: ImportRun | None) -> None:
    """Write what few posts have: images, new HTML of withdrawn takeaways, and conflicts."""
    for placed in batch:
        plan = placed.plan
        if plan.images:
            write_images(plan.images, placed.post)
        if plan.images_removed:
            remove_images(plan.images_removed, placed.post)
        if plan.rerendered:
            update_rows([Takeaway(pk=pk, html=html) for pk, html in sorted(plan.rerendered.items())], ["html"])
        _write_conflicts(plan, placed.post, run)


def _choose_changed(plan: Plan, talks: Sequence[int]) -> list[int]:
    """Return the ids of the talks of a plan whose derived data may change.

    `talks` are the ids of all talks of the plan, in its order.
    """
    if plan.pk is None or plan.tags_added or plan.tags_removed or plan.written & _HELD_BY_TALKS:
        return list(talks)
    units = [unit for talk in plan.talks for unit in talk.takeaways]
    left = {unit.before.talk_id for unit in units if unit.before and _is_changed(unit)}
    left |= {gone.before.talk_id for gone in plan.takeaways_withdrawn}
    return [
        pk
        for talk, pk in zip(plan.talks, talks, strict=True)
        if pk in left
        or talk.citations is not None
        or talk.change not in UNSEEN
        or talk.source is None
        or talk.source.change not in UNSEEN
        or any(map(_is_changed, talk.takeaways))
    ]


def _is_changed(unit: TakeawayPlan) -> bool:
    """Whether the takeaway is new, or its row changes in more than HTML and line numbers."""
    before = unit.before
    stands = before and (unit.position, unit.headings, unit.imported) == (
        before.position,
        before.headings,
        before.said,
    )
    return unit.change not in UNSEEN or not stands


def _read_events(batch: Sequence[Placed]) -> tuple[set[int], set[int]]:
    """Return the ids of conferences that posts leave by these plans, and the ids of days that posts or talks leave."""
    stored = {placed.post: placed for placed in batch if placed.plan.pk}
    if not stored:
        return set(), set()
    former = dict(Post.objects.filter(pk__in=stored).values_list("pk", "conference"))
    conferences = {conference for pk, conference in former.items() if conference != stored[pk].conference}
    days: set[int] = set()
    for post, day in Post.days.through.objects.filter(post__in=stored).values_list("post", "day"):
        days |= {day} - {known.pk for known in stored[post].plan.days}
    for placed in stored.values():
        moved = [talk.pk for talk in placed.plan.talks if talk.pk and talk.alters("day")]
        told = set(Talk.objects.filter(pk__in=moved).values_list("day", flat=True)) if moved else set()
        days |= told - {known.pk for known in placed.plan.days}
    return conferences, days


def _write_posts(batch: Sequence[Placed], run: ImportRun | None) -> None:
    """Write the posts' rows; existing ones first, since a key may move from one of them to a new post."""
    PostAlias.keep_events([placed.post for placed in batch if placed.plan.pk and "conference" in placed.plan.written])
    rows = {placed.post: {"id": placed.post, **_list_columns(placed, run)} for placed in batch}
    changed = [Post(**rows[placed.post]) for placed in batch if placed.plan.pk and placed.plan.written]
    if changed:
        update_rows(changed, [name.removesuffix("_id") for name in _list_columns(batch[0], run)])
    new = [rows[placed.post] for placed in batch if not placed.plan.pk]
    for row, slug in zip(new, choose_slugs(Post, [row["title"] for row in new]), strict=True):
        row["slug"] = slug
    insert_records(Post, new)


def _list_columns(placed: Placed, run: ImportRun | None) -> dict[str, Any]:
    fields = {name: value for name, value in placed.plan.fields.items() if name not in {"writer", "conference"}}
    return fields | {"writer_id": placed.writer, "conference_id": placed.conference, "run_id": run.pk if run else None}


def _write_days_of_posts(batch: Sequence[Placed]) -> None:
    through = Post.days.through
    stored: defaultdict[int, set[int]] = defaultdict(set)
    known = [placed.post for placed in batch if placed.plan.pk]
    for post, day in through.objects.filter(post__in=known).values_list("post", "day") if known else ():
        stored[post].add(day)
    new = []
    for placed in batch:
        wanted = {placed.days[day.number] for day in placed.plan.days}
        new += [through(post_id=placed.post, day_id=day) for day in sorted(wanted - stored[placed.post])]
        if left := stored[placed.post] - wanted:
            through.objects.filter(post=placed.post, day__in=left).delete()
    add_rows(new)


def _write_post_tags(batch: Sequence[Placed]) -> None:
    new = []
    for placed in batch:
        plan = placed.plan
        new += [(placed.post, placed.tags[key], "post", False) for key in sorted(plan.tags_added)]
        if plan.tags_removed:
            given = TaggedPost.objects.filter(content_object=placed.post, origin="post")
            given.filter(tag__folded__in=plan.tags_removed).delete()
    insert_rows(TaggedPost, ["content_object", "tag", "origin", "refused"], new)


def _write_aliases(batch: Sequence[Placed]) -> None:
    for placed in batch:
        if placed.plan.aliases_removed:
            PostAlias.objects.filter(post=placed.post, path__in=placed.plan.aliases_removed).delete()
    add_rows([PostAlias(post_id=p.post, path=path) for p in batch for path in sorted(p.plan.aliases_added)])


def _write_talks(batch: Sequence[Placed], run: ImportRun | None) -> None:
    """Write the talks' rows: unchanged rows are not written, and a row that several posts change is written once."""
    moved = ((talk.before, placed) for placed in batch for talk in placed.plan.talks if talk.alters("day"))
    leaving = [before.pk for before, placed in moved if before and before.day[0] != placed.conference]
    TalkAddress.keep_current(leaving)
    new: dict[int, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for placed in batch:
        for talk, pk in zip(placed.plan.talks, placed.talks, strict=True):
            columns = _list_talk_columns(talk, placed, run)
            if talk.pk is None:
                new[pk] = {"id": pk, **columns}
            elif talk.change is not Change.UNCHANGED:
                (new.get(pk) or changed.setdefault(pk, {})).update(columns)
        for pk, position in sorted(placed.plan.positions.items()):
            (new.get(pk) or changed.setdefault(pk, {}))["position"] = position
    insert_records(Talk, list(new.values()))
    groups: defaultdict[tuple[str, ...], list[Talk]] = defaultdict(list)
    for pk, columns in changed.items():
        groups[tuple(columns)].append(Talk(pk=pk, **columns))
    with keep_decisions(leaving):
        for names_of_columns, rows in groups.items():
            update_rows(rows, [name.removesuffix("_id") for name in names_of_columns])


def _list_talk_columns(talk: TalkPlan, placed: Placed, run: ImportRun | None) -> dict[str, Any]:
    values = {name: talk.values[name] for name in TALK.columns}
    columns = {**values, "slug": talk.slug, "withdrawn": talk.withdrawn, "run_id": run.pk if run else None}
    columns["sort_key"] = names.sort_title(talk.title)
    if talk.alters("day"):
        columns |= {"day_id": placed.days[talk.day], "conference_id": placed.conference}
    if talk.position is not None or talk.pk is None:
        columns["position"] = talk.position or 1
    return columns


def _write_sources(batch: Sequence[Placed]) -> None:
    new: list[dict[str, Any]] = []
    changed: list[TalkSource] = []
    gone: list[int] = []
    for placed in batch:
        for talk, pk in zip(placed.plan.talks, placed.talks, strict=True):
            if talk.source is None:
                gone.append(talk.source_pk or 0)
                continue
            values = {name: getattr(talk.source, name) for name in _SOURCE_FIELDS}
            row = {"talk_id": pk, "post_id": placed.post, "withdrawn": False, **values}
            if talk.source.pk is None:
                new.append(row)
            elif talk.source.change is not Change.UNCHANGED:
                changed.append(TalkSource(pk=talk.source.pk, **row))
    insert_records(TalkSource, new)
    update_rows(changed, [*_SOURCE_FIELDS, "withdrawn"])
    if gone:
        TalkSource.objects.filter(pk__in=gone).update(withdrawn=True)


def _write_appearances(batch: Sequence[Placed]) -> None:
    """Write the speakers of each talk whose speakers a plan changes.

    If several plans change them, the last plan counts: it was made with the earlier ones in mind.
    """
    people: dict[int, dict[int, str]] = {}
    stored = []
    for placed in batch:
        for talk, pk in zip(placed.plan.talks, placed.talks, strict=True):
            if talk.alters("speakers"):
                given: dict[int, str] = {}  # a speaker with several spellings appears once
                for speaker in talk.speakers:
                    given.setdefault(placed.speakers[names.fold_name(speaker.name)], speaker.affiliation)
                people[pk] = given
                stored += [pk] if talk.pk else []
    if stored:
        Appearance.objects.filter(talk__in=stored).delete()
    rows = [
        (talk, speaker, position, affiliation)
        for talk, given in people.items()
        for position, (speaker, affiliation) in enumerate(given.items(), 1)
    ]
    insert_rows(Appearance, ["talk", "speaker", "position", "affiliation"], rows)


def _write_takeaways(batch: Sequence[Placed], run: ImportRun | None) -> None:
    new: list[tuple[Any, ...]] = []
    changed: list[Takeaway] = []
    for placed in batch:
        for number, talk in enumerate(placed.plan.talks):
            pks = placed.takeaways[number]
            for index, unit in enumerate(talk.takeaways):
                if unit.pk and unit.change is Change.UNCHANGED:
                    continue
                parent = None if unit.parent is None else pks[unit.parent]
                imported = TAKEAWAY.leave_out_same(unit.imported, unit) if unit.pk else {}  # a new row says the same
                values = (*_read_planned(unit), leave_out_same(unit.html, unit.text), imported)
                if unit.pk is None:
                    owners = (pks[index], placed.talks[number], placed.post, parent, run.pk if run else None)
                    new.append((*owners, *values))
                else:
                    links = {"talk_id": placed.talks[number], "parent_id": parent, "post_id": placed.post, "run": run}
                    changed.append(Takeaway(pk=unit.pk, **links, **dict(zip(_TAKEAWAY_FIELDS, values, strict=True))))
        if adopted := _list_adopted(placed.plan):
            Takeaway.objects.filter(pk__in=adopted).update(post=placed.post)
    insert_rows(Takeaway, ["id", "talk", "post", "parent", "run", *_TAKEAWAY_FIELDS], new)
    kept = {"public_id", "hidden"}
    update_rows(changed, [*(name for name in _TAKEAWAY_FIELDS if name not in kept), *_TAKEAWAY_LINKS])
    for placed in batch:
        _withdraw(placed.plan, run)


def _list_adopted(plan: Plan) -> list[int]:
    units = (unit for talk in plan.talks for unit in talk.takeaways)
    return [unit.before.pk for unit in units if unit.before and unit.before.post_id is None]


def _withdraw(plan: Plan, run: ImportRun | None) -> None:
    """Withdraw takeaways that left the post. Those that another takeaway absorbed or replaced redirect to it."""
    gone = [gone.before.pk for gone in plan.takeaways_withdrawn]
    if gone:
        Takeaway.objects.filter(pk__in=gone).update(withdrawn=True, run=run)
    for absorbed in plan.takeaways_withdrawn:
        if absorbed.into:
            pk = absorbed.before.pk
            Takeaway.objects.filter(Q(pk=pk) | Q(merged_into=pk)).update(merged_into=absorbed.into)


def _write_conflicts(plan: Plan, post: int, run: ImportRun | None) -> None:
    """Close the conflicts that ended, and write the new ones. A new conflict replaces an open one about its field."""
    if plan.agreed:
        Conflict.objects.filter(pk__in=plan.agreed).update(settled=Conflict.Settled.AGREED, run=run)
    for conflict in plan.conflicts:
        about: dict[str, Any] = {"talk_id": conflict.talk, "takeaway_id": conflict.takeaway, "field": conflict.field}
        values = {"ours": conflict.ours, "theirs": conflict.theirs, "line": conflict.line, "run": run}
        Conflict.objects.update_or_create(values, post_id=post, settled="", **about)


def _write_citations(batch: Sequence[Placed]) -> list[int]:
    """Write citations; return the ids of references whose citations in stored posts changed."""
    touched: set[int] = set()
    rows = []
    for placed in batch:
        talks = list(zip(placed.plan.talks, placed.talks, placed.takeaways, strict=True))
        told = [each for each in talks if each[0].source]
        changed = [pk for talk, pk, _ in told if talk.citations is not None and talk.source and talk.source.pk]
        changed += [pk for talk, pk, _ in talks if talk.source is None]
        if changed:
            former = Citation.objects.filter(post=placed.post, talk__in=changed)
            touched |= set(former.values_list("reference", flat=True))
            former.delete()
        for talk, pk, below in told:
            for citation in talk.citations or ():
                reference = placed.references[citation.reference]
                takeaway = None if citation.takeaway is None else below[citation.takeaway]
                rows.append((reference, pk, placed.post, takeaway, citation.url, citation.title, citation.position))
                touched |= {reference} if placed.plan.pk else set()
    insert_rows(Citation, ["reference", "talk", "post", "takeaway", "url", "title", "position"], rows)
    return sorted(touched)
