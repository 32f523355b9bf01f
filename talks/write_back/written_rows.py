"""The rows of a post that was written back say what its new text says, as if it had always said so."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from talks.fields import TAKEAWAY, TALK
from talks.importing.reconcile import Plan
from talks.models import TaggedPost, Takeaway, TalkSource
from talks.parsing import ParsedPost, ParsedTakeaway, ParsedTalk
from talks.write_back.edited_fields import Wishes
from talks.write_back.edits import Addition, Edit, TagsEdit, TakeawayEdit, TalkEdit
from talks.write_back.proof import Written

_UNKNOWN = 0  # no row has this primary key


def settle_rows(pk: int, parsed: ParsedPost, wishes: Wishes, written: Written) -> dict[int, list[int]]:
    """Bring the rows of the post's takeaways up to date; gives their primary keys by talk, in the new order."""
    expected: dict[int, list[int]] = {}
    for index, talk in enumerate(parsed.talks):
        rows = {number: row.pk for (told, number), row in wishes.rows.items() if told == index}
        added = {edit.parent for edit in written.done if isinstance(edit, Addition) and edit.talk == index}
        new = {parent: wishes.new[index, parent] for parent in added}
        expected[index] = [*_list_rows(talk.takeaways, 0, rows, new), *new.get(None, ())]
        for place, unit in enumerate(written.parsed.talks[index].walk()):
            said = TAKEAWAY.say(unit)
            row = expected[index][place]
            if any(row in group for group in new.values()):
                fields = {"position": place + 1, "line": unit.line, "end_line": unit.end_line}
                Takeaway.objects.filter(pk=row).update(text=unit.text, imported=said, post=pk, **fields)
    for edit in (*written.done, *written.along):
        _settle_edit(pk, edit, wishes, written, expected)
    return expected


def _list_rows(
    units: Sequence[ParsedTakeaway], first: int, rows: dict[int, int], new: dict[int | None, list[int]]
) -> Iterator[int]:
    """The rows of units, the first of which has this index, with what is new behind what is nested in each."""
    for unit in units:
        yield rows.get(first, _UNKNOWN)
        yield from _list_rows(unit.takeaways, first + 1, rows, new)
        yield from new.get(first, ())
        first += sum(1 for _ in unit.walk())


def _settle_edit(pk: int, edit: Edit, wishes: Wishes, written: Written, expected: dict[int, list[int]]) -> None:
    if isinstance(edit, TagsEdit):
        TaggedPost.objects.filter(content_object=pk, origin="editor").update(origin="post")
    elif isinstance(edit, TalkEdit):
        _settle_source(wishes.sources[edit.talk].pk, written.parsed.talks[edit.talk], edit.field)
    elif isinstance(edit, TakeawayEdit):
        row = wishes.rows.get((edit.talk, edit.unit))
        if row is None:
            return
        unit = list(written.parsed.talks[edit.talk].walk())[expected[edit.talk].index(row.pk)]
        said = TAKEAWAY.say(unit)
        Takeaway.objects.filter(pk=row.pk).update(text=unit.text, imported=said, post=pk)
    elif not isinstance(edit, Addition):
        assert_never(edit)


def _settle_source(pk: int, talk: ParsedTalk, field: str) -> None:
    row = TalkSource.objects.get(pk=pk)
    said = TALK.find(field).parse(talk)
    row.imported = {**row.imported, field: said}
    if field in ("title", "speakers"):
        setattr(row, field, said)
    row.save(update_fields=["title", "speakers", "imported"])


def is_expected(plan: Plan, wishes: Wishes, expected: dict[int, list[int]]) -> bool:
    """Whether importing the new text leaves every talk and takeaway the row that it is."""
    told = [talk for talk in plan.talks if talk.source]
    if len(told) != len(plan.talks) or plan.takeaways_withdrawn:
        return False
    for index, talk in enumerate(told):
        source = wishes.sources.get(index)
        if source and talk.pk != source.talk.pk:
            return False
        # A takeaway without a line is kept by an editor alone.
        found = [takeaway.pk for takeaway in talk.takeaways if takeaway.line is not None]
        if any(wanted != _UNKNOWN and wanted != pk for wanted, pk in zip(expected[index], found, strict=True)):
            return False
    return True
