"""Updates the rows of a post after a write-back, as if its file had always contained the written text."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from talks.fields import TAKEAWAY, TALK
from talks.importing.reconcile import Plan
from talks.models import TaggedPost, Takeaway, TalkSource
from talks.parsing import ParsedPost, ParsedTakeaway, ParsedTalk
from talks.write_back.edited_fields import EditedFields
from talks.write_back.edits import Addition, Edit, TagsEdit, TakeawayEdit, TalkEdit
from talks.write_back.proof import Written

_UNKNOWN = 0  # no row has this primary key


def update_rows(pk: int, parsed: ParsedPost, edited: EditedFields, written: Written) -> dict[int, list[int]]:
    """Update the rows of all that was written into the post: takeaways, tags, and the sources of its talks.

    Return the primary keys of each talk's takeaways in the order of the new text, by index of the talk; 0 stands for a
    takeaway whose row is not known.
    """
    expected: dict[int, list[int]] = {}
    for index, talk in enumerate(parsed.talks):
        rows = {number: row.pk for (told, number), row in edited.rows.items() if told == index}
        added = {edit.parent for edit in written.done if isinstance(edit, Addition) and edit.talk == index}
        new = {parent: edited.new[index, parent] for parent in added}
        expected[index] = [*_list_rows(talk.takeaways, 0, rows, new), *new.get(None, ())]
        for place, unit in enumerate(written.parsed.talks[index].walk()):
            row = expected[index][place]
            if any(row in group for group in new.values()):
                fields = {"position": place + 1, "line": unit.line, "end_line": unit.end_line}
                _update_takeaway(row, unit, post=pk, **fields)
    for edit in (*written.done, *written.also_changed):
        _update_edited_row(pk, edit, edited, written, expected)
    return expected


def _list_rows(
    units: Sequence[ParsedTakeaway], first: int, rows: dict[int, int], new: dict[int | None, list[int]]
) -> Iterator[int]:
    """Yield the primary keys of takeaways in the order of the post, new ones after the other children of their parent.

    `rows` has the stored ones by index, `new` the new ones by index of the parent; 0 stands for a takeaway that `rows`
    lacks. `first` is the index of the first of `units` in the talk.
    """
    for unit in units:
        yield rows.get(first, _UNKNOWN)
        yield from _list_rows(unit.takeaways, first + 1, rows, new)
        yield from new.get(first, ())
        first += sum(1 for _ in unit.walk())


def _update_edited_row(
    pk: int, edit: Edit, edited: EditedFields, written: Written, expected: dict[int, list[int]]
) -> None:
    if isinstance(edit, TagsEdit):
        TaggedPost.objects.filter(content_object=pk, origin="editor").update(origin="post")
    elif isinstance(edit, TalkEdit):
        _update_source(edited.sources[edit.talk].pk, written.parsed.talks[edit.talk], edit.field)
    elif isinstance(edit, TakeawayEdit):
        row = edited.rows.get((edit.talk, edit.unit))
        if row is None:
            return
        unit = list(written.parsed.talks[edit.talk].walk())[expected[edit.talk].index(row.pk)]
        _update_takeaway(row.pk, unit, post=pk)
    elif not isinstance(edit, Addition):
        assert_never(edit)


def _update_takeaway(pk: int, unit: ParsedTakeaway, **fields: int | None) -> None:
    """Store the text of `unit` as the takeaway's text and as what the last import read.

    The columns `fields` are set too.
    """
    row = Takeaway.objects.only("kind").get(pk=pk)
    row.text = unit.text
    said = TAKEAWAY.leave_out_same(TAKEAWAY.parse_record(unit), row)
    Takeaway.objects.filter(pk=pk).update(text=unit.text, imported=said, **fields)


def _update_source(pk: int, talk: ParsedTalk, field: str) -> None:
    row = TalkSource.objects.get(pk=pk)
    said = TALK.find_field(field).parse(talk)
    row.imported = {**row.imported, field: said}
    if field in ("title", "speakers"):
        setattr(row, field, said)
    row.save(update_fields=["title", "speakers", "imported"])


def is_expected(plan: Plan, edited: EditedFields, expected: dict[int, list[int]]) -> bool:
    """Whether the plan for the new text keeps the row of each talk and takeaway, and withdraws none.

    `expected` are the primary keys that `update_rows` returned; where one is 0, any row will do.
    """
    told = [talk for talk in plan.talks if talk.source]
    if len(told) != len(plan.talks) or plan.takeaways_withdrawn:
        return False
    for index, talk in enumerate(told):
        source = edited.sources.get(index)
        if source and talk.pk != source.talk.pk:
            return False
        # A takeaway without a line is in no post: an editor keeps it.
        found = [takeaway.pk for takeaway in talk.takeaways if takeaway.line is not None]
        if any(wanted != _UNKNOWN and wanted != pk for wanted, pk in zip(expected[index], found, strict=True)):
            return False
    return True
