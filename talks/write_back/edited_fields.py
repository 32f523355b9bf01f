"""What an editor changed in the rows of one post, against what the post said when it was last imported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from talks import names
from talks.fields import TALK, Person
from talks.importing import collapse
from talks.importing.reconcile import (
    Known,
    KnownPost,
    KnownSource,
    KnownTakeaway,
    make_order,
)
from talks.models import Conflict, Speaker, Tag, TaggedPost, Takeaway
from talks.parsing import Kind, ParsedPost, ParsedSpeaker, ParsedTakeaway, ParsedTalk
from talks.vocabulary import recognise
from talks.write_back.edits import Addition, Edit, TagsEdit, TakeawayEdit, TalkEdit

_IN_CONFLICT = "a conflict about it is open; settle it first"


@dataclass(frozen=True, slots=True)
class Wish:
    """One hand edit as it is shown: where in the file, of what, from what to what. Without `edit`, `why` not."""

    line: int
    what: str
    old: str
    new: str
    edit: Edit | None = None
    why: str = ""


@dataclass(slots=True)
class Wishes:
    """All hand edits of a post, and the rows behind its talks and takeaways.

    `sources` are by index of the talk, `rows` by indexes of talk and takeaway, `new` are primary keys of takeaways
    that stand in no line, by talk and what they are nested in there, in order, parents before what they hold.
    """

    all: list[Wish] = field(default_factory=list)
    sources: dict[int, KnownSource] = field(default_factory=dict)
    rows: dict[tuple[int, int], KnownTakeaway] = field(default_factory=dict)
    new: dict[tuple[int, int | None], list[int]] = field(default_factory=dict)

    def list_held(self, parsed: ParsedPost) -> set[tuple[int, int]]:
        """The takeaways, by indexes, to which an editor has given other words than the post."""
        notes = [list(talk.walk()) for talk in parsed.talks]
        return {(talk, unit) for (talk, unit), row in self.rows.items() if row.text != notes[talk][unit].text}


def collect_wishes(parsed: ParsedPost, known: Known, post: KnownPost) -> Wishes:
    """All hand edits that the post's file does not have yet; `parsed` is the file as it was imported."""
    wishes = Wishes()
    for source in post.sources:
        if not source.withdrawn and source.position <= len(parsed.talks):
            wishes.sources[source.position - 1] = source
    rows: dict[tuple[int | None, str], list[KnownTakeaway]] = {}
    for row in post.takeaways:
        if not row.withdrawn:
            rows.setdefault((row.line, collapse(row.imported.get("text", ""))), []).append(row)
    for index, source in sorted(wishes.sources.items()):
        _collect_talk(wishes, parsed, index, known, post)
        _collect_notes(wishes, parsed, index, rows)
        _collect_new(wishes, parsed, index, source, post.pk)
    _collect_tags(wishes, parsed, known, post)
    _leave_conflicts(wishes)
    return wishes


def _collect_talk(wishes: Wishes, parsed: ParsedPost, index: int, known: Known, post: KnownPost) -> None:
    """A talk shows the words of the post that came first, so only that one has them wrong.

    Another post's words are no edit: the talk shows them where that one came first until now.
    """
    talk, row = parsed.talks[index], wishes.sources[index].talk
    order = make_order(post.fields, post.key)
    if row.withdrawn or any(witness.order < order for witness in row.witnesses):
        return
    own = TALK.weigh(TALK.say(talk), known.find_setting(row.day[0]))
    said = [own, *(witness.values for witness in row.witnesses)]
    for each in TALK:
        now = row.values[each.name]
        if each.written_back and now not in [values[each.name] for values in said]:
            value = tuple(_name_speakers(talk, known, now)) if each.name == "speakers" else now
            old, new = ((each.show(side).replace("\n", ", ")) for side in (own[each.name], now))
            wishes.all.append(Wish(talk.line, f"talk's {each.label}", old, new, TalkEdit(index, each.name, value)))


def _name_speakers(talk: ParsedTalk, known: Known, wanted: Sequence[Person]) -> Iterator[ParsedSpeaker]:
    """The speakers wanted; one whom the post names is written as the post does."""
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


def _collect_notes(
    wishes: Wishes, parsed: ParsedPost, index: int, rows: Mapping[tuple[int | None, str], list[KnownTakeaway]]
) -> None:
    for number, unit in enumerate(parsed.talks[index].walk()):
        found = rows.get((unit.line, collapse(unit.text)))
        if not found:
            continue
        row = wishes.rows[index, number] = found.pop(0)
        if row.kind != unit.kind.value:
            why = "the form of a takeaway is changed in the post itself"
            wishes.all.append(Wish(unit.line, "takeaway's kind", unit.kind.value, row.kind, why=why))
        if row.text != unit.text:
            edit = TakeawayEdit(index, number, row.text.strip("\n").rstrip())
            wishes.all.append(Wish(unit.line, "takeaway", unit.text, edit.text, edit))


def _collect_new(wishes: Wishes, parsed: ParsedPost, index: int, source: KnownSource, post: int) -> None:
    """Takeaways that stand in no line, restored or written by hand; the latter are nobody's where two posts tell."""
    known = {row.pk: number for (talk, number), row in wishes.rows.items() if talk == index}
    units = list(parsed.talks[index].walk())
    missing = Takeaway.objects.filter(Q(post=None) | Q(post=post, line=None), talk=source.talk.pk)
    rows = list(missing.filter(withdrawn=False, hidden=False).order_by("position", "pk"))
    new = {row.pk for row in rows}
    parents = {row.parent_id for row in rows if row.parent_id not in new}
    for parent in sorted(parents, key=lambda pk: -1 if pk is None else known.get(pk, 0), reverse=True):
        order: list[int] = []
        notes = tuple(_nest(rows, parent, order))
        number = None if parent is None else known.get(parent)
        above = units if number is None else list(units[number].walk())
        line = max([parsed.talks[index].line, *(unit.end_line for unit in above)])
        group = [row for row in rows if row.pk in order]
        handmade = any(row.post_id is None for row in group)
        what = f"{'new' if handmade else 'restored'} takeaway{'s' if len(group) > 1 else ''}"
        wish = Wish(line, what, "", "\n".join(row.text for row in group), Addition(index, notes, number))
        if source.talk.witnesses and handmade:
            wish = replace(wish, edit=None, why="several posts tell of this talk, so it is nobody's")
        elif parent is not None and number is None:
            wish = replace(wish, edit=None, why="what it is nested in stands in no line of the post")
        else:
            wishes.new[index, number] = order
        wishes.all.append(wish)


def _nest(rows: Sequence[Takeaway], parent: int | None, order: list[int]) -> Iterator[ParsedTakeaway]:
    for row in rows:
        if row.parent_id == parent:
            order.append(row.pk)
            below = tuple(_nest(rows, row.pk, order))
            yield ParsedTakeaway(Kind(row.kind), row.text.strip("\n").rstrip(), 0, 0, below)


def _collect_tags(wishes: Wishes, parsed: ParsedPost, known: Known, post: KnownPost) -> None:
    def find(name: str) -> str:
        folded = names.fold_tag(name)
        if tag := known.tags.get(folded):
            return tag.key
        subject = recognise(name)
        return subject.key if subject else folded

    granted = set(TaggedPost.objects.filter(content_object=post.pk).values_list("tag__folded", flat=True))
    said = {find(tag): tag for tag in parsed.tags}
    new = sorted(Tag.objects.filter(folded__in=granted - said.keys()).values_list("name", flat=True))
    wanted = (*(tag for key, tag in said.items() if key in granted), *new)
    if new or said.keys() - granted:
        wishes.all.append(Wish(1, "tags", ", ".join(parsed.tags), ", ".join(wanted), TagsEdit(wanted)))


def _leave_conflicts(wishes: Wishes) -> None:
    """An edit of a talk or takeaway about which a conflict is open is a person's to settle, not written."""
    is_open = Conflict.objects.filter(settled="")
    talks = set(is_open.filter(takeaway=None).exclude(talk=None).values_list("talk", flat=True))
    takeaways = set(is_open.exclude(takeaway=None).values_list("takeaway", flat=True))
    for number, wish in enumerate(wishes.all):
        edit = wish.edit
        if isinstance(edit, TalkEdit):
            disputed = wishes.sources[edit.talk].talk.pk in talks
        else:
            disputed = isinstance(edit, TakeawayEdit) and wishes.rows[edit.talk, edit.unit].pk in takeaways
        if disputed:
            wishes.all[number] = replace(wish, edit=None, why=_IN_CONFLICT)
