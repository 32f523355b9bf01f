"""Reads lists as their writers meant them: nested by an indentation of one to four or a tab, or by doubled marks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from talks.code_fences import track_fence

_SPACE = r"[ \t\xa0\u3000]"
_MARK = re.compile(
    rf"({_SPACE}*)"
    rf"(?:(\*{{2,6}}|--){_SPACE}+(?=[^\s*-])|([*+•‣◦▪●·・-]|\d{{1,9}}[.)])(?:{_SPACE}+|$)|([•‣◦▪●・])(?=\S))"
)
_OPENS_SLOT = re.compile(r"(?:~ ?)?(?:[01]?\d|2[0-3])[:h][0-5]\d\b")  # "10:30 Roses"
_SHORT_ROW = 60
_TAB = 4
_DEEPEST = 40


class Item(NamedTuple):  # a post has hundreds; a frozen dataclass takes three times as long to make
    """A list item. `text` is its own markdown, dedented, without mark and nested items.

    `end_line` is the last line of its nested items; `own_end_line` the last line of its own text. An item without a
    `mark` continues the item that contains it. If an editor cut code in its text, `around` are the fences that open
    and close its part.
    """

    text: str
    line: int
    own_end_line: int
    end_line: int
    mark: str
    items: tuple["Item", ...] = ()
    around: tuple[str, str] = ("", "")

    @property
    def markdown(self) -> str:
        """The text with the fences around it."""
        opening, closing = self.around
        return "\n".join(filter(None, [opening, self.text, closing])) if opening or closing else self.text


def walk_items(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items and those nested in them, in their order."""
    for item in items:
        yield item
        yield from walk_items(item.items)


@dataclass(slots=True)
class _Draft:
    indent: int
    opening: str  # the mark and the space behind it
    doubled: int
    line: int
    mark: str
    rows: list[str]
    end_line: int
    items: list["_Draft"] = field(default_factory=list)
    by_one: bool = False

    @property
    def inner(self) -> int:
        """The indentation, in columns, of the text behind the mark."""
        return self.indent + _width(self.opening)


def read_items(rows: Sequence[str], first_line: int) -> tuple[Item, ...]:
    """Return the outermost items of a list that begins at `first_line`.

    A row without a mark, or in fenced code, continues the item above; after a blank row, indentation decides which one.
    """
    roots: list[_Draft] = []
    path: list[_Draft] = []
    fence, unclosed = "", 0
    indents: Counter[int] = Counter()
    for number, row in enumerate(rows, first_line):
        match = _MARK.match(row)
        if fence and not (match and _width(match[1]) < unclosed):
            match = None
        elif fence:
            fence = ""  # Markdown ends code in an item, too, where the item ends
        inside, fence = fence, track_fence(row, fence)
        if fence and not inside:
            closed = any(not track_fence(other, fence) for other in rows[number - first_line + 1 :])
            unclosed = 0 if closed else _width(match[1]) + 1 if match else _width(row[: len(row) - len(row.lstrip())])
        if match and not (
            match[4] == "・" and path and path[-1].mark != "・" and rows[number - first_line - 1].strip()
        ):
            draft = _open_item(match, row, number)
            if draft.indent and any(draft.indent == above.indent + 1 and _takes_by_one(above, draft) for above in path):
                indents = indents or _count_indents(rows)
                draft.by_one = indents[draft.indent - 1] > 1
            _add_item(roots, path, draft)
        elif row.strip() and path:
            blank_before = number > first_line and not rows[number - first_line - 1].strip()
            goes_on = inside and not path[-1].mark
            draft = path[-1] if goes_on else _find_owner(path, row, blank_before=blank_before)
            if draft.items:
                _open_text_below(path, draft, number)
                draft = path[-1]
            draft.rows += ["", row] if blank_before and draft.rows and draft.rows[-1].strip() else [row]
            draft.end_line = number
        elif path and path[-1].rows:
            path[-1].rows.append("")
    return tuple(_close(draft) for draft in roots)


def find_text_below(rows: Sequence[str]) -> int:
    """Return the index of the first row of a paragraph right below a list; the number of rows without one.

    Markdown takes rows at the margin without a mark for a part of the last item. The last rows are a paragraph if they
    begin with a capital, if the row above them is the beginning of an item and ends with neither ":" nor ",", if no
    other row of the list is such a row, and if their first word would not have made the row above the longest of all.
    """
    start = len(rows)
    while start and _is_at_margin(rows[start - 1]):
        start -= 1
    above = rows[start - 1].rstrip() if start else ""
    if start == len(rows) or not (rows[start][0].isupper() and _MARK.match(above)) or above.endswith((":", ",")):
        return len(rows)
    longest = max(len(row.rstrip()) for row in rows)
    wrapped = len(above) + 1 + len(rows[start].split()[0]) > longest
    return len(rows) if wrapped or start < 2 or any(map(_is_at_margin, rows[:start])) else start


def find_title_rows(rows: Sequence[str]) -> list[int]:
    """Return the indexes of rows of a list at which a title and its own list begin.

    Markdown takes rows at the margin without a mark for a part of the item above. A row is a title if it begins with a
    time of day, or if all items are indented and one stands right below; but not if the row above, to which its first
    word would have been added, were then the longest of all, and longer than most people's lines.
    """
    margin = [number for number, row in enumerate(rows) if number and _is_at_margin(row)]
    if not margin or any(track_fence(row, "") for row in rows):
        return []
    indented = not any(_MARK.match(row) for row in rows if not row[:1].isspace())
    longest = max(_SHORT_ROW, *(len(row.rstrip()) for row in rows))
    return [
        number
        for number in margin
        if (_OPENS_SLOT.match(rows[number]) or (indented and _MARK.match("".join(rows[number + 1 : number + 2]))))
        and len(rows[number - 1].rstrip()) + 1 + len(rows[number].split()[0]) <= longest
    ]


def _is_at_margin(row: str) -> bool:
    return bool(row.strip()) and not row[0].isspace() and not _MARK.match(row)


def _open_item(match: re.Match[str], row: str, number: int) -> _Draft:
    indent = _width(match[1])
    doubled = len(match[2]) if match[2] else 0
    mark = match[2] or match[3] or match[4]
    return _Draft(indent, match[0][len(match[1]) :], doubled, number, mark, [row[match.end() :]], number)


def _width(space: str) -> int:
    """Return how many columns the white space at the start of a row takes; a tab ends at the next multiple of four."""
    if "\t" in space or "\u3000" in space:
        space = space.replace("\u3000", "  ").expandtabs(_TAB)
    return len(space)


def _add_item(roots: list[_Draft], path: list[_Draft], draft: _Draft) -> None:
    """Nest the item in the last one of `path` that it is below (`_is_below`), or else add it to the outermost items."""
    while path and not _is_below(draft, path[-1]):
        path.pop()
    (path[-1].items if path else roots).append(draft)
    if len(path) < _DEEPEST:
        path.append(draft)


def _open_text_below(path: list[_Draft], draft: _Draft, number: int) -> None:
    """Begin an item without a mark for an item's text below its nested items, so that each line belongs to one item."""
    rest = _Draft(draft.inner, "", draft.items[-1].doubled, number, "", [], number)
    draft.items.append(rest)
    path.append(rest)


def _takes_by_one(above: _Draft, draft: _Draft) -> bool:
    """Whether the bullet `draft`, one column right of the bullet `above`, may be nested in `above`.

    It may if `above` has no nested items yet, or one that is indented like `draft`. Behind items that are all indented
    otherwise, the one column is a slip of the writer.
    """
    return not above.items or any(item.indent == draft.indent for item in above.items)


def _is_below(draft: _Draft, above: _Draft) -> bool:
    """Whether the bullet `draft` has more marks than `above` (`**`, `*`), or as many and is two columns further right.

    One column is enough if another bullet is indented as `above` is (`by_one`); else it is a slip of the writer.
    """
    if draft.doubled or above.doubled:
        marks, marks_above = max(draft.doubled, 1), max(above.doubled, 1)
        if marks != marks_above:
            return marks > marks_above
    return draft.indent >= above.indent + 2 - draft.by_one


def _count_indents(rows: Iterable[str]) -> Counter[int]:
    """Return how many bullets stand at each indentation."""
    matches = map(_MARK.match, rows)
    return Counter(_width(match[1]) for match in matches if match and not (match[3] or "")[:1].isdigit())


def _find_owner(path: list[_Draft], row: str, *, blank_before: bool) -> _Draft:
    """Return the item that a row without a mark continues; after a blank line, indentation decides."""
    if not blank_before:
        return path[-1]
    indent = _width(row[: len(row) - len(row.lstrip())])
    while len(path) > 1 and indent < path[-1].indent + 2:
        path.pop()
    return path[-1]


def _close(draft: _Draft) -> Item:
    items = tuple(map(_close, draft.items)) if draft.items else ()
    end_line = max(draft.end_line, *[item.end_line for item in items]) if items else draft.end_line
    return Item(dedent(draft.rows), draft.line, draft.end_line, end_line, draft.mark, items)


def dedent(rows: Sequence[str]) -> str:
    """Return the rows as one text, stripped; the rows after the first lose the indentation that they all share."""
    if len(rows) == 1:
        return rows[0].strip()
    rest = [row for row in rows[1:] if row.strip()]
    shared = min((len(row) - len(row.lstrip()) for row in rest), default=0)
    return "\n".join([rows[0].strip(), *(row[shared:] if row.strip() else "" for row in rows[1:])]).strip()
