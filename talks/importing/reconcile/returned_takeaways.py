"""Finds the withdrawn takeaways that a post says again, so that their permalinks live on. Pure."""

from collections.abc import Collection, Mapping, Sequence

from talks.importing.reconcile.takeaway_matching import Note
from talks.line_ends import join_lines
from talks.models import Takeaway
from talks.parsing import ParsedTakeaway

Returned = dict[int, Takeaway]  # withdrawn takeaways by the index of the note that they are now


def bring_back(
    left: Collection[int], new: Sequence[Note], own: Sequence[str], talks: Mapping[int, int], gone: list[Takeaway]
) -> Returned:
    """Return for notes of the post the withdrawn takeaways that they bring back, by the note's index in `new`.

    Only notes whose indexes are in `left` get one from `gone`: the takeaway with the note's text, one of its own talk
    before others; else the takeaway with the permalink that the note would get as a new takeaway (in `own`). The
    takeaways chosen are removed from `gone`. `talks` are the indexes of talks in the post by primary key.
    """
    by_text: dict[str, list[Takeaway]] = {}
    for row in gone:
        by_text.setdefault(join_lines(row.said["text"]), []).append(row)
    back: Returned = {}
    for j in left:
        if choice := by_text.get(join_lines(new[j].text)):
            back[j] = min(choice, key=lambda row: (talks.get(row.talk_id) != new[j].talk, row.position))
            choice.remove(back[j])
    born = {row.public_id: row for rows in by_text.values() for row in rows}
    back |= {j: born[own[j]] for j in left if j not in back and own[j] in born}
    _remove(back, gone)
    return back


def bring_back_parts(left: Collection[int], units: Sequence[ParsedTakeaway], gone: list[Takeaway]) -> Returned:
    """Return for units of the post the withdrawn takeaways that they bring back, by the unit's index in `units`.

    Only units whose indexes are in `left` get one from `gone`: a takeaway with the same first line number whose text
    contains the unit's or is part of it; of several, the one with most text in common. So a line that corrections cut,
    joined and cut elsewhere gets back its takeaways. The takeaways chosen are removed from `gone`.
    """
    by_line: dict[int | None, list[Takeaway]] = {}
    for row in gone:
        by_line.setdefault(row.line, []).append(row)
    back: Returned = {}
    for j in left:
        text = join_lines(units[j].text)
        said = {row.pk: join_lines(row.said["text"]) for row in by_line.get(units[j].line, ())}
        alike = [row for row in by_line.get(units[j].line, ()) if text in said[row.pk] or said[row.pk] in text]
        if alike:
            back[j] = max(alike, key=lambda row: (min(len(text), len(said[row.pk])), -row.pk))
            by_line[units[j].line].remove(back[j])
    _remove(back, gone)
    return back


def _remove(back: Returned, gone: list[Takeaway]) -> None:
    taken = {row.pk for row in back.values()}
    gone[:] = [row for row in gone if row.pk not in taken]
