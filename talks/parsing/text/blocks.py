"""Splits the body into blocks with their line numbers. Each non-blank line is in exactly one block."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from talks.image_markup import IMAGE_TAG
from talks.parsing.text.cleaning import cut_runs
from talks.parsing.text.html_blocks import find_list_below, read_html
from talks.parsing.text.lists import Item, find_text_below, find_title_rows, read_items
from talks.parsing.text.regular_marks import ITEM, ONLY_TAG, is_stray_mark, make_views
from talks.value_classes import value_class


class Form(Enum):
    """The form of a block in the text, apart from its meaning in the post."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    IMAGE = "image"
    EMBED = "embed"
    RULE = "rule"
    DEFINITIONS = "definitions"


@value_class
class Block:
    """Consecutive whole lines; where an editor cut a line between its words, two blocks share that line.

    `text` is the lines as written; `content` is the markdown of a heading or quotation without its marks, and what is
    inside HTML; of other blocks it is the same as `text`. `level` is a heading's level, 0 for other blocks; `items` are
    a list's items. If an editor cut the list, `inside` are the line numbers of the items in which `items` were nested,
    the innermost first, else it is empty.
    """

    form: Form
    line: int
    end_line: int
    text: str
    content: str
    level: int = 0
    items: tuple[Item, ...] = ()
    inside: tuple[int, ...] = ()


# Where `find_code_rows` finds code, there is one of these indentations or fences; the reverse need not hold.
_SIGNS_OF_CODE = ("```", "~~~", "\n    ", "\n\t", "\n \t", "\n  \t", "\n   \t")
_PARSER = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").disable(["inline", "reference"])
# A list of which each line is certainly a part, up to a heading, the end, or a blank line and a letter. Its items stand
# at the margin; below each are lines of words, and after a blank line only indented ones.
_WORDS = r"""(?:[^\W\d_]|["'(“„‘\[]|\*\*(?=[^\s*])|\d++(?![.)]))[^\n]*"""
_INDENTED = rf" {{2,40}}(?:(?:[*+-]|\d{{1,9}}[.)]) )?{_WORDS}"
_BLANK = r"(?:[ \t]*\n)"
_BELOW = rf"(?:\n(?:{_INDENTED}|{_WORDS}))*+"
_PLAIN_LIST = re.compile(
    rf"([*+-]) {_WORDS}{_BELOW}(?:\n{_BLANK}*+\1 {_WORDS}{_BELOW}|(?:\n{_BLANK}++{_INDENTED}(?:\n{_INDENTED})*+))*+"
    rf"(?=[ \t\n]*\Z|\n{_BLANK}*+#{{1,6}} |\n{_BLANK}++[^\W\d_])"
)
_FORMS = {
    "heading_open": Form.HEADING,
    "paragraph_open": Form.PARAGRAPH,
    "bullet_list_open": Form.LIST,
    "ordered_list_open": Form.LIST,
    "blockquote_open": Form.QUOTE,
    "fence": Form.CODE,
    "code_block": Form.CODE,
    "table_open": Form.TABLE,
    "html_block": Form.EMBED,
    "hr": Form.RULE,
}
# The languages of fences that a vault fills from its notes: ```dataview
_QUERIES = frozenset({"dataview", "dataviewjs", "query", "tasks"})
_INDENTED_ITEM = re.compile(r"[ \t]+(?:[*+•]|\d{1,2}[.)])[ \t]+[^\W\d_]")
_DEEP_ITEM = re.compile(r"(?: {4,}| {0,3}\t)\s*(?:[*+•-]|\d{1,2}[.)])\s+\S")
# "– Roses", "-- Roses", "-> Roses", "\\- Roses", "(1) Roses", "a) Roses", "-Roses", "*Roses", "1.Roses"; but no row
# that begins with words in italics: "*Roses* are red".
ODD_MARK = re.compile(
    r"\A(\s*)(?:(?P<dash>[–—‐⁃]\s+)|(?P<arrow>(?:[→➔➤►▶»]|[-=]>)\s*)|(?P<shape>[○✓✔✅◆◇■□]\s*)|(?P<escaped>\\[-*+]\s+)"
    r"|(?P<doubled>--\s+)|(?P<bracket>\(\d{1,2}\)\s+)|(?P<letter>[a-z]\)\s+)|(?P<tight>-(?=[^\W\d_]))"
    r"|(?P<star>\*(?=[\"'(\[“„‘$\\]{0,2}[^\W_][^*]*\Z))"
    r"|(?P<number>\d{1,2}\.(?=[^\W\d_])|\d{1,2}[．、]\s*))(?=\S)"
)
_HEADING_ITEM = re.compile(r"#{2,6}[ \t]+[^#\s].*")
_STATEMENT = re.compile(r"[;{}]\s*\Z|\s[-+*/]?=\s|\w\(")
_GOES_ON = re.compile(r"\s|\*{2,6}[ \t]")
_LATER_NUMBER = re.compile(r"(?!1[.)])\d{1,3}[.)]\s")
_LONGEST_HEADING = 2000  # titles are far shorter; the whole line is in the block's text
_HEADING_MARKS = re.compile(r"^ {0,3}#{1,6}[ \t]*|[ \t]+#+[ \t]*$")
QUOTE_MARK = re.compile(r"^\s*>\s?")
_DEFINITION = re.compile(r"\s*\[(?!\^)[^\]]+\]:\s*\S")
_MODULE_LINE = re.compile(r"(?:import\s.{1,200}\sfrom\s|import\s+['\"]|export\s+(?:const|default|let|function)\s)")
_EMBEDDED = re.compile(
    r"\s*\[[a-z]\w{2,20}(?: [\w-]+=[^\[\]\n]+)+\](?:\[/\w+\])?\s*\Z"
)  # of WordPress: "[slideshare id=7]"
_IMAGES = re.compile(
    r"!\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]*\])(?:\{(?![{%])[^{}]*\})?|<img\b[^<>]*>"
    r"|\[\]\([^()]*\)|</?(?:a\b|[A-Z])[^<>]*>"
)
# An image; below it italics, or words. "![Moss](moss.jpg)\n*Moss in May*".
_CAPTIONED = re.compile(
    r"\s*!\[([^\[\]]*)\]\([^()\n]*\)(?:\{[^{}\n]*\})?[ \t\\]*(?:\n|<br ?/?>)\s*"
    r"(?:([*_])(?![*_\s])(?:(?!\2[.,;:!?]?\s\S)[^\n]){1,400}\2\s*|([^\n]{1,400}))"
)
_EMBED_ENDS = ("</blockquote>", "</script>")
_IMAGE_SHORTCODE = re.compile(rf"\{{(?:\{{[<%]|%)-?\s*/?\s*(?:{IMAGE_TAG}|gallery\b)", re.IGNORECASE)
_SHORTCODES = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_LEFTOVER = re.compile(r"[\s\[\]()<>*_|\\/.{}-]*+(?:https?://[^\s()]*+)?+[\s\[\]()*_|{}]*+\Z")


def read_blocks(lines: Sequence[str], first_line: int, *, quoted: bool = False) -> list[Block]:
    """Return, in order, the blocks of a body, or of a quotation (`quoted`), whose first line is number `first_line`."""
    view = make_views(lines)
    blocks: list[Block] = []
    end = 0
    for token, stop in _top_level(_find_tokens("\n".join(view)), view):
        start = token.map[0] if token.map else end
        start, stop = _drop_blank_ends(lines, max(start, end), stop)
        if start > end:
            blocks.extend(_read_gap(lines, end, start, first_line))
        if stop > start:
            blocks.extend(_read_token(token, lines, start, stop, first_line, quoted=quoted))
            end = stop
    blocks.extend(_read_gap(lines, end, len(lines), first_line))
    return _merge_lists(blocks, lines, first_line)


class _TopLevel(StateBlock):
    """markdown-it's state of a text, which keeps tokens of top-level blocks and of fences: nothing reads the others."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Return a token as markdown-it's rules need; store it only if it is a fence, or of a top-level block."""
        token = super().push(ttype, tag, nesting)
        if token.level and ttype != "fence":
            self.tokens.pop()
        return token


def _read_plain_list(state: StateBlock, first: int, _: int, silent: bool) -> bool:
    """Read a list at the top level as a whole, instead of each item by itself as markdown-it's rule does.

    Return whether line `first` begins a list that is regular enough for this.
    """
    match = None
    if isinstance(state, _TopLevel) and not (silent or state.level):
        match = _PLAIN_LIST.match(state.src, state.bMarks[first])
    if not match:
        return False
    state.line = first + 1 + match[0].count("\n")
    state.push("bullet_list_open", "ul", 1).map = [first, state.line]
    state.push("bullet_list_close", "ul", -1)
    return True


_PARSER.block.ruler.before("list", "plain_list", _read_plain_list)


@lru_cache(maxsize=1)  # the same lines are often read twice: first to find code in them, then their blocks
def _find_tokens(view: str) -> tuple[Token, ...]:
    state = _TopLevel(view, _PARSER, {}, [])
    _PARSER.block.tokenize(state, state.line, state.lineMax)
    return tuple(state.tokens)


def find_code_rows(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines that are code, with the fences around it, except indented code in lists."""
    return _find_code_rows("\n".join(make_views(lines)))


@lru_cache(maxsize=8)  # several steps ask of the same lines, one after the other
def _find_code_rows(view: str) -> frozenset[int]:
    if not any(map(f"\n{view}".__contains__, _SIGNS_OF_CODE)):  # cheap, and true of most posts
        return frozenset()
    code = (token for token in _find_tokens(view) if token.type in ("fence", "code_block"))
    return frozenset(row for token in code if token.map for row in range(*token.map))


def _top_level(tokens: Sequence[Token], view: Sequence[str]) -> Iterator[tuple[Token, int]]:
    """Yield each top-level token that opens or is a block, with the index of the line after the block."""
    for token in tokens:
        if token.level == 0 and token.nesting >= 0 and token.map:
            yield token, min(token.map[1], len(view))


def _drop_blank_ends(lines: Sequence[str], start: int, stop: int) -> tuple[int, int]:
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    while start < stop and not lines[start].strip():
        start += 1
    return start, stop


def _read_gap(lines: Sequence[str], start: int, stop: int, first_line: int) -> Iterator[Block]:
    """Yield blocks for lines that the markdown parser skipped: `####` or a stray fence, or text nested too deeply."""
    while start < stop:
        if not lines[start].strip():
            start += 1
            continue
        end = start
        while end < stop and lines[end].strip():
            end += 1
        text = "\n".join(lines[start:end])
        form = Form.RULE if is_stray_mark(text) else Form.EMBED if ONLY_TAG.match(text) else Form.PARAGRAPH
        yield Block(form, first_line + start, first_line + end - 1, text, text)
        start = end


def _read_token(
    token: Token, lines: Sequence[str], start: int, stop: int, first_line: int, *, quoted: bool
) -> Iterator[Block]:
    form = _FORMS.get(token.type, Form.PARAGRAPH)
    if form is Form.CODE and token.info.strip() in _QUERIES:
        form = Form.DEFINITIONS
    rows = lines[start:stop]
    text = "\n".join(rows)
    block = Block(form, first_line + start, first_line + stop - 1, text, text)
    if token.type == "code_block" and (_INDENTED_ITEM.match(text) or _is_starred(rows)):
        # Markdown reads an indented list as code; its writer meant a list.
        form, block = Form.LIST, replace(block, form=Form.LIST)
        rows = [ODD_MARK.sub(r"\1- ", row) for row in rows] if _is_starred(rows) else rows
    if form is Form.HEADING:
        yield from _read_heading(block, rows, token)
    elif form is Form.LIST:
        yield from _read_list(token, block, rows, lines, first_line, quoted=quoted)
    elif form is Form.EMBED:
        yield from _read_html(block, rows, quoted=quoted)
    elif form is Form.QUOTE:
        inside = [QUOTE_MARK.sub("", row) for row in rows]
        if inside[0].lstrip().startswith("<blockquote") and inside[-1].rstrip().endswith(_EMBED_ENDS):
            yield replace(block, form=Form.EMBED)
        elif quoted or not any(ITEM.match(row) for row in inside):
            yield replace(block, content="\n".join(inside))
        else:
            yield from _read_quoted_lists(block, rows, inside)
    elif form is Form.PARAGRAPH:
        yield from _read_paragraph(block, rows)
    else:
        yield block


def _read_list(
    token: Token, block: Block, rows: Sequence[str], lines: Sequence[str], first_line: int, *, quoted: bool
) -> Iterator[Block]:
    """Yield a list, the titles in it that Markdown takes for parts of items, and the paragraph right below it."""
    start = block.line - first_line
    if titles := find_title_rows(rows):
        yield from _read_token(token, lines, start, start + titles[0], first_line, quoted=quoted)
        for begin, end in pairwise((*titles, len(rows))):
            yield from read_blocks(rows[begin:end], block.line + begin, quoted=quoted)
        return
    if (end := find_text_below(rows)) < len(rows):
        yield from _read_token(token, lines, start, start + end, first_line, quoted=quoted)
        yield sort_paragraph(replace(_cut(block, rows, end, len(rows)), form=Form.PARAGRAPH))
        return
    items = read_items(rows, block.line)
    if items and all(_HEADING_ITEM.fullmatch(item.text) for item in items):
        yield from _read_heading_items(block, items)
    else:
        yield replace(block, form=Form.LIST, items=items)


def _is_starred(rows: Sequence[str]) -> bool:
    """Whether all rows of indented text, and at least two, begin with "*Word", and none looks like code."""
    marks = [ODD_MARK.match(row) for row in rows if row.strip()]
    starred = all(mark and mark.lastgroup == "star" for mark in marks)
    return starred and len(marks) > 1 and not any(_STATEMENT.search(row) for row in rows)


def _read_heading_items(block: Block, items: Sequence[Item]) -> Iterator[Block]:
    """Yield a heading for each item of a list like "1. ## Roses", and the items below it as a list of their own."""
    rows = block.text.split("\n")
    for item in items:
        own = _cut(block, rows, item.line - block.line, item.own_end_line - block.line + 1)
        content = cut_runs(_HEADING_MARKS.sub("", item.text))[:_LONGEST_HEADING]
        yield replace(own, form=Form.HEADING, content=content, level=len(item.text.split()[0]))
        if item.items:
            below = _cut(block, rows, item.items[0].line - block.line, item.end_line - block.line + 1)
            yield replace(below, items=item.items)


def _read_paragraph(block: Block, rows: Sequence[str]) -> Iterator[Block]:
    """Yield a paragraph; rows in it that the writer meant as a list, although markdown does not, become lists."""
    start = place = 0
    while place < len(rows):
        stop = max(_find_deep_list_end(rows, place) if place > start else place, _find_odd_list_end(rows, place))
        if stop > place:
            if place > start:
                yield sort_paragraph(_cut(block, rows, start, place))
            listed = _cut(block, rows, place, stop)
            regular = [ODD_MARK.sub(r"\1- ", row) for row in rows[place:stop]]
            yield replace(listed, form=Form.LIST, items=read_items(regular, listed.line))
            start = stop
        place = max(stop, place + 1)
    if start < len(rows):
        yield sort_paragraph(_cut(block, rows, start, len(rows)) if start else block)


def _find_deep_list_end(rows: Sequence[str], start: int) -> int:
    """Return the index of the row after a list right below text, indented by four or more; `start` without a list.

    A single item is no list, since it may be a wrapped sentence, unless the row above ends with a colon.
    """
    if not _DEEP_ITEM.match(rows[start]):
        return start
    stop = _find_dent_end(rows, start + 1)
    items = sum(bool(_DEEP_ITEM.match(row)) for row in rows[start:stop])
    return stop if items > 1 or rows[start - 1].rstrip().endswith((":", "：")) else start


def _find_odd_list_end(rows: Sequence[str], start: int) -> int:
    """Return the index of the row after a list with a mark unknown to Markdown; `start` if it has not two items."""
    mark = ODD_MARK.match(rows[start])
    if not mark:
        return start
    stop, items = start, 0
    while stop < len(rows) and (other := ODD_MARK.match(rows[stop])) and other.lastgroup == mark.lastgroup:
        stop, items = _find_dent_end(rows, stop + 1), items + 1
    return stop if items > 1 else start


def _find_dent_end(rows: Sequence[str], start: int) -> int:
    """Return the index of the first row from `start` on that is not indented."""
    while start < len(rows) and rows[start][:1] in (" ", "\t"):
        start += 1
    return start


def _cut(block: Block, rows: Sequence[str], start: int, stop: int) -> Block:
    """Return the rows of a block from `start` up to `stop`, as a block of the same form."""
    text = "\n".join(rows[start:stop])
    return replace(block, line=block.line + start, end_line=block.line + stop - 1, text=text, content=text)


def _read_html(block: Block, rows: Sequence[str], *, quoted: bool) -> Iterator[Block]:
    end = find_list_below(rows)
    for part in read_html(rows[:end], block.line):
        form = Form(part.form)
        yield sort_paragraph(Block(form, part.line, part.end_line, part.text, part.content, part.level, part.items))
    if end < len(rows):
        yield from read_blocks(rows[end:], block.line + end, quoted=quoted)


def _read_quoted_lists(block: Block, rows: Sequence[str], inside: Sequence[str]) -> Iterator[Block]:
    """Yield the lists inside a quotation, which are notes, and the quoted text between them as quotations."""
    parts = read_blocks(inside, block.line, quoted=True)
    ends = [*(part.line for part in parts[1:]), block.end_line + 1]
    start = block.line
    for part, end in zip(parts, ends, strict=True):
        text = "\n".join(rows[start - block.line : end - block.line])
        form = Form.LIST if part.form is Form.LIST else Form.QUOTE
        yield Block(form, start, end - 1, text, part.content, items=part.items)
        start = end


def _read_heading(block: Block, rows: Sequence[str], token: Token) -> Iterator[Block]:
    """Yield a heading. If it is several lines with a rule right below, yield a paragraph and a rule instead.

    Markdown makes a heading of such lines, but their writer meant none.
    """
    level = int(token.tag[1]) + (rows[-1].lstrip().startswith("~") and len(rows) > 1)
    if not token.markup.startswith("#"):
        if len(rows) > 2:
            last = len(rows) - 1
            text = "\n".join(rows[:last])
            yield sort_paragraph(Block(Form.PARAGRAPH, block.line, block.end_line - 1, text, text))
            yield Block(Form.RULE, block.end_line, block.end_line, rows[last], rows[last])
            return
        content = rows[0]
    else:
        content = _HEADING_MARKS.sub("", cut_runs(rows[0].replace("\xa0", " ")))
    content = cut_runs(content.strip())[:_LONGEST_HEADING]
    yield Block(Form.HEADING, block.line, block.end_line, block.text, content, level)


def sort_paragraph(block: Block) -> Block:
    """Return a paragraph that only has images, embeds or link definitions as a block of that form.

    An image may have a caption below it. Return other blocks unchanged.
    """
    if block.form is not Form.PARAGRAPH:
        return block
    rows = block.text.split("\n")
    if all(_DEFINITION.match(row) for row in rows):
        return replace(block, form=Form.DEFINITIONS)
    if all(_MODULE_LINE.match(row) or _EMBEDDED.match(row) for row in rows):
        return replace(block, form=Form.EMBED)
    marked = any(mark in block.text for mark in ("![", "{", "<"))
    bare = _IMAGES.sub("", _IMAGES.sub("", block.text)) if marked else ""  # twice: a linked image leaves "[](moss.png)"
    if marked and (_LEFTOVER.match(_SHORTCODES.sub("", bare)) or _is_captioned(block.text)):
        image = "![" in block.text or "<img" in block.text or _IMAGE_SHORTCODE.search(block.text)
        return replace(block, form=Form.IMAGE if image else Form.EMBED)
    return block


def _is_captioned(text: str) -> bool:
    """Whether a paragraph is an image and its caption: text in italics, or the words that stand for the image."""
    match = _CAPTIONED.fullmatch(text)
    return match is not None and (match[2] is not None or match[1].strip() == match[3].strip())


def _continues(above: Block, block: Block) -> bool:
    """Whether a list begins like a continuation of the list above: indented, doubled, or with a later number."""
    return bool(_GOES_ON.match(block.text)) or (above.text[:1].isdigit() and bool(_LATER_NUMBER.match(block.text)))


def _merge_lists(blocks: list[Block], lines: Sequence[str], first_line: int) -> list[Block]:
    """Return the blocks, with lists merged that markdown separates, but that the writer meant as one.

    Markdown separates lists because of marks or indentation: `1.` followed by items indented by two, or `*` followed by
    `+`. Merged lists are read again by their marks and indentation, so that a list of HTML tags, which has no marks, is
    never merged.
    """
    merged: list[Block] = []
    run: list[Block] = []

    def close() -> None:
        if len(run) > 1:
            start, end = run[0].line, run[-1].end_line
            rows = lines[start - first_line : end - first_line + 1]
            items = read_items(rows, start)
            text = "\n".join(rows)
            merged.append(Block(Form.LIST, start, end, text, text, items=items))
        else:
            merged.extend(run)
        run.clear()

    for block in blocks:
        if run and not (block.form is Form.LIST and _continues(run[0], block) and block.line - run[-1].end_line <= 2):
            close()
        if block.form is Form.LIST and not block.text.lstrip().startswith("<"):
            run.append(block)
        else:
            close()
            merged.append(block)
    close()
    return merged
