"""Cuts blocks in two where an editor says that a talk begins or ends inside a paragraph, a heading or a list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from talks.code_fences import track_fence
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.text.blocks import ODD_MARK, QUOTE_MARK, Block, Form, sort_paragraph
from talks.parsing.text.inline import find_whole_start, make_plain
from talks.parsing.text.lists import Item, dedent, read_items, walk_items

_PARAGRAPH_TAG = re.compile(r"</?p\b[^<>]*>", re.IGNORECASE)


def cut_block(block: Block, line: int) -> tuple[Block, Block] | None:
    """Cut the block so that its second part begins on line `line` of the post; return None if that is impossible.

    A list can be cut before any of its outermost items but the first, other blocks before any later line with content.
    Headings cannot be cut.
    """
    rows, place = block.text.split("\n"), line - block.line
    if block.form is Form.HEADING or len(rows) != block.end_line - block.line + 1 or not 0 < place < len(rows):
        return None
    end = len("\n".join(rows[:place]).rstrip().split("\n"))
    above, below = (_read_content(block, rows, *part) for part in ((0, end), (place, len(rows))))
    if not above.strip() or not _read_content(block, rows, place, place + 1).strip():
        return None
    first = replace(block, end_line=block.line + end - 1, text="\n".join(rows[:end]), content=above)
    second = replace(block, line=line, text="\n".join(rows[place:]), content=below)
    if block.form is not Form.LIST:
        return sort_paragraph(first), sort_paragraph(second)
    if any(item.line == line for item in block.items):
        items = [tuple(item for item in block.items if (item.line >= line) is after) for after in (False, True)]
        return replace(first, items=items[0]), replace(second, items=items[1])
    return None


def _read_content(block: Block, rows: Sequence[str], start: int, stop: int) -> str:
    """Return the markdown of a block's rows from `start` up to `stop`, as a block by itself.

    Code has its fences, and rows of a table have the table's head. The text is empty if the rows have no content.
    """
    part, whole = list(rows[start:stop]), block.content.split("\n")
    if block.form is Form.QUOTE:
        part = [QUOTE_MARK.sub("", row) for row in part]
    elif block.form is Form.TABLE and (start or block.text != block.content):
        part = [*whole[:2], *part] if start != 1 or block.text != block.content else []
    elif block.form is Form.CODE and (fence := track_fence(whole[0], "")):
        part = part[1:] if not start and part[0] == whole[0] else part
        part = part[:-1] if part and stop == len(rows) and not track_fence(part[-1], fence) else part
        part = [whole[0], *part, fence] if any(row.strip() for row in part) else []
    elif block.form is Form.PARAGRAPH and block.content != block.text:
        part = [_PARAGRAPH_TAG.sub("", row) for row in part]
    return "\n".join(part)


def make_text(block: Block) -> Block:
    """Return a block of which takeaways can be made, since an editor said that the block is takeaways.

    A heading, the rows of a table and whatever else shows words become a paragraph. Code without a fence becomes a list
    if it begins with a mark, else a paragraph. Other blocks are returned unchanged.
    """
    content = block.content
    if block.form is Form.TABLE:
        content = "\n".join(row.strip().strip("|").strip() for row in block.text.split("\n") if row.strip("|:- \t"))
    elif block.form is Form.CODE and not track_fence(content.split("\n")[0], ""):
        rows = [ODD_MARK.sub(r"\1- ", row) for row in dedent(content.split("\n")).split("\n")]
        if items := read_items(rows, block.line):
            return replace(block, form=Form.LIST, items=items)
        content = "\n".join(rows)
    elif block.form not in (Form.HEADING, Form.EMBED, Form.DEFINITIONS):
        return block
    made = replace(block, form=Form.PARAGRAPH, content=content)
    return made if make_plain(content) or (made := sort_paragraph(made)).form is Form.IMAGE else block


def split_items(items: Sequence[Item], line: int) -> tuple[Item, ...]:
    """Return the items; an item at any depth whose text continues on line `line` is parted there.

    The lower part is an item without a bullet, nested in the upper one. If the item itself has no bullet, the lower
    part follows it.
    """
    parted: list[Item] = []
    for item in items:
        if item.line < line <= item.own_end_line and (parts := _split_text(item, line)):
            upper, lower = parts
            if item.mark:
                parted.append(upper._replace(items=(lower, *item.items)))
            else:
                below = lower._replace(end_line=item.end_line, items=item.items)
                parted += [upper._replace(end_line=upper.own_end_line, items=()), below]
        else:
            parted.append(item._replace(items=split_items(item.items, line)) if item.items else item)
    return tuple(parted)


def _split_text(item: Item, line: int) -> tuple[Item, Item] | None:
    """Return an item's upper and lower part, cut before the first row of its text with words from line `line` on.

    A code fence that opens right above that row goes into the lower part. None if the upper part would be empty, if
    that row closes a fence, or if the text has fewer rows than the item has lines.
    """
    rows = item.text.split("\n")
    if len(rows) != item.own_end_line - item.line + 1:
        return None
    place = next(number for number, row in enumerate(rows) if number >= line - item.line and row.strip())
    opened, closed = item.around
    fence, inside = track_fence(opened, ""), ""
    for row in rows[:place]:
        inside, fence = fence, track_fence(row, fence)
        opened = opened if inside else row
    if fence and not track_fence(rows[place], fence):
        return None
    if fence and not inside:
        place, fence = place - 1, ""
    text = "\n".join(rows[:place]).rstrip()
    if not text:
        return None
    end = item.line + text.count("\n")
    upper = item._replace(text=text, own_end_line=end, around=(item.around[0], fence))
    around = (opened if fence else "", closed)
    return upper, Item(dedent(rows[place:]), item.line + place, item.own_end_line, item.own_end_line, "", (), around)


def cut_list(block: Block, line: int) -> list[Block]:
    """Cut a list before the item that begins on line `line`, however deep it is nested.

    Return the list above the cut, then what follows in each of the nested lists, the innermost first, and in the
    outermost list; only the whole list if it cannot be cut.
    """
    rows = block.text.split("\n")
    levels: list[tuple[tuple[int, ...], tuple[Item, ...]]] = []

    def split(items: tuple[Item, ...], inside: tuple[int, ...]) -> tuple[Item, ...]:
        kept = tuple(item for item in items if item.line < line)
        if kept and kept[-1].items and kept[-1].end_line >= line:
            nested = split(kept[-1].items, (kept[-1].line, *inside))
            last = max((item.end_line for item in nested), default=kept[-1].own_end_line)
            kept = (*kept[:-1], kept[-1]._replace(items=nested, end_line=last))
        if len(kept) < len(items):
            levels.append((inside, items[len(kept) :]))
        return kept

    above = split(block.items, block.inside)
    if not above or not levels or len(rows) != block.end_line - block.line + 1:
        return [block]
    starts = [block.line, *(below[0].line for _, below in levels), block.end_line + 1]
    parts = []
    for (inside, items), (first, end) in zip([(block.inside, above), *levels], pairwise(starts), strict=True):
        text = "\n".join(rows[first - block.line : end - block.line]).rstrip()
        last = first + text.count("\n")
        parts.append(replace(block, line=first, end_line=last, text=text, content=text, items=items, inside=inside))
    return parts


def find_words(row: str, words: str) -> int:
    """Return the index in `row` at which the words begin, with any white space between them; -1 if they are absent.

    If they begin inside a link, image or code, return the start of that.
    """
    match = re.search(r"\s+".join(re.escape(word) for word in words.split()), row)
    return find_whole_start(row, match.start()) if match else -1


def begins_with(block: Block, words: str) -> bool:
    return find_words(block.text.lstrip(), words) == 0


def cut_block_at_words(block: Block, line: int, words: str) -> tuple[Block, Block] | None:
    """Cut a paragraph or heading so that the second part begins with the given words of line `line`.

    The line then belongs to both parts. None if the block is neither, or if the line lacks the words or begins with
    them.
    """
    if block.form is Form.HEADING:
        return _cut_heading(block, line, words)
    if block.form is not Form.PARAGRAPH or not block.line <= line <= block.end_line or block.content != block.text:
        return None
    rows = block.text.split("\n")
    number = line - block.line
    if len(rows) != block.end_line - block.line + 1 or not words:
        return None
    place = find_words(rows[number], words)
    if place < 0 or not rows[number][:place].strip():
        return None
    above = "\n".join([*rows[:number], rows[number][:place].rstrip()])
    below = "\n".join([rows[number][place:], *rows[number + 1 :]])
    first = replace(block, end_line=line, text=above, content=above)
    return sort_paragraph(first), sort_paragraph(replace(block, line=line, text=below, content=below))


def _cut_heading(block: Block, line: int, words: str) -> tuple[Block, Block] | None:
    """Cut a heading of one line into two of the same level; None if it lacks the given words or begins with them."""
    place, inside = find_words(block.text, words), find_words(block.content, words)
    if line != block.line or not words or inside <= 0:
        return None
    above = replace(block, end_line=line, text=block.text[:place].rstrip(), content=_drop_end(block.content[:inside]))
    return above, replace(block, text=block.text[place:], content=block.content[inside:])


def cut_item_at_words(block: Block, line: int, words: str) -> tuple[Block, ...] | None:
    """Cut, before the given words, the outermost item that begins on line `line`.

    Return the list up to the words, a paragraph that begins with them, a list of the item's nested items if there are
    any, and the rest of the list if there is one. None if no such item has the words behind others on its first line.
    """
    item = next((item for item in block.items if item.line == line), None)
    rows = block.text.split("\n")
    if item is None or not words or len(rows) != block.end_line - block.line + 1:
        return None
    row, inside = rows[line - block.line], find_words(item.text.split("\n")[0], words)
    place = row.find(item.text.split("\n")[0]) + inside
    if inside <= 0 or place < inside:
        return None

    def cut(first: int, last: int, items: Iterable[Item], text: str = "") -> Block:
        text = text or "\n".join(rows[first - block.line : last - block.line + 1])
        return replace(block, line=first, end_line=last, text=text, content=text, items=tuple(items))

    short = item._replace(text=_drop_end(item.text[:inside]), own_end_line=line, end_line=line, items=())
    above = "\n".join([*rows[: line - block.line], row[:place].rstrip()])
    told = item.text[inside:]
    nested = [cut(item.items[0].line, item.end_line, item.items)] if item.items else []
    later = [other for other in block.items if other.line > line]
    return (
        cut(block.line, line, [*(other for other in block.items if other.line < line), short], above),
        replace(block, form=Form.PARAGRAPH, line=line, end_line=item.own_end_line, text=told, content=told, items=()),
        *nested,
        *([cut(later[0].line, block.end_line, later)] if later else []),
    )


def _drop_end(text: str) -> str:
    """Return the text without a separator at its end, such as "/", "|" or a dash."""
    return text.rstrip().rstrip("/|;,&+–—-").rstrip()


def find_cut_after(block: Block, line: int, *, exact: bool = False) -> int | None:
    """Return the number of the line before which to cut the block so that `line` is in its upper part.

    None if nothing is to be cut. A list is cut only before an item: one of the outermost, or any if `exact`.
    """
    if block.form is Form.LIST:
        items = walk_items(block.items) if exact else block.items
        return next((item.line for item in items if item.line > line), None)
    return line + 1 if line < block.end_line else None


def shift_candidates(candidates: Iterable[Candidate], number: int, line: int) -> None:
    """Renumber, in place, the blocks of candidates after block `number` was cut before line `line`."""
    for candidate in candidates:
        in_lower = candidate.item is not None and candidate.start == number and candidate.item.line >= line
        candidate.start += candidate.start > number or in_lower
        candidate.end += candidate.end > number + 1 or (
            candidate.end == number + 1 and (not candidate.item or in_lower)
        )
        candidate.byline = frozenset(_shift(candidate.byline, number))
        candidate.extra = frozenset(_shift(candidate.extra, number))
        candidate.without = frozenset(_shift(candidate.without, number))


def shift_lineup(lineup: Lineup, number: int) -> Lineup:
    """Return the lineup with its blocks renumbered after block `number` was cut in two."""
    sections = tuple((heading + (heading > number), entry) for heading, entry in lineup.sections)
    contents = tuple((heading + (heading > number), entry) for heading, entry in lineup.contents)
    return replace(lineup, blocks=tuple(_shift(lineup.blocks, number)), sections=sections, contents=contents)


def _shift(numbers: Iterable[int], number: int) -> list[int]:
    """Return numbers of blocks after block `number` was cut in two: it becomes two numbers, higher ones grow by one."""
    return [new for old in numbers for new in ((old, old + 1) if old == number else (old + (old > number),))]
