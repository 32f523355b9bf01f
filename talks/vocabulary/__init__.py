"""The names of tags, both the shipped ones and those in the database, and the search for these names in texts."""

from talks.vocabulary.equal_spellings import read_plain, split_words
from talks.vocabulary.mention_marks import Marker, make_marker, mark_mentions
from talks.vocabulary.mentions_in_text import (
    BaseTag,
    Context,
    FoundNames,
    Vocabulary,
    compile_shipped,
    compile_vocabulary,
    read_words,
)
from talks.vocabulary.tag_names import (
    index_shipped,
    is_distinctive,
    list_included,
    load_shipped,
    read_addresses,
    recognise,
    tells_no_topic,
)
