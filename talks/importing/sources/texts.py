"""Reads the texts of files: decodes their bytes, and converts other formats to Markdown."""

from talks.importing.sources.file_endings import read_ending
from talks.importing.sources.files import Source, read_source
from talks.importing.sources.pandoc import FORMATS, convert
from talks.parsing import Diagnostic, cut_front_matter, decode
from talks.parsing import diagnostic_catalogue as catalogue


def is_converted(name: str) -> bool:
    """Whether a file of this name is converted by pandoc."""
    return read_ending(name) in FORMATS


def read_text(source: Source, most: int) -> str | Diagnostic:
    """Return the text of a file of at most `most` bytes, or a diagnostic."""
    data = read_source(source, most)
    return data if isinstance(data, Diagnostic) else decode(data)


def read_markdown(name: str, original: str | Diagnostic) -> str | Diagnostic:
    """Return the text of a file of this name as Markdown, converted by pandoc if need be, or a diagnostic.

    The front matter of a page of HTML, as site generators take it, is no HTML and stays as it is. A diagnostic in place
    of the text is returned as it is.
    """
    if isinstance(original, Diagnostic) or not is_converted(name):
        return original
    ending = read_ending(name)
    front, page = cut_front_matter(original) if ending == "html" else ("", original)
    converted = convert(page.encode(), FORMATS[ending])
    return converted if isinstance(converted, Diagnostic) or not front else f"{front}\n{converted}"


def remark_conversion(name: str) -> tuple[Diagnostic, ...]:
    """Return the diagnostic that line numbers of a post are those after its conversion; () if it is not converted."""
    if not is_converted(name):
        return ()
    return (catalogue.CONVERTED.at(1, ending=read_ending(name)),)
