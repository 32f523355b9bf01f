"""A possible name of an event that stands in a text, and how much speaks for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventName:
    """A possible name of an event, and the year beside it, None without one.

    `weight` says how much this evidence counts, `reason` tells people what it is. `place` is the index of the character
    in the text at which the name begins, approximately.
    """

    name: str
    year: int | None
    weight: float
    reason: str
    place: int
