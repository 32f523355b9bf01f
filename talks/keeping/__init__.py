"""Keeping what is in the base: whether it is sound, and how it leaves."""

from talks.keeping.checking import check_base
from talks.keeping.exporting import export_base

__all__ = ["check_base", "export_base"]
