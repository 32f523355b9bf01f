"""Finds text that its writer marked as a comment, outside code, and removes it before the lines are read."""

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass

from talks.line_ends import list_line_starts
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.text.blocks import find_code_rows

# Openings of comments, and of code or escapes in which an opening does not count.
_OPENING = re.compile(
    r"""
    \\%% | \\[\\`%<{\[]
    | (?P<code>`+)
    | (?P<percent>%%)
    | (?P<empty><!---?>)
    | (?P<html><!--)
    | (?P<definition>(?<![^\n])[ ]{0,3}\[(?://|comment)\]:(?=[ \t]))
    | (?P<mdx>\{/\*)
    | (?P<hugo>\{\{/\*)
    | (?P<liquid>\{%-?[ ]{0,3}comment\b[^%{}\n]{0,200}%\})
    | (?P<shortcode>\{\{[<%][ ]{0,3}comment[ ]{0,3}[>%]\}\})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOSINGS = {
    "percent": re.compile("%%"),
    "html": re.compile("-->"),
    "mdx": re.compile(r"\*/\}"),
    "hugo": re.compile(r"\*/\}\}"),
    "liquid": re.compile(r"\{%-?[ ]{0,3}endcomment[ ]{0,3}-?%\}", re.IGNORECASE),
    "shortcode": re.compile(r"\{\{[<%][ ]{0,3}/[ ]{0,3}comment[ ]{0,3}[>%]\}\}", re.IGNORECASE),
}
_TEXT_IF_OPEN = {"mdx", "hugo"}  # "{/*" opens a comment in few posts only
_SIGN = re.compile(r"%%|<!--|\[(?://|comment)\]:|\{/\*|\{[%{][<%-]?[ ]{0,3}comment", re.IGNORECASE)
_CODE_ENDS = re.compile(r"\n[ \t]*(?:\n|[-*+>#|]|\d{1,9}[.)]|```|~~~|\Z)")
_CHANGES_CODE = re.compile(r"```|~~~|highlight")
_BARE = re.compile(
    r"[ \t]*(?:(?:>[ \t]*)*(?:(?:[-*+•‣◦▪●·・]|\*{2,6}|\d{1,9}[.)])?[ \t]*(?:\[[ xX]\])?)|#{1,6})[ \t]*\Z"
)
_QUOTE_MARK = re.compile(r"[ \t]*(?:>[ \t]*)+\Z")
# What only a site generator, an editor or a linter reads: `<!--more-->`, `<!-- toc -->`, `<!-- wp:image {"id":7} -->`.
_FOR_PROGRAM = re.compile(
    r"<!--\s*(?:(?:read-?)?more|excerpt|end-?excerpt|excerpt-?end|truncate|nextpage|(?:end)?toc|toc-?stop|/?wp:[^<>]{1,500}|"
    r"(?:markdownlint|prettier)-[\w -]{1,200})\s*-->",
    re.IGNORECASE,
)
_MOST_ROUNDS = 20
_CUT = "\0"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its marks as written.

    `line` and `end_line` are numbers of lines in the file, from 1. Columns count from 0, and `end_column` is exclusive.
    """

    text: str
    line: int
    column: int
    end_line: int
    end_column: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Uncommented:
    """The lines without comments, the number of lines unchanged; a line that was only a comment is empty."""

    lines: tuple[str, ...]
    comments: tuple[Comment, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """A note if there are comments for people, and a warning if one lacks an end mark and hides all below."""
        told = [comment for comment in self.comments if not _FOR_PROGRAM.fullmatch(comment.text)]
        if not told:
            return ()
        note, last = catalogue.COMMENTS.at(told[0].line, count=len(told)), told[-1]
        if last.closed:
            return (note,)
        mark = last.text[:4].strip()
        return note, catalogue.COMMENT_UNCLOSED.at(last.line, column=last.column + 1, mark=mark)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    closed: bool = True


def take_comments(lines: Sequence[str], first_line: int) -> Uncommented:
    """Return the lines of a body without its comments, and the comments; its first line has the number `first_line`.

    Comments affect which lines are code, and code affects which text is a comment. Therefore the lines are searched
    until no more comments are found. In doubt, text is a comment.
    """
    text = "\n".join(lines)
    if not _SIGN.search(text):
        return Uncommented(tuple(lines))
    index = _RowIndex(text)
    spans: list[_Span] = []
    left = list(lines)
    for turn in range(_MOST_ROUNDS + 2):
        found = _find_spans(text, index, spans, find_code_rows(left), stop_early=turn < _MOST_ROUNDS)
        if len(found) == len(spans):
            break
        spans = found
        left = _cut_spans(text, spans)
    return Uncommented(tuple(left), tuple(index.describe(span, first_line) for span in spans))


class _RowIndex:
    """Finds the index of the row in which a position of the text is, and describes spans of the text as comments."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = list_line_starts(text)

    def find_row(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def describe(self, span: _Span, first_line: int) -> Comment:
        first, last = self.find_row(span.start), self.find_row(span.end - 1)
        text = self.text[span.start : span.end]
        columns = span.start - self.starts[first], span.end - self.starts[last]
        return Comment(text, first_line + first, columns[0], first_line + last, columns[1], span.closed)


def _find_spans(
    text: str, index: _RowIndex, known: Sequence[_Span], code: Set[int], *, stop_early: bool
) -> list[_Span]:
    """Return the spans of known comments and of new ones outside code, in the order of the text.

    `code` are the rows of the text that are code. `stop_early`: stop after a new comment that contains a sign of code,
    since removing the comment may change which rows are code.
    """
    spans: list[_Span] = []
    waiting = list(reversed(known))
    literal = _InlineCode(text)
    unclosed: set[str] = set()
    place = 0
    while opening := _OPENING.search(text, place):
        if waiting and opening.end() > waiting[-1].start:
            spans.append(waiting.pop())
            place = max(place, spans[-1].end)
            continue
        row = index.find_row(opening.start())
        place = opening.end()
        if row in code:
            while row in code:
                row += 1
            place = index.starts[row] if row < len(index.starts) else len(text)
        elif opening["code"]:
            place = literal.find_end(opening)
        elif (kind := opening.lastgroup) and kind not in unclosed:
            span = _close(text, opening, kind)
            if span.closed or kind not in _TEXT_IF_OPEN:
                spans.append(span)
                place = span.end
                if stop_early and _CHANGES_CODE.search(text, span.start, span.end):
                    break
            else:
                unclosed.add(kind)
    return [*spans, *reversed(waiting)]


def _close(text: str, opening: re.Match[str], kind: str) -> _Span:
    """Return the comment that begins with the mark `opening`; without an end mark it extends to the end of the post."""
    if kind == "empty":
        return _Span(opening.start(), opening.end())
    if kind == "definition":
        return _Span(opening.start(), _find_definition_end(text, opening.end()))
    closing = _CLOSINGS[kind].search(text, opening.end())
    if closing:
        return _Span(opening.start(), closing.end())
    return _Span(opening.start(), max(opening.end(), len(text.rstrip())), closed=False)


def _find_definition_end(text: str, place: int) -> int:
    """Return the index at which the comment `[//]: # (…)` ends; `place` is the index behind its `[//]:`.

    The comment ends with its line. If its bracket is not closed there, the comment extends to the next bracket that
    ends a line of the paragraph, if there is one.
    """
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    row = text[place:end].rstrip()
    if "(" not in row or row.endswith(")"):
        return end
    paragraph = text.find("\n\n", place)
    closing = re.compile(r"\)[ \t]*(?=\n|\Z)").search(text, end, paragraph if paragraph >= 0 else len(text))
    return closing.end() if closing else end


class _InlineCode:
    """Finds where code within a paragraph ends, in linear time even for many backticks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[int, list[int]] | None = None
        self._paragraph = (0, -1)

    def find_end(self, opening: re.Match[str]) -> int:
        """Return the index behind the backticks that close those of `opening`.

        If no backticks in the same paragraph close them, return the index behind `opening`.
        """
        if self._places is None:
            self._places = {}
            for run in re.finditer("`+", self._text):
                self._places.setdefault(len(run[0]), []).append(run.start())
        length = len(opening[0])
        places = self._places.get(length, [])
        number = bisect_right(places, opening.start())
        if number < len(places) and places[number] < self._find_paragraph_end(opening.end()):
            return places[number] + length
        return opening.end()

    def _find_paragraph_end(self, place: int) -> int:
        start, end = self._paragraph
        if not start <= place <= end:
            closing = _CODE_ENDS.search(self._text, place)
            self._paragraph = place, closing.start() if closing else len(self._text)
        return self._paragraph[1]


def _cut_spans(text: str, spans: Sequence[_Span]) -> list[str]:
    """Return the lines of the text without the comments at the given spans.

    A doubled space that a comment leaves becomes one. The mark of an item, quote or heading that is left without text
    is removed, unless what stands below or beside it needs it.
    """
    pieces: list[str] = []
    place = 0
    for span in spans:
        breaks = text.count("\n", span.start, span.end)
        pieces += [text[place : span.start], _CUT, "\n" * breaks + _CUT if breaks else ""]
        place = span.end
    rows = "".join([*pieces, text[place:]]).split("\n")
    touched = [number for number, row in enumerate(rows) if _CUT in row]
    for number in touched:
        rows[number] = _join_parts(rows[number])
    for number in touched:
        if _BARE.match(rows[number]) and not _needs_mark(rows, number):
            rows[number] = ""
    return rows


def _join_parts(row: str) -> str:
    first, *rest = row.split(_CUT)
    joined = first
    for part in rest:
        joined += part.lstrip() if not joined or joined[-1].isspace() else part
    return joined if rest[-1].strip() else joined.rstrip()


def _needs_mark(rows: Sequence[str], number: int) -> bool:
    """Whether row `number`, only a mark, is needed: as an item with nested items, or as a line inside a quote."""
    if _QUOTE_MARK.match(rows[number]):
        beside = [*rows[max(number - 1, 0) : number], *rows[number + 1 : number + 2]]
        return any(">" in row and not _QUOTE_MARK.match(row) for row in beside)
    if not rows[number].strip():
        return False
    below = next((row for row in rows[number + 1 : number + 3] if row.strip()), "")
    return _measure_indent(below) > _measure_indent(rows[number])


def _measure_indent(row: str) -> int:
    row = row.expandtabs(4)
    return len(row) - len(row.lstrip())
