"""Plans the changes of a post's talks: titles, speakers, places, and talks that left the post. Pure."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talks import names
from talks.fields import TALK, Values, merge_values
from talks.importing.reconcile.edit_conflicts import Ledger
from talks.importing.reconcile.known import DayKey, Known, KnownTalk, Order, rank_post
from talks.importing.reconcile.plan import Change, ConflictPlan, SourcePlan, TalkPlan
from talks.importing.reconcile.talk_matching import Match
from talks.importing.reconcile.talk_order import Place, arrange_day
from talks.models import TalkSource
from talks.parsing import Diagnostic, ParsedTalk


@dataclass(slots=True)
class TalksPlan:
    """The plans of the post's talks in its order, then of talks that left it; and new positions of other posts' talks.

    `here` is the id of the conference, 0 for a conference that does not exist yet.
    """

    here: int
    ledger: Ledger
    starts: Sequence[int] = ()
    talks: list[TalkPlan] = field(default_factory=list)
    positions: dict[int, int] = field(default_factory=dict)
    speakers_left: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def reconcile_talks(known: Known, matches: Sequence[Match], order: Order, ledger: Ledger) -> TalksPlan:
    """Plan every talk that the post has or had notes of; `order` is the post's rank among the posts of a talk."""
    plan = TalksPlan(known.conference.pk or 0, ledger, sorted(match.parsed.line for match in matches))
    held = {talk.slug for talk in known.talks.values() if talk.day[0] == known.conference.pk}
    for position, match in enumerate(matches, 1):
        talk = _reconcile_talk(known, match, position, order, plan)
        if match.talk is None or (talk.alters("day") and match.talk.day[0] != known.conference.pk):
            if match.talk is None or talk.slug in held or known.moved.get(talk.slug, talk.pk) != talk.pk:
                slug = names.choose_slug(talk.title, held | known.moved.keys(), fallback="talk")
                talk = talk._replace(slug=slug)
            held.add(talk.slug)
        plan.talks.append(talk)
    found = {match.source.pk for match in matches if match.source}
    for source in known.post.sources if known.post else ():
        if source.pk not in found and not source.withdrawn and not known.talks[source.talk_id].restored:
            plan.talks.append(_lose_talk(known, source, plan))
    _arrange(known, matches, order, plan)
    return plan


def _reconcile_talk(known: Known, match: Match, position: int, order: Order, plan: TalksPlan) -> TalkPlan:
    parsed, row = match.parsed, match.talk
    source = _plan_source(match, position, plan.starts)
    new = TALK.resolve(source.imported, known.find_setting(plan.here))
    if row is None:
        return TalkPlan(None, Change.CREATED, new, "", False, None, source=source)
    last = _find_lead(known, match.source, row)
    lead = min([(order, new), *((w.order, w.values) for w in row.witnesses)], key=lambda said: said[0])[1]
    # A talk without a post was made by an editor: it keeps its words, as if the post had always had its own.
    return _merge_talk(row, last or lead, lead, parsed.line, source, plan)


def _find_lead(known: Known, source: TalkSource | None, row: KnownTalk) -> Values | None:
    """Return what the talk's first post, by `rank_post`, said of it in the last import; None if none had notes of it.

    The talk's row has these values unless an editor changed them.
    """
    said = [(witness.order, witness.values) for witness in row.witnesses]
    if source and known.post and (not source.withdrawn or not said):
        values = TALK.resolve(recall_source(source), known.find_setting(known.post.row.conference_id))
        said.append((rank_post(known.post.row), values))
    return min(said, key=lambda item: item[0])[1] if said else None


def recall_source(source: TalkSource) -> Values:
    """Return what a post said of a talk in the last import, by field, in the form of `imported` columns."""
    return {"title": source.title, "speakers": source.speakers, **source.imported}


def _merge_talk(
    row: KnownTalk, last: Values, new: Values, line: int, source: SourcePlan | None, plan: TalksPlan
) -> TalkPlan:
    """Plan a stored talk: each field gets the value `new` of its first post, or stays if an editor changed it.

    If both changed, a conflict is noted. `last` are the values that the row had from its first post until now.
    """
    if new["day"][0] != plan.here:
        new = {**new, "day": row.day}  # a post of another conference does not decide the talk's day in this one
    merged = merge_values(TALK, last, new, row.values)
    for each in merged.conflicts:
        name = each.name
        conflict = ConflictPlan(name, each.show(row.values[name]), each.show(new[name]), line, talk=row.pk)
        plan.ledger.note(conflict, row.subject, f"The talk's {each.label}", plan.diagnostics)
    for each in merged.agreed:
        plan.ledger.agree(each.name, talk=row.pk)
    changed = merged.values != row.values or row.withdrawn
    if merged.values["speakers"] == row.speakers:
        plan.speakers_left.update(person.folded for person in row.speakers)
    return TalkPlan(
        row.pk,
        Change.UPDATED if changed else Change.UNCHANGED,
        merged.values,
        row.slug,
        False,
        position=None,
        source_pk=source.pk if source else None,
        source=source,
        before=row,
    )


def _plan_source(match: Match, position: int, starts: Sequence[int]) -> SourcePlan:
    parsed, row = match.parsed, match.source
    imported = TALK.parse_record(parsed)
    new = (
        parsed.title,
        parsed.heading,
        imported["speakers"],
        position,
        parsed.line,
        _find_end(parsed, starts),
        imported,
    )
    if row is None:
        change = Change.CREATED
    elif row.withdrawn or (row.title, row.heading, row.speakers) != new[:3]:
        change = Change.UPDATED
    else:
        old = (row.position, row.line, row.end_line, row.imported)
        change = Change.UNCHANGED if old == new[3:] else Change.SHIFTED
    return SourcePlan(row.pk if row else None, *new, change)


def _find_end(parsed: ParsedTalk, starts: Sequence[int]) -> int:
    """Return the last line of the talk's heading, byline and takeaways that is above the next talk of the post.

    So takeaways that a correction moved here from further below do not count. A talk with nothing else ends in its own
    line.
    """
    below = bisect_right(starts, parsed.line)
    ends = [passage.end_line for passage in parsed.head] + [takeaway.end_line for takeaway in parsed.walk()]
    return max([parsed.line, *(end for end in ends if below == len(starts) or end < starts[below])])


def _lose_talk(known: Known, source: TalkSource, plan: TalksPlan) -> TalkPlan:
    """Plan a talk that left the post: it shows what the first other post with notes of it says, or is withdrawn."""
    row = known.talks[source.talk_id]
    if row.witnesses:
        lead = min(row.witnesses, key=lambda witness: witness.order).values
        last = _find_lead(known, source, row) or lead
        return _merge_talk(row, last, lead, source.line, None, plan)._replace(source_pk=source.pk)
    return TalkPlan(row.pk, Change.WITHDRAWN, row.values, row.slug, True, None, source_pk=source.pk, before=row)


def _arrange(known: Known, matches: Sequence[Match], order: Order, plan: TalksPlan) -> None:
    """Plan the positions of all talks on the days of the planned talks. Talks that are not stored have negative ids.

    If both an editor and the post changed the order of a day's talks, a conflict is noted.
    """
    rows = known.talks
    days: dict[int, DayKey] = {}
    for index, talk in enumerate(plan.talks):
        if not talk.withdrawn:
            days[_name(index, talk)] = talk.values["day"]
    mine = [_name(index, talk) for index, talk in enumerate(plan.talks) if talk.source]
    told = {match.source.talk_id: match.source for match in matches if match.source and not match.source.withdrawn}
    leaving = {talk.pk for talk in plan.talks if talk.pk and (talk.withdrawn or talk.alters("day"))}
    places: dict[int, Place] = {name: (order, index) for index, name in enumerate(mine)}
    for row in rows.values():
        for witness in row.witnesses:
            place = (witness.order, witness.position)
            places[row.pk] = min(places.get(row.pk, place), place)
    found: dict[int, int] = {}
    for day in {*days.values(), *(rows[pk].day for pk in leaving)}:
        live = [row for row in rows.values() if row.day == day and not row.withdrawn and row.pk not in leaving]
        now = [row.pk for row in sorted(live, key=lambda row: (row.position, row.pk))]
        new = [name for name in mine if days.get(name) == day]
        last = sorted((pk for pk in now if pk in told and pk in new), key=lambda pk: told[pk].position)
        arranged, conflict = arrange_day(now, last, new, places)
        if conflict:
            ours, theirs = (
                "\n".join(rows[pk].title for pk in order if pk in rows and pk in told) for order in (arranged, new)
            )
            noted = ConflictPlan("order", ours, theirs, matches[0].parsed.line)
            plan.ledger.note(noted, known.subject, "The order of the talks", plan.diagnostics)
        arranged += [name for name, where in days.items() if where == day and name not in arranged]
        found.update({name: position for position, name in enumerate(arranged, 1)})
    _set_positions(found, rows, plan)


def _name(index: int, talk: TalkPlan) -> int:
    return -index - 1 if talk.pk is None else talk.pk


def _set_positions(found: dict[int, int], rows: Mapping[int, KnownTalk], plan: TalksPlan) -> None:
    for index, talk in enumerate(plan.talks):
        position = found.pop(_name(index, talk), None)
        old = rows[talk.pk].position if talk.pk else None
        if position is not None and position != old:
            change = Change.SHIFTED if talk.change is Change.UNCHANGED else talk.change
            plan.talks[index] = talk._replace(position=position, change=change)
    plan.positions.update({pk: position for pk, position in found.items() if rows[pk].position != position})
