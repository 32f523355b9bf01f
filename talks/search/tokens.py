"""Splits texts into words, folds and stems the words, and recognises stop words. Pure.

Words are split and folded in the same way in notes and in queries of every language. Languages differ only in their
stop words and in which inflections count as the same word.
"""

import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer

from talks import names
from talks.late_patterns import compile_late

LONGEST_WORD = 60
DEFAULT_LANGUAGE = "en"
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_CODES = {name: code for code, name in _STEMMERS.items()} | {"japanese": "ja", "chinese": "zh", "korean": "ko"}
_RANGES = names.UNSPACED_RANGES + "\uff66-\uff9f"  # and half-width katakana
# Marks that are part of a letter where there is no composed one: Latin, Hebrew, Arabic, Devanagari, Bengali.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
_LETTER = rf"(?:[^\W_{_RANGES}][{_MARKS}]*)"
# Signs that belong to a name stay at its word: C++, C#, .NET.
_WORD = compile_late(
    rf"[{_RANGES}]+ | (?:(?<![^\s(\[/,;])\.(?=[^\W\d]))?{_LETTER}+(?:(?:\+\+|\#)(?![+\#]))?",
    re.VERBOSE,
)
# The same in a text of ASCII alone, with the sign that joins a word to the next.
_PLAIN_WORD = re.compile(
    r"((?:(?<![^\s(\[/,;])\.(?=[a-z]))?[a-z0-9]+(?:(?:\+\+|\#)(?![+\#]))?)([-./:'&_](?=[a-z0-9])|/(?=\.[a-z]))?"
)
_JOINTS = "-./:'&_"
# Makes all signs spaces but those that may belong to a word or join it to the next one.
_WORDS_AND_JOINTS = bytes(
    code if chr(code).isalnum() or chr(code) in f"{_JOINTS}+#" else ord(" ") for code in range(128)
).ljust(256)
_UNSPACED = compile_late(rf"[{_RANGES}]")
_JOINS = frozenset("-./:'’&‐‑_")
# Signs that do to words what a sign of ASCII does.
_PLAIN_SIGNS = str.maketrans(
    {"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "} | dict.fromkeys("“”„‘–—…•", '"')
)
# Latin letters, most of which are folded to letters of ASCII, and signs that end a word as a quotation mark does.
_LATIN = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]{1,30}")
_OTHER_SIGN = compile_late(rf"[^\x00-\x7f\w\s{_RANGES}{_MARKS}]")
_MOST_JOINED = 3
_UNSTEMMED = re.compile(r"[^\W\d_]{3,}")
_GERMAN_UMLAUTS = re.compile(r"(?<=[^aeqou])(ae|oe|ue)|^(ae|oe|ue)")
# French and Italian articles and the like that lose their vowel before a noun: "d'écran".
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|(?:jus|lors|puis)?qu|all|dall|dell|nell|quell|sull|un)['\u2019](?=\w{2})", re.IGNORECASE
)
_INITIAL = re.compile(r"[^\W\d_]\.")
_ADDRESS = re.compile(r"(https?://)\S+|(?:[^\W_](?:[\w-]*[^\W_])?\.)+[a-z]{2,}/\S*|www\.\S+", re.IGNORECASE)
_own = threading.local()


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, its span in the text, and its position among the text's words, from 0.

    Two or three words joined by a sign yield the joined word too: `CI/CD` is `ci`, `cd`, and `cicd` at the position of
    `ci`. Numbers do not: `1.1` is not `11`. Text in a script without spaces yields all pairs of neighbouring letters,
    and its last letter alone.
    """

    word: str
    start: int
    end: int
    number: int


def cut_words(text: str) -> Iterator[Token]:
    """Yield the folded words of a text in order.

    Yielded too are the words that a sign joins, as one (`cicd` for "CI/CD"), and, in scripts without spaces, pairs of
    letters instead of words: see `Token`.
    """
    number = 0
    parts: list[Token] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if parts and not (start == parts[-1].end + 1 and text[start - 1] in _JOINS):
            yield from _join(parts)
            parts = []
        if _UNSPACED.match(match[0]):
            yield from _join(parts)
            parts = []
            for token in _cut_pairs(match[0], start, number):
                yield token
                number = token.number + 1
        elif word := fold_word(match[0]):
            token = Token(word, start, end, number)
            yield token
            parts.append(token)
            number += 1
    yield from _join(parts)


def number_words(text: str) -> list[tuple[str, int]]:
    """Return pairs (word, position) of the words of `cut_words`, but faster for texts in Latin letters."""
    if not text.isascii():
        plain = text.translate(_PLAIN_SIGNS)
        if not plain.isascii():
            plain = _OTHER_SIGN.sub('"', _LATIN.sub(lambda letters: fold_word(letters[0]), plain))
        if not plain.isascii():
            return [(token.word, token.number) for token in cut_words(text)]
        text = plain
    text = text.lower()
    spaced = text.encode().translate(_WORDS_AND_JOINTS).decode()
    found: list[tuple[str, int]] = []
    number = 0
    # What stands before a full stop at the beginning of a word must be seen.
    for piece in [text] if " ." in spaced or spaced.startswith(".") else spaced.split():
        if (word := piece.rstrip(_JOINTS)).isalnum():
            found.append((word[:LONGEST_WORD], number))
            number += 1
        else:
            number = _number_joined(piece, number, found)
    return found


def _number_joined(text: str, number: int, found: list[tuple[str, int]]) -> int:
    """Add to `found` the words of a text in small letters of ASCII, and joined ones; return the next position."""
    parts: list[str] = []
    for word, joint in _PLAIN_WORD.findall(text):
        word = word[:LONGEST_WORD]
        found.append((word, number))
        number += 1
        if joint:
            parts.append(word)
        elif parts:
            parts.append(word)
            if len(parts) <= _MOST_JOINED and not (joined := "".join(parts)).isdecimal():
                found.append((joined[:LONGEST_WORD], number - len(parts)))
            parts = []
    return number


def list_words(text: str) -> list[str]:
    """Return the folded words of a text in order, without words that are joined from others."""
    found: dict[int, str] = {}
    for token in cut_words(text):
        found.setdefault(token.number, token.word)
    return list(found.values())


def list_phrase(text: str) -> list[str]:
    """Return the folded words of a phrase in order, without words that are joined from others.

    Text in a script without spaces gives its pairs of letters, but not its last letter alone.
    """
    words = list_words(text)
    return [
        word for place, word in enumerate(words)
        if not (len(word) == 1 and is_pair(word) and place and words[place - 1].endswith(word))
    ]  # fmt: skip


def drop_article(text: str) -> str:
    """Return a word without an article that an apostrophe joins to it: "écran" for "d'écran"."""
    return _ELIDED.sub("", text, count=1) if _ELIDED.match(text) else text


def list_joined(text: str) -> list[str]:
    """Return only the words that `cut_words` joins from others: "cicd" for "CI/CD", and nothing for "1.1"."""
    words = set(list_words(text))
    return [token.word for token in cut_words(text) if token.word not in words]


def _cut_pairs(run: str, start: int, number: int) -> Iterator[Token]:
    folded = _fold(run)
    aligned = len(folded) == len(run)  # not so with half-width letters and their marks
    for place in range(len(folded)):
        pair = folded[place : place + 2]
        span = (start + place, start + place + len(pair)) if aligned else (start, start + len(run))
        yield Token(pair, *span, number + place)


def _join(parts: list[Token]) -> Iterator[Token]:
    word = "".join(part.word for part in parts) if 1 < len(parts) <= _MOST_JOINED else ""
    if word and not word.isdecimal():
        yield Token(word[:LONGEST_WORD], parts[0].start, parts[-1].end, parts[0].number)


@lru_cache(maxsize=50_000)
def fold_word(raw: str) -> str:
    """Return a word in the form for comparing: without case, width and accents, and cut to `LONGEST_WORD` letters.

    The voicing of kana and the Russian й are no accents and stay. Letters such as "ø" become plain ones (`names`).
    """
    return raw.lower()[:LONGEST_WORD] if raw.isascii() else _fold(raw)[:LONGEST_WORD]


def _fold(raw: str) -> str:
    folded = names.spell_plainly(unicodedata.normalize("NFKC", raw).casefold())
    return "й".join(map(names.drop_accents, unicodedata.normalize("NFC", folded).split("й")))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the part that the inflections of a folded word have in common; an empty `language` stands for English.

    A word with a sign or digit, of fewer than three letters, in a script without spaces, or in a language without a
    stemmer is returned unchanged.
    """
    algorithm = _STEMMERS.get(language or DEFAULT_LANGUAGE)
    if not algorithm or not _UNSTEMMED.fullmatch(word) or _UNSPACED.match(word):
        return word
    stemmers = _own.__dict__
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return str(stemmers[algorithm].stemWord(word)) or word


def asks(word: str) -> bool:
    """Whether a folded word is a question word such as "how"."""
    return word in _read_list("asking")


def count_introduction(words: Iterable[str]) -> int:
    """Return how many folded words at the start of a query only introduce its topic; 0 if there is no introduction.

    The last of these words leads to the topic: "my notes on", "what did I write about", "did anyone mention". The words
    before it are stop words and words for notes or, in a question, for noting. A question how or why has no
    introduction.
    """
    asked = introduced = False
    for place, word in enumerate(words, start=1):
        if (introduced and word in _read_list("leading")) or (asked and word in _read_list("mentioning")):
            return place
        told = word in _read_list("noted") or ((asked or introduced) and word in _read_list("noting"))
        if word in ("how", "why") or not (told or says_nothing(word)):
            break
        asked, introduced = asked or asks(word), introduced or told
    return 0


def guess_language(words: Iterable[str]) -> str:
    """Return the code of the language of which most of these folded words are stop words.

    Return "en" if no language has two of them, or English has as many as the best.
    """
    words = list(words)
    counts = {code: sum(word in stops for word in words) for code, stops in _load_stop_words().items()}
    best = max(counts, key=lambda code: (counts[code], code == DEFAULT_LANGUAGE))
    return best if counts[best] > 1 else DEFAULT_LANGUAGE


def says_nothing(word: str, language: str = DEFAULT_LANGUAGE) -> bool:
    """Whether a folded word is a stop word of `language` or of English, or a single Latin letter other than c and r.

    `language` must be one that has a list of stop words, as `guess_language` returns it.
    """
    stops = _load_stop_words()
    if word in stops[DEFAULT_LANGUAGE] or word in stops[language]:
        return True
    return len(word) == 1 and word.isascii() and word.isalpha() and word not in "cr"


def says_nothing_anywhere(word: str) -> bool:
    """Whether a folded word is a stop word of any language."""
    return any(word in stops for stops in _load_stop_words().values())


def says_little(word: str) -> bool:
    """Whether a folded word is a stop word of any language, an everyday word of any topic, or a small number."""
    return says_nothing_anywhere(word) or word in _read_list("everyday") or is_small_number(word)


def is_small_number(word: str) -> bool:
    """Whether the word is a number of one or two digits, which matters only beside another word: "java 8"."""
    return word.isdecimal() and len(word) < 3


def is_initial(text: str) -> bool:
    """Whether the text is the initial of a name: "R." of "R. Hickey"."""
    return bool(_INITIAL.fullmatch(text))


def read_address(text: str) -> str:
    """Return the text as a web address, with `https://` added if it has no scheme; empty if it is no address.

    A host alone, such as "example.org", is no address, unless it begins with "www.".
    """
    match = _ADDRESS.fullmatch(text)
    return (text if match[1] else f"https://{text}") if match else ""


def says_something_paired(word: str) -> bool:
    """Whether a folded stop word matters beside another word, as "no" does in "say no"."""
    return word in _read_list("paired")


@cache
def _read_file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stop_words.toml").read_text(encoding="utf-8"))


@cache
def _read_list(name: str) -> frozenset[str]:
    """Return the words of one list in stop_words.toml, which says what each list is for."""
    return frozenset(_read_file()[name].split())


@cache
def _load_stop_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(map(fold_word, words.split())) for code, words in _read_file()["stop_words"].items()}


def read_language(name: str) -> str:
    """Return the code of a language, given its code or its English name; any other word is returned folded.

    A region in the code is cut off: "pt" for "pt-BR".
    """
    name = fold_word(name).split("-")[0]
    return _CODES.get(name, name)


def is_language(name: str) -> bool:
    """Whether the text is the English name of a known language, or a code of two or three letters."""
    code = read_language(name)
    return code in _CODES.values() or (code.isascii() and code.isalpha() and len(code) in (2, 3))


def respell_umlauts(word: str) -> str:
    """Return the word with `ae`, `oe` and `ue` as `a`, `o` and `u`, the letters to which umlauts are folded.

    After a, e, o, u or q they are no umlauts and stay: "queue".
    """
    return _GERMAN_UMLAUTS.sub(lambda pair: pair[0][0], word)


def is_pair(word: str) -> bool:
    """Whether the word is a pair of letters of a script without spaces, or the last letter of such a text alone."""
    return bool(_UNSPACED.match(word))
