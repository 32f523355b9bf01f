"""Lists what each line of a post became, except lines of takeaways, for pages that show its lines. Pure."""

from bisect import bisect_right
from collections.abc import Iterator

from talks.line_ends import split_lines
from talks.parsing import ParsedPost

Span = list[int | str]


def list_spans(parsed: ParsedPost, text: str) -> list[Span]:
    """Return `[first, last, role]` for each passage outside takeaways, in the order of the lines.

    Lines below one talk that a correction gave to another talk have the role "talk 3" if that other begins on line 3.
    Each line that is not blank, not in such a passage and not in a takeaway gets an entry of its own, with the role
    "comment", "property" or "footnote", else "title".
    """
    spans = sorted(_find_spans(parsed))
    covered = {line for first, last, _ in spans for line in range(first, last + 1)}
    for talk in parsed.talks:
        for takeaway in talk.walk():
            covered.update(range(takeaway.line, takeaway.end_line + 1))
    others = ("comment", parsed.comments), ("property", parsed.properties), ("footnote", parsed.footnotes)
    roles = {n: role for role, passages in others for each in passages for n in range(each.line, each.end_line + 1)}
    titles = [
        (number, number, roles.get(number, "title"))
        for number, line in enumerate(split_lines(text), 1)
        if line.strip() and number not in covered
    ]
    return [[first, last, role] for first, last, role in sorted([*spans, *titles])]


def _find_spans(parsed: ParsedPost) -> Iterator[tuple[int, int, str]]:
    if parsed.body_line > 1:
        yield 1, parsed.body_line - 1, "front-matter"
    for day in parsed.days:
        if day.heading:
            yield day.heading.line, day.heading.end_line, "day"
    for role, passages in (
        ("intro", parsed.intro),
        ("outro", parsed.outro),
        ("lineup", parsed.lineup_lines),
        ("unplaced", parsed.unplaced),
        ("aside", parsed.aside),
    ):
        for passage in passages:
            yield passage.line, passage.end_line, role
    starts = sorted(talk.line for talk in parsed.talks)
    for talk in parsed.talks:
        for passage in talk.head:
            around = starts[max(bisect_right(starts, passage.line) - 1, 0)]
            yield passage.line, passage.end_line, "talk" if around == talk.line else f"talk {talk.line}"
