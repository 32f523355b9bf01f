"""Reconciles the talks of a post with their rows: titles, speakers, places, and those that left. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from talks import names
from talks.importing.reconcile.edit_conflicts import Ledger, write_speakers
from talks.importing.reconcile.known import DayKey, Known, KnownSource, KnownTalk, Order, Words, make_order
from talks.importing.reconcile.plan import Change, ConflictPlan, SourcePlan, TalkPlan
from talks.importing.reconcile.talk_matching import Match
from talks.importing.reconcile.talk_order import Place, arrange_day
from talks.importing.reconcile.three_way_merge import merge
from talks.parsing import Diagnostic, ParsedSpeaker, ParsedTalk


@dataclass(slots=True)
class TalksPlan:
    """The post's talks in its order, then those that left it; and new places of the talks of other posts.

    `here` is the conference: 0 for one that is yet to be made.
    """

    here: int
    ledger: Ledger
    talks: list[TalkPlan] = field(default_factory=list)
    positions: dict[int, int] = field(default_factory=dict)
    speakers_left: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def reconcile_talks(known: Known, matches: Sequence[Match], order: Order, ledger: Ledger) -> TalksPlan:
    """What becomes of every talk that the post tells of or told of; `order` is the post's place among others."""
    plan = TalksPlan(known.conference.pk or 0, ledger)
    held = {talk.slug for talk in known.talks if talk.day[0] == known.conference.pk}
    for position, match in enumerate(matches, 1):
        talk = _reconcile_talk(known, match, position, order, plan)
        if match.talk is None or (talk.placed and match.talk.day[0] != known.conference.pk):
            if match.talk is None or talk.slug in held or known.moved.get(talk.slug, talk.pk) != talk.pk:
                slug = names.choose_slug(talk.title, held | known.moved.keys(), fallback="talk")
                talk = replace(talk, slug=slug)
            held.add(talk.slug)
        plan.talks.append(talk)
    found = {match.source.pk for match in matches if match.source}
    for source in known.post.sources if known.post else ():
        if source.pk not in found and not source.withdrawn and not source.talk.restored:
            plan.talks.append(_lose_talk(known, source, plan))
    _arrange(known, matches, order, plan)
    return plan


def _reconcile_talk(known: Known, match: Match, position: int, order: Order, plan: TalksPlan) -> TalkPlan:
    parsed, row = match.parsed, match.talk
    new = Words(parsed.title, (plan.here, parsed.day), parsed.speakers)
    source = _plan_source(match, position)
    if row is None:
        return TalkPlan(
            None, Change.CREATED, parsed.title, "", False, True, parsed.day, None, parsed.speakers, source=source
        )
    last = _find_lead(known, match.source, row)
    lead = min([(order, new), *((w.order, w.words) for w in row.witnesses)], key=lambda said: said[0])[1]
    # A talk that no post has told of yet is a hand's work: it keeps its words, as if the post had always said its own.
    return _show(known, row, last or lead, lead, parsed.line, source, plan)


def _find_lead(known: Known, source: KnownSource | None, row: KnownTalk) -> Words | None:
    """The words that the row shows unless a hand changed them; None where no post has told of it."""
    said = [(witness.order, witness.words) for witness in row.witnesses]
    if source and known.post and (not source.withdrawn or not said):
        said.append((make_order(known.post.fields, known.post.key), _recall(source, known.post.conference)))
    return min(said, key=lambda item: item[0])[1] if said else None


def _recall(source: KnownSource, conference: int) -> Words:
    imported = source.imported
    return Words(
        str(imported.get("title", source.title)),
        (conference, imported.get("day")),  # type: ignore[arg-type]
        read_speakers(imported.get("speakers", source.speakers)),
    )


def read_speakers(stored: object) -> tuple[ParsedSpeaker, ...]:
    """Speakers as a source's row holds them."""
    return tuple(ParsedSpeaker(**speaker) for speaker in stored) if isinstance(stored, list) else ()


def list_people(known: Known, speakers: Sequence[ParsedSpeaker]) -> tuple[tuple[str, str], ...]:
    """Folded names with affiliations as the talk's row has them: one who is written in several ways, once."""
    people: dict[str, str] = {}
    for speaker in speakers:
        folded = names.fold_name(speaker.name)
        row = known.speakers.get(folded)
        people.setdefault((row and row.folded) or folded, speaker.affiliation or "")
    return tuple(people.items())


def _show(
    known: Known, row: KnownTalk, last: Words, new: Words, line: int, source: SourcePlan | None, plan: TalksPlan
) -> TalkPlan:
    """The three-way merge of what the talk shows."""
    shapes = [list_people(known, words.speakers) for words in (last, new)]
    title = merge(last.title, new.title, row.title)
    day = merge(last.day, new.day if new.day[0] == plan.here else row.day, row.day)
    speakers = merge(shapes[0], shapes[1], row.appearances)
    _note_conflicts(row, new, {"title": title.conflict, "day": day.conflict, "speakers": speakers.conflict}, line, plan)
    changed = (title.value, day.value, speakers.value) != (row.title, row.day, row.appearances) or row.withdrawn
    if speakers.value == row.appearances:
        plan.speakers_left.update(name for name, _ in row.appearances)
    return TalkPlan(
        row.pk,
        Change.UPDATED if changed else Change.UNCHANGED,
        title.value,
        row.slug,
        False,
        placed=day.value != row.day,
        day=day.value[1],
        position=None,
        speakers=None if speakers.value == row.appearances else new.speakers,
        source_pk=source.pk if source else None,
        source=source,
        before=row,
    )


def _note_conflicts(row: KnownTalk, new: Words, conflicts: Mapping[str, bool], line: int, plan: TalksPlan) -> None:
    sides = {
        "title": (row.title, new.title),
        "day": tuple("" if day[1] is None else str(day[1]) for day in (row.day, new.day)),
        "speakers": (write_speakers(row.appearances), write_speakers(new.speakers)),
    }
    for name, (ours, theirs) in sides.items():
        if conflicts[name]:
            conflict = ConflictPlan(name, ours, theirs, line, talk=row.pk)
            plan.ledger.note(conflict, row.subject, f"The talk's {name}", plan.diagnostics)
        elif names.fold(ours) == names.fold(theirs):
            plan.ledger.agree(name, talk=row.pk)


def _plan_source(match: Match, position: int) -> SourcePlan:
    parsed, row = match.parsed, match.source
    speakers = [
        {"name": s.name, "affiliation": s.affiliation, "handle": s.handle, "url": s.url} for s in parsed.speakers
    ]
    imported = {"title": parsed.title, "speakers": speakers, "day": parsed.day}
    new = (parsed.title, parsed.heading, speakers, position, parsed.line, _find_end(parsed), imported)
    if row is None:
        change = Change.CREATED
    elif row.withdrawn or (row.title, row.heading, row.speakers) != new[:3]:
        change = Change.UPDATED
    else:
        old = (row.position, row.line, row.end_line, row.imported)
        change = Change.UNCHANGED if old == new[3:] else Change.SHIFTED
    return SourcePlan(row.pk if row else None, *new, change)


def _find_end(parsed: ParsedTalk) -> int:
    ends = [passage.end_line for passage in parsed.head] + [takeaway.end_line for takeaway in parsed.walk()]
    return max([parsed.line, *ends])


def _lose_talk(known: Known, source: KnownSource, plan: TalksPlan) -> TalkPlan:
    """A talk that left the post: withdrawn with its last source, else it shows what another post says of it."""
    row = source.talk
    if row.witnesses:
        lead = min(row.witnesses, key=lambda witness: witness.order).words
        last = _find_lead(known, source, row) or lead
        return replace(_show(known, row, last, lead, source.line, None, plan), source_pk=source.pk)
    return TalkPlan(
        row.pk,
        Change.WITHDRAWN,
        row.title,
        row.slug,
        True,
        False,
        row.day[1],
        None,
        None,
        source_pk=source.pk,
        before=row,
    )


def _arrange(known: Known, matches: Sequence[Match], order: Order, plan: TalksPlan) -> None:
    """Give each talk of the days concerned its place. New talks are called by negative numbers until they are rows."""
    rows = {talk.pk: talk for talk in known.talks}
    days: dict[int, DayKey] = {}
    for index, talk in enumerate(plan.talks):
        if not talk.withdrawn:
            days[_name(index, talk)] = (plan.here, talk.day) if talk.pk is None or talk.placed else rows[talk.pk].day
    mine = [_name(index, talk) for index, talk in enumerate(plan.talks) if talk.source]
    told = {match.source.talk.pk: match.source for match in matches if match.source and not match.source.withdrawn}
    leaving = {talk.pk for talk in plan.talks if talk.pk and (talk.withdrawn or talk.placed)}
    places: dict[int, Place] = {name: (order, index) for index, name in enumerate(mine)}
    for row in known.talks:
        for witness in row.witnesses:
            place = (witness.order, witness.position)
            places[row.pk] = min(places.get(row.pk, place), place)
    found: dict[int, int] = {}
    for day in {*days.values(), *(rows[pk].day for pk in leaving)}:
        live = [row for row in known.talks if row.day == day and not row.withdrawn and row.pk not in leaving]
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


def _set_positions(found: dict[int, int], rows: dict[int, KnownTalk], plan: TalksPlan) -> None:
    for index, talk in enumerate(plan.talks):
        position = found.pop(_name(index, talk), None)
        old = rows[talk.pk].position if talk.pk else None
        if position is not None and position != old:
            change = Change.SHIFTED if talk.change is Change.UNCHANGED else talk.change
            plan.talks[index] = replace(talk, position=position, change=change)
    plan.positions.update({pk: position for pk, position in found.items() if rows[pk].position != position})
