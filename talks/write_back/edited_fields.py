"""Lists what editors changed in the rows of one post since its text was last imported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from talks import names
from talks.fields import TALK, Person
from talks.grouping import group_pairs
from talks.importing.reconcile import Known, KnownPost, rank_post
from talks.line_ends import join_lines
from talks.models import Conflict, Speaker, Tag, TaggedPost, Takeaway, TalkSource
from talks.parsing import Kind, ParsedPost, ParsedSpeaker, ParsedTakeaway, ParsedTalk
from talks.write_back.edits import Addition, Edit, TagsEdit, TakeawayEdit, TalkEdit


@dataclass(frozen=True, slots=True)
class EditedField:
    """One change by an editor, for reports: line in the file, name of the field, old and new text.

    `edit` is the change to write; if it cannot be written, `edit` is None and `why` says the reason.
    """

    line: int
    what: str
    old: str
    new: str
    edit: Edit | None = None
    why: str = ""


@dataclass(slots=True)
class EditedFields:
    """All changes by editors to one post, and the rows of its talks and takeaways.

    `sources` are the talks' sources by index of the talk, `rows` the takeaways' rows by indexes of talk and takeaway.
    `new` are primary keys of takeaways without a line in the post, by index of the talk and of the parent takeaway
    (None at the top level); parents come before children.
    """

    all: list[EditedField] = field(default_factory=list)
    sources: dict[int, TalkSource] = field(default_factory=dict)
    rows: dict[tuple[int, int], Takeaway] = field(default_factory=dict)
    new: dict[tuple[int, int | None], list[int]] = field(default_factory=dict)

    def list_reworded(self, parsed: ParsedPost) -> set[tuple[int, int]]:
        """Return the indexes (talk, takeaway) of the takeaways whose text an editor changed."""
        notes = [list(talk.walk()) for talk in parsed.talks]
        return {(talk, unit) for (talk, unit), row in self.rows.items() if row.text != notes[talk][unit].text}


def find_edited_fields(parsed: ParsedPost, known: Known, post: KnownPost) -> EditedFields:
    """Return all changes by editors that the post's file lacks; `parsed` is the file as last imported."""
    edited = EditedFields()
    for source in post.sources:
        if not source.withdrawn and source.position <= len(parsed.talks):
            edited.sources[source.position - 1] = source
    present = [row for row in post.takeaways if not row.withdrawn]
    rows = group_pairs(((row.line, join_lines(row.said["text"])), row) for row in present)
    for index in sorted(edited.sources):
        _add_talk(edited, parsed, index, known, post)
        _add_notes(edited, parsed, index, rows)
        _add_new(edited, parsed, index, known, post.row.pk)
    _add_tags(edited, parsed, known, post)
    _refuse_disputed(edited)
    return edited


def _add_talk(edited: EditedFields, parsed: ParsedPost, index: int, known: Known, post: KnownPost) -> None:
    """Add to `edited` the changed fields of one talk, if the post is the first of those with notes of the talk.

    A talk shows the title and speakers of its first post, so an editor's change belongs there. A value that another
    post of the talk gives is no change by an editor: the talk shows the value because that post used to be the first.
    """
    talk, row = parsed.talks[index], known.talks[edited.sources[index].talk_id]
    order = rank_post(post.row)
    if row.withdrawn or any(witness.order < order for witness in row.witnesses):
        return
    own = TALK.resolve(TALK.parse_record(talk), known.find_setting(row.day[0]))
    said = [own, *(witness.values for witness in row.witnesses)]
    for each in TALK:
        now = row.values[each.name]
        if each.written_back and now not in [values[each.name] for values in said]:
            value = tuple(_name_speakers(talk, known, now)) if each.name == "speakers" else now
            old, new = ((each.show(side).replace("\n", ", ")) for side in (own[each.name], now))
            edit = TalkEdit(index, each.name, value)
            edited.all.append(EditedField(talk.line, f"talk's {each.label}", old, new, edit))


def _name_speakers(talk: ParsedTalk, known: Known, wanted: Sequence[Person]) -> Iterator[ParsedSpeaker]:
    """Yield the wanted speakers with the wanted affiliations.

    Speakers whom the post names have name, handle and address as the post gives them, other speakers as their rows do.
    """
    people = known.find_setting(0).people
    said: dict[str, ParsedSpeaker] = {}
    for speaker in talk.speakers:
        folded = names.fold_name(speaker.name)
        said.setdefault(people.get(folded, folded), speaker)
    rows = {row.folded: row for row in Speaker.objects.filter(folded__in=[person.folded for person in wanted])}
    for person in wanted:
        affiliation = person.affiliation or None
        if person.folded in said:
            yield replace(said[person.folded], affiliation=affiliation)
        else:
            row = rows[person.folded]
            yield ParsedSpeaker(row.name, affiliation, row.handle or None, row.url or None)


def _add_notes(
    edited: EditedFields, parsed: ParsedPost, index: int, rows: Mapping[tuple[int | None, str], list[Takeaway]]
) -> None:
    for number, unit in enumerate(parsed.talks[index].walk()):
        found = rows.get((unit.line, join_lines(unit.text)))
        if not found:
            continue
        row = edited.rows[index, number] = found.pop(0)
        if row.kind != unit.kind.value:
            why = "the form of a takeaway is changed in the post itself"
            edited.all.append(EditedField(unit.line, "takeaway's kind", unit.kind.value, row.kind, why=why))
        if row.text != unit.text:
            edit = TakeawayEdit(index, number, row.text.strip("\n").rstrip())
            edited.all.append(EditedField(unit.line, "takeaway", unit.text, edit.text, edit))


def _add_new(edited: EditedFields, parsed: ParsedPost, index: int, known: Known, post: int) -> None:
    """Add to `edited` the takeaways of a talk that an editor restored or wrote and that have no line in the post.

    Hidden ones are left out. Takeaways with one parent, and those nested in them, are one change. It gets no `edit` if
    an editor wrote one of them and other posts have notes of the talk, since it could go into any of these posts; nor
    if the parent has no line.
    """
    talk = known.talks[edited.sources[index].talk_id]
    numbers = {row.pk: number for (talk, number), row in edited.rows.items() if talk == index}
    units = list(parsed.talks[index].walk())
    missing = Takeaway.objects.filter(Q(post=None) | Q(post=post, line=None), talk=talk.pk)
    rows = list(missing.filter(withdrawn=False, hidden=False).order_by("position", "pk"))
    new = {row.pk for row in rows}
    parents = {row.parent_id for row in rows if row.parent_id not in new}
    for parent in sorted(parents, key=lambda pk: -1 if pk is None else numbers.get(pk, 0), reverse=True):
        order: list[int] = []
        notes = tuple(_build_nested(rows, parent, order))
        number = None if parent is None else numbers.get(parent)
        above = units if number is None else list(units[number].walk())
        line = max([parsed.talks[index].line, *(unit.end_line for unit in above)])
        group = [row for row in rows if row.pk in order]
        is_new = any(row.post_id is None for row in group)
        what = f"{'new' if is_new else 'restored'} takeaway{'s' if len(group) > 1 else ''}"
        item = EditedField(line, what, "", "\n".join(row.text for row in group), Addition(index, notes, number))
        if talk.witnesses and is_new:
            item = replace(item, edit=None, why="several posts tell of this talk, so none of them is changed")
        elif parent is not None and number is None:
            item = replace(item, edit=None, why="what it is nested in stands in no line of the post")
        else:
            edited.new[index, number] = order
        edited.all.append(item)


def _build_nested(rows: Sequence[Takeaway], parent: int | None, order: list[int]) -> Iterator[ParsedTakeaway]:
    for row in rows:
        if row.parent_id == parent:
            order.append(row.pk)
            below = tuple(_build_nested(rows, row.pk, order))
            yield ParsedTakeaway(Kind(row.kind), row.text.strip("\n").rstrip(), 0, 0, below)


def _add_tags(edited: EditedFields, parsed: ParsedPost, known: Known, post: KnownPost) -> None:
    granted = set(TaggedPost.objects.filter(content_object=post.row.pk).values_list("tag__folded", flat=True))
    said = {known.find_tag(tag).key: tag for tag in parsed.tags}
    new = sorted(Tag.objects.filter(folded__in=granted - said.keys()).values_list("name", flat=True))
    wanted = (*(tag for key, tag in said.items() if key in granted), *new)
    if new or said.keys() - granted:
        edited.all.append(EditedField(1, "tags", ", ".join(parsed.tags), ", ".join(wanted), TagsEdit(wanted)))


def _refuse_disputed(edited: EditedFields) -> None:
    """Remove the `edit` from changes of talks and takeaways with an open conflict; `why` says to answer it first."""
    is_open = Conflict.objects.filter(settled="")
    talks = set(is_open.filter(takeaway=None).exclude(talk=None).values_list("talk", flat=True))
    takeaways = set(is_open.exclude(takeaway=None).values_list("takeaway", flat=True))
    for number, item in enumerate(edited.all):
        edit = item.edit
        if isinstance(edit, TalkEdit):
            disputed = edited.sources[edit.talk].talk_id in talks
        else:
            disputed = isinstance(edit, TakeawayEdit) and edited.rows[edit.talk, edit.unit].pk in takeaways
        if disputed:
            edited.all[number] = replace(item, edit=None, why="a conflict about it is open; settle it first")
