"""Makes irregular marks of a text regular, so that the Markdown parser reads what its writer meant."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from talks.code_fences import track_fence

_TIGHT_HEADING = re.compile(r"( {0,3}#{2,6})(?=[^#\s])")
_TIGHT_TITLE = re.compile(r"#[^\W_]\S*(?: [^\s#]\S*){0,30}\s*\Z")
_IRREGULAR = re.compile(r"\s*(?:#{2}|\*{2}|\{|[•‣◦▪●·・—―⸺⸻─━═])")
_DRAWN_RULE = re.compile(r"\s*(?:⸻|[—―⸺─━═]{3})[—―⸺⸻─━═]*\s*\Z")
_HIGHLIGHT = re.compile(r"\{[%{]<?\s*/?(?:end)?highlight\b[^{}]*\}\s*\Z")
_ONLY_HASHES = re.compile(r"\s*#{2,}\s*\Z")
ONLY_TAG = re.compile(r" {0,3}</?[A-Za-z][^<>]*>\s*\Z")
_MARKED_HEADING = re.compile(r" {0,3}#{1,6}\s+\S")
_BARE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*\Z")
_MARKDOWN_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(?:markdown|md)\s*\Z", re.IGNORECASE)
_HIGH_HEADING = re.compile(r" {0,3}#{1,2}\s")
_SECTION = re.compile(r" {0,3}(#{2,6})\s")
_ODD_BULLET = re.compile(r"(\s*)(?:[•‣◦▪●·・]\s*(?=\S)|\*{2,6}[ \t]+(?=[^\s*]))")
_UNEVEN = 2  # characters by which an underline may be longer or shorter than its heading
_TITLE_WORDS = 3
ITEM = re.compile(r"\s*(?:[*+-]|\d{1,2}[.)])\s+\S")


def make_views(lines: Sequence[str]) -> list[str]:
    """Return the lines as the Markdown parser is to read them, each at its place.

    In a text with a heading like "##Roses", a line "#Gardens in winter" is a heading too, unless it is only hashtags.
    In other texts only the first line may be such a heading, if it has three words at least and a blank line below.
    """
    view = [_make_view(line) if _IRREGULAR.match(line) or not line.isascii() else line for line in lines]
    for place, line in enumerate(lines[1:], 1):
        if line.startswith("~~~~") and _is_underline(lines[place - 1], line):
            view[place] = "-" * len(line)
        elif "#" in line[:4] and _MARKED_HEADING.match(line) and ONLY_TAG.match(lines[place - 1]):
            view[place - 1] = ""  # after "</div>", markdown reads a heading as HTML up to the next blank line
    if any("##" in line and _TIGHT_HEADING.match(line) for line in lines):
        view = [f"# {line[1:]}" if _TIGHT_TITLE.match(line) else line for line in view]
    elif lines and _opens_with_title(lines):
        view[0] = f"# {view[0][1:]}"
    if any("```" in line or "~~~" in line for line in view):  # false of most posts
        if (stray := _find_stray_fence(view)) is not None:
            view[stray] = ""
        for fence in _find_fences_around_notes(view):
            view[fence] = ""
    return view


def _find_stray_fence(view: Sequence[str]) -> int | None:
    """Return the index of a fence that is never closed, names no language, and is only left behind; None without one.

    Markdown would read all below it as code. But a heading below it, after a blank line, has the level (2 to 6) of one
    above it, so that the notes continue there.
    """
    fence, start = "", 0
    for place, line in enumerate(view):
        inside, fence = fence, track_fence(line, fence)
        start = start if inside else place
    if not fence or not _BARE_FENCE.match(view[start]):
        return None
    above = {match[1] for line in view[:start] if (match := _SECTION.match(line))}
    below = (match[1] for last, line in pairwise(view[start:]) if not last.strip() and (match := _SECTION.match(line)))
    return start if not above.isdisjoint(below) else None


def _find_fences_around_notes(view: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of both fences around each piece of code in the language Markdown that has a list in it.

    A writer copied such notes from elsewhere as they were. A piece with headings of the first two levels stays code: a
    whole document may be an example of Markdown.
    """
    start, opened = -1, ""
    for place, line in enumerate(view):
        if opened and not track_fence(line, opened):
            inside = view[start + 1 : place]
            listed = sum(bool(ITEM.match(row)) for row in inside) > 1
            if _MARKDOWN_FENCE.match(view[start]) and listed and not any(map(_HIGH_HEADING.match, inside)):
                yield start
                yield place
            opened = ""
        elif not opened:
            start, opened = place, track_fence(line, "")


def _opens_with_title(lines: Sequence[str]) -> bool:
    alone = len(lines) > 1 and not lines[1].strip()
    return alone and bool(_TIGHT_TITLE.match(lines[0])) and len(lines[0].split()) >= _TITLE_WORDS


def _is_underline(above: str, line: str) -> bool:
    """Whether a row of "~" underlines the line above, as in reStructuredText, rather than opening code."""
    text, row = above.rstrip(), line.rstrip()
    return bool(text) and not row.strip("~") and text[0].isalnum() and abs(len(text) - len(row)) <= _UNEVEN


def _make_view(line: str) -> str:
    """Return the line with irregular marks made regular, for the markdown parser."""
    if not line.isascii():
        line = line.replace("\xa0", " ").replace("\u3000", "  ")
    if not _IRREGULAR.match(line):
        return line
    if _HIGHLIGHT.match(line):
        return "```"
    if _DRAWN_RULE.match(line):
        return "***"
    if match := _TIGHT_HEADING.match(line):
        return f"{match[0]} {line[match.end() :]}"
    if match := _ODD_BULLET.match(line):
        # An item with a doubled mark is nested in the item above it.
        return f"{match[1]}{'  ' if '**' in match[0] else ''}* {line[match.end() :]}"
    return "" if _ONLY_HASHES.match(line) else line


def is_stray_mark(text: str) -> bool:
    """Whether lines are only marks that hold no text, such as "####", or a fence that names the language Markdown."""
    return not text.strip("#`~\n \t\xa0") or bool(_MARKDOWN_FENCE.match(text))
