"""Reconciles the takeaways of a post with their rows: what was reworded, moved, withdrawn or came back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from talks import markup
from talks.importing.aligning import align
from talks.importing.identity import choose_public_id, collapse, number_equal
from talks.importing.known import KnownTakeaway
from talks.importing.matching import Match
from talks.importing.merging import merge
from talks.importing.plan import Change, TakeawayPlan
from talks.parsing import Diagnostic, ParsedTakeaway, Severity

TEXTS_ALIKE = 0.6


@dataclass(slots=True)
class NotesPlan:
    """Takeaways by talk of the post, and those that left it."""

    talks: list[list[TakeawayPlan]] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    kept: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def reconcile_notes(
    key: str,
    matches: Sequence[Match],
    known: Sequence[KnownTakeaway],
    taken: Iterable[str],
    images: Mapping[str, str] = markup.NO_IMAGES,
) -> NotesPlan:
    """What becomes of every takeaway of the post, known or new; `images` are addresses by path."""
    news = [list(match.parsed.walk()) for match in matches]
    rows = _match_rows(matches, news, known)
    used = {row.pk for talk in rows for row in talk if row}
    plan = NotesPlan(withdrawn=[row.pk for row in known if not row.withdrawn and row.pk not in used])
    ordinals = number_equal(unit.text for units in news for unit in units)
    ids = {*taken, *(row.public_id for row in known)}
    for match, units, found in zip(matches, news, rows, strict=True):
        parents = _index_parents(match.parsed.takeaways)
        talk: list[TakeawayPlan] = []
        for index, (unit, row) in enumerate(zip(units, found, strict=True)):
            ordinal = next(ordinals)
            public_id = row.public_id if row else choose_public_id(key, unit.text, ordinal, ids)
            ids.add(public_id)
            bare = TakeawayPlan(
                pk=row.pk if row else None,
                public_id=public_id,
                parent=parents[index],
                kind=unit.kind.value,
                position=index + 1,
                text=unit.text,
                html="",
                line=unit.line,
                end_line=unit.end_line,
                imported={"text": unit.text, "kind": unit.kind.value},
                change=Change.CREATED,
            )
            merged = _merge_row(bare, row, plan) if row else bare
            talk.append(_finish(_render(key, merged, images, plan), row, match, talk))
        plan.talks.append(talk)
    return plan


def _match_rows(
    matches: Sequence[Match], news: Sequence[Sequence[ParsedTakeaway]], known: Sequence[KnownTakeaway]
) -> list[list[KnownTakeaway | None]]:
    """For each takeaway its row: aligned within its talk, else one with the same text anywhere in the post."""
    rows: list[list[KnownTakeaway | None]] = []
    for match, units in zip(matches, news, strict=True):
        own = [row for row in known if match.talk and row.talk == match.talk.pk and not row.withdrawn]
        own.sort(key=lambda row: row.position)
        texts = [unit.text for unit in units]
        found = align(_choose_texts(own, texts), texts, threshold=TEXTS_ALIKE)
        rows.append([None if i is None else own[i] for i in found])
    used = {row.pk for talk in rows for row in talk if row}
    left: dict[str, list[KnownTakeaway]] = {}
    for row in known:
        if row.pk not in used:
            left.setdefault(collapse(row.imported.get("text", row.text)), []).append(row)
    for match, units, talk in zip(matches, news, rows, strict=True):
        pk = match.talk.pk if match.talk else None
        for index, unit in enumerate(units):
            if talk[index] is None and (choice := left.get(collapse(unit.text))):
                talk[index] = min(choice, key=lambda row: (row.withdrawn, row.talk != pk, row.position))
                choice.remove(talk[index])  # type: ignore[arg-type]
    return rows


def _choose_texts(rows: Sequence[KnownTakeaway], texts: Sequence[str]) -> list[str]:
    """What each row is compared by: what the post said last, or the row's text where the post now says that."""
    said = {collapse(text) for text in texts}
    chosen = []
    for row in rows:
        last = row.imported.get("text", row.text)
        chosen.append(row.text if collapse(last) not in said and collapse(row.text) in said else last)
    return chosen


def _index_parents(takeaways: Sequence[ParsedTakeaway]) -> list[int | None]:
    """For each takeaway, in the order of walking, the index of the one that holds it."""
    parents: list[int | None] = []

    def descend(units: Sequence[ParsedTakeaway], parent: int | None) -> None:
        for unit in units:
            parents.append(parent)
            descend(unit.takeaways, len(parents) - 1)

    descend(takeaways, None)
    return parents


def _merge_row(new: TakeawayPlan, row: KnownTakeaway, plan: NotesPlan) -> TakeawayPlan:
    """The three-way merge of what a hand can change."""
    text = merge(row.imported.get("text", row.text), new.text, row.text)
    kind = merge(row.imported.get("kind", row.kind), new.kind, row.kind)
    if text.conflict:
        plan.kept += 1
        message = "This takeaway was edited here and in the post; the edit made here is kept."
        hint = "Bring the post and the takeaway to the same text."
        plan.diagnostics.append(Diagnostic(Severity.WARNING, "edited-here-and-in-post", new.line, message, hint))
    return replace(new, text=text.value, kind=kind.value)


def _render(key: str, new: TakeawayPlan, images: Mapping[str, str], plan: NotesPlan) -> TakeawayPlan:
    rendered = markup.render(new.text, base=f"/{key}", kind=new.kind, images=images)
    if rendered.fault:
        hint = "It is shown as plain text; make it simpler to see it with its markup."
        plan.diagnostics.append(Diagnostic(Severity.WARNING, "shown-as-text", new.line, rendered.fault, hint))
    return replace(new, html=rendered.html)


def _finish(new: TakeawayPlan, row: KnownTakeaway | None, match: Match, before: list[TakeawayPlan]) -> TakeawayPlan:
    """The takeaway with what happens to its row."""
    if row is None:
        return new
    parent = None if new.parent is None else before[new.parent].pk or 0  # 0: a row yet to be made
    says = (match.talk.pk if match.talk else None, parent, new.kind, new.text, False)
    stands = (new.position, new.line, new.end_line, new.html, new.imported)
    if (row.talk, row.parent, row.kind, row.text, row.withdrawn) != says:
        change = Change.UPDATED
    elif (row.position, row.line, row.end_line, row.html, row.imported) != stands:
        change = Change.SHIFTED
    else:
        change = Change.UNCHANGED
    return replace(new, change=change)
