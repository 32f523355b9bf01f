"""Empties the base of a test, and makes the lines of an export what a restore reads."""

from collections.abc import Iterable

from talks.backup.exported_columns import KINDS


def clear_base() -> None:
    """Delete all rows that an export has."""
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()


def encode(lines: Iterable[str]) -> list[bytes]:
    return [line.encode() for line in lines]
