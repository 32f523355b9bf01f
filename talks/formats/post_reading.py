"""A post beside what its lines became: its lines in passages, each with a talk, takeaway or role."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from talks.grouping import group_pairs
from talks.models import Post, Takeaway, Talk, TalkSource
from talks.parsing import read_shown_lines


@dataclass(frozen=True, slots=True)
class Owner:
    """What the lines of a passage became: a takeaway, a part of a talk, or something of no talk.

    `role` is a role in `Post.lines`, or `takeaway`, `taken-down` (hidden by an editor) or "". `depth` is the number of
    takeaways in which the takeaway is nested.
    """

    role: str = ""
    talk: Talk | None = None
    takeaway: Takeaway | None = None
    depth: int = 0


@dataclass(slots=True)
class Passage:
    """Consecutive lines that became the same thing; each line has its number and its text.

    `shown` is what a page shows beside these lines: first the takeaways here of talks that began above, then each talk
    that begins here, with its takeaways here. A line belongs to the last takeaway that covers it. A takeaway to which
    no line belongs, as where one line has takeaways of two talks, is shown at its first line.
    """

    owner: Owner
    lines: list[tuple[int, str]] = field(default_factory=list)
    shown: list[Owner] = field(default_factory=list)


BLANK = Owner()
TAKEN_DOWN = Owner(role="taken-down")


def align_lines(post: Post, sources: Iterable[TalkSource], takeaways: Iterable[Takeaway]) -> list[Passage]:
    """Return the post's passages in order: its lines, grouped by what they became.

    Passages of hidden talks and takeaways, and of comments, have no text. A blank line inside a passage belongs to it;
    blank lines after a passage are left out. `takeaways` must come parents first, so that lines of a child are assigned
    to the child.
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
    noted = []
    for row in takeaways:
        depths[row.pk] = depths.get(row.parent_id, -1) + 1
        noted.append(Owner("takeaway", takeaway=row, depth=depths[row.pk]))
        _assign_lines(owners, row.line, row.end_line, noted[-1])
    hidden = {source.talk_id for source in spans if source.talk.hidden}
    owned: list[TalkSource | Takeaway] = [*spans, *(each.takeaway for each in noted if each.takeaway)]
    for held in owned:
        if held.talk_id in hidden or (isinstance(held, Takeaway) and held.hidden):
            _assign_lines(owners, held.line, held.end_line, TAKEN_DOWN)
    owners = [TAKEN_DOWN if owner.talk and owner.talk.hidden else owner for owner in owners]
    for number, text in enumerate(lines, 1):
        if not text.strip() and owners[number].role != "comment":
            owners[number] = owners[number - 1]
    begun, covered = _find_begun(owners, spans), _find_covered(owners, noted)
    passages = []
    for owner, group in groupby(range(1, len(lines) + 1), key=owners.__getitem__):
        numbers = list(group)
        if owner is TAKEN_DOWN:
            passages.append(Passage(owner))
            continue
        notes = [each for number in numbers for each in covered[number]] + ([owner] if owner.takeaway else [])
        talks = [talk for number in numbers for talk in begun[number]]
        own = _number([lines[number - 1] for number in numbers], numbers[0])
        passages.append(Passage(owner, own, _order_by_talks(talks, notes)))
    return passages


def _find_begun(owners: Sequence[Owner], sources: Iterable[TalkSource]) -> defaultdict[int, list[Talk]]:
    """Return the talks that begin on each line, by its number.

    A talk begins on its first line or, if that line became something else, on the first line that became notes of it.
    """
    firsts: dict[int | None, int] = {}
    for number, owner in enumerate(owners):
        if talk := owner.takeaway.talk_id if owner.takeaway else owner.talk and owner.talk.pk:
            firsts.setdefault(talk, number)
    begun: defaultdict[int, list[Talk]] = defaultdict(list)
    for source in sources:
        is_own = 0 < source.line < len(owners) and owners[source.line].role in ("talk", "takeaway")
        begun[source.line if is_own else firsts.get(source.talk_id, 0)].append(source.talk)
    return begun


def _find_covered(owners: Iterable[Owner], noted: Iterable[Owner]) -> defaultdict[int, list[Owner]]:
    """Return the takeaways that own no line, since later ones begin on the same lines, by their first line."""
    owning = set(map(id, owners))
    covered = (each for each in noted if id(each) not in owning)
    return group_pairs((each.takeaway.line or 0, each) for each in covered if each.takeaway)


def _order_by_talks(talks: Sequence[Talk], notes: Sequence[Owner]) -> list[Owner]:
    """Return first those of `notes` that are of no talk in `talks`, then each of `talks` with its notes."""
    keys = {talk.pk for talk in talks}
    shown = [each for each in notes if each.takeaway and each.takeaway.talk_id not in keys]
    for talk in talks:
        shown.append(Owner("talk", talk=talk))
        shown += [each for each in notes if each.takeaway and each.takeaway.talk_id == talk.pk]
    return shown


def _number(lines: list[str], first: int) -> list[tuple[int, str]]:
    while lines and not lines[-1].strip():
        lines.pop()
    return list(enumerate(lines, first))


def _assign_lines(
    owners: list[Owner], first: int | None, last: int | None, owner: Owner, *, over: Owner | None = None
) -> None:
    """Assign the lines from `first` to `last` to an owner; with `over`, only lines that `over` owns at present."""
    for number in range(max(first or 1, 1), min(last or 0, len(owners) - 1) + 1):
        if over is None or owners[number] == over:
            owners[number] = owner
