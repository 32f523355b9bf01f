"""The names of tags, shipped and joined, and how texts are matched against them."""

from talks.vocabulary.compiled_names import Context, Joined, Vocabulary, compile_vocabulary
from talks.vocabulary.marks import Marker, mark_mentions
from talks.vocabulary.plain_text import read_plain
from talks.vocabulary.shipped_tags import index_shipped, list_words_of_notes, load_shipped, recognise, stands_out
from talks.vocabulary.tag_names import make_marker, read_addresses
from talks.vocabulary.text_matching import Reading
from talks.vocabulary.word_runs import fold_plural, split_words, strip_accents

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
    "strip_accents",
]
