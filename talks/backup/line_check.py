"""Whether every line of a post became one thing, and no line two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from talks.lines import split_lines
from talks.models import Post, Takeaway
from talks.models.bulk import cut

_CHUNK = 100
_ROLES = frozenset(["front-matter", "title", "lineup", "day", "intro", "outro", "unplaced", "talk"])


def find_line_faults() -> Iterator[str]:
    """For each post that is not withdrawn, its first line that became nothing, or two things."""
    posts = Post.objects.filter(withdrawn=False).order_by("pk").values_list("pk", "key", "source", "lines")
    for chunk in cut(posts.iterator(_CHUNK), _CHUNK):
        standing, gone = _read_spans([pk for pk, *_ in chunk])
        for pk, key, source, lines in chunk:
            fault = _find_fault(source, lines, standing[pk], gone[pk])
            if fault:
                yield f"The post {key} is not accounted for: {fault}"


def _read_spans(posts: list[int]) -> tuple[dict[int, list[range]], dict[int, list[range]]]:
    """The lines of each post's takeaways: of those that stand, and of those withdrawn."""
    standing: dict[int, list[range]] = defaultdict(list)
    gone: dict[int, list[range]] = defaultdict(list)
    rows = Takeaway.objects.filter(post__in=posts).values_list("post", "line", "end_line", "withdrawn").order_by()
    for post, line, end_line, withdrawn in rows.iterator():
        if post and line and end_line:
            (gone if withdrawn else standing)[post].append(range(line, end_line + 1))
    return standing, gone


def _find_fault(source: str, lines: object, standing: list[range], gone: list[range]) -> str | None:
    text = split_lines(source)
    spans = _read_lines(lines)
    if spans is None:
        return "its list of lines is not understood."
    for span in [*spans, *standing]:
        if span.start < 1 or span.stop > len(text) + 1:
            return f"something stands in its lines {span.start} to {span.stop - 1}, and it has {len(text)}."
    counts = _count([*spans, *standing])
    withdrawn = _count(gone)
    for number in (number for number, line in enumerate(text, 1) if line.strip()):
        if counts.get(number, 0) > 1:
            return f"line {number} became two things."
        if number not in counts and number not in withdrawn:  # a hand may withdraw what the post still says
            return f"line {number} became nothing."
    return None


def _read_lines(lines: object) -> list[range] | None:
    if not isinstance(lines, list):
        return None
    spans = []
    for entry in lines:
        match entry:
            case [int(first), int(last), str(role)] if 1 <= first <= last and role in _ROLES:
                spans.append(range(first, last + 1))
            case _:
                return None
    return spans


def _count(spans: Iterable[range]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for span in spans:
        for number in span:
            counts[number] += 1
    return counts
