"""Finds the names of a vocabulary in texts: one pass, whose time does not depend on how many names there are.

A text is read word by word along a trie of all spellings. Its root is one dictionary, so a word that begins no name
costs one look-up, and one that does costs as many as the longest name that begins so has words. An automaton over
characters would be quicker still in C, but could not know words, plurals, hyphens and accents without a second look.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from talks import names
from talks.vocabulary.shipped_tags import Subject
from talks.vocabulary.word_runs import Words, fold_plural, spell, split_words

_SHORT = 2
_LETTER_BEHIND = re.compile(r"[+#]|[&'.-][^\W_]")
_LETTER_BEFORE = re.compile(r"[^\W_][&'.-]$")
# What follows a verb and no name: "React to", "Go for a".
_VERB_TAKES = """
    a an at down for from her his into it its my on our out over the their them this to up us your
"""
_AFTER_VERB = frozenset(_VERB_TAKES.split())
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•>*\"“(]|\n\s*(?:[-*+]|\d+[.)]))\W*$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name. With `unless` it is a phrase in which that name is not meant.

    Without a key it is no name, but a word of one or two letters on which others depend.
    """

    key: str
    raw: tuple[str, ...]
    case: bool = False
    near: frozenset[str] = frozenset()
    unless: bool = False


@dataclass(slots=True)
class _Node:
    """Where words lead to: further words, names that end here, and names that end here but for a plural s."""

    further: dict[str, "_Node"] = field(default_factory=dict)
    exact: list[Spelling] = field(default_factory=list)
    plural: list[Spelling] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


Hit = tuple[int, int, bool, Spelling]  # first word, number of words, whether exactly so, and what stands there


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be named in a text, and the words on which it depends whether it is."""

    hits: tuple[Hit, ...]
    marks: frozenset[str]


class Matcher:
    """Names as a trie."""

    def __init__(self, subjects: Iterable[Subject] = ()) -> None:
        self._root = _Node()
        marks: dict[str, set[str]] = {}
        subjects = list(subjects)
        known = {spell(way): subject for subject in subjects for way, wary in subject.list_spellings() if not wary}
        for subject in subjects:
            self._add_subject(subject, known, marks)
        for spelling, meant in marks.items():
            self.mark(spelling, meant)

    def _add_subject(self, subject: Subject, known: dict[str, Subject], marks: dict[str, set[str]]) -> None:
        """Its spellings and the phrases that are none. A condition `with` a subject is met by any of its spellings."""
        near = frozenset(spell(way) for way in subject.near)
        own = {way for way, wary in subject.list_spellings() if not wary}
        if near:
            for way in (*subject.near, *own):
                marks.setdefault(way, set()).add(spell(way))
                for other, wary in known[spell(way)].list_spellings() if spell(way) in known else ():
                    if not wary:
                        marks.setdefault(other, set()).add(spell(way))
            near |= {spell(way) for way in own}
        for way, wary in subject.list_spellings():
            self.add(subject.key, way, case=subject.case and wary, near=near if wary else frozenset())
        for phrase in subject.unless:
            self._store(split_words(phrase), Spelling(subject.key, (), unless=True))

    def add(self, key: str, way: str, *, case: bool = False, near: frozenset[str] = frozenset()) -> None:
        """One more way to write `key`. One or two letters are found as they are written, and never in small letters."""
        words = split_words(names.normalise(way))
        alone = len(words.raw) == 1 and len(words.raw[0]) <= _SHORT
        raw = [word.upper() if alone and word.islower() else word for word in words.raw]
        self._store(words, Spelling(key, tuple(raw), case or alone, near))

    def _store(self, words: Words, spelling: Spelling) -> None:
        if words.raw:
            *_, (parent, gap) = self._walk(words)
            last, singular = words.folded[-1], fold_plural(words.raw[-1], words.folded[-1])
            parent.further.setdefault(gap + last, _Node()).exact.append(spelling)
            parent.further.setdefault(gap + singular, _Node()).plural.append(spelling)

    def mark(self, way: str, meant: set[str]) -> None:
        """A word on which names depend: where it stands, what depends on one of `meant` may be meant too."""
        words = split_words(way)
        if len(words.raw) == 1 and len(way) <= _SHORT:
            self._store(words, Spelling("", (way,), case=True, near=frozenset(meant)))
            return
        *_, (parent, gap) = self._walk(words)
        for last in {words.folded[-1], fold_plural(words.raw[-1], words.folded[-1])}:
            parent.further.setdefault(gap + last, _Node()).marks.update(meant)

    def _walk(self, words: Words) -> Iterator[tuple[_Node, str]]:
        """Each node on the way to the last word, made where there is none, and what stands behind it."""
        node, gap = self._root, ""
        for place in range(len(words.folded)):
            if place:
                node = node.further.setdefault(gap + words.folded[place - 1], _Node())
                gap = words.join(place)
            yield node, gap

    def read(self, words: Words) -> Reading:
        """All that a text may name."""
        hits: list[Hit] = []
        marks: set[str] = set()
        first = self._root.further
        for place, word in enumerate(words.folded):
            if word in first or (word.endswith("s") and fold_plural(words.raw[place], word) in first):
                self._follow(words, place, hits, marks)
        for _, _, _, spelling in hits:
            if not spelling.key:
                marks |= spelling.near
        return Reading(tuple(hit for hit in hits if hit[3].key), frozenset(marks))

    def _follow(self, words: Words, start: int, hits: list[Hit], marks: set[str]) -> None:
        """Collect what begins at a word, the longest last."""
        node: _Node | None = self._root
        gap = ""
        for place in range(start, len(words.raw)):
            gap = words.join(place) if place > start else gap
            folded = words.folded[place]
            singular = fold_plural(words.raw[place], folded)
            size = place - start + 1
            below = node.further if node else {}
            if (stem := below.get(gap + singular)) is not None:
                marks |= stem.marks
                hits += [(start, size, False, s) for s in stem.plural if _fits(s, words, start)]
            node = below.get(gap + folded)
            if node is None:
                return
            marks |= node.marks
            hits += [(start, size, True, s) for s in node.exact if _fits(s, words, start)]


def _fits(spelling: Spelling, words: Words, start: int) -> bool:
    """Whether the signs around it, and where it matters its case, let the name stand there."""
    if spelling.unless:
        return True
    size = len(spelling.raw)
    here, _ = words.spans[start]
    if here > 1 and words.text[here - 1] == "." and words.text[here - 2].isalnum():
        return False
    if not spelling.case:
        return True
    *inner, last = words.raw[start : start + size]
    if inner != list(spelling.raw[:-1]) or last not in (spelling.raw[-1], spelling.raw[-1] + "s"):
        return False
    if size > 1:
        return True
    if len(last) <= _SHORT and not _stands_alone(words, start):
        return False
    following = words.folded[start + 1] if start + 1 < len(words.raw) else ""
    return following not in _AFTER_VERB or not _SENTENCE_END.search(words.text[max(0, here - 8) : here])


def _stands_alone(words: Words, place: int) -> bool:
    """Whether one or two letters are a name, and not an initial, a quantity or a part of R&D."""
    start, end = words.spans[place]
    if _LETTER_BEHIND.match(words.text, end) or _LETTER_BEFORE.search(words.text, max(0, start - 2), start):
        return False
    before = words.raw[place - 1] if place else ""
    if before.isdecimal() and words.join(place) == " ":
        return False
    return not (before.istitle() and words.text.startswith(". ", end) and words.text[start - 1] == " ")
