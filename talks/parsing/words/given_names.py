"""Given names of people at conferences, without accents: evidence that two capitalised words are a person.

The list (`given_names.txt`) is only a sample. A name that is missing here is still read if the text says who speaks.
"""

from talks.parsing.words.word_sets import make_words, read_words

# Names that are also everyday words or products: they count only before a likely surname.
AMBIGUOUS_NAMES = make_words(
    en="""
        ace ada ally amber an art ash august case chan chase chelsea crystal dale dawn dev don drew faith gene grace
        grant guy hope ivy jade joy june kit lance lane lin ling long mark mat max may min mo page pat ping quest
        ram ran ray rich rob rocky ruby rusty sang scala sol sterling sue tal ting tor val victor violet wade ward
        will
    """
)
GIVEN_NAMES = read_words("given_names.txt") - AMBIGUOUS_NAMES
