"""What notes have to do with each other: which subjects they mention."""

from talks.relating.mentions import load_vocabulary, refresh_mentions, stale_mentions
from talks.relating.plain import read_plain
from talks.relating.seeking import seek_names
from talks.relating.subjects import recognise, stands_out
from talks.relating.vocabulary import Context, Joined, Vocabulary, compile_vocabulary

__all__ = [
    "Context",
    "Joined",
    "Vocabulary",
    "compile_vocabulary",
    "load_vocabulary",
    "read_plain",
    "recognise",
    "refresh_mentions",
    "seek_names",
    "stale_mentions",
    "stands_out",
]
