"""Reads texts in formats other than Markdown as Markdown."""

from talks.importing.sources.formats import get_ending
from talks.importing.sources.pandoc import FORMATS, convert
from talks.parsing import Diagnostic, Severity


def is_converted(name: str) -> bool:
    """Whether a file of this name is read through pandoc."""
    return get_ending(name) in FORMATS


def read_markdown(name: str, original: str) -> str | Diagnostic:
    """Return the Markdown of a file with this name and text, or a diagnostic."""
    return convert(original.encode(), FORMATS[get_ending(name)]) if is_converted(name) else original


def remark_conversion(name: str) -> tuple[Diagnostic, ...]:
    """Return a note that the post's lines are not those of its file, if it was converted."""
    if not is_converted(name):
        return ()
    message = f"This .{get_ending(name)} was read through pandoc; lines are those of the Markdown that came out."
    hint = "What is edited here is not written back into such a file."
    return (Diagnostic(Severity.NOTE, "converted", 1, message, hint),)
