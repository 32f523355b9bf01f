"""Reads the files in a zip, in memory. The whole zip is refused if any entry is suspicious."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from talks.importing.sources.files import HINTS_NAME
from talks.importing.sources.finding import is_post
from talks.importing.sources.image_formats import TAKEN_ENDINGS

MOST_ENTRIES = 500
MOST_BYTES = 20_000_000
MOST_ENTRY_BYTES = 2_000_000
_ENCRYPTED = 0x1
_CHUNK = 65_536
# What `zipfile` raises for damaged archives, unknown compressions (NotImplementedError) and passwords (RuntimeError).
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


class ZipError(Exception):
    """The zip is refused; the message says why, and names the entry if one is at fault."""


def read_zip(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Return the bytes of posts, images and `confnotes.toml` in the zip, by path, and the names of all other files.

    Nothing is written to the disk. Raises `ZipError` if the zip is refused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = opened.infolist()
            _check_entries(entries)
            return _read_entries(opened, entries)
    except _DAMAGED as fault:
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


def _read_entries(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[dict[str, bytes], list[str]]:
    files: dict[str, bytes] = {}
    others: list[str] = []
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        parts = []
        size = 0
        for chunk in _read_chunks(opened, entry):
            size, total = size + len(chunk), total + len(chunk)
            if size > MOST_ENTRY_BYTES or total > MOST_BYTES:
                raise ZipError(f"The zip holds too much: {entry.filename!r}.")
            parts.append(chunk)
        path = PurePosixPath(entry.filename)
        if is_post(path) or path.name == HINTS_NAME or entry.filename.casefold().endswith(TAKEN_ENDINGS):
            files[path.as_posix()] = b"".join(parts)
        else:
            others.append(entry.filename)
    return files, others


def _read_chunks(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the entry piece by piece, since the size that the zip states may be wrong."""
    with opened.open(entry) as file:
        while chunk := file.read(_CHUNK):
            yield chunk
