"""Which names a text mentions, as whole words."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from talks import names as spelling
from talks.relating.plain import read_plain

_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
_BETWEEN = re.compile(r"[\s‐‑–-]+")
_INITIAL = re.compile(r"[&.'’-][^\W_]")
# Names of things that are also words of everyday English: `Go` is a language, `go` is not.
_EVERYDAY_WORDS = """
    access ant atom basic beam buck chef crystal dart drill echo elm ember envoy excel express fish flow flux forth glue
    go hack helm hive home jest less logo make mean meteor mocha nest new next nomad oracle packer pants pig play pony
    presto puppet react rest rocket rust salt scheme scratch self shell slack spark spring square storm stripe swarm
    swift teams vault word zoom
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a name: its words, what stands between them, signs at both ends."""

    key: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    before: str
    after: str

    @property
    def length(self) -> int:
        return sum(map(len, self.words)) + sum(map(len, self.gaps)) + len(self.before) + len(self.after)

    @property
    def exact(self) -> bool:
        """Whether case matters: `C`, `Go` and `React` are found as such only."""
        word = self.words[0]
        alone = len(self.words) == 1 and not self.before and not self.after
        return alone and (len(word) <= 2 or word.casefold() in _EVERYDAY)


def find_mentions(texts: Iterable[str], names: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """For each markdown text the keys of `names` (key -> spellings) that it mentions.

    Case, accents, a plural s and hyphens between words do not count; of names that begin at the same word
    the longest is meant.
    """
    index = _Index(names)
    return [index.find(text) for text in texts]


class _Index:
    """Spellings by their first word, longest first, so that a text is read once whatever the number of names."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.unspaced: list[tuple[str, str]] = []
        self.spellings: dict[str, list[_Spelling]] = defaultdict(list)
        for key, ways in names.items():
            for way in ways:
                if spelling.is_unspaced(way):
                    self.unspaced.append((spelling.fold_accents(way), key))
                elif found := _read_spelling(key, way):
                    first = _forms_of_name(found.words[0]) if len(found.words) == 1 else {found.words[0].casefold()}
                    for form in first:
                        self.spellings[form].append(found)
        for candidates in self.spellings.values():
            candidates.sort(key=lambda candidate: -candidate.length)

    def find(self, text: str) -> set[str]:
        plain = _strip_accents(read_plain(text))
        found = set()
        if self.unspaced:
            folded = spelling.fold_accents(plain)
            found = {key for name, key in self.unspaced if name in folded}
        words = list(_WORD.finditer(plain))
        place = 0
        while place < len(words):
            match = next((c for c in self._candidates(words[place][0]) if _stands_at(c, plain, words, place)), None)
            if match:
                found.add(match.key)
            place += len(match.words) if match else 1
        return found

    def _candidates(self, word: str) -> list[_Spelling]:
        exact, *singular = _forms_of_word(word)
        candidates = self.spellings.get(exact, [])
        if singular and (others := self.spellings.get(singular[0])):
            return sorted({*candidates, *others}, key=lambda candidate: (-candidate.length, candidate.key))
        return candidates


def _strip_accents(text: str) -> str:
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in marked if not unicodedata.combining(c)))


def _read_spelling(key: str, name: str) -> _Spelling | None:
    """The name taken apart; None where it holds no letter or digit."""
    name = _strip_accents(spelling.normalise(name))
    words = list(_WORD.finditer(name))
    if not words:
        return None
    gaps = [name[left.end() : right.start()] for left, right in pairwise(words)]
    before, after = name[: words[0].start()], name[words[-1].end() :]
    return _Spelling(
        key,
        tuple(word[0] for word in words),
        tuple(" " if _BETWEEN.fullmatch(gap) else gap.strip() for gap in gaps),
        "." if before.endswith(".") else "",
        after if set(after) <= {"+", "#"} else "",
    )


def _forms_of_word(word: str) -> tuple[str, ...]:
    """What a word of a text may stand for: itself, and its singular."""
    folded = word.casefold()
    plural = len(word) > 2 and word.endswith("s") and not word.endswith("ss")
    return (folded, folded[:-1]) if plural else (folded,)


def _forms_of_name(word: str) -> set[str]:
    """As for a text, but `News` is no plural of `new`, nor `AWS` of anything."""
    return {form for form in _forms_of_word(word) if len(word) > 3 and form not in _EVERYDAY} | {word.casefold()}


def _stands_at(name: _Spelling, text: str, words: list[re.Match[str]], place: int) -> bool:
    """Whether the name is written there, given that its first word may be."""
    found = words[place : place + len(name.words)]
    if len(found) < len(name.words):
        return False
    for (left, right), gap in zip(pairwise(found), name.gaps, strict=True):
        between = text[left.end() : right.start()]
        if not (_BETWEEN.fullmatch(between) if gap == " " else between == gap or between.strip() == gap in "/&"):
            return False
    *inner, last = zip(found, name.words, strict=True)
    if any(word[0].casefold() != wanted.casefold() for word, wanted in inner):
        return False
    if not _forms_of_name(last[1]) & set(_forms_of_word(last[0][0])):
        return False
    if name.exact and not _has_case(found[0][0], name.words[0]):
        return False
    return _is_bounded(name, text, found[0].start(), found[-1].end())


def _has_case(word: str, wanted: str) -> bool:
    """Whether the word is written like the name; a name in small letters alone stands for a written large one."""
    accepted = {wanted.capitalize(), wanted.upper()} if wanted.islower() else {wanted}
    return word in accepted or (word.endswith("s") and word[:-1] in accepted)


def _is_bounded(name: _Spelling, text: str, start: int, end: int) -> bool:
    """Whether the name is no part of a longer one: C in C++, C#, R in R&D, .NET in internet, JS in Node.js."""
    before = text[max(0, start - 2) : start]
    if name.before:
        if not before.endswith(name.before) or before[:-1].isalnum():
            return False
    elif len(before) == 2 and before[1] == "." and before[0].isalnum():
        return False
    if name.after:
        rest = text[end + len(name.after) : end + len(name.after) + 1]
        return text.startswith(name.after, end) and rest not in {"+", "#"}
    if text.startswith(("++", "#"), end):
        return False
    if name.exact and len(name.words[0]) == 1:
        return not _INITIAL.match(text, end) and not (len(before) == 2 and _INITIAL.match(before[::-1]))
    return True
