"""Checks, rebuilds, exports and restores the base as a whole."""

from talks.backup.base_check import check_base
from talks.backup.export import export_base
from talks.backup.exported_images import ImageError, save_images
from talks.backup.rebuild import rebuild_base, rebuild_search_text
from talks.backup.restore import BadLineError, NotEmptyError, import_base
