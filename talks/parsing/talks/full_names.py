"""Measures how much a text looks like the full name of one person."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.east_asian_names import weigh_east_asian
from talks.parsing.words.common import COMMON_WORDS, EVERYDAY_WORDS
from talks.parsing.words.given_names import AMBIGUOUS_NAMES, GIVEN_NAMES, fold_given_name
from talks.parsing.words.talk_words import HONORIFICS, PARTICLES, PLACE_WORDS, UNNAMED_SPEAKERS

_TOKEN = re.compile(r"(?!\w*[\u3040-\u9fff\uac00-\ud7af])[^\W\d_](?:[^\W_]|[’'.\-])*\Z")
# "QCon", "GitHub", "JPEGs": capitals inside a word are a brand's, but for such surnames as McHugh.
_BRAND = re.compile(
    r"\A(?!(?:Ma?c|De|Di|Du|La|Le|Van|Vander|Von|Ver|Ten|Fitz|San|El|Al|Abd)[A-Z])(?:(?:[A-Z][a-z]+|[A-Z])[A-Z][a-z]|[A-Z]{2,}s\Z)"
)
# "Kyle d'Oliveira", "Tariq al-Rashid": a small particle that belongs to the capital after it.
_JOINED_PARTICLE = re.compile(r"\b(?:(?:d|l|dell|dall)['’]|(?:al|el|ul|ur|bin|ibn|de|da|di|van|von)-)(?=[^\W\d_a-z])")
_CAMEL = re.compile(r"[^\W\d_A-Z]*[A-Z][^\W\d_A-Z]*")
NICKNAME = r"[\"“„«‘'][^\W\d_][\w-]{1,14}[\"”“»’'](?=\s[^\W\d_a-z])"
"""A name in quotes within a name, as part of a pattern: Ann "Moss" Lee."""
_NICKNAME = re.compile(rf"\s(?<=\w\s){NICKNAME}")
_LEAST_ACRONYM, _PAIR, _THREE = 3, 2, 3
EDGES = ' \t.,;:!?–—-|*_"“”„«»'
_LARGE_PARTICLES = frozenset({"Van", "Von", "De", "Der", "Du", "Di", "Del", "Dos", "La", "Le"})
_SENTENCE_END = re.compile(r"[^\W\d_]{4}\. ")  # "Ann Lee. Nice"
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,3}|[B-HJ-NP-Z]")  # but no words: "A", "I", "O"
_ABBREVIATED = re.compile(r"[^\W\d_]\.")
# "Moss - Unknown Speaker", "Moss (TBA)", "Moss by ???".
_LAST_PART = re.compile(
    r"(?<=\S)(?:\s+[-–—|]+\s+|,?\s+(?:by|door|par|por|von)\s+|\s+[(\[])([^\s|()\[\]][^|()\[\]]{0,30})[)\]]?\s*\Z",
    re.IGNORECASE,
)
_LAST_OF_UNNAMED = frozenset(phrase.split()[-1] for phrase in UNNAMED_SPEAKERS)


def list_name_words(speakers: Iterable[ParsedSpeaker]) -> set[str]:
    """Return the words of the speakers' names as `fold_words` writes them: without case, accents and punctuation."""
    return {word for speaker in speakers for word in fold_words(speaker.name).split()}


@lru_cache(maxsize=4096)
def weigh_name(text: str) -> float:
    """Return how much the text looks like one person's full name, from 0 to 1."""
    text = _NICKNAME.sub("", text)
    tokens = text.split()
    while tokens and is_honorific(tokens):
        tokens.pop(0)
    if not tokens or len(tokens) > 6 or fold_words(text) in UNNAMED_SPEAKERS:
        return 0.0
    if not text.isascii() and (score := weigh_east_asian(text)) is not None:
        return score
    if (
        not all(map(is_name_token, tokens))
        or ("." in text and _SENTENCE_END.search(" ".join(tokens)))
        or ("keynote" in text.casefold() and fold_words(text).endswith(" keynote"))
    ):
        return 0.0
    tokens = _drop_initials(tokens)
    words = [token.casefold().strip(".") for token in tokens]
    first = words[0] if words[0].isascii() else fold_given_name(words[0])
    known = (first in GIVEN_NAMES or first.split("-")[0] in GIVEN_NAMES) and not _is_acronym(tokens[0], text)
    common = sum(len(word) > 1 and word in COMMON_WORDS for word in words[1:])
    common = common or (not known and _names_place(words))
    word = first in COMMON_WORDS and not _ABBREVIATED.fullmatch(tokens[0])  # "A. Lee" does not begin with an article
    if common or (word and not known and first not in AMBIGUOUS_NAMES):
        return 0.5 if known and common == 1 and len(tokens) == 2 else 0.0
    if len(tokens) == 1:
        return 0.45 if known else 0.15
    if tokens[-1] in PARTICLES:
        return 0.0  # "Jishnu Das" has a surname
    if _INITIALS.fullmatch(tokens[0]) and len(tokens) == 2 and len(words[1]) > 2 and not tokens[1].isupper():
        return 0.65
    if not known and (
        any(len(token) > 2 and token.isupper() for token in tokens) or not EVERYDAY_WORDS.isdisjoint(words[1:])
    ):
        return 0.15
    if known:
        return 0.95
    if first in AMBIGUOUS_NAMES or (len(tokens) == _THREE and _INITIALS.fullmatch(tokens[1])):
        return 0.7
    own = sum(word not in PARTICLES for word in words)  # "Fito von Zastro Alfons" is as long as three
    return (0.5, 0.45, 0.25, 0.15, 0.1)[max(0, own - 2)]


def drop_unnamed(title: str) -> str:
    """Return a title without "Unknown Speaker", "TBA" or "???" behind it, where the speaker would stand."""
    last = re.split(r"[\s/(\[]", title.rstrip(" .)]"))[-1].casefold()
    match = _LAST_PART.search(title) if last in _LAST_OF_UNNAMED or last.endswith("?") else None
    if match and (not match[1].strip("?") or fold_words(match[1]) in UNNAMED_SPEAKERS):
        return title[: match.start()]
    return title


def is_given_name(text: str) -> bool:
    """Whether a text is a given name with a capital, and perhaps a remark in brackets, that is no everyday word.

    "Andrew" and "Andrew (Initech)" are, "Grant" is not.
    """
    name = fold_given_name(text.partition(" (")[0].strip(EDGES))
    return text[:1].isupper() and name in GIVEN_NAMES and name not in AMBIGUOUS_NAMES


def _drop_initials(tokens: list[str]) -> list[str]:
    """Return the words of a name without initials before at least two others: "Ann Lee" of "P. Ann Lee"."""
    count = next((n for n, token in enumerate(tokens) if not _INITIALS.fullmatch(token)), 0)
    return tokens[min(count, max(0, len(tokens) - _PAIR)) :]


def _is_acronym(word: str, text: str) -> bool:
    """Whether a word is an acronym: three capitals or more, in a text that also has small letters, as in "DOM Trees".

    "LEE" is none in "LEE Ann", where another word is a given name.
    """
    if len(word) < _LEAST_ACRONYM or not word.isupper() or text.isupper():
        return False
    return GIVEN_NAMES.isdisjoint(other.casefold() for other in text.split() if other != word)


def _names_place(words: Sequence[str]) -> bool:
    """Whether one of the words, in the singular or plural, is a word for rooms at a venue: "West Ballrooms".

    "Ann Hall" has one too, so ask only about a name whose first word is no known given name.
    """
    return any(word in PLACE_WORDS or word.removesuffix("s") in PLACE_WORDS for word in words)


def is_honorific(tokens: Sequence[str]) -> bool:
    """Whether a name begins with a title such as "Dr.".

    "M." and "Rev" count only before two words: "M. Paul Shannon" is a Monsieur, but "M. Shannon" begins with an initial
    and "Rev Shannon" with a given name.
    """
    first = tokens[0].casefold()
    return first in HONORIFICS and (first not in ("m.", "rev") or len(tokens) > 2)


def is_name_token(token: str) -> bool:
    """Whether a word can be part of a name: it is capitalised and no brand, or it is a particle such as "van"."""
    if token.casefold() in PARTICLES:
        return True
    if not (token.isascii() and token.isalpha()):
        token = _JOINED_PARTICLE.sub("", token)
        if not _TOKEN.match(token):
            return False
    if not token[0].isupper() or token[1:].islower():
        return token[0].isupper()
    return not _BRAND.search(token) or {part.casefold() for part in _CAMEL.findall(token)} <= GIVEN_NAMES


def drop_honorific(name: str) -> str:
    """Return a name without the titles before it ("Prof. Dr."); a single word stays, whatever it is."""
    tokens = name.split()
    while len(tokens) > 1 and is_honorific(tokens):
        tokens.pop(0)
    return " ".join(tokens)


def turn_name(last: str, first: str, *, listed: bool = False) -> tuple[str, float] | None:
    """Return ("Ann Rossi", score) for "Rossi" and "Ann"; None if that is hardly a name.

    `listed`: other names beside it have commas too, so that even "Lee" and "Ann", both given names, are one name.
    """
    last, first = last.strip(EDGES), first.strip(EDGES)
    *small, name = last.split() or [""]
    if not name or not first or " " in first or not (is_name_token(name) and is_name_token(first)):
        return None
    if not set(small) <= PARTICLES | _LARGE_PARTICLES or set(fold_words(f"{last} {first}").split()) & COMMON_WORDS:
        return None
    sure = listed or bool(small) or (len(name) > 1 and name.isupper() and not first.isupper())
    known = [fold_words(word.split("-")[0]) in GIVEN_NAMES for word in (name, first)]
    if known[0] and not sure:
        return None
    return f"{first} {last}", 0.9 if known[1] or sure else 0.35
