"""Words that titles capitalise and that are hardly ever part of a name.

A phrase with one of these words is probably not a person's name.
"""

from talks.parsing.words.word_sets import read_words

COMMON_WORDS = read_words("common_words.txt")
