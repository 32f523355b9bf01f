"""The names of tags, shipped and from the base, and how texts are matched against them."""

from talks.vocabulary.mention_marks import Marker, make_marker, mark_mentions
from talks.vocabulary.tag_matching import Context, Joined, Reading, Vocabulary, compile_vocabulary
from talks.vocabulary.tag_names import (
    index_shipped,
    list_words_of_notes,
    load_shipped,
    read_addresses,
    recognise,
    stands_out,
)
from talks.vocabulary.text_words import fold_plural, read_plain, split_words

__all__ = [
    "Context",
    "Joined",
    "Marker",
    "Reading",
    "Vocabulary",
    "compile_vocabulary",
    "fold_plural",
    "index_shipped",
    "list_words_of_notes",
    "load_shipped",
    "make_marker",
    "mark_mentions",
    "read_addresses",
    "read_plain",
    "recognise",
    "split_words",
    "stands_out",
]
