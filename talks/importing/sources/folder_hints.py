"""Reads the hints in a folder's `confnotes.toml`, and says what is wrong with them."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from talks.importing.escaping import escape
from talks.importing.sources.files import HINTS_MOST_BYTES, HINTS_NAME, read_file
from talks.parsing import (
    NO_HINTS,
    Diagnostic,
    Hints,
    PlainDiagnostic,
    Severity,
    decode,
    make_plain_diagnostic,
    read_hints,
)
from talks.parsing import diagnostic_catalogue as catalogue


@dataclass(frozen=True, slots=True)
class FolderHints:
    """The hints for a folder's posts, their diagnostics, and the fault that prevents importing these posts.

    `said` are the same diagnostics as plain values, with the path of the `confnotes.toml`.
    """

    hints: Hints = NO_HINTS
    said: tuple[PlainDiagnostic, ...] = ()
    fault: Diagnostic | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def make_usual_hints() -> Hints:
    """Return the hints for a post in a folder without a `confnotes.toml`: only the site's settings."""
    return replace(NO_HINTS, usual_certainty=settings.LEAST_CERTAINTY)


def load_hints(root: Path) -> FolderHints:
    """Return the hints in the folder's `confnotes.toml`; without this file, those of the site's settings alone.

    If the file cannot be read or has an error, the result has a `fault`, by which the folder's posts are refused:
    guessing could do harm.
    """
    path = root / HINTS_NAME
    try:
        data = read_file(path, HINTS_MOST_BYTES)
    except FileNotFoundError:
        return FolderHints(make_usual_hints())
    except OSError as error:
        data = catalogue.UNREADABLE_HINTS_FILE.at(1, reason=error.strerror)
    return read_folder_hints(path, data)


def read_folder_hints(path: Path, data: bytes | Diagnostic) -> FolderHints:
    """Return the hints in the bytes of the `confnotes.toml` at `path`; `data` may also be why it was not read."""
    text = data if isinstance(data, Diagnostic) else decode(data)
    hints, diagnostics = (NO_HINTS, (text,)) if isinstance(text, Diagnostic) else read_hints(text)
    hints = replace(hints, usual_certainty=settings.LEAST_CERTAINTY)
    said = tuple({**make_plain_diagnostic(diagnostic), "path": escape(str(path))} for diagnostic in diagnostics)
    broken = isinstance(text, Diagnostic) or any(d.severity is Severity.ERROR for d in diagnostics)
    fault = catalogue.HINTS_UNREADABLE.at(1, file=HINTS_NAME, path=path) if broken else None
    return FolderHints(hints, said, fault, diagnostics)
