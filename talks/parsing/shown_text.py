"""A post's text as readers see it and as the parser reads it, and where these differ from the written text."""

import re
from collections.abc import Sequence

from talks.line_ends import LINE_END, split_lines
from talks.parsing.body import Body, read_body
from talks.parsing.metadata.front_matter import FrontMatter
from talks.parsing.metadata.front_matter_fences import split_front_matter
from talks.parsing.text.cleaning import clean_text
from talks.parsing.text.comments import take_comments
from talks.parsing.text.embedded_images import cut_embedded

_QUOTED_OR_COMMENT = re.compile(r"(?<![^\s\[{,:=])(?:\"(?:[^\"\\]|\\.)*+\"|'[^']*')|(?<!\S)#.*")
_BYTE_ORDER_MARK = "\ufeff"


def read_shown_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a post, with front matter, as written but without comments and the data of embedded images.

    A line that was only a comment is empty, so that the number of lines stays.
    """
    text = cut_embedded(text)
    written = split_lines(text.removeprefix(_BYTE_ORDER_MARK))
    cleaned = clean_text(text).lines
    split = split_front_matter(cleaned)
    front = cleaned[: split.body]
    if split.format in ("yaml", "toml", "elixir"):
        front = tuple(map(_drop_comment, front))
    shown = (*front, *take_comments(cleaned[split.body :], split.body + 1).lines)
    rows = zip(written, cleaned, shown, strict=True)
    return tuple(row if left == clean else left for row, clean, left in rows)


def cut_front_matter(text: str) -> tuple[str, str]:
    """Return the front matter of a text with its fences, or "" without one, and the text that follows it."""
    written = split_lines(text.removeprefix(_BYTE_ORDER_MARK))
    split = split_front_matter(clean_text(text).lines)
    front = written[: split.body] if split.format else []
    return "".join(f"{line}\n" for line in front), "\n".join(written[len(front) :])


def _drop_comment(line: str) -> str:
    """Return a line of YAML, TOML or Elixir without the comment at its end."""
    comment = next((found for found in _QUOTED_OR_COMMENT.finditer(line) if found[0].startswith("#")), None)
    return line[: comment.start()].rstrip() if comment else line


def read_markdown_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a post as the parser reads them: without comments, with marks of tools as Markdown.

    The number of lines stays the same.
    """
    lines = clean_text(cut_embedded(text)).lines
    body = _read_body(lines)
    return (*lines[: len(lines) - len(body.lines)], *body.lines)


def find_replaced(text: str) -> dict[int, tuple[int, str]]:
    """Return where the parser reads other words than the text has: index of the start → (index of the end, words read).

    For a comment the words are empty. Other changes of the lines in which a comment begins or ends are left out.
    """
    lines = split_lines(text)
    body = _read_body([lines[0].removeprefix(_BYTE_ORDER_MARK), *lines[1:]])
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    if text.startswith(_BYTE_ORDER_MARK):
        starts[0] = 1
    comments = body.uncommented.comments
    replaced = {starts[c.line - 1] + c.column: (starts[c.end_line - 1] + c.end_column, "") for c in comments}
    shifted = {number for comment in comments for number in (comment.line, comment.end_line)}
    for mark in body.translated.stretches:
        if mark.line not in shifted:
            start = starts[mark.line - 1]
            replaced[start + mark.column] = (start + mark.end_column, mark.said)
    return replaced


def _read_body(lines: Sequence[str]) -> Body:
    split = split_front_matter(lines)
    return read_body(lines, FrontMatter(split.format, body_line=split.body + 1), "")
