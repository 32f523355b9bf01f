"""Finds images by their names anywhere below the root of the notes, as note-taking apps do."""

import os
import unicodedata
from functools import cached_property
from pathlib import Path, PurePosixPath

from talks.importing.sources.image_formats import TAKEN_ENDINGS

MOST_ENTRIES = 50_000


class ImageFolders:
    """The images below each root. They are listed when a post first shows an image that is not beside it."""

    def __init__(self) -> None:
        self._roots: dict[Path, _Images] = {}

    def find(self, root: Path, places: tuple[PurePosixPath, ...], name: str) -> PurePosixPath | None:
        """Return the image at one of these places, else the one of this name nearest to the root; None without any.

        Places and the result are paths below the root. Names and places may differ in the Unicode form of accents.
        """
        images = self._roots.setdefault(root, _Images(root))
        spelled = (images.by_path.get(_fold(place.as_posix())) for place in places)
        return next((path for path in spelled if path), None) or images.by_name.get(_fold(name))


class _Images:
    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def by_path(self) -> dict[str, PurePosixPath]:
        """Images by path below the root; of two paths that differ only in the Unicode form of accents, the first.

        Keys are in NFC. Folders after the first 50,000 files and folders are left out.
        """
        found: dict[str, PurePosixPath] = {}
        entries = 0
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            entries += len(folders) + len(files)
            if entries > MOST_ENTRIES:
                break
            for file in sorted(name for name in files if name.lower().endswith(TAKEN_ENDINGS)):
                place = PurePosixPath(Path(folder, file).relative_to(self._root).as_posix())
                found.setdefault(_fold(place.as_posix()), place)
        return found

    @cached_property
    def by_name(self) -> dict[str, PurePosixPath]:
        found: dict[str, PurePosixPath] = {}
        for place in sorted(self.by_path.values(), key=lambda place: (len(place.parts), place.as_posix())):
            found.setdefault(_fold(place.name), place)
        return found


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path)
