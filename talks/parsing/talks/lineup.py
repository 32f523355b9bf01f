"""Finds the lineup: the list of talks at the head of a post, whose entries are titles of sections below it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from talks.names import fold_words
from talks.parsing.records import LineupEntry
from talks.parsing.talks.document import Document
from talks.parsing.talks.title_parts import Split
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.text.lists import Item, walk_items
from talks.parsing.title_comparison import measure_likeness
from talks.parsing.words.heading_words import LINEUP_HEADINGS

MOST_ENTRIES = 120
_LISTS = 8
_ALIKE = 0.8
_LEAST_SCORE = 0.3


@dataclass(frozen=True, slots=True)
class Lineup:
    """The entries of the lineup, the numbers of its blocks, and in `sections` the headings that its entries name.

    `sections` are pairs (number of the heading's block, entry). If the list is a table of contents of the page, which
    is no evidence for talks, these pairs are in `contents` instead.
    """

    entries: tuple[LineupEntry, ...] = ()
    blocks: tuple[int, ...] = ()
    sections: tuple[tuple[int, LineupEntry], ...] = ()
    contents: tuple[tuple[int, LineupEntry], ...] = ()


def read_lineup(document: Document) -> Lineup:
    """Return the first of the post's first eight lists that mostly names sections below it; else an empty lineup.

    The list must name two sections at least, and at least 40 % as many as it has items. It must name half of the
    sections below it, or half as many as it has items. A post with more than 120 headings has no lineup.
    """
    if len(document.headings) > MOST_ENTRIES:
        return Lineup()
    headings = {number: fold_words(document.plain(number)) for number in document.headings}
    lists = [number for number, block in enumerate(document.blocks) if block.form is Form.LIST]
    for number in lists[:_LISTS]:
        block = document.blocks[number]
        below = {heading: title for heading, title in headings.items() if heading > number}
        if not below:
            break
        leaves = sum(1 for _ in walk_items(block.items))
        if not _are_enough(len(below), leaves):
            continue  # it has more items than there are sections: notes of a talk, say
        entries, sections = _match_list(block, below, document)
        matched = len({heading for heading, _ in sections})
        if matched >= 2 and matched >= 0.5 * min(len(entries), len(below)) and _are_enough(matched, leaves):
            known, contents = tuple(sections), ()
            if _is_contents(block, document):
                known, contents = (), known
            return Lineup(tuple(entries), _with_heading(document, number), known, contents)
    return Lineup()


def _are_enough(matched: int, leaves: int) -> bool:
    """Whether `matched` is 40 % at least of `leaves`, the number of a list's items."""
    return 2 * matched >= leaves * 0.8


def _is_contents(block: Block, document: Document) -> bool:
    """Whether all items of a list link to sections of the same page, as the table of contents of any post does."""
    items = list(walk_items(block.items))
    links = [find_links(item.text, document.definitions)[:1] for item in items]
    return all(link and link[0].url.startswith("#") for link in links)


def _with_heading(document: Document, number: int) -> tuple[int, ...]:
    above = number - 1
    if (
        above >= 0
        and document.blocks[above].form is Form.HEADING
        and fold_words(document.plain(above)) in LINEUP_HEADINGS
    ):
        return (above, number)
    return (number,)


def _match_list(
    block: Block, headings: dict[int, str], document: Document
) -> tuple[list[LineupEntry], list[tuple[int, LineupEntry]]]:
    """Return the list's entries and the sections that they name; two empty lists if too few of the entries name one."""
    entries: list[LineupEntry] = []
    sections: list[tuple[int, LineupEntry]] = []
    named: set[int] = set()
    items = list(walk_items(block.items))
    alike = max(Counter(headings.values()).values())  # an entry names all sections of one title
    for place, item in enumerate(items[:MOST_ENTRIES]):
        if not _are_enough(len(named) + alike * (len(items) - place), len(items)):
            return [], []
        splits = document.split(item.text) if len(item.text) <= 500 else []
        if not splits:
            continue
        heading, split = _match_item(splits, headings)
        entries.append(_make_entry(item, split))
        if heading is not None:
            same = [number for number, title in headings.items() if title == headings[heading]]
            sections += [(number, entries[-1]) for number in same]
            named.update(same)
    return entries, sections


def _match_item(splits: Sequence[Split], headings: dict[int, str]) -> tuple[int | None, Split]:
    """Return the heading that an entry names best and its split for that; if none, None and its surest split."""
    best_number, best_split, best = None, max(splits, key=lambda split: split.score), 0.0
    for split in splits:
        title = fold_words(split.title)
        for number, heading in headings.items():
            likeness = measure_likeness(title, heading)
            likeness += 0.2 * split.score if split.score >= _LEAST_SCORE else 0.0
            if likeness > max(best, _ALIKE):
                best_number, best_split, best = number, split, likeness
    return best_number, best_split


def _make_entry(item: Item, split: Split) -> LineupEntry:
    speakers = split.people.speakers if split.score >= _LEAST_SCORE else ()
    return LineupEntry(make_plain(item.text), item.line, item.own_end_line, split.title, speakers)
