"""What notes have to do with each other: which subjects they mention."""

from talks.relating.mentions import find_mentions
from talks.relating.plain import read_plain

__all__ = ["find_mentions", "read_plain"]
