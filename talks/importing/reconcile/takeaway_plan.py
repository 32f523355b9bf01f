"""Plans the changes of a post's takeaways: reworded, moved, withdrawn and restored ones. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial

from talks import markup
from talks.fields import TAKEAWAY, merge_values
from talks.importing.post_identity import choose_public_id, number_equal
from talks.importing.reconcile.edit_conflicts import Ledger
from talks.importing.reconcile.likeness import Likeness
from talks.importing.reconcile.plan import Change, ConflictPlan, GonePlan, TakeawayPlan
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.returned_takeaways import Returned, bring_back, bring_back_parts
from talks.importing.reconcile.takeaway_matching import MOVED_ALIKE, Note, align_notes, pair_equal_notes
from talks.importing.reconcile.talk_matching import Match
from talks.line_ends import join_lines
from talks.models import Takeaway, name_subject
from talks.parsing import Diagnostic, ParsedTakeaway
from talks.parsing import diagnostic_catalogue as catalogue

SAID_ELSEWHERE = 0.6  # share of a takeaway's words that another must contain to have absorbed it
MOST_ASKED = 20_000

Rows = list[list[Takeaway | None]]


@dataclass(slots=True)
class NotesPlan:
    """The planned takeaways, a list for each talk of the post, and the takeaways that left the post.

    `decided` are editors' decisions whether takeaways are withdrawn, by the takeaway's name in decisions.
    """

    ledger: Ledger
    decided: Mapping[str, bool]
    talks: list[list[TakeawayPlan]] = field(default_factory=list)
    withdrawn: list[GonePlan] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def decide(self, row: Takeaway) -> bool | None:
        """Return an editor's decision whether the takeaway is withdrawn; None without a decision."""
        return self.decided.get(name_subject(row))


def reconcile_notes(
    reading: ReadPost,
    matches: Sequence[Match],
    known: Sequence[Takeaway],
    taken: Sequence[Set[str]],
    ledger: Ledger,
    decided: Mapping[str, bool],
    images: Mapping[str, str],
) -> NotesPlan:
    """Return the plan of all takeaways of a post; `known` are its stored ones, `taken` sets of permalinks of others."""
    news = [list(match.parsed.walk()) for match in matches]
    plan = NotesPlan(ledger, decided)
    show = partial(_render, reading=reading, images=images, remarks=plan.diagnostics)
    own = reading.public_ids
    rows = _match_rows(matches, news, known, own, plan)
    numbered = enumerate(own)
    list_ordinals = cache(lambda: list(number_equal(unit.text for units in news for unit in units)))
    ids = {row.public_id for row in known}
    if not all(held.isdisjoint(own) for held in taken):
        ids = ids.union(*taken)
    for match, units, found in zip(matches, news, rows, strict=True):
        parents = _index_parents(match.parsed.takeaways)
        talk: list[TakeawayPlan] = []
        standing = 0
        for index, (unit, row) in enumerate(zip(units, found, strict=True)):
            (number, public_id), kind = next(numbered), unit.kind.value
            if row:
                public_id = row.public_id
            elif public_id in ids:
                public_id = choose_public_id(reading.key, unit.text, list_ordinals()[number] + 1, ids.union(*taken))
            ids.add(public_id)
            withdrawn = bool(row and plan.decide(row))
            parent = parents[index] if withdrawn else _find_standing(parents[index], talk)
            standing += not withdrawn
            bare = TakeawayPlan(
                pk=row.pk if row else None,
                public_id=public_id,
                parent=parent,
                kind=kind,
                position=max(standing, 1),
                text=unit.text,
                html="" if row else show(unit.text, kind, unit.line),
                line=unit.line,
                end_line=unit.end_line,
                headings=unit.headings,
                imported=TAKEAWAY.parse_record(unit) if row else {},
                change=Change.CREATED,
                hidden=row.hidden if row else parent is not None and talk[parent].hidden,
                withdrawn=withdrawn,
                before=row,
            )
            if row:
                merged = _merge_row(bare, row, plan)
                shown = merged._replace(html=show(merged.text, merged.kind, merged.line))
                talk.append(_finish(shown, row, match, talk))
            else:
                talk.append(bare)
        plan.talks.append(talk)
    _add_restored(matches, known, rows, plan)
    return plan


def _find_standing(parent: int | None, before: Sequence[TakeawayPlan]) -> int | None:
    """Return the index of the nearest takeaway that is not withdrawn: `parent` or one above it; None if all are."""
    while parent is not None and before[parent].withdrawn:
        parent = before[parent].parent
    return parent


def _match_rows(
    matches: Sequence[Match],
    news: Sequence[Sequence[ParsedTakeaway]],
    known: Sequence[Takeaway],
    own: Sequence[str],
    plan: NotesPlan,
) -> Rows:
    """Return for each talk of the post the rows of its takeaways, with None for a new takeaway.

    A row is chosen in this order: a present one with the note's text; a withdrawn one with this text, or whose
    permalink was made from it; a present one whose permalink was made from it, or whose text is similar; a withdrawn
    one of the same line. A row that an editor withdrew counts as present. Rows that left the post, except those that an
    editor withdrew or restored, are added to `plan.withdrawn`.
    """
    if not known:
        return [[None] * len(units) for units in news]
    talks = {match.talk.pk: number for number, match in enumerate(matches) if match.talk}
    old = [row for row in known if not row.withdrawn or plan.decide(row)]
    old.sort(key=lambda row: (talks.get(row.talk_id, -1), row.position, row.pk))
    gone = [row for row in known if row.withdrawn and not plan.decide(row)]
    units = [unit for talk in news for unit in talk]
    new = [Note(unit.text, number) for number, talk in enumerate(news) for unit in talk]
    texts = choose_texts(old, [note.text for note in new])
    likeness = Likeness(texts, [note.text for note in new])
    notes = [Note(text, talks.get(row.talk_id, -1)) for text, row in zip(texts, old, strict=True)]
    settled: dict[int, int | None] = {**pair_equal_notes(notes, new)}
    back = bring_back([j for j in range(len(new)) if j not in settled], new, own, talks, gone)
    settled |= dict.fromkeys(back)  # they continue no present row
    settled |= dict(_find_born(old, notes, new, own, settled))
    found = align_notes(notes, new, likeness, settled)

    def may_hold(i: int, j: int) -> bool:
        """Whether new note `j` is in the talk of old note `i` or, if the post lost this talk, on its line."""
        line = old[i].line or 0
        return new[j].talk == notes[i].talk or (notes[i].talk < 0 and units[j].line <= line <= units[j].end_line)

    left = _find_left(old, found, plan)
    into = dict(_find_absorbed(left, found, notes, new, likeness, may_hold))
    replaced = _find_replaced(_find_left(old, found, plan), back, likeness, may_hold)
    for i in _find_left(old, found, plan):
        last = into.get(i)
        while last in into:
            last = into[last]
        plan.withdrawn.append(GonePlan(old[i], replaced.get(i) if last is None else old[last].pk))
    back |= bring_back_parts([j for j, i in enumerate(found) if i is None and j not in back], units, gone)
    chosen = iter([back.get(j) if i is None else old[i] for j, i in enumerate(found)])
    return [[next(chosen) for _ in talk] for talk in news]


def _find_born(
    rows: Sequence[Takeaway],
    old: Sequence[Note],
    new: Sequence[Note],
    own: Sequence[str],
    settled: Mapping[int, int | None],
) -> Iterator[tuple[int, int]]:
    """Yield pairs: the index of a new note, and the index of a row whose permalink was made from the note's text.

    The row's text must still contain the note's. Notes and rows that are `settled` are left out.
    """
    taken = set(settled.values())
    places = {row.public_id: i for i, row in enumerate(rows) if i not in taken}
    for j, note in enumerate(new):
        i = places.get(own[j])
        if j not in settled and i is not None and join_lines(note.text) in join_lines(old[i].text):
            yield j, i


def _find_left(old: Sequence[Takeaway], found: Sequence[int | None], plan: NotesPlan) -> list[int]:
    """Return the indexes of rows that the post no longer has; rows that an editor withdrew or restored are left out."""
    used = set(found)
    return [i for i, row in enumerate(old) if i not in used and plan.decide(row) is None]


def _find_absorbed(
    left: Sequence[int],
    found: list[int | None],
    old: Sequence[Note],
    new: Sequence[Note],
    likeness: Likeness,
    may_hold: Callable[[int, int], bool],
) -> Iterator[tuple[int, int]]:
    """Yield pairs of indexes into `old`: a takeaway that left the post, and the one whose new text absorbed it.

    The new text must have 60 % of the words of the one that left, besides the words that it had before. If two
    takeaways of a talk became one, the row of the longer one stays: if `found` gives the new text the row of the
    shorter one, `found` is corrected. If that takes more than `MOST_ASKED` comparisons, nothing is yielded.
    """
    grown = [j for j, i in enumerate(found) if i is not None and join_lines(old[i].text) != join_lines(new[j].text)]
    if len(left) * len(grown) > MOST_ASKED:
        return
    for i in left:
        asked = [(likeness.measure_share(i, j, found[j] or 0), j) for j in grown if may_hold(i, j)]
        share, j = max(asked, default=(0.0, 0))
        if share >= SAID_ELSEWHERE:
            other = found[j] or 0
            longer = len(old[i].text) > len(old[other].text) and new[j].talk == old[i].talk
            if longer and likeness.measure_share(other, j, i) >= SAID_ELSEWHERE:
                found[j], i, other = i, other, i
            yield i, other


def _find_replaced(
    left: Sequence[int], back: Returned, likeness: Likeness, may_hold: Callable[[int, int], bool]
) -> dict[int, int]:
    """Return for takeaways that left the post the primary key of the most similar one that is back, by index (`left`).

    `back` has takeaways that were withdrawn and that the post says again. Only pairs count that `may_hold` allows; a
    takeaway without a similar one is left out.
    """
    if len(left) * len(back) > MOST_ASKED:
        return {}
    asked = {i: [(likeness.compare(i, j), j) for j in back if may_hold(i, j)] for i in left}
    best = {i: max(pairs, default=(0.0, 0)) for i, pairs in asked.items()}
    return {i: back[j].pk for i, (share, j) in best.items() if share >= MOVED_ALIKE}


def _add_restored(matches: Sequence[Match], known: Sequence[Takeaway], rows: Rows, plan: NotesPlan) -> None:
    """Add to the plan the takeaways that an editor restored although the post lacks them, at the end of their talks.

    Takeaways of talks that the post has no notes of any more are left out.
    """
    used = {row.pk for talk in rows for row in talk if row}
    told = {match.talk.pk: number for number, match in enumerate(matches) if match.talk}
    paths: dict[int, list[int]] = {}
    for row in sorted(known, key=lambda row: (row.position, row.pk)):
        if row.pk in used or row.withdrawn or plan.decide(row) is not False or row.talk_id not in told:
            continue
        talk, path = plan.talks[told[row.talk_id]], paths.setdefault(row.talk_id, [])
        while path and talk[path[-1]].pk != row.parent_id:
            path.pop()
        parent = path[-1] if path else None
        stands = (sum(not above.withdrawn for above in talk) + 1, None if parent is None else row.parent_id, None)
        path.append(len(talk))
        talk.append(
            TakeawayPlan(
                pk=row.pk,
                public_id=row.public_id,
                parent=parent,
                kind=row.kind,
                position=stands[0],
                text=row.text,
                html=row.html,
                line=None,
                end_line=None,
                headings="",
                imported=row.said,
                change=Change.UNCHANGED if (row.position, row.parent_id, row.line) == stands else Change.SHIFTED,
                hidden=row.hidden,
                before=row,
            )
        )


def choose_texts(rows: Sequence[Takeaway], texts: Sequence[str]) -> list[str]:
    """Return for each stored takeaway the text that is compared with the post's `texts`: the one last imported.

    But it is the row's present text if this is among the `texts` and the one last imported is not.
    """
    said = {join_lines(text) for text in texts}
    chosen = []
    for row in rows:
        last = row.said["text"]
        chosen.append(row.text if join_lines(last) not in said and join_lines(row.text) in said else last)
    return chosen


def _index_parents(takeaways: Sequence[ParsedTakeaway]) -> list[int | None]:
    """Return for each takeaway, parents before children, the index of its parent in this order, else None."""
    parents: list[int | None] = []
    _add_parents(parents, takeaways, None)
    return parents


def _add_parents(parents: list[int | None], takeaways: Sequence[ParsedTakeaway], parent: int | None) -> None:
    for takeaway in takeaways:
        parents.append(parent)
        if takeaway.takeaways:
            _add_parents(parents, takeaway.takeaways, len(parents) - 1)


def _merge_row(new: TakeawayPlan, row: Takeaway, plan: NotesPlan) -> TakeawayPlan:
    """Return the takeaway `new` with each value that the post changed since the last import, else with the row's.

    If both post and editor changed a value, the editor's stays, and a conflict is noted.
    """
    now = TAKEAWAY.read_row(row)
    merged = merge_values(TAKEAWAY, {**now, **row.said}, new.imported, now)
    for each in merged.conflicts:
        name = each.name
        ours, theirs = each.show(now[name]), each.show(new.imported[name])
        conflict = ConflictPlan(name, ours, theirs, new.line or 1, takeaway=row.pk)
        what = "This takeaway" if name == "text" else f"This takeaway's {each.label}"
        plan.ledger.note(conflict, name_subject(row), what, plan.diagnostics)
    for each in merged.agreed:
        plan.ledger.agree(each.name, takeaway=row.pk)
    return new._replace(**merged.values)


def _render(
    text: str, kind: str, line: int | None, *, reading: ReadPost, images: Mapping[str, str], remarks: list[Diagnostic]
) -> str:
    if not images and (html := reading.ahead.html.get((kind, text))) is not None:
        return html
    rendered = markup.render(text, post=reading.key, kind=kind, images=images)
    if rendered.fault:
        remarks.append(catalogue.TAKEAWAY_SHOWN_AS_TEXT.at(line or 1, fault=rendered.fault))
    return rendered.html


def _finish(new: TakeawayPlan, row: Takeaway, match: Match, before: list[TakeawayPlan]) -> TakeawayPlan:
    """Return the takeaway with its `change`: whether its row is updated, shifted or unchanged.

    `before` are the planned takeaways of the talk above this one, among them its parent.
    """
    parent = None if new.parent is None else before[new.parent].pk or 0  # 0: a row yet to be made
    says = (match.talk.pk if match.talk else None, parent, new.kind, new.text, new.withdrawn)
    stands = (new.position, new.line, new.end_line, new.headings, new.html, new.imported)
    if row.post_id is None or (row.talk_id, row.parent_id, row.kind, row.text, row.withdrawn) != says:
        change = Change.UPDATED
    elif (row.position, row.line, row.end_line, row.headings, row.html, row.said) != stands:
        change = Change.SHIFTED
    else:
        change = Change.UNCHANGED
    return new._replace(change=change)
