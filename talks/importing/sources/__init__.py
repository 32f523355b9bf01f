"""Where posts lie: files, folders, `confnotes.toml`, images. The only place of the importer that reads the disk."""

from talks.importing.sources.files import NotFoundError, Source, find_sources, read_source, replace_file
from talks.importing.sources.folder_hints import FolderHints, load_hints
from talks.importing.sources.local_images import look_for_images

__all__ = [
    "FolderHints",
    "NotFoundError",
    "Source",
    "find_sources",
    "load_hints",
    "look_for_images",
    "read_source",
    "replace_file",
]
