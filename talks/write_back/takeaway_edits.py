"""Changes takeaways in the lines of a post, and adds new ones in the style of the takeaways around them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from talks.line_ends import split_lines
from talks.parsing import Kind, ParsedPost, ParsedTakeaway, ParsedTalk
from talks.write_back.edits import Addition, TakeawayEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice
from talks.write_back.word_revisions import change_words

_LOOKS_LIKE_MARK = re.compile(r"[-+*•‣◦▪●·・>#=|:~`]|\d{1,9}[.)]")
_NUMBER = re.compile(r"\d+")
_DOUBLED = re.compile(r"\s*\*{2,}")
_ITEM = re.compile(r"[ \t]*([-+*]|\d{1,9}[.)])[ \t]+")
_LINK = re.compile(r"(!?\[[^\]]*\])(\((?:[^()]|\([^()]*\))*\))")
_BULLET = "* "


def rewrite_takeaway(source: SourceText, post: ParsedPost, edit: TakeawayEdit) -> Iterator[list[Splice]]:
    """Yield possible replacements of a takeaway's text, as lists of splices.

    The first replaces only the words that differ or, if its lines would become too long, wraps them again from the
    first change on; the last ones replace all lines. Raises `UnwritableError` if the post's lines have the takeaway's
    text in another form.
    """
    unit = list(post.talks[edit.talk].walk())[edit.unit]
    written, text = unit.written or unit.text, _restore_link_labels(unit, edit.text)
    places = source.locate_characters(written, source.part_span(unit))
    if not places:
        raise UnwritableError("the post's lines have its text in another form")
    width = _find_width(source, post, unit)
    words = change_words(source, places, written, text) if unit.kind is not Kind.CODE else None
    if words and not any("\n" in splice.new for splice in words):
        if not width or not _is_filled(source, unit) or _fits_width(source, unit, words, width):
            yield words
        elif place := _find_first_changed_row(source, unit, places, words):
            row, first = place
            indent = source.text[source.line_span(row)[0] : places[first][0]]
            taken = source.text[places[first][0] : places[-1][1]]
            ending = text[first:]
            if taken and "\n" not in ending:
                lines = _wrap(ending, width, len(indent), indent, source.line_end(row))
                yield [Splice(places[first][0], places[-1][1], lines)]
    yield from _rewrite_whole(source, unit, text, (places[0][0], places[-1][1]), width)


def _restore_link_labels(unit: ParsedTakeaway, text: str) -> str:
    """Return the text in which links that the post writes with a label (`[text][label]`) have their labels again."""
    for label, target in _LINK.findall(unit.text) if unit.written else ():
        link, way = f"{label}{target}", re.search(rf"{re.escape(label)}(?:\[[^\]]*\])?(?!\()", unit.written)
        if way and link not in unit.written:
            text = text.replace(link, way[0])
    return text


def _rewrite_whole(
    source: SourceText, unit: ParsedTakeaway, text: str, span: Span, width: int
) -> Iterator[list[Splice]]:
    before = source.text[source.line_span(unit.line)[0] : span[0]]
    end = source.line_end(unit.line)
    for indent in dict.fromkeys([_find_indent(source, unit, before), _make_indent(before, unit.kind)]):
        if width and "\n" not in text:
            yield [Splice(*span, _wrap(text, width, len(before), indent, end))]
        yield [Splice(*span, _indent_lines(text, indent, end))]


def _is_filled(source: SourceText, unit: ParsedTakeaway) -> bool:
    """Whether the lines of the takeaway are filled to one width, rather than broken at the ends of sentences."""
    rows = [source.line(number) for number in range(unit.line, unit.end_line + 1)]
    widest = max(map(len, rows))
    return all(len(row.rstrip()) + 1 + len((below.split() or [""])[0]) > widest for row, below in pairwise(rows))


def _fits_width(source: SourceText, unit: ParsedTakeaway, splices: Sequence[Splice], width: int) -> bool:
    start, end = source.part_span(unit)
    lines = SourceText(source.text[start:end])
    patched = lines.patch(replace(splice, start=splice.start - start, end=splice.end - start) for splice in splices)
    return patched is not None and max(map(len, split_lines(patched))) <= width


def _find_first_changed_row(
    source: SourceText, unit: ParsedTakeaway, places: Sequence[Span], splices: Sequence[Splice]
) -> tuple[int, int] | None:
    """Return the number of the line with the first change, from 1, and the index in `places` of its first character.

    `places` are the spans of the takeaway's characters. Return None if the change is in the takeaway's first line.
    """
    change = min(splice.start for splice in splices)
    row = next(n for n in range(unit.line, unit.end_line + 1) if source.line_span(n)[1] >= change)
    start = source.line_span(row)[0]
    first = next((n for n, place in enumerate(places) if place[0] >= start), 0)
    return (row, first) if row > unit.line and first else None


def add_takeaways(source: SourceText, post: ParsedPost, edit: Addition) -> Iterator[list[Splice]]:
    """Yield possible ways to add takeaways after the last one of their talk or of their parent, as lists of splices."""
    talk = post.talks[edit.talk]
    units = list(talk.walk())
    above = units if edit.parent is None else list(units[edit.parent].walk())
    last = max([unit.end_line for unit in above] or [passage.end_line for passage in talk.head] or [talk.line])
    last = source.skip_comment(last)
    end = source.line_end(last)
    beside = talk.takeaways if edit.parent is None else units[edit.parent].takeaways
    goes_on = bool(beside) and beside[-1].kind is Kind.POINT
    prefix = _choose_prefix(source, post, talk)
    if edit.parent is None and not goes_on and (item := _ITEM.match(source.line(talk.line))):
        prefix, goes_on = _make_indent(item[0], Kind.POINT) + (_BULLET if item[1][0].isdigit() else f"{item[1]} "), True
    if edit.parent is not None:
        prefix = _choose_nested_prefix(source, post, units[edit.parent], prefix)
    loose = _is_loose(source, beside)
    rows = list(_write_notes(source, post, edit.notes, prefix, goes_on=goes_on or edit.parent is not None, loose=loose))
    while rows and not rows[0] and not source.line(last).strip():
        del rows[0]
    place = source.line_span(last)[1]
    below = source.has_line(last + 1) and bool(source.line(last + 1).strip())
    tight = [Splice(place, place, "".join(f"{end}{row}" for row in rows))]
    spaced = [Splice(place, place, "".join(f"{end}{row}" for row in (*rows, "")))]
    yield from (spaced, tight) if below and edit.notes[-1].kind is not Kind.POINT else (tight, spaced)


def _choose_nested_prefix(source: SourceText, post: ParsedPost, parent: ParsedTakeaway, prefix: str) -> str:
    """Return indentation and mark for a new point nested in `parent`: those of its last child, else one level deeper.

    A numbered mark has the number before that of the new point: `_write_notes` counts it up.
    """
    if parent.takeaways and (own := _find_prefix(source, parent.takeaways[-1])):
        return own
    return _NUMBER.sub("0", _nest_prefix(source, post, _find_prefix(source, parent) or prefix))  # counted up to 1 later


def _find_indent(source: SourceText, unit: ParsedTakeaway, before: str) -> str:
    """Return the white space and `>` before the text in the takeaway's second line.

    If it has one line, return what a second line would begin with; `before` is what precedes the text in the first.
    """
    if unit.end_line > unit.line and (row := source.line(unit.line + 1)).strip():
        found = re.match(r"\s*(?:>\s?)*" if unit.kind is Kind.QUOTE else r"\s*", row)
        return found[0] if found else ""
    return _make_indent(before, unit.kind)


def _make_indent(before: str, kind: Kind) -> str:
    return before if kind is Kind.QUOTE else re.sub(r"[^\t ]", " ", before)


def _find_width(source: SourceText, post: ParsedPost, unit: ParsedTakeaway | None) -> int:
    """Return the number of characters at which the takeaway or, without one, the whole post is wrapped; 0 if it is not.

    It is the longest line of a takeaway with several lines. The post is wrapped if the longest line of takeaways on
    several lines is no shorter than all takeaways on one line.
    """
    if unit and unit.end_line > unit.line:
        return max(len(source.line(number)) for number in range(unit.line, unit.end_line + 1))
    widths: dict[bool, int] = {True: 0, False: 0}
    for talk in post.talks:
        for other in talk.walk():
            if other.kind in (Kind.POINT, Kind.PARAGRAPH) and "\n" not in other.text:
                wrapped = other.end_line > other.line
                longest = max(len(source.line(number)) for number in range(other.line, other.end_line + 1))
                widths[wrapped] = max(widths[wrapped], longest)
    return widths[True] if widths[True] >= widths[False] else 0


def _wrap(text: str, width: int, taken: int, indent: str, end: str) -> str:
    """Return the text broken into lines of at most `width` characters, the first of `width` less `taken`.

    A line gets longer if the next one would begin with what looks like a list mark. `indent` precedes each further
    line, `end` is the line end.
    """
    rows = [""]
    room = width - taken
    for word in re.findall(r"\S+|[^\S ]\S*", text):
        row = rows[-1]
        if row and len(row) + 1 + len(word) > room and not _LOOKS_LIKE_MARK.match(word):
            rows.append(word)
            room = width - len(indent)
        else:
            rows[-1] = f"{row} {word}" if row else word
    return f"{end}{indent}".join(rows)


def _indent_lines(text: str, indent: str, end: str) -> str:
    first, *rest = text.split("\n")
    blank = indent.rstrip() if ">" in indent else ""
    return end.join([first, *(f"{indent}{row}" if row.strip() else blank for row in rest)])


def _find_prefix(source: SourceText, unit: ParsedTakeaway) -> str | None:
    """Return what precedes the text in a point's first line, its indentation and mark, as the post writes them.

    Return None if the point's lines do not contain its text. Where the lines break in it does not matter.
    """
    span = source.find_words(unit.written or unit.text, source.part_span(unit))
    return source.text[source.line_span(unit.line)[0] : span[0]] if span else None


def _choose_prefix(source: SourceText, post: ParsedPost, talk: ParsedTalk) -> str:
    """Return indentation and mark for a new point: as of the talk's last point, else of the post's first, else "* "."""
    points = [unit for unit in reversed(talk.takeaways) if unit.kind is Kind.POINT]
    points += [unit for other in post.talks for unit in other.takeaways if unit.kind is Kind.POINT]
    return next((prefix for unit in points if (prefix := _find_prefix(source, unit))), _BULLET)


def _is_loose(source: SourceText, units: Sequence[ParsedTakeaway]) -> bool:
    """Whether a blank line is above the last point among these takeaways; False if there are fewer than two points."""
    points = [unit for unit in units if unit.kind is Kind.POINT]
    return len(points) > 1 and not source.line(points[-1].line - 1).strip()


def _nest_prefix(source: SourceText, post: ParsedPost, prefix: str) -> str:
    """Return indentation and mark one level below `prefix`, like those of the first nested point of the post.

    Without a nested point, they are those of `prefix`, indented to where its text begins.
    """
    for talk in post.talks:
        for unit in talk.walk():
            above = _find_prefix(source, unit)
            below = _find_prefix(source, unit.takeaways[0]) if unit.takeaways else None
            if above and below and unit.kind is Kind.POINT:
                if _DOUBLED.match(below):
                    return prefix.replace("*", "**", 1)
                lead, inner = (row[: len(row) - len(row.lstrip())] for row in (above, below))
                own = prefix[: len(prefix) - len(prefix.lstrip())]
                return own + (inner.removeprefix(lead) or "  ") + below.lstrip()
    return re.sub(r"[^\t ]", " ", prefix) + prefix.lstrip()


def _write_notes(
    source: SourceText, post: ParsedPost, notes: Sequence[ParsedTakeaway], prefix: str, *, goes_on: bool, loose: bool
) -> Iterator[str]:
    """Yield the lines of new takeaways; `goes_on` means that they continue the list right above.

    `prefix` is the indentation and mark of points; `loose` asks for blank lines between them.
    """
    width = _find_width(source, post, None)
    for note in notes:
        if note.kind is Kind.POINT:
            if loose or not goes_on:
                yield ""
            prefix = _NUMBER.sub(lambda number: str(int(number[0]) + 1), prefix) if goes_on else prefix
            yield from _write_row(note.text, prefix, width)
            if note.takeaways:
                below = _NUMBER.sub("0", _nest_prefix(source, post, prefix))  # counted up to 1 later
                yield from _write_notes(source, post, note.takeaways, below, goes_on=True, loose=False)
        else:
            yield ""
            yield from _write_block(note)
            if note.takeaways:
                yield from _write_notes(source, post, note.takeaways, prefix, goes_on=False, loose=loose)
        goes_on = note.kind is Kind.POINT


def _write_row(text: str, prefix: str, width: int) -> list[str]:
    indent = _make_indent(prefix, Kind.POINT)
    wrapped = _wrap(text, width, len(prefix), indent, "\n") if width and "\n" not in text else None
    return f"{prefix}{wrapped or _indent_lines(text, indent, chr(10))}".split("\n")


def _write_block(note: ParsedTakeaway) -> list[str]:
    rows = note.text.split("\n")
    return [f"> {row}".rstrip() for row in rows] if note.kind is Kind.QUOTE else rows
