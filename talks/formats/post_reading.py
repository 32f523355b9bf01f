"""A post beside what its lines became: its lines in passages, each with a talk, takeaway or role."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from talks.models import Post, Takeaway, Talk, TalkSource
from talks.parsing import read_shown_lines


@dataclass(frozen=True, slots=True)
class Owner:
    """What the lines of a passage became. `role` is a role in `Post.lines`, or `takeaway`, `taken-down` or empty."""

    role: str = ""
    talk: Talk | None = None
    takeaway: Takeaway | None = None
    depth: int = 0


@dataclass(slots=True)
class Passage:
    """Consecutive lines that became the same thing; each line has its number and its text.

    `goes_on` means that an earlier passage contains lines of the same talk.
    """

    owner: Owner
    lines: list[tuple[int, str]] = field(default_factory=list)
    goes_on: bool = False


BLANK = Owner()
TAKEN_DOWN = Owner(role="taken-down")


def align_lines(post: Post, sources: Iterable[TalkSource], takeaways: Iterable[Takeaway]) -> list[Passage]:
    """Return the post's passages in order. Hidden talks and takeaways, and comments, have passages without their text.

    A blank line inside a passage belongs to it; blank lines after a passage are left out. `takeaways` must come parents
    first, so that lines of a child are assigned to the child.
    """
    lines = list(read_shown_lines(post.source))
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    owners = [BLANK] * (len(lines) + 1)
    spans = list(sources)
    apart = {f"talk {source.line}": Owner("talk", talk=source.talk) for source in reversed(spans)}
    for first, last, role in post.lines:
        _assign_lines(owners, first, last, apart.get(role) or Owner(role.partition(" ")[0]))
    for source in spans:
        _assign_lines(owners, source.line, source.end_line, Owner("talk", talk=source.talk), over=Owner("talk"))
    depths: dict[int | None, int] = {}
    for row in takeaways:
        depths[row.pk] = depths.get(row.parent_id, -1) + 1
        _assign_lines(owners, row.line, row.end_line, Owner("takeaway", takeaway=row, depth=depths[row.pk]))
    hidden = {source.talk_id for source in spans if source.talk.hidden}
    owned: list[TalkSource | Takeaway] = [*spans, *takeaways]
    for held in owned:
        if held.talk_id in hidden or (isinstance(held, Takeaway) and held.hidden):
            _assign_lines(owners, held.line, held.end_line, TAKEN_DOWN)
    owners = [TAKEN_DOWN if owner.talk and owner.talk.hidden else owner for owner in owners]
    for number, text in enumerate(lines, 1):
        if not text.strip() and owners[number].role != "comment":
            owners[number] = owners[number - 1]
    passages = []
    begun: set[int] = set()
    for owner, group in groupby(range(1, len(lines) + 1), key=owners.__getitem__):
        numbers, talk = list(group), owner.talk.pk if owner.talk else None
        own = [] if owner is TAKEN_DOWN else _number([lines[number - 1] for number in numbers], numbers[0])
        passages.append(Passage(owner, own, goes_on=talk in begun))
        begun |= {talk} if talk else set()
    return passages


def _number(lines: list[str], first: int) -> list[tuple[int, str]]:
    while lines and not lines[-1].strip():
        lines.pop()
    return list(enumerate(lines, first))


def _assign_lines(
    owners: list[Owner], first: int | None, last: int | None, owner: Owner, *, over: Owner | None = None
) -> None:
    """Assign lines to an owner; with `over`, only lines that have this one at present."""
    for number in range(max(first or 1, 1), min(last or 0, len(owners) - 1) + 1):
        if over is None or owners[number] == over:
            owners[number] = owner
