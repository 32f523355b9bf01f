"""Corrects the stemmer for English: related words with different stems, and unrelated words with equal stems.

The stemmer looks at endings only. It does not know irregular verbs, nor that "customer" is no inflection of "custom".
`word_families.toml` lists the words that it gets wrong.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from talks.search.tokens import DEFAULT_LANGUAGE as ENGLISH
from talks.search.tokens import stem

_IFY = re.compile(r"(?<=..)if(?:y|ies|ied|ying|iers?|ication|ications)$")
# American and British ways to spell an ending, both ways.
_AFTER_IS = "(?=e$|ed$|es$|er$|ers$|ing$|able$|ation$|ations$)"
_BEFORE_OUR = "arm|behavi|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|rum|sav|tum|vap|vig"
_BEFORE_RE = "calib|cent|fib|lit|(?:centi|kilo|milli)?met|spect|theat"
_ENDINGS = (
    (re.compile(f"(?<=...)is{_AFTER_IS}"), "iz"),
    (re.compile(f"(?<=...)iz{_AFTER_IS}"), "is"),
    (re.compile(r"(?<=..)ys(?=e$|ed$|es$|er$|ers$|ing$)"), "yz"),
    (re.compile(r"(?<=..)yz(?=e$|ed$|es$|er$|ers$|ing$)"), "ys"),
    (re.compile(f"^((?:dis|mis|un)?(?:{_BEFORE_OUR}))our"), r"\1or"),
    (re.compile(f"^((?:dis|mis|un)?(?:{_BEFORE_OUR}))or(?!u)"), r"\1our"),
    (re.compile(r"(?<=[cd][ei]n|fen)c(?=e$|es$)"), "s"),
    (re.compile(r"(?<=[cd][ei]n|fen)s(?=e$|es$)"), "c"),
    (re.compile(r"(?<=alo|ial)gue(?=s?$)"), "g"),
    (re.compile(r"(?<=alo|ial)g(?=s?$)"), "gue"),
    (re.compile(f"^({_BEFORE_RE})re(?=s?$)"), r"\1er"),
    (re.compile(f"^({_BEFORE_RE})er(?=s?$)"), r"\1re"),
)


def list_stems(word: str) -> set[str]:
    """Return the English stems of a folded word in its British and American spelling, and of words related to it."""
    own = {stem(spelt, ENGLISH) for spelt in (word, *_respell(word))}
    if _IFY.search(word):
        own |= {stem(_IFY.sub(ending, word), ENGLISH) for ending in ("ify", "ification")}
    return own.union(*(_load_families().get(one, ()) for one in own))


def are_strangers(word: str, other: str) -> bool:
    """Whether `word_families.toml` says that two folded words, which have one stem, are unrelated."""
    sides = _load_strangers()
    return word in sides and other in sides and sides[word] != sides[other]


def _respell(word: str) -> Iterator[str]:
    return (spelt for ending, other in _ENDINGS if (spelt := ending.sub(other, word)) != word)


@cache
def _read_file() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _load_families() -> dict[str, set[str]]:
    """Return for each stem the stems of its related words, itself included."""
    found: dict[str, set[str]] = {}
    for family in _read_file()["families"].split(";"):
        stems = {stem(word, ENGLISH) for word in family.split()}
        for one in stems:
            found.setdefault(one, set()).update(stems)
    return found


@cache
def _load_strangers() -> dict[str, int]:
    """Return a number for each word among the `strangers` of `word_families.toml`.

    Words with one stem but different numbers are unrelated.
    """
    sides = re.split("[|;]", _read_file()["strangers"])
    return {word: number for number, side in enumerate(sides) for word in side.split()}
