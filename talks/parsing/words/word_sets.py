"""Reads lists of words from the files beside this module, and makes sets of them.

A file in TOML has a table for each list, and in it a text for each language: words between spaces, or phrases and rows
of words between semicolons. `any` stands for no one language.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

from talks.names import fold_words


def read_lists(name: str) -> dict[str, dict[str, str]]:
    """Return the texts of a file in TOML, by list and language."""
    return tomllib.loads(_read(name))


def read_lines(name: str) -> list[str]:
    """Return the lines of a text file."""
    return _read(name).splitlines()


def read_words(name: str) -> frozenset[str]:
    """Return all words in a text file."""
    return frozenset(_read(name).split())


def make_words(texts: Mapping[str, str]) -> frozenset[str]:
    """Return all words of all languages, as written and folded, so that both forms of a text can be compared."""
    return frozenset(word for text in texts.values() for word in (*text.split(), *fold_words(text).split()))


def make_phrases(texts: Mapping[str, str]) -> frozenset[str]:
    """Return the phrases of all languages, folded."""
    return frozenset(map(fold_words, list_phrases(texts)))


def list_phrases(texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the phrases of all languages in their order, as written."""
    return tuple(phrase for text in texts.values() for phrase in split_phrases(text))


def split_phrases(text: str) -> tuple[str, ...]:
    """Return the phrases between semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


def match_any(words: Iterable[str]) -> str:
    """Return a pattern, without brackets around it, that matches any of the words; longer ones are tried first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def number_words(texts: Mapping[str, str]) -> dict[str, int]:
    """Return a number for each word: its position, from 1, in its row of words."""
    return {word: number for row in list_phrases(texts) for number, word in enumerate(row.split(), 1)}


def _read(name: str) -> str:
    return files("talks.parsing.words").joinpath(name).read_text(encoding="utf-8")
