"""The names of tags: those that ship with confnotes, those that joined, and how texts are matched against them."""

from talks.vocabulary.compiled_names import Context, Joined, Vocabulary, compile_vocabulary
from talks.vocabulary.marks import mark_mentions
from talks.vocabulary.plain_text import read_plain
from talks.vocabulary.shipped_tags import recognise, stands_out
from talks.vocabulary.tag_names import list_spellings, read_addresses

__all__ = [
    "Context",
    "Joined",
    "Vocabulary",
    "compile_vocabulary",
    "list_spellings",
    "mark_mentions",
    "read_addresses",
    "read_plain",
    "recognise",
    "stands_out",
]
