"""Diagnostics: what the parser reports about a post, as values that are returned, counted and shown, never raised."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How serious a diagnostic is. A post with an error is refused: nothing of it is stored."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message about one place in a post.

    `line` and `column` count from 1, in the file as it is on disk; `code` is a stable name that people can search for;
    `message` is one sentence; `hint` says what to do, or is empty.
    """

    severity: Severity
    code: str
    line: int
    message: str
    hint: str = ""
    column: int = 1
