"""Where posts come from: files, folders, `confnotes.toml`, images.

Only this part of the importer reads the disk.
"""

from talks.importing.sources.file_endings import TEXT_ENDINGS
from talks.importing.sources.files import (
    MOST_WITH_IMAGES,
    NotFoundError,
    Source,
    is_too_large,
    read_source,
    replace_file,
)
from talks.importing.sources.finding import find_sources
from talks.importing.sources.folder_hints import FolderHints
from talks.importing.sources.folders import Folders, cut_path
from talks.importing.sources.image_formats import TAKEN_ENDINGS
from talks.importing.sources.local_images import look_for_images
from talks.importing.sources.texts import is_converted, read_markdown, remark_conversion
from talks.importing.sources.uploaded_folders import sort_files
from talks.importing.sources.zip_files import MOST_BYTES, ZipError, read_zip
