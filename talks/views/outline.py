"""A talk's takeaways as its page shows them: whose they are, and what is nested in what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from talks.models import Post, Takeaway

Outline = Iterator[tuple[str, Takeaway | None]]


@dataclass(frozen=True, slots=True)
class Notes:
    """What one post says of a talk; without a post, what was written here. The outline can be read once."""

    post: Post | None
    outline: Outline


def gather_notes(takeaways: Iterable[Takeaway]) -> list[Notes]:
    """The takeaways, given in reading order, source by source."""
    return [
        Notes(takeaway[0].post, lay_out(takeaway))
        for _, rows in groupby(takeaways, key=lambda row: row.post_id)
        if (takeaway := list(rows))
    ]


def lay_out(takeaways: Sequence[Takeaway]) -> Outline:
    """Steps that open and close what a template writes: neighbouring points share a list, all else is a block.

    A takeaway whose parent is not shown stands at the top.
    """
    shown = {takeaway.pk for takeaway in takeaways}
    nested: dict[int | None, list[Takeaway]] = defaultdict(list)
    for takeaway in takeaways:
        nested[takeaway.parent_id if takeaway.parent_id in shown else None].append(takeaway)
    return _walk(nested[None], nested)


def _walk(siblings: list[Takeaway], nested: Mapping[int | None, list[Takeaway]]) -> Outline:
    for is_point, run in groupby(siblings, key=lambda takeaway: takeaway.kind == Takeaway.Kind.POINT):
        if is_point:
            yield "list", None
        for takeaway in run:
            yield "item" if is_point else "block", takeaway
            yield from _walk(nested.get(takeaway.pk, []), nested)
            yield "end item" if is_point else "end block", None
        if is_point:
            yield "end list", None
