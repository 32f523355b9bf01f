"""Words that titles capitalise and that are hardly ever part of a name.

A phrase with one of these words is probably not a person's name.
"""

from talks.parsing.words.word_sets import read_words

COMMON_WORDS = read_words("common_words.txt")
# Words that people write without capitals, most of them English: no surname stands among them behind a first word
# that is no known given name ("Worked Examples").
EVERYDAY_WORDS = read_words("everyday_words.txt")
# Small words by which a text in German is known: it writes all nouns with capitals.
GERMAN_WORDS = read_words("german_words.txt")
# Names with a capital inside, which stay whole where a file's name joins the words of a title.
NAMES_WITH_CAPITALS = (
    *("JavaScript", "TypeScript", "CoffeeScript", "PowerShell", "GraphQL", "PostgreSQL", "MySQL"),
    *("GitHub", "GitLab", "DevOps", "LinkedIn", "YouTube"),
)
