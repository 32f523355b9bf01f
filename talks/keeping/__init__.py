"""Keeping what is in the base: whether it is sound, how it is mended, how it leaves, and how it comes back."""

from talks.keeping.checking import check_base
from talks.keeping.exporting import export_base
from talks.keeping.images import ImageError, give_images
from talks.keeping.rebuilding import rebuild_base
from talks.keeping.restoring import BadLineError, NotEmptyError, import_base

__all__ = [
    "BadLineError",
    "ImageError",
    "NotEmptyError",
    "check_base",
    "export_base",
    "give_images",
    "import_base",
    "rebuild_base",
]
