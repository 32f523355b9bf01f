"""Reads the posts in a zip file, in memory. The whole zip is refused if any entry is suspicious."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from talks.importing.sources.files import HINTS_NAME, Content
from talks.importing.sources.finding import is_post
from talks.importing.sources.folders import matches_pattern
from talks.parsing import HEAD_LENGTH, classify_name, classify_text, may_be_other, read_hints

MOST_ENTRIES = 500
MOST_BYTES = 20_000_000
MOST_ENTRY_BYTES = 2_000_000
_ENCRYPTED = 0x1
_CHUNK = 65_536


class ZipError(Exception):
    """The zip is refused; the message says why, and names the entry if one is at fault."""


IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def read_zip(data: bytes) -> tuple[list[Content], list[str]]:
    """Return the posts in the zip, with the images and `confnotes.toml` beside them, and the names of other files.

    Nothing is written to the disk.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = opened.infolist()
            _check_entries(entries)
            posts, others = _read_entries(opened, entries)
            notes = [post for post in posts if not _is_passed_over(post, [other.name for other in posts])]
            kept = {post.name for post in notes}
            return notes, [*others, *(post.name for post in posts if post.name not in kept)]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as fault:
        raise ZipError("The zip is damaged, or of a kind that is not read.") from fault


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ZipError(f"The zip holds more than {MOST_ENTRIES} entries.")
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        mode = entry.external_attr >> 16
        if name.startswith("/") or "\\" in name or "\0" in name or (len(name) > 1 and name[1] == ":"):
            raise ZipError(f"The zip holds an absolute or foreign path: {name!r}.")
        if ".." in PurePosixPath(name).parts:
            raise ZipError(f"The zip holds a path that leads out of it: {name!r}.")
        if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
            raise ZipError(f"The zip holds a link or something that is no file: {name!r}.")
        if entry.flag_bits & _ENCRYPTED:
            raise ZipError(f"The zip is encrypted: {name!r}.")
        if name.casefold().endswith(".zip"):
            raise ZipError(f"The zip holds another zip: {name!r}.")
        if name.casefold() in seen:
            raise ZipError(f"The zip holds two entries of one name: {name!r}.")
        seen.add(name.casefold())


def _read_entries(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[list[Content], list[str]]:
    posts: list[Content] = []
    others: list[str] = []
    beside: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        taken = is_post(PurePosixPath(entry.filename))
        parts = []
        size = 0
        for chunk in _read_chunks(opened, entry):
            size, total = size + len(chunk), total + len(chunk)
            if size > MOST_ENTRY_BYTES or total > MOST_BYTES:
                raise ZipError(f"The zip holds too much: {entry.filename!r}.")
            parts.append(chunk)
        if taken:
            posts.append(Content(entry.filename, b"".join(parts), beside))
        elif PurePosixPath(entry.filename).name == HINTS_NAME or entry.filename.casefold().endswith(IMAGE_ENDINGS):
            beside[entry.filename] = b"".join(parts)
        else:
            others.append(entry.filename)
    return posts, others


def _is_passed_over(post: Content, names: Iterable[str]) -> bool:
    """Whether an import of the folder would pass over the file; `names` are those of all texts in the zip."""
    path = PurePosixPath(post.name)
    for folder in path.parents:
        if data := post.beside.get(str(folder / HINTS_NAME)):
            hints = read_hints(data.decode("utf-8-sig", "replace"))[0]
            place = path.relative_to(folder).as_posix()
            if any(matches_pattern(place, pattern) for pattern in hints.include):
                return False
            if any(matches_pattern(place, pattern) for pattern in hints.exclude):
                return True
            break
    if classify_name(post.name):
        return True
    beside = [name for name in map(PurePosixPath, names) if name != path and name.parent == path.parent]
    text = post.data.decode("utf-8-sig", "replace")[:HEAD_LENGTH]
    return may_be_other(post.name) and bool(classify_text(post.name, text, [name.name for name in beside]))


def _read_chunks(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the entry piece by piece, since the size that the zip states may be wrong."""
    with opened.open(entry) as file:
        while chunk := file.read(_CHUNK):
            yield chunk
