"""How lists of words are written down and made into sets: per language, each word also without its accents."""

from talks.parsing.title_folding import fold


def make_words(**languages: str) -> frozenset[str]:
    """All words of all languages, as written and folded: either form of a text may be asked for."""
    texts = languages.values()
    return frozenset(word for text in texts for word in (*text.split(), *fold(text).split()))


def make_phrases(**languages: str) -> frozenset[str]:
    """The phrases between bars and line ends, folded."""
    texts = languages.values()
    return frozenset(fold(phrase) for text in texts for phrase in text.replace("\n", "|").split("|")) - {""}


def number_words(*rows: str) -> dict[str, int]:
    """Each row's words with their places in the row, from 1."""
    return {word: number for row in rows for number, word in enumerate(row.split(), 1)}
