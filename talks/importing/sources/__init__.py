"""Where posts come from: files, folders, `confnotes.toml`, images.

Only this part of the importer reads the disk.
"""

from talks.importing.sources.files import (
    HINTS_NAME,
    MOST_WITH_PICTURES,
    Content,
    NotFoundError,
    Source,
    exists,
    is_too_large,
    read_source,
    replace_file,
)
from talks.importing.sources.finding import Found, find_sources, is_post, search_folders
from talks.importing.sources.folder_hints import FolderHints
from talks.importing.sources.folders import Folders, cut_path
from talks.importing.sources.local_images import look_for_images
from talks.importing.sources.texts import is_converted, read_markdown, remark_conversion
from talks.importing.sources.zip_files import MOST_BYTES, ZipError, read_zip

__all__ = [
    "HINTS_NAME",
    "MOST_BYTES",
    "MOST_WITH_PICTURES",
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
    "is_too_large",
    "look_for_images",
    "read_markdown",
    "read_source",
    "read_zip",
    "remark_conversion",
    "replace_file",
    "search_folders",
]
