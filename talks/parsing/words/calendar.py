"""Months, weekdays, days of a conference and small numbers."""

from talks.names import fold_words
from talks.parsing.words.word_sets import make_words, number_words, read_lists

_LISTS = read_lists("calendar.toml")
_MONTHS = number_words(_LISTS["months"]) | {"sept": 9, "okt": 10, "dez": 12, "mrz": 3, "mär": 3}
MONTHS = _MONTHS | {fold_words(word): number for word, number in _MONTHS.items()}  # as written and folded
WEEKDAYS = number_words(_LISTS["weekdays"])
DAY_WORDS = make_words(_LISTS["day_words"])
NUMBER_WORDS = number_words(_LISTS["number_words"]) | {"четвертый": 4}
