"""Makes sets from lists of words, by language, with each word also without its accents."""

from importlib.resources import files

from talks.names import fold_words


def make_words(**languages: str) -> frozenset[str]:
    """Return all words of all languages, as written and folded, so that both forms of a text can be compared."""
    texts = languages.values()
    return frozenset(word for text in texts for word in (*text.split(), *fold_words(text).split()))


def make_phrases(**languages: str) -> frozenset[str]:
    """Return the phrases between bars and line ends, folded."""
    texts = languages.values()
    return frozenset(fold_words(phrase) for text in texts for phrase in text.replace("\n", "|").split("|")) - {""}


def number_words(*rows: str) -> dict[str, int]:
    """Return the words of each row with their positions in the row, from 1."""
    return {word: number for row in rows for number, word in enumerate(row.split(), 1)}


def read_lines(name: str) -> list[str]:
    """Return the lines of a text file that lies beside this module."""
    return files("talks.parsing.words").joinpath(name).read_text(encoding="utf-8").splitlines()


def read_words(name: str) -> frozenset[str]:
    """Return all words in a text file that lies beside this module."""
    return frozenset(word for line in read_lines(name) for word in line.split())
