"""`manage.py parse_posts FILE…`: prints what the parser reads in posts. Only `--base` needs the database."""

import json
import stat
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand

from talks import parsing
from talks.importing import find_post_of_file
from talks.importing.sources import (
    MOST_WITH_IMAGES,
    FolderHints,
    Folders,
    cut_path,
    is_too_large,
    read_markdown,
    remark_conversion,
)
from talks.models import Correction as CorrectionRow
from talks.parsing import Correction, Diagnostic, ParsedPost
from talks.parsing import diagnostic_catalogue as catalogue

STANDARD_INPUT = "-"
_MOST_READ = MOST_WITH_IMAGES * settings.POST_MAX_BYTES + 1


class Command(BaseCommand):
    """Prints one line of JSON for each file; with `--explain`, what each line of the file became instead.

    For a file that cannot be read, the reason is printed in the same form.
    """

    help = "Print what the parser finds in posts, one JSON object a file; only --base needs a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="posts; - reads standard input")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--explain", action="store_true", help="say line by line what was found, and why")
        how.add_argument("--base", action="store_true", help="read by the corrections that editors made in the base")
        parser.add_argument("--name", default="", help="what to call the post from standard input")

    def handle(self, *, files: list[str], name: str, explain: bool, base: bool, **options: object) -> None:
        if reconfigure := getattr(sys.stdout, "reconfigure", None):
            # A path that is no UTF-8 is printed with escapes, as in JSON.
            reconfigure(encoding="utf-8", errors="backslashreplace")
        for file in files:
            if explain:
                self.stdout.write(_explain(file, name))
            else:
                record = parsing.make_plain_record(_parse(file, name, base=base), file)
                self.stdout.write(json.dumps(record, ensure_ascii=False))


def _explain(file: str, name: str) -> str:
    place = _find_place(file, name)
    text = read_markdown(place.name, _read(file))
    if isinstance(text, Diagnostic):
        return f"{file}: {text.message} {text.hint}"
    explained = parsing.explain_post(text, name=place.name, hints=place.folder.hints, folder=place.facts)
    return f"{file}\n{explained}\n"


class _Place(NamedTuple):
    """What the parser reads of a post beside its text: the end of its path, and what its folders tell."""

    name: str
    folder: FolderHints
    facts: parsing.FolderFacts


def _find_place(file: str, name: str) -> _Place:
    """Return the place of a file; for standard input the end of `name`, and the site's settings alone as hints."""
    folders, path = Folders(), _resolve(file)
    if path is None:
        return _Place(cut_path(name or "standard input"), folders.read_hints(None), parsing.NO_FACTS)
    return _Place(folders.name_file(path), folders.read_hints(folders.find_root(path.parent)), folders.read_facts(path))


def _resolve(file: str) -> Path | None:
    path = Path(file)
    return None if file == STANDARD_INPUT else path.parent.resolve() / path.name


def _parse(file: str, name: str, *, base: bool) -> ParsedPost:
    """Return the parsed post in `file`; if the file cannot be read, an empty post with the reason as a diagnostic.

    With `base` it is parsed with editors' corrections.
    """
    called, folder, facts = _find_place(file, name)
    text = read_markdown(called, _read(file))
    if isinstance(text, Diagnostic):
        return ParsedPost(called, diagnostics=(text,))
    parse = partial(parsing.parse_post, text, name=called, hints=folder.hints, folder=facts)
    post = parse()
    if base and (corrections := _load_corrections(file, text, post)):
        post = parse(corrections=corrections)
    return replace(post, diagnostics=(*folder.diagnostics, *post.diagnostics, *remark_conversion(called)))


def _load_corrections(file: str, text: str, post: ParsedPost) -> Sequence[Correction]:
    """Return editors' corrections of the post that was imported from this file; none if no post was."""
    found = find_post_of_file(_resolve(file), text, post.id or "")
    return CorrectionRow.objects.of_post(found) if found else ()


def _read(file: str) -> str | Diagnostic:
    try:
        data = sys.stdin.buffer.read(_MOST_READ) if file == STANDARD_INPUT else _read_regular(Path(file))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return catalogue.UNREADABLE_ARGUMENT.at(1, reason=reason)
    if is_too_large(data, settings.POST_MAX_BYTES):
        return catalogue.ARGUMENT_TOO_LARGE.at(1, most=settings.POST_MAX_BYTES)
    return parsing.decode(data)


def _read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file; of one that is too large, one byte more than the limit.

    Raises `ValueError` for any other file: a pipe would block and a device never end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("it is no regular file")
    with path.open("rb") as opened:
        return opened.read(_MOST_READ)
