"""Rewrites marks of note-taking tools (Obsidian, Logseq, Google Docs) as Markdown with the same meaning.

The number of lines stays the same. Each change is stored with its place, so that write-back can find it in the file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import quote

from talks.image_markup import IMAGE_ENDING
from talks.late_patterns import compile_late
from talks.parsing.text.blocks import find_code_rows
from talks.parsing.text.site_generator_tags import IN_LINE, SIGN, find_hashtags, find_tag_lines, title_admonition

# Each way begins with one of a few signs, which lets Python pass over all others.
_SIGN = re.compile(
    rf"{SIGN}|\[\[|!\[|==|\^|\[[ xX/<>?!-]\]|::|\[!|:[A-Z]+:|\$\\|\(\(|\\[.)]|@(?<!.@)[A-Z]|CLOCK:|SCHEDULED:|DEADLINE:"
)
_MARKS = compile_late(
    r"""
    (?P<code>(?<!`)(`++)[^`\n]*+\2(?!`) | \\.)
    | (?P<embed>!)?\[\[(?P<target>[^\[\]|\n]{0,500})(?:\|(?P<label>[^\[\]\n]{0,500}))?\]\](?![(\[:])
    | \[\[(?P<url>https?://[^\[\]\s]{1,2000})\]\[(?P<words>[^\[\]\n]{1,500})\]\]
    | (?<![A-Za-z0-9=])==(?P<marked>[^\s=](?:[^=\n]{0,500}?[^\s=])?)==(?![A-Za-z0-9=])
    | (?P<block>(?:^|(?<=[ \t]))\^[A-Za-z0-9][A-Za-z0-9-]{2,60}[ \t]*$)
    | \^\[(?P<inline>[^\[\]\n]{1,2000}(?:\[[^\[\]\n]{0,500}\][^\[\]\n]{0,2000}){0,9})\]
    | \[\^(?P<footnote>[^\[\]\s]{1,60})\](?!:)
    | \$\\textcolor\{\w{1,30}\}\{(?P<latex>[^{}$\n]{0,500})\}\$
    | !\[(?P<alt>[^\[\]\n]{0,500})\]\((?P<file>[^()<>\n"']{1,500}"""
    + IMAGE_ENDING
    + r""")\)
    | """
    + IN_LINE
    + r"""
    | (?P<reference>\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\))
    """,
    re.VERBOSE,
)
_CALLOUT = re.compile(r"(\s{0,40}(?:>[ \t]*){1,20})\[!([\w-]{1,40})(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*(.*)$")
_TASK = re.compile(r"([ \t]*(?:>[ \t]*){0,20}(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX/<>?!-]\][ \t]+(?=\S)")
_TASK_WORD = re.compile(r"([ \t]*-[ \t]+)(?:TODO|DOING|DONE|LATER|NOW|WAITING|CANCELL?ED)[ \t]+(?=\S)")
_NUMBER = re.compile(r"([ \t]*\d{1,3})\\([.)][ \t]+\S)")
_HEADING = re.compile(r"[ \t]*(?:[-*+][ \t]+)?#{1,6}[ \t]")
_HEADING_ITEM = re.compile(r"(\t*)-[ \t]+(?=#{1,6}[ \t]+\S)")
_PROPERTY = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:id|collapsed|created-at|updated-at|background-color|heading|icon|filters|ls-type|"
    r"(?:logseq|query|card|hl|template|exclude)[.\w-]{0,60})::(?:[ \t]|$)"
)
_STAMP = re.compile(r"[ \t]*(?:CLOCK: \[|(?:SCHEDULED|DEADLINE): <)\d{4}-.*$")
_DRAWER = re.compile(r"[ \t]*:(?:LOGBOOK|PROPERTIES):[ \t]*$")
_METADATA = re.compile(r"@Metadata[ \t]*\{[ \t]*$")  # of a page of DocC, down to its brace
_METADATA_END = re.compile(r"\}[ \t]*$")
_METADATA_WHOLE = re.compile(r"@Metadata[ \t]*\{[^{}]{0,500}\}[ \t]*$")
_DRAWER_END = re.compile(r"[ \t]*:END:[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[\^([^\[\]\s]{1,60})\]:[ \t]*(.*)$")
_BLOCK_START = re.compile(r" {0,3}(?:[-*+>#|]|\d{1,9}[.)]|```|~~~|\[\^?[^\[\]]{1,60}\]:)")
_IMAGE = re.compile(rf"{IMAGE_ENDING}\s*\Z")
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?\Z")
_LONGEST_DRAWER = 200
_LONGEST_FOOTNOTE = 3000
_SAFE = "/#?&=+@:,;!$*'~.-_%"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A changed part of a line: the text `said` takes the place of its columns (from 0, the end exclusive)."""

    line: int
    column: int
    end_column: int
    said: str


@dataclass(frozen=True, slots=True)
class Translated:
    """The rewritten lines. `properties` and `footnotes` are the numbers of lines that were emptied.

    `tags` are the hashtags in the lines of `properties`.
    """

    lines: tuple[str, ...]
    stretches: tuple[Stretch, ...] = ()
    properties: frozenset[int] = frozenset()
    footnotes: frozenset[int] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Footnote:
    text: str
    rows: tuple[int, ...]


def _find_signed(lines: Sequence[str]) -> set[int]:
    """Return the indexes of the lines with a sign of a tool.

    The whole text is searched first, since most have no sign.
    """
    if not _SIGN.search("\n".join(lines)):
        return set()
    return {number for number, line in enumerate(lines) if line and _SIGN.search(line)}


def translate_marks(lines: Sequence[str], first_line: int, *, outline: bool = False) -> Translated:
    """Rewrite marks of tools outside code as Markdown; `outline`: the post is a page of an outliner.

    A footnote is inserted in brackets at its first reference. Its own lines become empty, and so do lines in which a
    tool stores its own records.
    """
    signed = _find_signed(lines)
    if not outline and not signed:
        return Translated(tuple(lines))
    code = find_code_rows(lines)
    books = frozenset(_find_properties(lines, code))
    properties = books | frozenset(find_tag_lines(lines, code)) | frozenset(_find_metadata(lines, code))
    footnotes = _find_footnotes(lines, code)
    outline = outline or bool(books)
    translator = _Translator(footnotes, outline=outline)
    rows, stretches = list(lines), []
    hidden = properties | {row for footnote in footnotes.values() for row in footnote.rows}
    for number in range(len(lines)) if outline else sorted(signed):
        row = lines[number]
        if number not in code and number not in hidden and row:
            found = list(translator.translate(row))
            translated = _replace(row, found)
            if translated.strip() or not row.strip():  # a line with nothing but a mark stays as it is
                stretches += [Stretch(first_line + number, *change) for change in found]
                rows[number] = translated
    told = {row for label in translator.told for row in footnotes[label].rows}
    for number in properties | told:
        rows[number] = ""
    return Translated(
        tuple(rows),
        tuple(stretches),
        frozenset(first_line + number for number in properties if lines[number].strip()),
        frozenset(first_line + number for number in told if lines[number].strip()),
        tuple(dict.fromkeys(find_hashtags([lines[number] for number in sorted(properties)]))),
    )


def _replace(row: str, found: Sequence[tuple[int, int, str]]) -> str:
    pieces, place = [], 0
    for start, end, said in found:
        pieces += [row[place:start], said]
        place = end
    return "".join([*pieces, row[place:]])


def _find_properties(lines: Sequence[str], code: AbstractSet[int]) -> Iterator[int]:
    """Yield the indexes of the lines in which an outliner stores its own records: ids, states and clocks."""
    inside_until = -1
    for number, line in enumerate(lines):
        if number in code:
            continue
        if number > inside_until and _DRAWER.match(line):
            below = range(number, min(number + _LONGEST_DRAWER, len(lines)))
            inside_until = next((n for n in below if _DRAWER_END.match(lines[n])), -1)
        if number <= inside_until or (":" in line and (_PROPERTY.match(line) or _STAMP.match(line))):
            yield number


def _find_metadata(lines: Sequence[str], code: AbstractSet[int]) -> Iterator[int]:
    """Yield the indexes of the lines in which a page of DocC says how it is to be displayed."""
    for number, line in enumerate(lines):
        if number in code or not line.startswith("@Metadata"):
            continue
        if _METADATA_WHOLE.match(line):
            yield number
        elif _METADATA.match(line):
            below = range(number, min(number + _LONGEST_DRAWER, len(lines)))
            yield from range(number, next((n for n in below if _METADATA_END.match(lines[n])), number - 1) + 1)


def _find_footnotes(lines: Sequence[str], code: AbstractSet[int]) -> dict[str, _Footnote]:
    """Return the definitions of footnotes by label: the first of each, with the lines below that continue it.

    Empty and very long ones are left out.
    """
    found: dict[str, _Footnote] = {}
    number = 0
    while number < len(lines):
        match = None if number in code else _DEFINITION.match(lines[number])
        first = number
        number += 1
        if not match:
            continue
        while number < len(lines) and _continues(lines, number) and number not in code:
            number += 1
        rows = tuple(range(first, number))
        text = " ".join(part for part in (match[2].strip(), *(lines[row].strip() for row in rows[1:])) if part)
        if text and len(text) <= _LONGEST_FOOTNOTE:
            found.setdefault(match[1], _Footnote(text, rows))
    return found


def _continues(lines: Sequence[str], number: int) -> bool:
    """Whether a line belongs to the footnote above it: it is indented, or continues its paragraph."""
    line = lines[number]
    if not line.strip():
        return number + 1 < len(lines) and lines[number + 1].startswith(("    ", "\t"))
    return line.startswith(("  ", "\t")) or bool(lines[number - 1].strip() and not _BLOCK_START.match(line))


class _Translator:
    """Rewrites line after line; it remembers which footnotes were inserted and how deep an outline's heading was."""

    def __init__(self, footnotes: Mapping[str, _Footnote], *, outline: bool) -> None:
        self._footnotes = footnotes
        self._outline = outline
        self._depth = 0
        self.told: set[str] = set()

    def translate(self, row: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, new text), in order, for each mark of a tool in the line, with indexes in the line."""
        start = 0
        for change in self._translate_start(row):
            yield change
            start = change[1]
        heading = bool(_HEADING.match(row))
        for found in _MARKS.finditer(row, start):
            if found["code"] is None and (said := self._say(found, heading=heading)) is not None:
                yield found.start(), found.end(), said

    def _translate_start(self, row: str) -> Iterator[tuple[int, int, str]]:
        if callout := _CALLOUT.match(row):
            title = callout[3].strip()
            end = callout.start(3)
            if title and "*" not in title:
                yield callout.end(1), end, "**"
                yield len(row.rstrip()), len(row), "**  "
            else:
                yield callout.end(1), end, ""
            return
        if box := title_admonition(row):
            yield box
            return
        margin = self._find_margin(row) if self._outline else 0
        if margin:
            yield 0, margin, ""
        if task := _TASK.match(row) or (_TASK_WORD.match(row) if self._outline else None):
            yield task.end(1), task.end(), ""
        elif number := _NUMBER.match(row):
            yield number.end(1), number.end(1) + 1, ""

    def _find_margin(self, row: str) -> int:
        """Return how many characters to drop at the start of an outline's line.

        The characters are the bullet of a heading ("- ## Notes"), or the tabs by which lines are nested below it. Call
        this method for each line in turn, since it remembers how deep the last heading is nested.
        """
        tabs = len(row) - len(row.lstrip("\t"))
        if (item := _HEADING_ITEM.match(row)) and tabs <= self._depth:
            self._depth = tabs + 1
            return item.end()
        if row.strip() and tabs < self._depth:
            self._depth = tabs
        return min(tabs, self._depth)

    def _say(self, found: re.Match[str], *, heading: bool) -> str | None:
        if found["target"] is not None:
            return _write_link(found["target"].strip(), (found["label"] or "").strip(), embedded=bool(found["embed"]))
        if found["file"]:
            return _write_image(found["alt"], found["file"])
        if found["tag"]:
            return ""
        if found["component"]:
            return found["inner"] or ""
        if found["url"]:
            return f"[{found['words']}]({found['url']})"
        if found["marked"]:
            return f"<mark>{found['marked']}</mark>"
        if found["block"] is not None or found["reference"]:
            return ""
        if found["inline"]:
            return f" ({found['inline']})"
        if found["latex"] is not None:
            return re.sub(r"\\([ %&#$_])", r"\1", found["latex"])
        return self._write_footnote(found["footnote"], heading=heading)

    def _write_footnote(self, label: str, *, heading: bool) -> str | None:
        footnote = self._footnotes.get(label)
        if footnote is None:
            return None
        if heading or label in self.told:
            return ""
        self.told.add(label)
        found = [] if "[^" in footnote.text else list(_Translator({}, outline=False).translate(footnote.text))
        text = re.sub(r"\[\^[^\[\]\s]{1,60}\]", "", footnote.text)
        return f" ({_replace(text, found)})"


def _write_image(alt: str, file: str) -> str | None:
    """Return an image as Markdown if its address has spaces or its words end in a size ("|300"); else None."""
    words, _, size = alt.rpartition("|")
    sized = bool(_SIZE.match(size if "|" in alt else ""))
    if not sized and " " not in file.strip():
        return None
    return f"![{words if sized else alt}]({file.strip().replace(' ', '%20')})"


def _write_link(target: str, label: str, *, embedded: bool) -> str | None:
    """Return a link or an image as Markdown, for a place in the same note ("[[#Roses]]") only its words.

    None if the target is a number, or nothing is left.
    """
    note, _, place = target.partition("#")
    note = note.rstrip("\\").strip()
    address = quote(note, safe=_SAFE)
    if note.isdigit():
        return None
    if embedded and _IMAGE.search(note):
        alt = "" if _SIZE.match(label) else label
        return f"![{alt}]({address})"
    words = label or " › ".join(part for part in (note.rpartition("/")[2], place.lstrip("^").strip()) if part)
    if not note:
        return words or None
    return f"[{words}]({address})"
