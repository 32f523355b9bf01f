"""Finds and reads the files of an import: regular files only, nothing outside the folder given, never blocking."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from talks.importing.escaping import escape
from talks.importing.identity import KEY_LENGTH, make_key
from talks.parsing import Diagnostic, Severity

HINTS_NAME = "confnotes.toml"
HINTS_MOST_BYTES = 64_000
_SUFFIXES = (".md", ".markdown")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
_SKIPPED_FOLDERS = {"node_modules"}


class NotFoundError(Exception):
    """A path that was given does not exist; the message is one sentence for whoever gave it."""


@dataclass(frozen=True, slots=True)
class Content:
    """A post that lies in no file: standard input, an upload. `name` is its path as far as there is one."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """What may be a post. `path` is how reports call it, `place` where it lies; both are safe to print.

    `root` is the marked folder above it, if there is one; `top` that from which its key is seen. `fault` says why it
    cannot be read: with a warning it is skipped, with an error refused.
    """

    path: str
    place: str
    key: str
    file: Path | None = None
    root: Path | None = None
    top: Path | None = None
    data: bytes = b""
    fault: Diagnostic | None = None


def find_sources(given: Iterable[str | Path | Content]) -> list[Source]:
    """All posts in what was given, each once, in the order of their keys: the order given changes nothing."""
    roots: dict[Path, Path | None] = {}
    found: dict[str, Source] = {}
    for item in given:
        for source in _find_in(item, roots):
            found.setdefault(source.place, source)
    return sorted(found.values(), key=lambda source: (source.key, source.path))


def read_source(source: Source, most: int) -> bytes | Diagnostic:
    """The bytes of the file, or why it is refused; `most` bytes at most."""
    if source.file is None:
        return source.data if len(source.data) <= most else _refuse_size(len(source.data), most)
    try:
        if os.path.realpath(source.file.parent) != str(source.file.parent):
            return _skip("symlink", "A folder above this was replaced by a symbolic link.")
        return read_file(source.file, most)
    except OSError as error:
        return _refuse(error)


def read_file(path: Path, most: int) -> bytes | Diagnostic:
    """Open without following a link or waiting for a pipe, look at what was opened, then read."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _skip("not-a-file", "This is no regular file.")
        if status.st_size > most:
            return _refuse_size(status.st_size, most)
        data = file.read(most + 1)
        return data if len(data) <= most else _refuse_size(len(data), most)


@contextmanager
def open_below(root: Path, place: PurePosixPath) -> Iterator[BinaryIO]:
    """Open a regular file below the folder, with no link followed on the way, and none waited for.

    Raises `OSError`: of a link `ELOOP`, of what is no regular file `EINVAL`.
    """
    folder = os.open(root, _FOLDER)
    try:
        for part in place.parts[:-1]:
            inner = _open_at(folder, part, _FOLDER)
            os.close(folder)
            folder = inner
        descriptor = _open_at(folder, place.name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    finally:
        os.close(folder)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "This is no regular file", str(place))
        yield file


def _open_at(folder: int, name: str, flags: int) -> int:
    try:
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except NotADirectoryError:
        if stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name) from None
        raise


def replace_file(source: Source, old: bytes, new: bytes) -> Diagnostic | None:
    """Put new bytes in the file's place, whole or not at all; or say why not. What lies there must be the old ones."""
    file = source.file
    if file is None:
        return _skip("not-a-file", "This lies in no file.")
    try:
        if (now := read_source(source, max(len(old), 1))) != old:
            return now if isinstance(now, Diagnostic) and now.code != "too-large" else _refuse_race()
        status = file.lstat()
        name = _name_temporary(file)
        name.unlink(missing_ok=True)  # one that a machine left when it stopped
        try:
            with open(os.open(name, NEW_FILE, 0o600), "wb") as temporary:
                temporary.write(new)
                temporary.flush()
                _take_after(temporary.fileno(), status)
                os.fsync(temporary.fileno())
            os.replace(name, file)
        except BaseException:
            name.unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)
    except OSError as error:
        return _refuse(error)
    return None


def _name_temporary(file: Path) -> Path:
    """Always the same for a file, so that nothing is left for good; hidden, so that no import reads it."""
    return file.with_name(f".confnotes-{hashlib.sha256(os.fsencode(file.name)).hexdigest()[:16]}")


def _take_after(descriptor: int, status: os.stat_result) -> None:
    """Give the new file the old one's owner, as far as this user may, and its mode."""
    with suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_post(path: Path) -> bool:
    """Whether a file of this name, below a folder given, would be taken for a post."""
    hidden = any(part.startswith(".") or part in _SKIPPED_FOLDERS for part in path.parts)
    return not hidden and path.name.lower().endswith(_SUFFIXES)


def exists(place: str) -> bool:
    """Whether something lies at the place where a post once lay."""
    return os.path.lexists(place)


def _find_in(given: str | Path | Content, roots: dict[Path, Path | None]) -> Iterator[Source]:
    if isinstance(given, Content):
        name = escape(given.name)
        yield _check_key(Source(name, name, make_key(given.name, folder=""), data=given.data))
        return
    path = Path(given)
    if not os.path.lexists(path):
        raise NotFoundError(f"There is no file or folder {escape(str(given))}.")
    if path.is_dir():
        folder = path.resolve()
        for file, fault in _walk(folder):
            shown = os.path.normpath(path / file.relative_to(folder))
            yield _make_source(file, shown, folder, fault, roots)
    else:
        folder = Path(os.path.realpath(path.parent))
        file = folder / path.name
        yield _make_source(file, os.path.normpath(path), folder, _look_at(file), roots)


def _walk(folder: Path) -> Iterator[tuple[Path, Diagnostic | None]]:
    """Posts below the folder, and what looks like one but cannot be read."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            yield current, _refuse(error)
            continue
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or (is_folder and entry.name in _SKIPPED_FOLDERS):
                continue
            if is_folder:
                waiting.append(Path(entry.path))
            if entry.name.lower().endswith(_SUFFIXES) or (entry.is_symlink() and os.path.isdir(entry.path)):
                yield Path(entry.path), _look_at(Path(entry.path))


def _look_at(file: Path) -> Diagnostic | None:
    """Why the file is not read, if it is not."""
    try:
        mode = file.lstat().st_mode
    except OSError as error:
        return _refuse(error)
    if stat.S_ISLNK(mode):
        return _skip("symlink", "This is a symbolic link, and links are not followed.")
    if stat.S_ISDIR(mode):
        return _skip("not-a-file", "This is a folder with the name of a post.")
    if not stat.S_ISREG(mode):
        return _skip("not-a-file", "This is no regular file.")
    return None


def _make_source(
    file: Path, shown: str, folder: Path, fault: Diagnostic | None, roots: dict[Path, Path | None]
) -> Source:
    marked = _find_root(file.parent, roots)
    root = marked or folder
    key = make_key(file.relative_to(root).as_posix(), folder=root.name)
    return _check_key(Source(escape(shown), escape(str(file)), key, file, marked, root, fault=fault))


def _find_root(folder: Path, roots: dict[Path, Path | None]) -> Path | None:
    """The nearest folder, this one or above, that holds `confnotes.toml` or `.git`."""
    if folder not in roots:
        if os.path.lexists(folder / HINTS_NAME) or os.path.lexists(folder / ".git"):
            roots[folder] = folder
        else:
            roots[folder] = None if folder == folder.parent else _find_root(folder.parent, roots)
    return roots[folder]


def _check_key(source: Source) -> Source:
    if len(source.key) <= KEY_LENGTH:
        return source
    message = f"The path below its folder is {len(source.key)} characters long; at most {KEY_LENGTH} are possible."
    fault = Diagnostic(Severity.ERROR, "path-too-long", 1, message, "Import a folder deeper down, or shorten names.")
    return Source(source.path, source.place, source.key[:KEY_LENGTH], fault=fault)


def _skip(code: str, message: str) -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, 1, message, "Give the file itself if it is meant to be a post.")


def _refuse(error: OSError) -> Diagnostic:
    if error.errno == errno.ELOOP:  # a link took the file's place since it was looked at
        return _skip("symlink", "This is a symbolic link, and links are not followed.")
    reason = error.strerror or type(error).__name__
    return Diagnostic(Severity.ERROR, "unreadable", 1, f"This cannot be read: {reason}.", "Look at its permissions.")


def _refuse_race() -> Diagnostic:
    message = "The file was changed while this was at work."
    return Diagnostic(Severity.ERROR, "changed-meanwhile", 1, message, "Import it, and try again.")


def _refuse_size(size: int, most: int) -> Diagnostic:
    message = f"The file has {size:,} bytes, and a post may have {most:,}."
    return Diagnostic(Severity.ERROR, "too-large", 1, message, "Split it, or set POST_MAX_BYTES to more.")
