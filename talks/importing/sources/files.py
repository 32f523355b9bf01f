"""Reads and replaces the files of posts: only regular files, never through a symbolic link, never blocking."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from talks.parsing import Diagnostic, GivenFolder
from talks.parsing import diagnostic_catalogue as catalogue

HINTS_NAME = "confnotes.toml"
HINTS_MOST_BYTES = 64_000
_READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # follows no link, waits for no pipe
MOST_WITH_IMAGES = 10  # times the limit of a post: images in its text, as data, are taken out before it is read
_EMBEDDED_IMAGE = re.compile(rb"data:image/[a-zA-Z0-9.+-]{1,20};base64,[A-Za-z0-9+/_=%-]*")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class NotFoundError(Exception):
    """A given path or run does not exist, or no post in the base comes from it.

    The message is one sentence for people.
    """


@dataclass(frozen=True, slots=True)
class Content:
    """A post without a file, such as standard input or an upload. `name` is its path as far as it is known.

    `beside` are the bytes of images that were uploaded with the post, by path. `folder` is what the uploaded folder
    tells of the post: the end of its path, its `confnotes.toml`, and facts from the files beside it.
    """

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    folder: GivenFolder | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or text without a file, that may be a post.

    `path` is its name in reports, `place` its absolute path, or its name if it has no file; both are safe to print.
    `name` is the end of its path, which the parser reads too. `root` is the nearest folder above it with a
    `confnotes.toml` or `.git`, if there is one; `top` the folder to which its key is relative. `data` are the bytes of
    a text that is not read from `file`. `fault` says why it cannot be read: a warning means that it is skipped, an
    error that it is refused.
    """

    path: str
    place: str
    key: str
    name: str
    file: Path | None = None
    root: Path | None = None
    top: Path | None = None
    data: bytes = b""
    beside: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    fault: Diagnostic | None = None


def read_source(source: Source, most: int) -> bytes | Diagnostic:
    """Return the `data` of a `Source`, or else the bytes of its file; or the diagnostic that says why none are read.

    A text of more than `most` bytes is not read: `is_too_large` says which parts count.
    """
    if source.file is None or source.data:
        return _refuse_larger(source.data, most)
    try:
        folder, status = str(source.file.parent), os.stat(source.file.parent)
        if not _is_real(folder, status.st_dev, status.st_ino) and os.path.realpath(folder) != folder:
            return catalogue.LINKED_FOLDER.at(1)
        return read_file(source.file, most)
    except OSError as error:
        return explain_os_error(error)


@lru_cache(maxsize=1_000)  # by the numbers of device and folder, which a link to another folder has not
def _is_real(folder: str, _device: int, _number: int) -> bool:
    """Whether no part of a folder's path is a symbolic link."""
    return os.path.realpath(folder) == folder


def read_file(path: Path, most: int) -> bytes | Diagnostic:
    """Open the file without following links or waiting for pipes, check that it is a regular file, and read it.

    Return its bytes, or a diagnostic if it is no regular file or too large. Raises `OSError` if it cannot be opened.
    """
    descriptor = os.open(path, _READ_ONLY)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return catalogue.NO_REGULAR_FILE.at(1)
        if status.st_size > MOST_WITH_IMAGES * most:
            return catalogue.FILE_TOO_LARGE.at(1, size=status.st_size, most=most)
        data = file.read(status.st_size + 1)  # Python makes room for all that it is asked to read
        if len(data) > status.st_size:  # the file grows
            data += file.read(MOST_WITH_IMAGES * most + 1)
        return _refuse_larger(data, most)


def _refuse_larger(data: bytes, most: int) -> bytes | Diagnostic:
    return catalogue.FILE_TOO_LARGE.at(1, size=len(data), most=most) if is_too_large(data, most) else data


def is_too_large(data: bytes, most: int) -> bool:
    """Whether a text has more than `most` bytes without its embedded images, or ten times as many with them."""
    if len(data) <= most or len(data) > MOST_WITH_IMAGES * most:
        return len(data) > most
    return len(data) - sum(len(found[0]) for found in _EMBEDDED_IMAGE.finditer(data)) > most


def read_beginning(path: Path, length: int) -> str:
    """Return the beginning of a regular file, invalid bytes replaced; "" if it cannot be read.

    Only the first 2 × `length` bytes are read; of the characters in them, at most `length` are returned.
    """
    try:
        descriptor = os.open(path, _READ_ONLY)
        with open(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            data = file.read(length * 2) if regular else b""
    except OSError:
        return ""
    return data.decode("utf-8-sig", "replace")[:length]


@contextmanager
def open_below(root: Path, place: PurePosixPath) -> Iterator[BinaryIO]:
    """Open the regular file at `place` below the folder `root`, without following links or waiting for pipes; yield it.

    Raises `OSError` if the file cannot be opened: `ELOOP` for a link, `EINVAL` for anything but a regular file.
    """
    folder = os.open(root, _FOLDER)
    try:
        for part in place.parts[:-1]:
            inner = _open_at(folder, part, _FOLDER)
            os.close(folder)
            folder = inner
        descriptor = _open_at(folder, place.name, _READ_ONLY)
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
    """Replace the content of a post's file if it still is `old`; return None, or a diagnostic if it is not replaced."""
    file = source.file
    if file is None:
        return catalogue.POST_WITHOUT_FILE.at(1)
    try:
        if (now := read_source(source, max(len(old), 1))) != old:
            return now if isinstance(now, Diagnostic) and now.code != "too-large" else catalogue.CHANGED_MEANWHILE.at(1)
        status = file.lstat()
        name = _name_temporary(file)
        name.unlink(missing_ok=True)  # a rest of a crash
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
        sync_folder(file.parent)
    except OSError as error:
        return explain_os_error(error)
    return None


def _name_temporary(file: Path) -> Path:
    """Return the name of the temporary file for a file: hidden from imports, and always the same."""
    return file.with_name(f".confnotes-{hashlib.sha256(os.fsencode(file.name)).hexdigest()[:16]}")


def _take_after(descriptor: int, status: os.stat_result) -> None:
    """Give the new file the mode of the old file and, if the user may do this, its owner."""
    with suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def sync_folder(folder: Path) -> None:
    """Flush the folder to the disk, so that a renamed file in it survives a crash."""
    descriptor = os.open(folder, _FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exists(place: str) -> bool:
    """Whether a file, a folder or even a broken link is at this place of a post.

    Uploaded and restored posts have no files: a place that is not absolute is a name, whatever the working folder.
    """
    return os.path.isabs(place) and os.path.lexists(place)


def find_fault(file: Path) -> Diagnostic | None:
    """Return why no post can be read at the path: it cannot be looked at, is no regular file, or is a zip; else None.

    A link, a folder and a special file are no regular files.
    """
    try:
        mode = file.lstat().st_mode
    except OSError as error:
        return explain_os_error(error)
    if stat.S_ISLNK(mode):
        return catalogue.LINKED_FILE.at(1)
    if stat.S_ISDIR(mode):
        return catalogue.FOLDER_NAMED_AS_POST.at(1)
    if not stat.S_ISREG(mode):
        return catalogue.NO_REGULAR_FILE.at(1)
    return catalogue.ZIP_FILE.at(1) if file.suffix.casefold() == ".zip" else None


def explain_os_error(error: OSError) -> Diagnostic:
    if error.errno == errno.ELOOP:  # a link replaced the file since it was checked
        return catalogue.LINKED_FILE.at(1)
    return catalogue.UNREADABLE_FILE.at(1, reason=error.strerror or type(error).__name__)
