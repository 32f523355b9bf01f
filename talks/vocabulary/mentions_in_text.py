"""Finds mentions of tags in texts, in one pass whose time does not depend on the number of names. Pure.

A text is read word by word along a trie of all spellings: a word needs one look-up if it begins no name, otherwise as
many as the longest such name has words. An automaton over characters would be faster in C, but knows nothing of words,
plurals, hyphens and accents.

Some names are ambiguous (Go, C, R). An ambiguous spelling counts only if one of its clues, words such as "compiler",
occurs in the same talk, or if a post of the talk has the tag.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from talks import names
from talks.value_classes import value_class
from talks.vocabulary import equal_spellings
from talks.vocabulary.equal_spellings import Words, fold_spelling, fold_word, read_plain, split_name, split_words
from talks.vocabulary.table_cache import load_table
from talks.vocabulary.tag_names import ShippedTag, index_shipped, load_shipped, recognise

_SHORT = 2
_MOST_STARTS = 20_000  # words remembered with what begins with them
_EXACT, _PLURAL = "exact", "plural"
_LETTER_BEHIND = re.compile(r"[+#]|[&'.-][^\W_]")
_LETTER_BEFORE = re.compile(r"[^\W_][&'.-]$")
_SEPARATOR = re.compile(r"\A[\W_]+")
# Words that follow a verb and never a name: "React to", "Go for a".
_VERB_TAKES = """
    a an at down for from her his into it its my on our out over the their them this to up us your
"""
_AFTER_VERB = frozenset(_VERB_TAKES.split())
# The label of a link that says where or in what format something lies: "[pdf](…)", "[GitHub](https://github.com/…/…)".
_LABEL_OF_PLACE = re.compile(
    r"\[(?:(?:html|pdf|json|xml|csv|svg|markdown)\](?=\()"
    r"|(github|gitlab|youtube|vimeo|twitter|linkedin|facebook|slack|wikipedia)\](?=\(<?https?://(?:[\w-]+\.)?\1\.\w+/\w))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•>*\"“(]|\n\s*(?:[-*+]|\d+[.)]))\W*$")


class Spelling(NamedTuple):
    """A spelling of a tag for which texts are searched, and the conditions on which it counts as a mention of the tag.

    `key` is the tag's folded name, `raw` are the spelling's words without accents, `accented` tells whether it has
    some. With `case` only this case counts; with `near` it counts only if the talk has one of these clues. With
    `unless` it is a phrase in which the tag's names do not count. With no `key` it is a short word that, in this case,
    gives the clues `near`.
    """

    key: str
    raw: tuple[str, ...]
    case: bool = False
    near: frozenset[str] = frozenset()
    unless: bool = False
    accented: bool = False

    def __reduce__(self) -> tuple[type["Spelling"], tuple[Any, ...]]:
        return Spelling, tuple(self)  # by which it is sent to another process in half the time


@dataclass(slots=True)
class _Node:
    """A node of the trie, reached by a word: the next words' nodes, and the spellings and clues that end here.

    `exact` are the spellings whose last word is the node's, `plural` those whose last word has it as singular.
    `following`, of first words' nodes only, are the next words without the separators before them.
    """

    further: dict[str, "_Node"] = field(default_factory=dict)
    exact: list[Spelling] = field(default_factory=list)
    plural: list[Spelling] = field(default_factory=list)
    clues: set[str] = field(default_factory=set)
    following: set[str] = field(default_factory=set)

    def reach(self, word: str) -> "_Node":
        """Return the node that this next word, with the separator before it, leads to; it is made if missing."""
        node = self.further.get(word)
        if node is None:
            node = self.further[word] = _Node()
        return node


Hit = tuple[int, int, bool, Spelling]
"""Position of the first word, number of words, whether the text has exactly this spelling, and the spelling."""


class FoundNames(NamedTuple):
    """The spellings found in a text, ambiguous ones included, and the clues found in the text."""

    hits: tuple[Hit, ...]
    clues: frozenset[str]

    def __reduce__(self) -> tuple[type["FoundNames"], tuple[Any, ...]]:
        return FoundNames, tuple(self)  # likewise


_NOTHING = FoundNames((), frozenset())

Rule = Sequence[Any]
"""How to put a spelling or clue into the trie, in what JSON can say: the steps from the first word to the last but one,
the last word as it is written and in the singular, and then the fields of the spelling, or what the clue supports."""

NOTHING_PACKED: Mapping[str, str] = {}


@dataclass(slots=True)
class _Start:
    """What a word of a text can begin: clues and spellings of this word alone, and longer spellings.

    `spellings` are pairs: whether the text has exactly this spelling, not its plural, and the spelling. `node` leads to
    longer spellings; None if there are none.
    """

    clues: frozenset[str]
    spellings: tuple[tuple[bool, Spelling], ...]
    node: _Node | None


class _Starts(dict[str, _Start | None]):
    """By word, as texts write it, what the word can begin: a `_Start`, or None; looked up in the trie once per word."""

    def __init__(self, reach: Callable[[str], _Node | None]) -> None:
        super().__init__()
        self._reach = reach

    def __missing__(self, raw: str) -> _Start | None:
        if len(self) >= _MOST_STARTS:
            self.clear()
        word, singular = fold_word(raw)
        stem, node = self._reach(singular), self._reach(word)
        found = None
        if stem or node:
            longer = node if node and node.further else None
            clues = frozenset().union(*(each.clues for each in (stem, node) if each))
            found = _Start(clues, tuple(_list_spellings(stem, node)), longer)
        self[raw] = found
        return found


class Matcher:
    """Finds the names of tags, and clues, in texts, by a trie of all spellings.

    Rules (spellings and clues) are kept by their first word, whose part of the trie is built when a text first has it.
    `packed` are the rules that `pack_rules` of another matcher returned.
    """

    def __init__(self, tags: Iterable[ShippedTag] = (), packed: Mapping[str, str] = NOTHING_PACKED) -> None:
        self._nodes: dict[str, _Node | None] = dict.fromkeys(packed)
        self._starts = _Starts(self._reach)
        self.packed = packed
        self._rules: defaultdict[str, list[Rule]] = defaultdict(list)
        clues: dict[str, set[str]] = {}
        tags = list(tags)
        known = {fold_spelling(way): tag for tag in tags for way, wary in tag.list_spellings() if not wary}
        for tag in tags:
            self._add_shipped(tag, known, clues)
        for spelling, meant in clues.items():
            self.add_clue(spelling, meant)

    def pack_rules(self) -> dict[str, str]:
        """Return the matcher's rules by first word, in JSON, of which a process decodes only what it needs."""
        return {first: json.dumps(held, ensure_ascii=False) for first, held in self._rules.items()}

    def _add_shipped(self, tag: ShippedTag, known: dict[str, ShippedTag], clues: dict[str, set[str]]) -> None:
        """Add the names and `unless` phrases of a shipped entry, and to `clues` what counts as which of its clues.

        If a clue is an unambiguous spelling of another entry, all unambiguous spellings of that entry count as this
        clue. `known` has the entries by such spellings.
        """
        near = frozenset(fold_spelling(way) for way in tag.near)
        own = {way for way, wary in tag.list_spellings() if not wary}
        if near:
            for way in (*tag.near, *own):
                clues.setdefault(way, set()).add(fold_spelling(way))
                for other, wary in known[fold_spelling(way)].list_spellings() if fold_spelling(way) in known else ():
                    if not wary:
                        clues.setdefault(other, set()).add(fold_spelling(way))
            near |= {fold_spelling(way) for way in own}
        for way, wary in tag.list_spellings():
            self.add(tag.key, way, case=tag.case and wary, near=near if wary else frozenset())
        for phrase in tag.unless:
            self._store(split_name(phrase), Spelling(tag.key, (), unless=True))

    def add(self, key: str, way: str, *, case: bool = False, near: frozenset[str] = frozenset()) -> None:
        """Add the spelling `way` of the tag with the folded name `key`; `Spelling` explains `case` and `near`.

        A spelling of one or two letters is found only in its case or, if that is lower case, only in capitals.
        """
        words = split_name(names.normalise(way))
        alone = len(words.raw) == 1 and len(words.raw[0]) <= _SHORT
        raw = [word.upper() if alone and word.islower() else word for word in words.raw]
        accented = any(map(words.is_accented, range(len(raw))))
        self._store(words, Spelling(key, tuple(raw), case or alone, near, accented=accented))

    def _store(self, words: Words, spelling: Spelling) -> None:
        fields = (spelling.key, spelling.raw, spelling.case, sorted(spelling.near), spelling.unless, spelling.accented)
        self._add_rule(words, fields)

    def add_clue(self, way: str, meant: set[str]) -> None:
        """Add a clue: a text that contains `way` has all the clues in `meant`, which ambiguous spellings need."""
        words = split_name(way)
        if len(words.raw) == 1 and len(way) <= _SHORT:
            self._store(words, Spelling("", (way,), case=True, near=frozenset(meant)))
        else:
            self._add_rule(words, (sorted(meant),))

    def _add_rule(self, words: Words, what: tuple[Any, ...]) -> None:
        if not words.raw:
            return
        gaps = ["", *map(words.read_separator, range(1, len(words.raw)))]
        *steps, exact = map(str.__add__, gaps, words.folded)
        plural = gaps[-1] + words.singular[-1]
        for first in {steps[0]} if steps else {exact, plural}:
            self._rules[first].append((steps, exact, plural, *what))
            self._nodes[first] = None
        self._starts.clear()

    def _build(self, first: str) -> _Node:
        """Build and return the trie's node for a first word, with all spellings and clues that begin with the word."""
        root = _Node()
        top = root.reach(first)
        for steps, exact, plural, *what in [*json.loads(self.packed.get(first, "[]")), *self._rules[first]]:
            parent = root
            for step in steps:
                parent = parent.reach(step)
            spelling = _read_spelling(what) if what[1:] else None
            for last, held in ((exact, _EXACT), (plural, _PLURAL)):
                if parent is not root or last == first:
                    node = parent.reach(last)
                    if spelling is None:
                        node.clues.update(what[0])
                    else:
                        getattr(node, held).append(spelling)
        top.following = {_SEPARATOR.sub("", word) for word in top.further}
        self._nodes[first] = top
        return top

    def read_text(self, text: str) -> FoundNames:
        """Return the spellings and clues in a Markdown text, apart from addresses and the like, which name no tags."""
        return self.read(read_words(text))

    def read(self, words: Words) -> FoundNames:
        """Return the spellings and clues that occur in the words of a text."""
        starts = list(map(self._starts.__getitem__, words.raw))
        if not any(starts):
            return _NOTHING
        hits: list[Hit] = []
        clues: set[str] = set()
        raw, last, has_dots = words.raw, len(words.raw) - 1, "." in words.text
        for place, start in enumerate(starts):
            if start is None:
                continue
            clues |= start.clues
            if start.spellings:
                dotted = has_dots and _follows_dot(words, place)
                for exact, spelling in start.spellings:
                    if not (dotted or spelling.case) or _fits(spelling, words, place, dotted):
                        hits.append((place, 1, exact, spelling))
            if start.node and place < last and _may_continue(start.node, raw[place + 1]):
                self._follow(words, place, start.node, hits, clues)
        clues.update(*(hit[3].near for hit in hits if not hit[3].key))
        return FoundNames(tuple([hit for hit in hits if hit[3].key]), frozenset(clues))

    def starts_with(self, word: str) -> bool:
        """Whether a spelling or clue begins with this word, which is as a text has it, not folded."""
        return self._starts[word] is not None

    def _reach(self, word: str) -> _Node | None:
        """Return the trie's node for a folded first word, built at its first use; None if it begins no name or clue."""
        node = self._nodes.get(word)
        return self._build(word) if node is None and word in self._nodes else node

    def _follow(self, words: Words, start: int, first: _Node, hits: list[Hit], clues: set[str]) -> None:
        """Append to `hits` the spellings of two or more words, and to `clues` the clues, that begin at a word.

        `start` is the word's index, `first` its node in the trie. The longest spelling comes last.
        """
        node, dotted = first, _follows_dot(words, start)
        for place in range(start + 1, len(words.raw)):
            gap, (word, singular) = words.read_separator(place), fold_word(words.raw[place])
            stem, after = node.further.get(gap + singular), node.further.get(gap + word)
            for each in (stem, after):
                if each:
                    clues |= each.clues
            size, found = place - start + 1, _list_spellings(stem, after)
            hits += [(start, size, exact, s) for exact, s in found if _fits(s, words, start, dotted)]
            if not after or not after.further:
                return
            node = after


def _list_spellings(stem: _Node | None, node: _Node | None) -> list[tuple[bool, Spelling]]:
    """Return the spellings that end at a word's node, or at its singular's, `stem`; each after whether it is exact."""
    exact = node.exact if node else []
    plural = stem.plural if stem else []
    if stem is node:
        plural = [spelling for spelling in plural if spelling not in exact]
    return [*((False, spelling) for spelling in plural), *((True, spelling) for spelling in exact)]


def _may_continue(first: _Node, raw: str) -> bool:
    """A fast test whether `raw` may be the second word of a name, given its first word's node; False is certain."""
    return not (first.following.isdisjoint(fold_word(raw)) and raw[0].isalnum())  # ".NET"


def _read_spelling(fields: Sequence[Any]) -> Spelling:
    key, raw, case, near, *flags = fields
    return Spelling(key, tuple(raw), case, frozenset(near), *flags)


def _follows_dot(words: Words, place: int) -> bool:
    """Whether before the word with index `place` are a word and a full stop without space, as in `util.concurrent`."""
    if f".{words.raw[place]}" not in words.text:  # most texts have full stops, few such a one
        return False
    here, _ = words.spans[place]
    return here > 1 and words.text[here - 1] == "." and words.text[here - 2].isalnum()


def _fits(spelling: Spelling, words: Words, start: int, dotted: bool) -> bool:
    """Whether a spelling found at a word may count, by its case, accents, signs and words around, and `dotted`."""
    if dotted or not spelling.case:
        return spelling.unless or not dotted
    if spelling.unless:
        return True
    size = len(spelling.raw)
    *inner, last = words.raw[start : start + size]
    if inner != list(spelling.raw[:-1]) or last not in (spelling.raw[-1], spelling.raw[-1] + "s"):
        return False
    if not spelling.accented and any(map(words.is_accented, range(start, start + size))):
        return False  # "Über" is not Uber
    if size > 1:
        return True
    if len(last) <= _SHORT and not _is_name_alone(words, start):
        return False
    following = words.raw[start + 1].casefold() if start + 1 < len(words.raw) else ""
    here, _ = words.spans[start]
    return following not in _AFTER_VERB or not _SENTENCE_END.search(words.text[max(0, here - 8) : here])


def _is_name_alone(words: Words, place: int) -> bool:
    """Whether the word at index `place`, one or two letters, can be a name: no initial, quantity, or part of R&D."""
    start, end = words.spans[place]
    if _LETTER_BEHIND.match(words.text, end) or _LETTER_BEFORE.search(words.text, max(0, start - 2), start):
        return False
    before = words.raw[place - 1] if place else ""
    if before.isdecimal() and words.read_separator(place) == " ":
        return False
    return not (before.istitle() and words.text.startswith(". ", end) and words.text[start - 1] == " ")


@value_class
class BaseTag:
    """A tag of the database; `key` is its folded name.

    If not `everywhere`, only texts of posts with the tag mention it.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    everywhere: bool = True


@value_class
class Context:
    """What decides whether an ambiguous spelling counts: clues in the same talk, and the keys of its posts' tags."""

    clues: frozenset[str] = frozenset()
    post_tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Vocabulary:
    """All names of tags: those that are shipped, and those of the database, which replace equal shipped names.

    `renamed` maps shipped folded names to those of the tags that replace them, `local` are those of tags that are not
    `everywhere`. `known` has, by text, the shipped names found in it earlier.
    """

    shipped: Matcher
    base_tags: Matcher = field(default_factory=Matcher)
    renamed: dict[str, str] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    known: Mapping[str, FoundNames] = field(default_factory=dict)

    def read(self, text: str, starts: Collection[str] | None = None) -> FoundNames:
        """Return the spellings and clues in a Markdown text.

        With `starts`, words among which are all that may begin the database's names, a `known` text without them is not
        split.
        """
        shipped = self.known.get(text)
        if shipped is None or starts is None or _may_contain(text, starts):
            return self.read_words(read_words(text), shipped)
        return shipped

    def list_starts(self, words: str) -> list[str]:
        """Return the words in `words`, which spaces separate, that begin a name or clue of a tag of the database."""
        return [word for word in words.split() if self.base_tags.starts_with(word)]

    def read_words(self, words: Words, shipped: FoundNames | None = None) -> FoundNames:
        """Return the spellings and clues in a text's words; `shipped`, if given, are the shipped ones among them."""
        if shipped is None:
            shipped = self.shipped.read(words)
        own = self.base_tags.read(words)
        return FoundNames(own.hits + shipped.hits, own.clues | shipped.clues) if own is not _NOTHING else shipped

    def resolve(self, reading: FoundNames, context: Context) -> set[str]:
        """Return the folded names of the tags that a text mentions, given what was found in it and its context."""
        return {key for key, _ in self.choose_hits(reading, context)} if reading.hits else set()

    def choose_hits(self, reading: FoundNames, context: Context) -> Iterator[tuple[str, Hit]]:
        """Yield the mentions of tags in a text, from the spellings found there: each with the tag's folded name.

        An ambiguous spelling counts only if `context` allows it, one inside an `unless` phrase never. Mentions do not
        overlap: at each word the longest spelling that counts is taken; of equally long ones, rather an exact one.
        """
        blocked: dict[str, int] = {}
        free = 0
        for start, size, exact, spelling in sorted(reading.hits, key=_rank):
            end, key = start + size, self.renamed.get(spelling.key, spelling.key)
            if spelling.unless:
                blocked[key] = max(end, blocked.get(key, 0))
            elif start < free or end <= blocked.get(key, 0):
                continue
            elif key in context.post_tags or (
                key not in self.local and (not spelling.near or spelling.near & context.clues)
            ):
                yield key, (start, size, exact, spelling)
                free = end


def read_words(text: str) -> Words:
    """Return the words of a Markdown text without addresses, signs, and link labels like "pdf" and "GitHub"."""
    return split_words(read_plain(_LABEL_OF_PLACE.sub("[]", text) if "](" in text else text))


def _may_contain(text: str, words: Iterable[str]) -> bool:
    """A fast test whether one of these words without accents may be in a Markdown text; False is certain."""
    # Where there is a backslash or an image, `read_words` may find words that are not written so.
    plain = equal_spellings.normalise_letters(text)
    return "\\" in text or "![" in text or any(map(plain.__contains__, words))


def _rank(hit: Hit) -> tuple[int, int, bool, bool]:
    start, size, exact, spelling = hit
    return start, -size, not spelling.unless, not exact


@lru_cache(maxsize=4)
def compile_vocabulary(tags: tuple[BaseTag, ...] = ()) -> Vocabulary:
    """Return the vocabulary of the shipped names and these tags, from a cache if it was built recently."""
    return build_vocabulary(tags)


def build_vocabulary(tags: Iterable[BaseTag]) -> Vocabulary:
    """Return a new vocabulary of the shipped names and of these tags with their aliases.

    A tag with the name of a shipped entry as name or alias takes over all spellings of the entry; other names are
    added. Where an ambiguous name of an entry needs another of its names in the talk, the tag's own names serve as
    well.
    """
    vocabulary = Vocabulary(compile_shipped())
    shipped = index_shipped()
    for tag in tags:
        aliases = {names.fold(alias): alias for alias in tag.aliases}
        vocabulary.renamed.update(dict.fromkeys((aliases.keys() & shipped.keys()) - {tag.key}, tag.key))
        ways = {key: way for key, way in {tag.key: tag.name, **aliases}.items() if key not in shipped}
        meant = {
            fold_spelling(way)
            for key in {tag.key, *aliases} & shipped.keys()
            for way, _ in shipped[key].list_spellings()
        }
        for way in ways.values():
            vocabulary.base_tags.add(tag.key, way)
            if meant:
                vocabulary.base_tags.add_clue(way, meant)
        if not tag.everywhere:
            vocabulary.local.add(tag.key)
    return vocabulary


@cache
def compile_shipped() -> Matcher:
    return Matcher(packed=load_table("matcher", lambda: Matcher(load_shipped()).pack_rules()))


@receiver(post_migrate)
def make_tables(**_: object) -> None:
    """After the command `migrate`, store tables of shipped names in files, so that no import or page waits for them."""
    compile_shipped()
    recognise("")
