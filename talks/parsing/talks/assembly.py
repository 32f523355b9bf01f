"""Makes the records of a post from its chosen talks; each line of the body goes to exactly one place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from talks.counts_and_cut_texts import cut_text
from talks.line_ends import join_lines
from talks.names import fold_words
from talks.parsing.metadata.post_metadata import Meta
from talks.parsing.records import Kind, ParsedDay, ParsedReference, ParsedTakeaway, ParsedTalk, Passage
from talks.parsing.talks.corrected_speakers import list_nested_notes
from talks.parsing.talks.detail_lines import is_detail
from talks.parsing.talks.document import NOTED, Document, make_passage
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.takeaways import (
    find_references,
    is_attribution,
    is_label,
    is_resource_line,
    make_point,
    make_units,
    opens_with_date,
    says_anything,
)
from talks.parsing.talks.talk_links import find_talk_links
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import join_wrapped, make_plain, resolve_links
from talks.parsing.text.lists import Item
from talks.parsing.web_addresses import split_address

# What names these talks holds notes, too.
_OWN_NOTES = ("paragraph", "schedule slot", "whole file")
LONGEST_TITLE = 300
_LONGEST_HEADING, _MOST_HEADINGS = 200, 10


@dataclass(slots=True)
class _Notes:
    """What is collected for one talk: `head` is text that is no takeaway, `headings` wait for the next unit."""

    head: list[Passage] = field(default_factory=list)
    units: list[ParsedTakeaway] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def add(self, units: Sequence[ParsedTakeaway], inside: Iterable[int] = ()) -> None:
        """Add units, one at least: the first gets the headings collected so far, which are then forgotten.

        `inside` are the lines of the items, innermost first, in which the units stood before an editor cut the list. If
        one of these items is among the notes, the units are nested in it and get no headings.
        """
        for line in inside:
            if nested := _nest(self.units, line, tuple(units)):
                self.units = [*nested]
                return
        first, *others = units
        headings = [*self.headings, *filter(None, [first.headings])]
        self.units += [replace(first, headings="\n".join(headings)) if headings else first, *others]
        self.headings.clear()

    def attribute(self, block: Block) -> None:
        """Add to the last unit, a quotation, the line below that says whose words these are."""
        text = f"{self.units[-1].text}\n\n{block.content.strip()}"
        self.units[-1] = replace(self.units[-1], text=text, end_line=block.end_line)

    def drop_heading(self) -> None:
        """Forget the last heading, since no notes follow it: "Slides:"."""
        del self.headings[-1:]


def _nest(
    units: Sequence[ParsedTakeaway], inside: int, nested: tuple[ParsedTakeaway, ...]
) -> tuple[ParsedTakeaway, ...]:
    """Return the units with `nested` added to the unit of line `inside`, at any depth; () if there is no such unit."""
    for place, unit in enumerate(units):
        below = (*unit.takeaways, *nested) if unit.line == inside else _nest(unit.takeaways, inside, nested)
        if below:
            return (*units[:place], replace(unit, takeaways=below), *units[place + 1 :])
    return ()


def assemble_talk(document: Document, talk: Candidate, day: int | None) -> ParsedTalk:
    """Return the record of one talk; links to its speakers' own pages are no references of it.

    A talk without a title is called by the text that opens it.
    """
    numbers = talk.blocks
    blocks = tuple(document.blocks[number] for number in numbers)
    notes = _Notes()
    if talk.item:
        _note_item(notes, document, talk, talk.item)
        text = _find_rows(document.blocks[talk.start], talk.item.line, talk.item.end_line)
        blocks = (Block(Form.LIST, talk.item.line, talk.item.end_line, text, text),)
        blocks += tuple(document.blocks[number] for number in sorted(talk.extra))
        _note_blocks(notes, document, talk, sorted(talk.extra))
    elif talk.shape in _OWN_NOTES or talk.start in talk.extra:
        _note_blocks(notes, document, talk, numbers)
    else:
        notes.head.append(make_passage(document.blocks[talk.start]))
        _note_blocks(notes, document, talk, [number for number in numbers if number != talk.start])
    opening = blocks[0] if talk.item else document.blocks[talk.start]
    own = {speaker.url for speaker in talk.speakers}
    links = {kind: url for kind, url in find_talk_links(blocks, document.definitions).items() if url not in own}
    return ParsedTalk(
        title=talk.title[:LONGEST_TITLE].strip() or join_lines(opening.text)[:LONGEST_TITLE].strip(),
        heading=opening.text.split("\n")[0] if talk.shape != "paragraph" else opening.text,
        line=opening.line,
        day=day,
        speakers=talk.speakers,
        takeaways=tuple(_resolve(unit, document.definitions) for unit in notes.units),
        references=tuple(r for r in find_references(blocks, document.definitions) if r.url not in own),
        head=tuple(notes.head),
        certainty=round(talk.certainty, 2),
        video_url=links.get("video", ""),
        slides_url=links.get("slides", ""),
    )


def add_resources(talk: ParsedTalk, meta: Meta) -> ParsedTalk:
    """Return the post's only talk with the resources of the front matter, first among its references.

    Recording and slides of the front matter replace the talk's.
    """
    said = [ParsedReference(url, title, line) for url, title, line in meta.resources if split_address(url)]
    urls = {reference.title: reference.url for reference in reversed(said)}
    known = {reference.url for reference in said}
    return replace(
        talk,
        video_url=urls.get("Video", talk.video_url),
        slides_url=urls.get("Slides", talk.slides_url),
        references=(*said, *(reference for reference in talk.references if reference.url not in known)),
    )


def _resolve(unit: ParsedTakeaway, definitions: Mapping[str, str]) -> ParsedTakeaway:
    """Return the takeaway and those nested in it, with addresses in place of the labels of links: "[moss][1]".

    The addresses are those of the post's definitions of links ("[1]: https://…").
    """
    if not definitions or unit.kind is Kind.CODE:
        return unit
    text = resolve_links(unit.text, definitions)
    nested = tuple(_resolve(below, definitions) for below in unit.takeaways)
    return replace(unit, text=text, takeaways=nested, written=unit.text if text != unit.text else "")


def _find_rows(block: Block, first: int, last: int) -> str:
    return "\n".join(block.text.split("\n")[first - block.line : last - block.line + 1])


def _note_item(notes: _Notes, document: Document, talk: Candidate, item: Item) -> None:
    """Add to `notes` what is noted in a talk that is a list item.

    That is its nested items, and its own text if this says more than title and speaker (`talk.rest`).
    """
    if talk.rest:
        text = join_wrapped(item.markdown)
        notes.units.append(ParsedTakeaway(Kind.PARAGRAPH, text, item.line, item.own_end_line))
    else:
        notes.head.append(Passage(item.text, item.line, item.own_end_line))
    told = list_nested_notes(item.items, talk.named)
    labels = _list_labels(document, talk, told, opening=not talk.rest)
    notes.head += [Passage(below.text, below.line, below.end_line) for below in labels]
    notes.head += [
        Passage(below.text, below.line, below.own_end_line) for below in item.items if below.line in talk.named
    ]
    units = [make_point(below) for below in told if below not in labels]
    naming = [below for below in item.items if below.line in talk.named]
    notes.units += _put_names_above(units, naming, talk)


def _put_names_above(units: Sequence[ParsedTakeaway], naming: Iterable[Item], talk: Candidate) -> list[ParsedTakeaway]:
    """Return the units; if several people speak, the first unit inside an item of `naming` gets that item as heading.

    `naming` are the items that only name speakers; the units nested in them are among `units`.
    """
    named = [*units]
    for item in naming if len(talk.speakers) > 1 else ():
        place = next((n for n, unit in enumerate(named) if item.line < unit.line <= item.end_line), None)
        if place is not None:
            text = cut_text(join_lines(make_plain(item.text)), _LONGEST_HEADING)
            named[place] = replace(named[place], headings=text)
    return named


def _note_blocks(notes: _Notes, document: Document, talk: Candidate, numbers: Sequence[int]) -> None:
    for number in numbers:
        block = document.blocks[number]
        if number in talk.extra - talk.byline and (said := make_units(block, noted=True)):
            notes.add(said, block.inside)  # an editor says that these are notes
            continue
        naming = [item for item in block.items if item.line in talk.named]
        if naming:
            notes.head += [Passage(item.text, item.line, item.own_end_line) for item in naming]
            block = replace(block, items=list_nested_notes(block.items, talk.named))
            if not block.items:
                notes.drop_heading()
                continue
        above = document.blocks[number - 1]
        if notes.units and notes.units[-1].line == above.line and is_attribution(block, above):
            notes.attribute(block)
            continue
        below = document.blocks[number + 1] if number + 1 < talk.end else None
        opening = number != talk.start or talk.shape == "whole file"
        opening = opening and all(unit.kind is Kind.IMAGE for unit in notes.units)
        labels = _list_labels(document, talk, block.items, opening=opening)
        units = [] if number in talk.byline else make_units(block)
        if units and labels:
            lines = {item.line for item in labels}
            units = make_units(replace(block, items=tuple(item for item in block.items if item.line not in lines)))
        links = is_resource_line(block, document.definitions) or (
            opening
            and block.form in (Form.PARAGRAPH, Form.QUOTE)
            and (is_detail(document, talk, block.content) or opens_with_date(block.content))
        )
        label = block.form is Form.HEADING or (is_label(block, below) and not links)
        if not units or label or links:
            notes.head += [_cut_item(block, item) for item in block.items] if naming else [make_passage(block)]
            if not label and block.form in NOTED:
                notes.drop_heading()
            elif label and number != talk.start and number not in talk.byline:
                _note_heading(notes, make_plain(block.content), talk)
        else:
            notes.head += [_cut_item(block, item) for item in labels]
            notes.add(_put_names_above(units, naming if number != talk.start else (), talk), block.inside)


def _list_labels(document: Document, talk: Candidate, items: Iterable[Item], *, opening: bool) -> list[Item]:
    """Return the items of a list that are no notes: those that say nothing, the talk's labels, and details at the top.

    `opening`: no notes stand above the list.
    """
    labels = []
    for item in items:
        detail = opening and not item.items and is_detail(document, talk, item.text)
        if detail or item.line in talk.labels or not says_anything(item, document.definitions):
            labels.append(item)
        else:
            opening = False
    return labels


def _note_heading(notes: _Notes, text: str, talk: Candidate) -> None:
    """Keep the text of a heading or label in `notes` for the unit below it, unless it only repeats the talk's title."""
    text = cut_text(join_lines(text), _LONGEST_HEADING)
    if text and len(notes.headings) < _MOST_HEADINGS and fold_words(text) != fold_words(talk.title):
        notes.headings.append(text)


def _cut_item(block: Block, item: Item) -> Passage:
    """Return a list item, with those nested in it, as it is written."""
    return Passage(_find_rows(block, item.line, item.end_line), item.line, item.end_line)


def cut_overlaps(talks: Sequence[Candidate], lineup: Lineup) -> Lineup:
    """End each talk before the next talk and before the lineup, in place; return the lineup.

    If the lineup and all sections that it lists are inside one talk, it is this talk's outline: it stays in the talk,
    without being a takeaway, and an empty lineup is returned.
    """
    for talk, below in pairwise(talks):
        talk.end = max(talk.start + 1, min(talk.end, below.start))
    own = next(
        (talk for talk in talks if not talk.item and any(talk.start < n < talk.end for n in lineup.blocks)), None
    )
    if own and all(own.start < number < own.end for number, _ in lineup.sections or lineup.contents):
        own.byline |= frozenset(lineup.blocks)
        return Lineup()
    for number in lineup.blocks:
        for talk in talks:
            if talk.start < number < talk.end:
                talk.end = number
    return lineup


def find_free(
    document: Document, talks: Sequence[Candidate], lineup: Lineup, days: Sequence[ParsedDay]
) -> Iterator[tuple[int, Passage]]:
    """Yield (block number, passage) for all text outside talks, lineup and days: whole blocks or parts of blocks."""
    held = set(lineup.blocks)
    items: dict[int, list[Item]] = {}
    for talk in talks:
        if talk.item:
            items.setdefault(talk.start, []).append(talk.item)
            held |= talk.extra
        else:
            held |= set(talk.blocks)
    lines = {day.heading.line for day in days if day.heading}
    for number, block in enumerate(document.blocks):
        if number in items:
            yield from ((number, passage) for passage in _find_leftovers(block, items[number]))
        elif number not in held and block.line not in lines:
            yield number, make_passage(block)


def _find_leftovers(block: Block, items: Sequence[Item]) -> Iterator[Passage]:
    """Yield the text of a list or table that is in none of the given items, in passages; blank text is left out."""
    rows = block.text.split("\n")
    taken = {line for item in items for line in range(item.line, item.end_line + 1)}
    start = block.line
    for line in range(block.line, block.end_line + 2):
        if line in taken or line > block.end_line:
            text = "\n".join(rows[start - block.line : line - block.line])
            if text.strip():
                yield Passage(text, start, line - 1)
            start = line + 1
