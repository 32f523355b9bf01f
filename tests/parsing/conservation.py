"""Checks that each line of a parsed post's body is in exactly one place, for tests."""

from collections import Counter
from collections.abc import Iterator

from talks.parsing import ParsedPost, Passage, read_shown_lines


def iterate_places(post: ParsedPost) -> Iterator[tuple[int, int]]:
    """Yield (first, last) line of each place that lines can have."""
    passages: list[Passage] = [*post.intro, *post.outro, *post.lineup_lines, *post.unplaced, *post.aside]
    passages += [day.heading for day in post.days if day.heading]
    for talk in post.talks:
        passages += talk.head
        for unit in talk.walk():
            yield unit.line, unit.end_line
    for passage in passages:
        yield passage.line, passage.end_line


def find_misplaced(text: str, post: ParsedPost) -> dict[int, int]:
    """Return lines of the body that are not in exactly one place, with the number of their places.

    A line that is only a comment is among the comments; other text in a line with a comment has its own place. A line
    of properties or of a footnote may be inside a takeaway. A line with nothing but the signs of a quotation is blank.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = read_shown_lines(text)
    hidden = {number for comment in post.comments for number in range(comment.line, comment.end_line + 1)}
    aside = {passage.line for passage in (*post.properties, *post.footnotes)}
    held = Counter(line for first, last in iterate_places(post) for line in range(first, last + 1))
    body = range(post.body_line, len(lines) + 1)
    visible = {
        number for number in body if any(c.isprintable() and c != ">" and not c.isspace() for c in lines[number - 1])
    }
    twice = {number: count for number, count in held.items() if count > 1}
    lost = {number for number in visible if held[number] == 0 and (shown[number - 1].strip() or number not in hidden)}
    lost -= aside
    return twice | dict.fromkeys(sorted(lost), 0)
