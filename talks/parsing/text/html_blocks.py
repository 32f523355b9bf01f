"""Reads blocks of HTML: headings, paragraphs and lists by their tags, everything else as images or embeds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talks.parsing.text.html_lists import read_html_list
from talks.parsing.text.lists import Item
from talks.parsing.text.regular_marks import ITEM

_HEADING = re.compile(r"\s*<h([1-6])\b[^<>]*>(.*?)</h\1\s*>\s*\Z", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>(?!\s*(?:</p>)?\s*\Z)", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:<[uo]l\b[^<>]*>\s*)?<li\b", re.IGNORECASE)
_NEVER_TEXT = re.compile(
    r"\s*<(script|style|iframe|blockquote|figure|video|audio|svg|table|pre|!--|details|aside)\b", re.IGNORECASE
)
_TAG_END = re.compile(r"(?:</\w+|<br\s*/?|<img\b[^<>]*)>\s*\Z", re.IGNORECASE)
_WORDS = re.compile(r"\s{0,3}[\"'“„«(*_\[]{0,3}[^\W\d_][^\n]*\s[^\n]*\s")


@dataclass(frozen=True, slots=True)
class HtmlPart:
    """Lines of an HTML block that form one block, such as a heading or a list; `form` is a value of `blocks.Form`."""

    form: str
    line: int
    end_line: int
    text: str
    content: str
    level: int = 0
    items: tuple[Item, ...] = ()


def read_html(rows: Sequence[str], first_line: int) -> Iterator[HtmlPart]:
    """Yield the headings, paragraphs and lists of an HTML block; no line is lost.

    All else is an image if it has an `<img>`, else an embed; so is the whole of a block that begins with a tag such as
    `<table>` or `<script>`. Words without tags right below a closed element or a line break are a paragraph, as their
    writer saw them.
    """
    end = _find_words_below(rows)
    if end < len(rows):
        yield from read_html(rows[:end], first_line)
        text = "\n".join(rows[end:])
        yield HtmlPart("paragraph", first_line + end, first_line + len(rows) - 1, text, text)
        return
    if _NEVER_TEXT.match(rows[0]):
        yield _make_embed(rows, first_line)
        return
    start, index = 0, 0
    while index < len(rows):
        stop = index + 1
        part = None
        if match := _HEADING.match(rows[index]):
            number = first_line + index
            part = HtmlPart("heading", number, number, rows[index], match[2].strip(), int(match[1]))
        elif _PARAGRAPH.match(rows[index]):
            while stop < len(rows) and not _PARAGRAPH_END.search(rows[stop - 1]):
                stop += 1
            text = "\n".join(rows[index:stop])
            content = re.sub(r"</?p\b[^<>]*>", "", text).strip()
            part = HtmlPart("paragraph", first_line + index, first_line + stop - 1, text, content)
        elif _ITEM.match(rows[index]):
            items, stop = read_html_list(rows, index, first_line)
            if items:
                text = "\n".join(rows[index:stop])
                part = HtmlPart("list", first_line + index, first_line + stop - 1, text, text, items=items)
        if part:
            if index > start:
                yield _make_embed(rows[start:index], first_line + start)
            yield part
            start = stop
        index = stop
    if start < len(rows):
        yield _make_embed(rows[start:], first_line + start)


def find_list_below(rows: Sequence[str]) -> int:
    """Return the index of the row at which a Markdown list begins right below a heading in HTML, else that of the end.

    Markdown takes such a list for HTML, but its writer saw it as a list.
    """
    if _NEVER_TEXT.match(rows[0]):
        return len(rows)
    below = (end for end in range(1, len(rows)) if ITEM.match(rows[end]) and _HEADING.match(rows[end - 1]))
    return next(below, len(rows))


def _find_words_below(rows: Sequence[str]) -> int:
    """Return the index of the row at which words below HTML begin: rows without tags, below one that ends in a tag.

    Return the number of rows if there are none, or if they are inside the element with which the block begins.
    """
    end = len(rows)
    while end > 0 and not {"<", ">"} & set(rows[end - 1]):
        end -= 1
    if not 0 < end < len(rows) or not _TAG_END.search(rows[end - 1]) or not _WORDS.match(rows[end]):
        return len(rows)
    opened = _NEVER_TEXT.match(rows[0])
    closed = not opened or any(f"</{opened[1]}".casefold() in row.casefold() for row in rows[:end])
    return end if closed else len(rows)


def _make_embed(rows: Sequence[str], line: int) -> HtmlPart:
    text = "\n".join(rows)
    form = "image" if "<img" in text and len(text) < 2000 else "embed"
    return HtmlPart(form, line, line + len(rows) - 1, text, text)
