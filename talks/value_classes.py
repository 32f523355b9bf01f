"""Makes classes of values of which a post has many. Pure."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value_class(cls: type[T]) -> type[T]:
    """Make a dataclass whose objects are equal if their fields are, and which the type checker lets nobody change.

    `dataclass(frozen=True)` lets nobody change them when the program runs, either, but takes four times as long to make
    an object.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
