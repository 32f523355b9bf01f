"""Keeping what is in the base: whether it is sound, how it is mended, how it leaves, and how it comes back."""

from talks.backup.base_check import check_base
from talks.backup.export import export_base
from talks.backup.exported_images import ImageError, give_images
from talks.backup.rebuild import rebuild_base
from talks.backup.restore import BadLineError, NotEmptyError, import_base

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
