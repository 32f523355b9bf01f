"""A post's text as readers may see it, and where in it stands what they may not."""

import re

from talks.lines import LINE_END, split_lines
from talks.parsing.metadata.front_matter_fences import split_front_matter
from talks.parsing.text.cleaning import clean_text
from talks.parsing.text.comments import Comment, take_comments

_QUOTED_OR_COMMENT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<![^\s\[,:=])'[^']*'|(?<!\S)#.*")


def read_shown_lines(text: str) -> tuple[str, ...]:
    """The lines of a post with nothing in the place of comments: as many as the file has."""
    written = split_lines(text.removeprefix("\ufeff"))
    cleaned = clean_text(text).lines
    split = split_front_matter(cleaned)
    front = cleaned[: split.body]
    if split.format in ("yaml", "toml"):
        front = tuple(map(_drop_comment, front))
    shown = (*front, *take_comments(cleaned[split.body :], split.body + 1).lines)
    rows = zip(written, cleaned, shown, strict=True)
    return tuple(row if left == clean else left for row, clean, left in rows)


def _drop_comment(line: str) -> str:
    """A line of YAML or TOML without the comment at its end."""
    comment = next((found for found in _QUOTED_OR_COMMENT.finditer(line) if found[0].startswith("#")), None)
    return line[: comment.start()].rstrip() if comment else line


def find_comments(text: str) -> tuple[tuple[int, int], ...]:
    """Where the comments of a post stand in its text: (place of the first character, place after the last)."""
    lines = tuple(split_lines(text))
    start = split_front_matter((lines[0].removeprefix("\ufeff"), *lines[1:])).body
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]

    def locate(comment: Comment) -> tuple[int, int]:
        return starts[comment.line - 1] + comment.column, starts[comment.end_line - 1] + comment.end_column

    return tuple(map(locate, take_comments(lines[start:], start + 1).comments))
