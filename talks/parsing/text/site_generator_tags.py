"""Finds tags of site generators (Hugo, Jekyll, MDX, MkDocs) and lines of hashtags, for `tool_marks.py` to remove them.

Text inside the tags stays, and the title of a box (`!!! note "Roses"`) becomes bold.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from talks.image_markup import IMAGE_TAG
from talks.late_patterns import compile_late

SIGN = r"\{\{[<%]|\{%|\{:|:::|</?[A-Z]|!!!|#(?<![^ \t\n]#)\w"
"""Matches a sign of what this module removes, as part of a pattern: a fast test, since few lines have one."""
_SIGN = re.compile(SIGN)
_SHOWS_MORE = rf"(?!(?i:[-\s/]{{0,3}}(?:{IMAGE_TAG}|(?:\w{{0,20}}gallery|(?:end)?highlight|comment|endcomment)\b)))"
_TAG = rf"(?:\{{\{{[<%]{_SHOWS_MORE}[^{{}}\n]{{0,500}}[>%]\}}\}}|\{{%{_SHOWS_MORE}[^{{}}\n]{{0,500}}%\}})"
_TAG_ALONE = compile_late(rf"[ \t]*{_TAG}[ \t]*$")
_COMPONENT_ALONE = re.compile(r"[ \t]*</?[A-Z][\w.]{0,60}(?:\s[^<>\n]{0,500})?(?<!/)>[ \t]*$")
_FENCE_ALONE = re.compile(r"[ \t]*:{3,}(?:[ \t]*[\w-]{1,40})?(?:\{[^{}]{0,100}\})?[ \t]*$")
_ATTRIBUTES_ALONE = re.compile(r"[ \t]*\{:[^{}\n]{0,200}\}[ \t]*$")  # of kramdown: "{: .wide}"
_HASHTAG = r"#[^\W\d_][\w/-]{1,60}"
_HASHTAGS_ALONE = re.compile(rf"[ \t]*{_HASHTAG}(?:[ \t,]+{_HASHTAG}){{0,30}}[ \t]*$")
_TITLED = re.compile(
    r"([ \t]*)(?::{3,}[ \t]*[\w-]{1,40}[ \t]+(.+)|(?:!!!|\?\?\?\+?)[ \t]+([\w-]{1,40})(?:[ \t]+\"([^\"\n]+)\")?)[ \t]*$"
)
IN_LINE = (
    rf"(?P<tag>(?<![(\[\"'=]){_TAG}(?![)\]\"'])) | <(?P<component>[A-Z]\w{{0,60}})(?:\s[^<>\n]{{0,300}})?>"
    r"(?P<inner>[^<>\n]{0,1000})</(?P=component)>"
)


def find_tag_lines(lines: Sequence[str], code: AbstractSet[int]) -> Iterator[int]:
    """Yield the indexes of lines outside code that only have a tag or hashtags.

    A tag of Hugo or Jekyll counts only with text in the line above or below.
    """
    for number, line in enumerate(lines):
        if number in code or not _SIGN.search(line):
            continue
        alone = any(shape.match(line) for shape in (_COMPONENT_ALONE, _FENCE_ALONE, _HASHTAGS_ALONE, _ATTRIBUTES_ALONE))
        if alone or (_TAG_ALONE.match(line) and any(row.strip() for row in _list_beside(lines, number))):
            yield number


def _list_beside(lines: Sequence[str], number: int) -> list[str]:
    return [*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2]]


def find_hashtags(lines: Sequence[str]) -> Iterator[str]:
    """Yield the hashtags, without "#", in lines that have nothing else."""
    for line in lines:
        if _HASHTAGS_ALONE.match(line):
            yield from (tag[1:] for tag in re.findall(_HASHTAG, line))


def title_admonition(row: str) -> tuple[int, int, str] | None:
    """Return (start, end, new text) for the first line of a box, so that its title, else its kind, is in bold.

    `start` and `end` are indexes in the line. The text is "**Roses**" for `!!! note "Roses"`, "**Note**" for `!!!
    note`. None if the line opens no box.
    """
    found = _TITLED.match(row)
    if not found:
        return None
    words = (found[2] or found[4] or found[3].capitalize()).strip()
    return found.end(1), len(row), f"**{words}**" if "*" not in words else words
