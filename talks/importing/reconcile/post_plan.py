"""Plans the changes for one post from its parsed form and the base. Pure: nothing here reads or writes a row.

Every field that the importer owns is merged from three sides: the last import, the post now, and the row now. An import
never overwrites an editor's change.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from talks import names
from talks.derived import Resource, read_resource
from talks.importing.reconcile.adopted_takeaways import adopt_notes
from talks.importing.reconcile.changes import list_changes
from talks.importing.reconcile.edit_conflicts import Ledger
from talks.importing.reconcile.image_plan import merge_images, plan_images, render_withdrawn
from talks.importing.reconcile.known import Known, KnownPost, make_order
from talks.importing.reconcile.plan import UNSEEN, Change, CitationPlan, Plan, SpeakerPlan, TakeawayPlan, TalkPlan
from talks.importing.reconcile.post_fields import ReadPost, merge_fields, plan_aliases, plan_days, plan_tags
from talks.importing.reconcile.takeaway_plan import reconcile_notes
from talks.importing.reconcile.talk_matching import match_talks
from talks.importing.reconcile.talk_plan import reconcile_talks
from talks.parsing import ParsedTalk, make_plain_diagnostic

# Columns that may change while a reader sees the same as before.
_SILENT = frozenset({"digest", "path", "diagnostics", "intro_html", "outro_html", "imported", "lines"})


def reconcile(reading: ReadPost, known: Known) -> Plan:
    parsed, post = reading.parsed, known.post
    remarks = list(parsed.diagnostics)
    images = merge_images(reading.images, post)
    addresses = {path: image.address for path, image in images.items()}
    ledger = Ledger(post.conflicts if post else (), known.answers)
    own = merge_fields(reading, known, remarks, ledger, addresses)
    writer = own.values["writer"]
    tags = plan_tags(parsed, known)
    added, removed = plan_aliases(parsed, known, reading.text, remarks)
    takeaways, decided = (post.takeaways, post.decided) if post else ((), {})
    matches = match_talks(parsed.talks, post.sources if post else (), known.talks, takeaways)
    adopted = adopt_notes(matches, takeaways, post.written_here if post else ())
    notes = reconcile_notes(reading, matches, [*takeaways, *adopted], known.taken, ledger, decided, addresses)
    order = make_order(own.fields, reading.key)
    talks = reconcile_talks(known, matches, order, ledger)
    remarks += [*talks.diagnostics, *notes.diagnostics]
    own.fields["diagnostics"] = [make_plain_diagnostic(remark) for remark in remarks]
    told = [
        _add_notes(talk, match.parsed, units, post)
        for talk, match, units in zip(talks.talks, matches, notes.talks, strict=False)
    ]
    talks_of_post = (*told, *talks.talks[len(told) :])
    planned = list(chain(*notes.talks))
    plan = Plan(
        key=reading.key,
        pk=post.row.pk if post else None,
        change=Change.CREATED,
        fields=own.fields,
        values=own.values,
        written=frozenset(name for name, value in own.fields.items() if not post or post.read_column(name) != value),
        conference=known.conference,
        writer=writer.name if writer else None,
        writer_pk=known.writers.get(writer.folded) if writer else None,
        days=tuple(plan_days(parsed, known)),
        speakers=_plan_speakers(talks_of_post, known),
        speakers_left=frozenset(talks.speakers_left),
        references=_plan_references(parsed.talks, known),
        tags=tags.known,
        tags_added=tags.added,
        tags_removed=tags.removed,
        aliases_added=added,
        aliases_removed=removed,
        talks=talks_of_post,
        positions=talks.positions,
        takeaways_withdrawn=tuple(notes.withdrawn),
        images=plan_images(images, post, [reading.text, *(unit.text for unit in planned)], f"/{reading.key}"),
        images_removed=tuple(sorted(set(post.images) - set(images))) if post else (),
        rerendered=render_withdrawn(takeaways, {unit.pk for unit in planned if unit.pk}, addresses, reading.key),
        conflicts=tuple(ledger.conflicts),
        agreed=tuple(ledger.agreed),
        diagnostics=tuple(remarks),
    )
    return replace(plan, change=_judge(plan) if post else plan.change, changes=list_changes(plan, post))


def _add_notes(talk: TalkPlan, parsed: ParsedTalk, units: Sequence[TakeawayPlan], post: KnownPost | None) -> TalkPlan:
    """Return the talk's plan with its takeaways and its citations; the citations are None if they are as stored."""
    citations = []
    for position, reference in enumerate(parsed.references, 1):
        resource = read_resource(reference.url)
        if resource:
            places = reversed(range(len(units)))
            place = next((index for index in places if _contains_line(units[index], reference.line)), None)
            citations.append(CitationPlan(resource.key, resource.url, reference.title, place, position))
    now = post.citations.get(talk.pk, []) if post and talk.pk else []
    wanted = [
        (c.reference, c.url, c.title, None if c.takeaway is None else units[c.takeaway].pk or -1, c.position)
        for c in citations
    ]
    return talk._replace(takeaways=tuple(units), citations=None if now == wanted else tuple(citations))


def _contains_line(unit: TakeawayPlan, line: int) -> bool:
    return unit.line is not None and unit.end_line is not None and unit.line <= line <= unit.end_line


def _plan_speakers(talks: Sequence[TalkPlan], known: Known) -> dict[str, SpeakerPlan]:
    speakers: dict[str, SpeakerPlan] = {}
    for speaker in (speaker for talk in talks if talk.alters("speakers") for speaker in talk.speakers):
        folded = names.fold_name(speaker.name)
        row = known.speakers.get(folded)
        before = speakers.get(folded)
        handle = (row.handle if row else "") or (before.handle if before else "") or speaker.handle
        url = (row.url if row else "") or (before.url if before else "") or speaker.url
        if row is None:
            change = Change.CREATED
        else:
            change = Change.UNCHANGED if (row.handle, row.url) == (handle, url) else Change.UPDATED
        name = before.name if before else speaker.name
        speakers[folded] = SpeakerPlan(row.pk if row else None, name, handle, url, change)
    return speakers


def _plan_references(talks: Sequence[ParsedTalk], known: Known) -> dict[str, tuple[int | None, Resource]]:
    found: dict[str, tuple[int | None, Resource]] = {}
    for reference in (reference for talk in talks for reference in talk.references):
        if resource := read_resource(reference.url):
            found.setdefault(resource.key, (known.references.get(resource.key), resource))
    return found


def _judge(plan: Plan) -> Change:
    """Return `UPDATED` if readers will see a change, `SHIFTED` if rows are written without one, else `UNCHANGED`."""
    takeaways = (takeaway.change for talk in plan.talks for takeaway in talk.takeaways)
    sources = (talk.source.change for talk in plan.talks if talk.source)
    changes = {*takeaways, *sources, *(talk.change for talk in plan.talks)}
    parts = (
        plan.tags_added,
        plan.tags_removed,
        plan.aliases_added,
        plan.aliases_removed,
        plan.takeaways_withdrawn,
        plan.images,
        plan.images_removed,
        plan.conflicts,
        plan.agreed,
    )
    if plan.written - _SILENT or any(parts) or changes - UNSEEN:
        return Change.UPDATED
    return Change.SHIFTED if plan.written or Change.SHIFTED in changes else Change.UNCHANGED
