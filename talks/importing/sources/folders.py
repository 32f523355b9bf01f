"""Facts about a post from the folders above and around it. In a run each folder is read once, and few of its files."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path, PurePosixPath

from talks.importing.escaping import escape
from talks.importing.sources.file_endings import is_readable
from talks.importing.sources.files import HINTS_NAME, find_fault, read_beginning
from talks.importing.sources.folder_hints import FolderHints, load_hints, make_usual_hints
from talks.parsing import (
    HEAD_LENGTH,
    INDEX_NAMES,
    MOST_HEADS,
    NO_FACTS,
    FolderFacts,
    Head,
    PathEvent,
    find_dated_events,
    find_folder_day,
    lies_among_events,
    may_be_other,
    read_head,
    recognise_by_name,
    recognise_by_text,
    says_nothing,
    weigh_folder,
)

EXCLUDED = "excluded"  # a code in `PASSED_OVER`
FOLDERS_ABOVE = 3  # the folders of a path that count if no marked folder is nearer
_MOST_FOLDERS = 6
_MOST_SIBLINGS = 400
_FOLDERS_OF_READMES = 4  # a post's folder and three above it
_YEAR = re.compile(r"(?:19|20)\d\d")


def cut_path(path: str) -> str:
    """Return the file's name at the end of a path with the last three to six folders before it, which the parser reads.

    Use it for a text that is read from no file: standard input, an upload, or the stored text of a post.
    """
    return "/".join(_cut([part for part in PurePosixPath(path).parts if part not in ("/", ".", "..")]))


def _cut(parts: Sequence[str]) -> Sequence[str]:
    """Return the last parts of a path: the file's name and three folders; if these say nothing, up to six folders.

    Folders that say nothing are such as "src/public/notes".
    """
    count = FOLDERS_ABOVE
    while count < _MOST_FOLDERS and all(map(says_nothing, parts[-count - 1 : -1])):
        count += 1
    return parts[-count - 1 :]


class Folders:
    """The folders of a run, with caches: marked folders, their `confnotes.toml`, and facts about their posts.

    The marked folder of a file is the nearest folder above it with a `confnotes.toml` or `.git`; it may have none.
    """

    def __init__(self) -> None:
        self._roots: dict[Path, Path | None] = {}
        self._hints: dict[Path | None, FolderHints] = {}
        self._names: dict[Path, list[str]] = {}
        self._others: dict[Path, str | None] = {}
        self._heads: dict[Path, Head] = {}
        self._posts: dict[Path, list[Path]] = {}
        self._siblings: dict[Path, list[Path]] = {}
        self._dated: dict[Path, dict[str, PathEvent]] = {}
        self._facts: dict[tuple[Path, bool], FolderFacts] = {}

    def find_root(self, folder: Path) -> Path | None:
        """Return the nearest folder, this one or above it, with a `confnotes.toml` or `.git`; None if none has one."""
        if folder not in self._roots:
            if self._exists(folder / HINTS_NAME) or self._exists(folder / ".git"):
                self._roots[folder] = folder
            else:
                self._roots[folder] = None if folder == folder.parent else self.find_root(folder.parent)
        return self._roots[folder]

    def read_hints(self, root: Path | None) -> FolderHints:
        """Return the hints of a marked folder; without one, those of the site's settings alone."""
        if root not in self._hints:
            self._hints[root] = self._load_hints(root) if root else FolderHints(make_usual_hints())
        return self._hints[root]

    def name_file(self, file: Path) -> str:
        """Return the end of a file's path, which the parser reads: the file's name and at most six folders before it.

        It begins with no folder above the marked one; without a marked folder it has at most three, unless all three
        say nothing.
        """
        root = self.find_root(file.parent)
        parts = (root.name, *file.relative_to(root).parts) if root else _cut(file.parts[1:])
        return escape("/".join(parts[-_MOST_FOLDERS - 1 :]))

    def find_reason_to_pass_over(self, file: Path) -> str | None:
        """Return why a file is not read as notes, as a code in `PASSED_OVER`; None if it is read."""
        if file not in self._others:
            self._others[file] = self._find_reason(file)
        return self._others[file]

    def _find_reason(self, file: Path) -> str | None:
        if root := self.find_root(file.parent):
            hints, place = self.read_hints(root).hints, file.relative_to(root).as_posix()
            if any(matches_pattern(place, pattern) for pattern in hints.include):
                return None
            if any(matches_pattern(place, pattern) for pattern in hints.exclude):
                return EXCLUDED
        name = self.name_file(file)
        if why := recognise_by_name(name):
            return why
        if not is_readable(file.name):
            return "format"
        if self._is_empty(file):
            return "empty"
        if not may_be_other(name):
            return None
        beside = [other for other in self._list_names(file.parent) if other != file.name]
        return recognise_by_text(name, self._read_beginning(file), beside)

    def read_facts(self, file: Path | None) -> FolderFacts:
        """Return what a file's folder tells of its posts: event, day, about how many they are, what share has one talk.

        If the file is an index (README) and the only post of its folder, the facts are those of all such files in the
        folders beside. A post without a file gets `NO_FACTS`.
        """
        if file is None:
            return NO_FACTS
        folder = file.parent
        posts = self._list_posts(folder)
        alone = is_index(file.name) and set(posts) <= {file}
        key = (folder, alone)
        if key not in self._facts:
            heads = [self._read_head(post) for post in (self._list_siblings(folder.parent) if alone else posts)]
            path = self.name_file(file) if alone else self.name_file(folder / "x").rpartition("/")[0] + "/"
            indexes, day = list(self._find_indexes(folder)), self._find_day(folder)
            self._facts[key] = weigh_folder(path, heads, indexes, day, self._find_dated_event(folder))
        return self._facts[key]

    def _find_dated_event(self, folder: Path) -> PathEvent | None:
        """Return the event by which this folder is called behind a date, as are others beside it, or None.

        The name of a marked folder is not read.
        """
        above = folder.parent
        if folder in (self.find_root(folder), above):
            return None
        if above not in self._dated:
            among_events = lies_among_events(self.name_file(above / "x"))
            self._dated[above] = find_dated_events(self._list_names(above)[:_MOST_SIBLINGS], among_events=among_events)
        return self._dated[above].get(folder.name)

    def _find_day(self, folder: Path) -> int | None:
        """Return the number of the day that a folder's name tells when compared with the names beside it, else None.

        If it tells none, the name of the folder above is tried. The name of a marked folder is not.
        """
        root = self.find_root(folder)
        for each in (folder, folder.parent):
            if each in (root, each.parent):
                return None
            if day := find_folder_day(each.name, self._list_names(each.parent)):
                return day
        return None

    def _list_names(self, folder: Path) -> list[str]:
        """Return the names of a folder's entries, sorted, except hidden ones."""
        if folder not in self._names:
            self._names[folder] = sorted(name for name in self._list_entries(folder) if not name.startswith("."))
        return self._names[folder]

    def _list_posts(self, folder: Path) -> list[Path]:
        """Return the posts in a folder that need no pandoc, sorted by name, the first `MOST_HEADS` at most."""
        if folder not in self._posts:
            self._posts[folder] = list(islice(self._iterate_posts(folder), MOST_HEADS))
        return self._posts[folder]

    def _iterate_posts(self, folder: Path) -> Iterator[Path]:
        for name in self._list_names(folder):
            file = folder / name
            if is_readable(name, plain=True) and self._is_file(file) and not self.find_reason_to_pass_over(file):
                yield file

    def _list_siblings(self, folder: Path) -> list[Path]:
        """Return the README of each subfolder that has no other post: a sign of a folder for each talk.

        `MOST_HEADS` are returned at most, from the first 400 entries of the folder. Other index files count as READMEs.
        """
        if folder not in self._siblings:
            names = self._list_names(folder)[:_MOST_SIBLINGS]
            inner = (self._list_posts(folder / name) for name in names if self._is_folder(folder / name))
            alone = [posts[0] for posts in inner if len(posts) == 1 and is_index(posts[0].name)]
            self._siblings[folder] = alone[:MOST_HEADS]
        return self._siblings[folder]

    def _find_indexes(self, folder: Path) -> Iterator[Head]:
        """Yield the heads (name and first lines) of the READMEs in a folder and in three above it, nearest first.

        The folders above a marked folder are not looked at. Each head has the year by which the topmost of the folders
        below it is called, if one is.
        """
        root, year = self.find_root(folder), None
        for _ in range(_FOLDERS_OF_READMES):
            for name in self._list_names(folder):
                if is_index(name) and is_readable(name, plain=True) and self._is_file(folder / name):
                    yield replace(self._read_head(folder / name), year=year)
            if folder in (root, folder.parent):
                return
            year = int(folder.name) if _YEAR.fullmatch(folder.name) else year
            folder = folder.parent

    def _read_head(self, file: Path) -> Head:
        if file not in self._heads:
            self._heads[file] = read_head(escape(file.name), self._read_beginning(file))
        return self._heads[file]

    # What follows asks the disk; the folders of an upload have other answers.

    def _exists(self, path: Path) -> bool:
        return os.path.lexists(path)

    def _is_file(self, path: Path) -> bool:
        return not find_fault(path)

    def _is_empty(self, path: Path) -> bool:
        with suppress(OSError):
            return os.stat(path, follow_symlinks=False).st_size == 0
        return False

    def _is_folder(self, path: Path) -> bool:
        return path.is_dir()

    def _list_entries(self, folder: Path) -> Iterable[str]:
        with suppress(OSError):
            return os.listdir(folder)
        return ()

    def _load_hints(self, root: Path) -> FolderHints:
        return load_hints(root)

    def _read_beginning(self, file: Path) -> str:
        return read_beginning(file, HEAD_LENGTH)


def is_index(name: str) -> bool:
    """Whether a file is named README or index, whatever its ending."""
    return name.partition(".")[0].casefold() in INDEX_NAMES


def matches_pattern(place: str, pattern: str) -> bool:
    """Whether the pattern matches `place`, a path from the folder with `confnotes.toml` or `.git` on.

    The pattern must match the whole path or its first folders: "drafts" matches "drafts/a.md", not "x/drafts/a.md".
    A pattern without a slash, except at its end, may also match the file name alone. `*` matches slashes too.
    """
    named = "/" not in pattern.removesuffix("/")
    pattern = pattern.removeprefix("./").removesuffix("/")
    name = place.rpartition("/")[2]
    return fnmatch(place, pattern) or fnmatch(place, f"{pattern}/*") or (named and fnmatch(name, pattern))
