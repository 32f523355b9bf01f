"""Three-way merging of one field: what was last imported, what the post says now, what the row says now. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """The value that holds from now on, and whether post and row had both changed, to different things."""

    value: T
    conflict: bool = False


def merge(last: T, new: T, now: T) -> Merged[T]:
    """Only the post changed: taken. Only the row changed: kept. Both: the row's is kept, and it is a conflict."""
    if now in (last, new):
        return Merged(new)
    return Merged(now, conflict=new != last)
