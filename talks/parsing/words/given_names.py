"""Given names of people at conferences, without accents: evidence that two capitalised words are a person.

The list (`given_names.txt`) is only a sample. A name that is missing here is still read if the text says who speaks.
"""

from talks.parsing.words.word_sets import read_words

# Names that are also everyday words or products: they count only before a likely surname.
AMBIGUOUS_NAMES = read_words("ambiguous_given_names.txt")
GIVEN_NAMES = read_words("given_names.txt") - AMBIGUOUS_NAMES
