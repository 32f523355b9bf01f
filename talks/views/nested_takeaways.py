"""Prepares a talk's takeaways for templates: grouped by post, with nested lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from talks.models import Post, Takeaway, group_by_parent

Outline = Iterator[tuple[str, Takeaway | None]]


@dataclass(frozen=True, slots=True)
class Notes:
    """A talk's takeaways from one post, or, if `post` is None, those that editors wrote in the admin.

    `outline` yields the steps of `build_outline`; it can be read once. `line` is the line number of the first takeaway
    in the post; None if it has none.
    """

    post: Post | None
    outline: Outline
    line: int | None = None


def group_by_post(takeaways: Iterable[Takeaway]) -> list[Notes]:
    """Return a talk's takeaways grouped by post.

    They must be given in reading order, in which those of a post come together.
    """
    return [
        Notes(rows[0].post, build_outline(rows), rows[0].line)
        for _, group in groupby(takeaways, key=lambda row: row.post_id)
        if (rows := list(group))
    ]


def build_outline(takeaways: Sequence[Takeaway]) -> Outline:
    """Yield pairs of a step and a takeaway or None, by which a template opens and closes nested lists of takeaways.

    Neighbouring points form one list, unless a heading comes between; other takeaways are blocks. The steps "headings",
    "item" and "block" have their takeaway; "list", "end list", "end item" and "end block" have None. A takeaway whose
    parent is missing is at the top level.
    """
    nested = group_by_parent(takeaways)
    return _iterate_level(nested[None], nested)


def _iterate_level(siblings: list[Takeaway], nested: Mapping[int | None, list[Takeaway]]) -> Outline:
    in_list = False
    for takeaway in siblings:
        is_point = takeaway.kind == Takeaway.Kind.POINT
        if in_list and (takeaway.headings or not is_point):
            yield "end list", None
            in_list = False
        if takeaway.headings:
            yield "headings", takeaway
        if is_point and not in_list:
            yield "list", None
            in_list = True
        yield "item" if is_point else "block", takeaway
        yield from _iterate_level(nested.get(takeaway.pk, []), nested)
        yield "end item" if is_point else "end block", None
    if in_list:
        yield "end list", None
