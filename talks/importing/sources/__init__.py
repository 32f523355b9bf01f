"""Where posts come from: files, folders, `confnotes.toml`, images.

The only part of the importer that reads the disk.
"""

from talks.importing.sources.files import HINTS_NAME, Content, NotFoundError, Source, exists, read_source, replace_file
from talks.importing.sources.finding import Found, find_sources, is_post, search_folders
from talks.importing.sources.folder_hints import FolderHints
from talks.importing.sources.folders import Folders, cut_path
from talks.importing.sources.local_images import look_for_images
from talks.importing.sources.texts import is_converted, read_markdown, remark_conversion
from talks.importing.sources.zip_files import MOST_BYTES, ZipError, read_zip

__all__ = [
    "HINTS_NAME",
    "MOST_BYTES",
    "Content",
    "FolderHints",
    "Folders",
    "Found",
    "NotFoundError",
    "Source",
    "ZipError",
    "cut_path",
    "exists",
    "find_sources",
    "is_converted",
    "is_post",
    "look_for_images",
    "read_markdown",
    "read_source",
    "read_zip",
    "remark_conversion",
    "replace_file",
    "search_folders",
]
