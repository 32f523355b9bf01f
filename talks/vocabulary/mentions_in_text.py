"""Finds mentions of tags in texts, in one pass whose time does not depend on the number of names. Pure.

A text is read word by word along a trie of all spellings. A word that begins no name needs one look-up in the root; a
word that begins a name needs as many look-ups as the longest such name has words. An automaton over characters would be
faster in C, but knows nothing of words, plurals, hyphens and accents.

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

    `key` is the tag's folded name, `raw` are the words of the spelling without accents; `accented` tells whether it was
    written with accents. With `case` only this case counts. With `near` it counts only if one of these clues is in the
    talk. With `unless` it is no name, but a phrase in which names of the tag do not mean it. With an empty `key` it is
    a short word which, in exactly this case, gives the clues `near` to other spellings.
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
    """A node of the trie, reached by a word: the nodes of next words, and the spellings and clues that end here.

    `exact` are the spellings whose last word is the node's word, `plural` those whose last word has it as singular.
    `following`, of nodes of first words only, are the next words without the separators before them.
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

    `spellings` are pairs: whether the text has exactly this spelling and not its plural, and the spelling. `node` is
    the word's node in the trie if longer spellings begin there; otherwise None.
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

    A spelling or clue is a rule. Rules are kept by their first word; the trie below a word is built when a text first
    has the word. `packed` are rules that `pack_rules` of another matcher returned.
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
        """Return by first word the matcher's rules, in JSON.

        A process decodes only the rules of words that its texts have.
        """
        return {first: json.dumps(held, ensure_ascii=False) for first, held in self._rules.items()}

    def _add_shipped(self, tag: ShippedTag, known: dict[str, ShippedTag], clues: dict[str, set[str]]) -> None:
        """Add the names and `unless` phrases of a shipped entry to the matcher, and its clues to `clues`.

        `clues` maps a text to the folded clues that it counts as. If a clue is an unambiguous spelling of another
        entry, all unambiguous spellings of that entry count as the clue; `known` has the entries by such spellings.
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
        """Add `way`, a spelling of the tag with the folded name `key`.

        With `case` it is found only in this case; with `near` it counts only if a talk has one of these clues. A
        spelling of one or two letters is always found only in its case; if that is lower case, only in capitals.
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
            if start.node and place < last and _may_go_on(start.node, raw[place + 1]):
                self._follow(words, place, start.node, hits, clues)
        clues.update(*(hit[3].near for hit in hits if not hit[3].key))
        return FoundNames(tuple([hit for hit in hits if hit[3].key]), frozenset(clues))

    def starts_with(self, word: str) -> bool:
        """Whether a spelling or clue begins with this word, which is as a text has it, not folded."""
        return self._starts[word] is not None

    def _reach(self, word: str) -> _Node | None:
        """Return the trie's node for a folded first word, built when first asked for.

        Return None if no spelling or clue begins with the word.
        """
        node = self._nodes.get(word)
        return self._build(word) if node is None and word in self._nodes else node

    def _follow(self, words: Words, start: int, first: _Node, hits: list[Hit], clues: set[str]) -> None:
        """Append to `hits` the spellings of two or more words that begin at a word of a text, the longest last.

        `start` is the index of that word, `first` its node. Clues found on the way are added to `clues`.
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
    """Return the spellings that end with a word, each after whether the word has exactly the spelling's form.

    `node` is the node of the word, `stem` that of its singular; each is None if missing. Otherwise the word is a plural
    where the spelling has the singular, or the reverse.
    """
    exact = node.exact if node else []
    plural = stem.plural if stem else []
    if stem is node:
        plural = [spelling for spelling in plural if spelling not in exact]
    return [*((False, spelling) for spelling in plural), *((True, spelling) for spelling in exact)]


def _may_go_on(first: _Node, raw: str) -> bool:
    """A fast test whether a name may have the word `raw` as its second word, given the node of its first word.

    If it returns False, no name does; if True, one may.
    """
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
    """Whether a spelling found at the word with index `start` may count, by its case, accents and the text around it.

    `dotted` says that a word and a full stop come right before it; then only an `unless` phrase may count. A spelling
    whose case does not matter needs no other condition.
    """
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


@dataclass(frozen=True, slots=True)
class BaseTag:
    """A tag of the database; `key` is its folded name.

    If not `everywhere`, only texts of posts with the tag mention it.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    everywhere: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What decides whether an ambiguous spelling counts: clues in the same talk, and the keys of its posts' tags."""

    clues: frozenset[str] = frozenset()
    post_tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Vocabulary:
    """All names of tags: those that are shipped, and those of the database, which replace equal shipped names.

    `renamed` maps folded names of shipped tags to those of the database's tags that replace them. `local` are the
    folded names of tags that are not `everywhere`. `known` has, by text, the shipped names found in this text earlier.
    """

    shipped: Matcher
    base_tags: Matcher = field(default_factory=Matcher)
    renamed: dict[str, str] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    known: Mapping[str, FoundNames] = field(default_factory=dict)

    def read(self, text: str, starts: Collection[str] | None = None) -> FoundNames:
        """Return the spellings and clues in a Markdown text, apart from addresses and the like, which name no tags.

        `starts`, if given, contains all words of the text that may begin a name of the database's tags. A text with
        none of them, whose shipped names are in `known`, is not split again.
        """
        shipped = self.known.get(text)
        if shipped is None or starts is None or _may_contain(text, starts):
            return self.read_words(read_words(text), shipped)
        return shipped

    def list_starts(self, words: str) -> list[str]:
        """Return those words in `words` that begin a name or clue of a tag of the database; spaces separate them."""
        return [word for word in words.split() if self.base_tags.starts_with(word)]

    def read_words(self, words: Words, shipped: FoundNames | None = None) -> FoundNames:
        """Return the spellings and clues in the words of a text.

        `shipped` are the shipped names and clues among them, if they have been found already.
        """
        if shipped is None:
            shipped = self.shipped.read(words)
        own = self.base_tags.read(words)
        return FoundNames(own.hits + shipped.hits, own.clues | shipped.clues) if own is not _NOTHING else shipped

    def resolve(self, reading: FoundNames, context: Context) -> set[str]:
        """Return the folded names of the tags that a text mentions, given what was found in it and its context."""
        return {key for key, _ in self.choose_hits(reading, context)}

    def choose_hits(self, reading: FoundNames, context: Context) -> Iterator[tuple[str, Hit]]:
        """Yield the mentions of tags in a text, from the spellings found there: each with the tag's folded name.

        A spelling that is ambiguous counts only if `context` allows it, one inside an `unless` phrase never. Mentions
        do not overlap: of spellings that begin at one word the longest that counts is yielded; of equally long ones,
        rather one that the text has exactly than its singular or plural.
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
    """Return the words of a Markdown text without its addresses and signs.

    Labels of links that only name a format or site, such as "pdf" or "GitHub", are left out too.
    """
    return split_words(read_plain(_LABEL_OF_PLACE.sub("[]", text) if "](" in text else text))


def _may_contain(text: str, words: Iterable[str]) -> bool:
    """A fast test whether a Markdown text may contain one of these words, which have no accents.

    If it returns False, none of them is in the text; if True, one may be.
    """
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

    A tag whose name or alias is the name of a shipped entry takes over all spellings of the entry. Names of tags that
    are no names of entries are added. If an ambiguous name of an entry needs one of the entry's other names in the
    talk, names of the tag that took it over serve as well.
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
