"""Keeping what is in the base: whether it is sound, how it is mended, and how it leaves."""

from talks.keeping.checking import check_base
from talks.keeping.exporting import export_base
from talks.keeping.rebuilding import rebuild_base

__all__ = ["check_base", "export_base", "rebuild_base"]
