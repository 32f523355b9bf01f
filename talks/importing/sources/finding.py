"""Finds the posts in the given files and folders, and lists the files that are passed over."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from talks.importing.escaping import escape
from talks.importing.post_identity import make_key
from talks.importing.sources.file_endings import is_medium, is_readable, read_ending
from talks.importing.sources.files import HINTS_NAME, Content, NotFoundError, Source, explain_os_error, find_fault
from talks.importing.sources.folders import EXCLUDED, Folders, cut_path
from talks.names import PATH_LENGTH
from talks.parsing import Diagnostic
from talks.parsing import diagnostic_catalogue as catalogue

_PROGRAM_FOLDERS = frozenset(
    {"node_modules", "bower_components", "vendor", "venv", "env", "site-packages", "__pycache__", "target", "_site"}
)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or folder that is not read as notes; `why` is a code in `PASSED_OVER`."""

    path: str
    why: str


@dataclass(slots=True)
class Found:
    """The posts in the given files and folders.

    `others` counts images and the like, by file ending. `excluded` are the places of files that `exclude` leaves out.
    """

    sources: list[Source] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    excluded: set[str] = field(default_factory=set)


def find_sources(given: Iterable[str | Path | Content]) -> list[Source]:
    """Return all given posts, each once, sorted by key, so that the order in which they are given does not matter.

    Raises `NotFoundError` if a path does not exist.
    """
    return search_folders(given, Folders()).sources


def search_folders(given: Iterable[str | Path | Content], folders: Folders, known: Collection[str] = ()) -> Found:
    """Return all given posts, each once, sorted by key, and the files in given folders that are passed over.

    Given files are never passed over, and files at the places `known` only if `exclude` in `confnotes.toml` says so.

    Raises `NotFoundError` if a path does not exist.
    """
    found = Found()
    sources: dict[str, Source] = {}
    for item in given:
        for source in _find_in(item, folders, found, known):
            sources.setdefault(source.place, source)
    found.sources = sorted(sources.values(), key=lambda source: (source.key, source.path))
    taken = {source.path for source in found.sources}
    over = {other.path: other for other in found.passed_over if other.path not in taken}
    found.passed_over = [over[path] for path in sorted(over)]
    found.excluded -= set(sources)
    return found


def is_post(path: PurePath) -> bool:
    """Whether a file at this path below a given folder may be a post, by its name and its folders' names.

    Its ending must be one of Markdown or, where pandoc is installed, of a format that pandoc reads. Hidden files, and
    files in hidden folders or in those of programs (`node_modules`), are no posts.
    """
    hidden = any(part.startswith(".") or part in _PROGRAM_FOLDERS for part in path.parts)
    return not hidden and is_readable(path.name) and read_ending(path.name) != ""


def _find_in(given: str | Path | Content, folders: Folders, found: Found, known: Collection[str]) -> Iterator[Source]:
    if isinstance(given, Content):
        name = escape(given.name)
        yield _check_key(
            Source(name, name, make_key(given.name, folder=""), cut_path(name), data=given.data, beside=given.beside)
        )
        return
    path = Path(given)
    if not os.path.lexists(path):
        raise NotFoundError(f"There is no file or folder {escape(str(given))}.")
    if not path.is_dir():
        folder = Path(os.path.realpath(path.parent))
        file = folder / path.name
        yield _make_source(file, os.path.normpath(path), folder, find_fault(file), folders)
        return
    folder = path.resolve()
    for file, fault in _walk(folder, found, path):
        if file.name == HINTS_NAME:
            continue
        shown = _show(path, file, folder)
        place, why = escape(str(file)), None if fault else folders.find_reason_to_pass_over(file)
        if why and (why == EXCLUDED or place not in known):
            if why == EXCLUDED:
                found.excluded.add(place)
            if why == "format" and is_medium(file.name):
                found.others[read_ending(file.name)] += 1
            else:
                found.passed_over.append(PassedOver(shown, why))
        else:
            yield _make_source(file, shown, folder, fault, folders)


def _show(given: Path, file: Path, folder: Path) -> str:
    return escape(os.path.normpath(given / file.relative_to(folder)))


def _walk(folder: Path, found: Found, given: Path) -> Iterator[tuple[Path, Diagnostic | None]]:
    """Yield pairs: a file below the folder and None, or a path that cannot be read and a diagnostic that says why.

    Paths with a diagnostic are folders that cannot be listed, links to folders, and what is named like a post and is no
    regular file. Other links and hidden files are left out. Hidden folders, except `.git`, and those of programs
    (`node_modules`) are added to `found.passed_over`; `given` is the folder as it was given.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            yield current, explain_os_error(error)
            continue
        for entry in entries:
            path = Path(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or (is_folder and entry.name in _PROGRAM_FOLDERS):
                if is_folder and entry.name != ".git":
                    found.passed_over.append(PassedOver(_show(given, path, folder), "folder"))
                continue
            if is_folder:
                waiting.append(path)
            named = is_readable(entry.name) and read_ending(entry.name) != ""
            if is_folder or entry.is_symlink():
                if named or os.path.isdir(entry.path) is not is_folder:
                    yield path, find_fault(path)
            else:
                yield path, None if entry.is_file() or not named else find_fault(path)


def _make_source(file: Path, shown: str, folder: Path, fault: Diagnostic | None, folders: Folders) -> Source:
    marked = folders.find_root(file.parent)
    root = marked or folder
    key = make_key(file.relative_to(root).as_posix(), folder=root.name)
    name = folders.name_file(file)
    return _check_key(Source(escape(shown), escape(str(file)), key, name, file, marked, root, fault=fault))


def _check_key(source: Source) -> Source:
    if len(source.key) <= PATH_LENGTH:
        return source
    fault = catalogue.PATH_TOO_LONG.at(1, length=len(source.key), most=PATH_LENGTH)
    return Source(source.path, source.place, source.key[:PATH_LENGTH], source.name, fault=fault)
