"""Keys of front matter, and words that their values may have."""

from talks.parsing.words.word_sets import list_phrases, read_lists, split_phrases

TRUE_WORDS = frozenset({"true", "yes", "on", "y", "1"})
FALSE_WORDS = frozenset({"false", "no", "off", "n", "0"})
STATUS_WORDS = {"draft": "draft", "hidden": "draft", "private": "private", "pending": "draft", "unpublished": "draft"}

_LISTS = read_lists("front_matter_keys.toml")
KEYS = {what: split_phrases(text) for table in _LISTS.values() for what, text in table.items()}
FRONT_MATTER_KEYS = frozenset(list_phrases(_LISTS["post"]))
TALK_KEYS = list_phrases(_LISTS["talk"])
