"""Finds the corrections of a post that new ones replace, since they say something else of the same lines. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from talks.parsing import Act, Anchor, Correction

_OF_LINES = frozenset({Act.PART, Act.HEADING, Act.OUT, Act.NOTES, Act.UNITS})
_WHETHER_TALK = frozenset({Act.TALK, Act.NO_TALK})
_NAMES = frozenset({Act.TALK, Act.DETAILS})
_INDEPENDENT = frozenset({Act.TALK, Act.NO_TALK, Act.DETAILS, Act.POST, Act.IMAGE, Act.FOLDER})
"""The acts that mean the same whether another talk begins above their lines or not."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A new correction, and the numbers of the earlier corrections that it replaces.

    What the new correction did not say itself it has taken over from them.
    """

    correction: Correction
    numbers: tuple[int, ...] = ()


def replace_corrections(
    lines: Sequence[str], held: Sequence[Correction], said: Iterable[Correction]
) -> list[Replacement]:
    """Return the new corrections `said`, each with the numbers of the active corrections in `held` that it replaces.

    `lines` are the post's lines. A title, speakers, a day or answers for the whole post that a new correction lacks are
    taken over from the corrections that it replaces.
    """
    found = []
    left = list(held)
    for new in said:
        gone = list(_find_replaced(lines, left, new))
        left = [old for old in left if old not in gone]
        found.append(Replacement(_complete(new, gone), tuple(old.number for old in gone)))
    return found


def _find_replaced(lines: Sequence[str], held: Sequence[Correction], new: Correction) -> Iterator[Correction]:
    for place, old in enumerate(held):
        later = held[place + 1 :]
        if old.act in _WHETHER_TALK and not all(each.act in _INDEPENDENT for each in later):
            continue  # what was said after it may be of its talk
        if _says_anew(lines, new, old):
            yield old


def _says_anew(lines: Sequence[str], new: Correction, old: Correction) -> bool:
    if new.act in {Act.POST, Act.WHOLE}:
        return old.act is new.act
    if new.act is Act.IMAGE:
        return bool(old.act is new.act and new.image and old.image and new.image.src == old.image.src)
    starts = _find(lines, new.first) == _find(lines, old.first)
    ends = _find(lines, new.last) == _find(lines, old.last)
    if new.act in _OF_LINES and old.act in _OF_LINES:
        return starts and ends and new.exact == old.exact
    begins = starts and new.within == old.within
    if new.act is Act.DETAILS:
        return old.act is new.act and begins and ends
    if new.act in _WHETHER_TALK:
        return old.act in _WHETHER_TALK | {Act.DETAILS} and begins
    return new.act is old.act is Act.DAY and begins


def _find(lines: Sequence[str], anchor: Anchor | None) -> int | None:
    return anchor.find(lines) if anchor else None


def _complete(new: Correction, gone: Sequence[Correction]) -> Correction:
    if new.act is Act.POST:
        return replace(new, post=tuple(sorted(dict(answer for each in (*gone, new) for answer in each.post).items())))
    for old in reversed(gone) if new.act in _NAMES else ():
        new = replace(
            new,
            title=new.title or old.title,
            speakers=old.speakers if new.speakers is None else new.speakers,
            day=old.day if new.day is None else new.day,
        )
    return new
