"""Finds the posts among uploaded files, and what their folders tell of them, as an import of the folder would."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from talks.importing.sources.files import HINTS_MOST_BYTES, HINTS_NAME, Content, is_too_large
from talks.importing.sources.finding import is_post
from talks.importing.sources.folder_hints import FolderHints, read_folder_hints
from talks.importing.sources.folders import Folders
from talks.importing.sources.image_formats import TAKEN_ENDINGS
from talks.parsing import HEAD_LENGTH, GivenFolder
from talks.parsing import diagnostic_catalogue as catalogue

_TOP = Path("/")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The posts among uploaded files, the names of files passed over, and sentences about faulty `confnotes.toml`s."""

    posts: tuple[Content, ...]
    passed_over: tuple[str, ...]
    remarks: tuple[str, ...]


class UploadedFolders(Folders):
    """The folders of an upload: its files are in memory, below a folder without a name, and none is on the disk."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = {_TOP / name: data for name, data in files.items()}
        self._entries: dict[Path, dict[str, None]] = {}
        for file in self._files:
            for path in (file, *file.parents):
                self._entries.setdefault(path.parent, {})[path.name] = None

    def read_folder(self, name: str) -> GivenFolder:
        """Return what the folders tell of the uploaded post of this name."""
        file = _TOP / name
        root = self.find_root(file.parent)
        toml = self._files[root / HINTS_NAME].decode("utf-8-sig", "replace") if root else ""
        return GivenFolder(self.name_file(file).lstrip("/"), toml, self.read_facts(file))

    def _exists(self, path: Path) -> bool:
        return path in self._files

    _is_file = _exists

    def _is_empty(self, path: Path) -> bool:
        return not self._files[path]

    def _is_folder(self, path: Path) -> bool:
        return path in self._entries

    def _list_entries(self, folder: Path) -> Iterable[str]:
        return self._entries.get(folder, ())

    def _load_hints(self, root: Path) -> FolderHints:
        data = self._files[root / HINTS_NAME]
        if is_too_large(data, HINTS_MOST_BYTES):
            return read_folder_hints(
                root / HINTS_NAME, catalogue.FILE_TOO_LARGE.at(1, size=len(data), most=HINTS_MOST_BYTES)
            )
        return read_folder_hints(root / HINTS_NAME, data)

    def _read_beginning(self, file: Path) -> str:
        return self._files[file][: HEAD_LENGTH * 2].decode("utf-8-sig", "replace")[:HEAD_LENGTH]


def sort_files(files: Mapping[str, bytes], taken: Collection[str] = ()) -> Uploaded:
    """Return the posts among uploaded files, each with what its folders tell of it and with all uploaded images.

    If there is only one file beside the images, folders tell nothing of it. Files with the names `taken` are posts
    whatever they look like. Raises `ValueError` if a `confnotes.toml` cannot be read.
    """
    folders = UploadedFolders(files)
    images = {name: data for name, data in files.items() if name.casefold().endswith(TAKEN_ENDINGS)}
    remarks: list[str] = []
    for name in sorted(name for name in files if Path(name).name == HINTS_NAME):
        said = folders.read_hints((_TOP / name).parent)
        told = [f"In {name}, line {each.line}: {each.message} {each.hint}" for each in said.diagnostics]
        if said.fault:
            raise ValueError(told[0])
        remarks += told
    texts = [name for name in sorted(files) if name not in images and Path(name).name != HINTS_NAME]
    posts = [
        name
        for name in texts
        if name in taken or (is_post(Path(name)) and not folders.find_reason_to_pass_over(_TOP / name))
    ]
    is_alone = len(files) - len(images) == 1
    contents = (Content(name, files[name], images, None if is_alone else folders.read_folder(name)) for name in posts)
    return Uploaded(tuple(contents), tuple(name for name in texts if name not in posts), tuple(remarks))
