"""Matches the parts of a query with documents, and scores the matches. All scores are computed here.

The score of a part in a document is rarity times aboutness: rarity is greater for parts in fewer documents, and
aboutness grows with the weights of the zones where the words occur, more slowly with each further occurrence.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt

from talks.models import Tag
from talks.search import tokens
from talks.search.cognates import list_cognates
from talks.search.columns import mark_members
from talks.search.documents import WRITER_SIGN, Zone, mark_tag, read_bit
from talks.search.engine import list_inflections, list_words_with
from talks.search.linked_addresses import find_linking
from talks.search.named_tags import find_tags, list_spellings
from talks.search.occurrences import NONE, Occurrences, Reader, combine, follow, join_occurrences, meet
from talks.search.query import All, Either, Field, Leaf, Part, Phrase, Prefix, Without, Word, list_leaves
from talks.search.snapshot import Snapshot
from talks.search.word_families import are_strangers, list_stems

# A word in the title or in a speaker's name says what a talk is about; one in the notes may be mentioned in passing.
ZONE_WEIGHTS = {
    Zone.TITLE: 6.0,
    Zone.SPEAKER: 6.0,
    Zone.TAG: 1.5,
    Zone.EVENT: 1.5,
    Zone.AFFILIATION: 1.5,
    Zone.POST: 0.5,
    Zone.REFERENCE: 0.5,
    Zone.WRITER: 1.0,
    Zone.NOTES: 1.0,
}
INFLECTED = 0.7  # weight of another inflection of the word; the word itself has 1
SATURATION = 2.0  # the weight at which a document gets half of the greatest score for a word
LENGTH_SHARE = 0.5  # how much the length of notes lowers their score, from 0 to 1
INCLUDED = 0.3  # weight of a tag that the named tag includes: Terraform for infrastructure as code
MOST_PREFIXED = 50
FEW = 4  # words that find fewer talks are searched in other ways too
_SHORTEST_PART, _SHORTEST_END = 3, 2
COMPOUNDING = frozenset({"da", "de", "nb", "nl", "nn", "no", "sv"})  # languages that spell compounds as one word
_SHORTEST_COMPOUNDED = 4
_LINKS = ("es", "s", "en", "n")  # letters between the words of a compound
_SHORT_NAME = 2  # letters: names as short as Go and R are words of other meanings too

Scores = npt.NDArray[np.float64]


@dataclass(slots=True)
class Match:
    """The documents that match a part of the query, and the part's score in each row.

    `holds` says for each row whether its document matches, `found` are the occurrences of the part's words. Fields have
    no score, since they only choose documents; but if the query has fields alone, `about` says for each row how much
    its document is about the tag of a field.
    """

    holds: npt.NDArray[np.bool_]
    score: Scores | None = None
    found: Occurrences = NONE
    rarity: float = 0.0
    about: Scores | None = None

    def is_name(self) -> bool:
        """Whether the word occurs in the name of a speaker, tag or event of a document, and so is not misspelt."""
        return any(len(self.found.within(zone).rows) for zone in (Zone.SPEAKER, Zone.TAG, Zone.EVENT))


@dataclass(slots=True)
class Term:
    """What matches one word of the query: any of `words`, each with its weight, or `sequence`.

    `sequence` are the words of a text such as "CI/CD", which must be side by side.
    """

    words: dict[str, float] = field(default_factory=dict)
    sequence: list[str] = field(default_factory=list)


class Matcher:
    """Matches the parts of one query. `root` is the query without stop words, `question` the query with them.

    `pairs` are phrases of two words such as "say no", which are found side by side in any inflection.
    """

    def __init__(self, reader: Reader, root: Part, question: Part, pairs: Sequence[Phrase] = ()) -> None:
        self.reader = reader
        self.snapshot: Snapshot = reader.snapshot
        self._root = root  # kept because parts are identified by `id()`
        self._asked = {id(leaf) for leaf in list_leaves(root)}
        self._has_fields_alone = all(isinstance(leaf, Field) for leaf in list_leaves(root))
        self.inflected: list[Phrase] = []
        self.included: dict[int, Occurrences] = {}  # tags that the named ones include, by primary key
        self._terms: dict[int, Term] = {}
        self._phrases: dict[int, list[Term]] = {}
        self._linking: dict[int, Occurrences] = {}  # where notes link to an address in the query
        self._named = find_tags(question)
        self._table = np.zeros(Zone.NOTES + 1)
        for zone, weight in sorted(ZONE_WEIGHTS.items()):
            self._table[zone:] = weight
        size = self.snapshot.numbers["size"]
        mean = max(1.0, float(size[self.reader.visible].mean())) if self.reader.visible.any() else 1.0
        self._shortness = 1 / (1 - LENGTH_SHARE + LENGTH_SHARE * size / mean)
        self._count = int(self.reader.visible.sum())
        self._pairs = pairs
        self._prepare(root)

    def match(self, part: Part) -> Match:
        if isinstance(part, Field):
            return self._match_field(part)
        if isinstance(part, Without):
            return Match(self.reader.visible & ~self.match(part.part).holds)
        if isinstance(part, All | Either):
            return self._combine(part)
        found = self._find(part)
        return self._weigh(found, self._find_included(part, found))

    def _find_included(self, part: Leaf, found: Occurrences) -> Occurrences:
        """Return the occurrences of tags that a tag named by the part includes, such as Terraform for IaC.

        Only occurrences in titles count, unless fewer than `FEW` documents have the part itself (`found`): then all
        count. They are stored in `included`, too, by the tag's primary key.
        """
        included = self._named.included.get(id(part), ())
        few = bool(included) and _count_rows(found) < FEW
        for pk in included:
            mark = self.reader.find(mark_tag(pk), INCLUDED)
            self.included[pk] = mark if few else mark.within(Zone.TITLE)
        return join_occurrences(self.included[pk] for pk in included)

    def names_tag(self, part: Part) -> bool:
        """Whether the part of the query is the name, or a word of the name, of a tag that a visible document has."""
        return any(len(self.reader.find(mark_tag(pk)).rows) for pk in self._named.tags.get(id(part), ()))

    def is_shipped_name(self, part: Part) -> bool:
        """Whether the part of the query is a name of the shipped vocabulary, or a word of such a name."""
        return id(part) in self._named.shipped

    def _combine(self, part: All | Either) -> Match:
        every = isinstance(part, All)
        matches = [self.match(one) for one in part.parts]
        holds = (np.logical_and if every else np.logical_or).reduce([one.holds for one in matches])
        scores = [one.score for one in matches if one.score is not None]
        score = (np.sum(scores, axis=0) if every else np.max(scores, axis=0)) if scores else None
        rarity = max(one.rarity for one in matches)
        abouts = [one.about for one in matches if one.about is not None]
        about = np.sum(abouts, axis=0) if abouts else None
        return Match(holds, score, join_occurrences(one.found for one in matches), rarity, about)

    def _weigh(self, found: Occurrences, others: Occurrences = NONE) -> Match:
        """Return the match of both `found` and `others`, with its score for each row.

        Its rarity is that of `found` alone.
        """
        rows = len(self.snapshot.key)
        many = _count_rows(found)
        found = join_occurrences([found, others])
        units = found.units
        weights = found.weights * self._table[np.minimum(units, Zone.NOTES)]
        weights = np.where(units >= Zone.NOTES, weights * self._shortness[found.rows], weights)
        total = np.bincount(found.rows, weights, minlength=rows)
        holds = np.bincount(found.rows, minlength=rows) > 0
        rarity = float(np.log(1 + (self._count - many + 0.5) / (many + 0.5)))
        return Match(holds, rarity * total / (total + SATURATION), found, rarity)

    def _find(self, part: Leaf) -> Occurrences:
        if isinstance(part, Phrase):
            return self._find_phrase(part)
        if id(part) in self._linking:
            return self._linking[id(part)]
        term = self._terms[id(part)]
        found = [self.reader.find(word, weight) for word, weight in term.words.items()]
        if term.sequence:
            found.append(follow([self.reader.find(word) for word in term.sequence]))
        joined = join_occurrences(found)
        if isinstance(part, Word) and len(term.words) and _count_rows(joined) < FEW:
            words = tokens.list_words(part.text)
            return join_occurrences([joined, self._find_apart(words), self._find_compounded(words)])
        return joined

    def _find_apart(self, words: list[str]) -> Occurrences:
        """Return occurrences of a word that is spelled as two: burnout as "burned out", jsconfeu as "JSConf EU".

        The first of the two words is found in any English inflection, the second as it is.
        """
        word = words[0] if len(words) == 1 and words[0].isalpha() and not tokens.is_pair(words[0]) else ""
        places = range(_SHORTEST_PART, len(word) - _SHORTEST_END + 1)
        pairs = [(word[:place], word[place:]) for place in places]
        firsts = list_inflections(f"{tokens.DEFAULT_LANGUAGE}:{tokens.stem(first, 'en')}" for first, _ in pairs)
        found = []
        self.reader.load(second for _, second in pairs)
        for first, second in pairs:
            ways = firsts.get(f"{tokens.DEFAULT_LANGUAGE}:{tokens.stem(first, 'en')}", ())
            if ways and len(self.reader.find(second).rows):
                found.append(follow([join_occurrences(map(self.reader.find, sorted(ways))), self.reader.find(second)]))
        return join_occurrences(found)

    def _find_compounded(self, words: list[str]) -> Occurrences:
        """Return occurrences of a compound's parts in units with both: Datenbankmigration as "Migration der Datenbank".

        Only documents in the languages of `COMPOUNDING` are searched.
        """
        word = words[0] if len(words) == 1 and words[0].isalpha() else ""
        codes = [code for code in self.snapshot.languages if code.split("-")[0] in COMPOUNDING]
        places = range(_SHORTEST_COMPOUNDED, len(word) - _SHORTEST_COMPOUNDED + 1) if codes else ()
        pairs = [(_list_unlinked(word[:place]), {word[place:]}) for place in places]
        stems = {
            one: {f"{code}:{tokens.stem(one, code)}" for code in codes}
            for pair in pairs
            for side in pair
            for one in side
        }
        inflections = list_inflections(set().union(*stems.values())) if stems else {}
        several = [
            [{way for one in side for stem in stems[one] for way in inflections.get(stem, ())} for side in pair]
            for pair in pairs
        ]
        known = [pair for pair in several if all(pair)]
        self.reader.load(way for pair in known for side in pair for way in sorted(side))
        met = join_occurrences(
            meet([join_occurrences(map(self.reader.find, sorted(side))) for side in pair]) for pair in known
        )
        spoken = [place for place, code in enumerate(self.snapshot.languages) if code in codes]
        return met.pick(np.isin(self.snapshot.language[met.rows], spoken))

    def _find_phrase(self, part: Phrase) -> Occurrences:
        """Return the occurrences of a phrase: its exact words side by side.

        If few talks have them, other inflections are found too, which count less; if thereby more documents are found,
        the phrase is added to `inflected`. An excluded phrase excludes the exact words alone. A phrase that is one of
        `pairs` is found in any inflection.
        """
        terms = self._phrases[id(part)]
        exact = follow([self.reader.find(next(iter(term.words))) for term in terms]) if terms else NONE
        paired = any(part is pair for pair in self._pairs)
        if not paired and (not terms or id(part) not in self._asked or self._count_talks(exact) >= FEW):
            return exact
        found = follow([join_occurrences(self.reader.find(*one) for one in term.words.items()) for term in terms])
        if paired:
            return found
        others = found.pick(~mark_members(combine(found), combine(exact)))
        if not mark_members(others.rows, exact.rows).all():
            self.inflected.append(part)
        return join_occurrences([exact, Occurrences(others.rows, others.places, np.full(len(others.rows), INFLECTED))])

    def _count_talks(self, found: Occurrences) -> int:
        return _count_rows(found.pick(self.snapshot.key[found.rows] > 0))

    def list_marked(self) -> tuple[set[str], set[tuple[str, ...]]]:
        """Return what excerpts mark: a set of single words, and a set of tuples of words that come one after the other.

        The tuples are names of tags, except names with a word of one or two letters, and pairs such as "say no".
        """
        words: set[str] = set()
        for leaf in list_leaves(self._root):
            term = self._terms.get(id(leaf), Term())
            words.update(term.words, term.sequence)
            for one in self._phrases.get(id(leaf), ()):
                words.update(one.words if leaf in self.inflected else [*one.words][:1])
        tags = {pk for leaf in list_leaves(self._root) for pk in self._named.tags.get(id(leaf), ())}
        tags |= self.included.keys()
        rows = Tag.objects.filter(pk__in=tags).prefetch_related("aliases") if tags else ()
        spellings = {tuple(tokens.list_words(way)) for tag in rows for way in list_spellings(tag)}
        spelt = {name for name in spellings if len("".join(name)) > _SHORT_NAME}
        pairs = {way for pair in self._pairs for way in product(*(term.words for term in self._phrases[id(pair)]))}
        return words, spelt | pairs

    # Before anything is matched, all words that may be needed are listed, and read at once.

    def _prepare(self, root: Part) -> None:
        leaves = [*_walk(root), *self._pairs]
        languages = {*self.snapshot.languages, tokens.DEFAULT_LANGUAGE}
        wanted: set[str] = set()
        for leaf in leaves:
            if isinstance(leaf, Word) and (linking := self._find_linking(leaf)):
                self._terms[id(leaf)], self._linking[id(leaf)] = Term(), linking
            elif isinstance(leaf, Word):
                text = tokens.drop_article(leaf.text)
                words = tokens.list_phrase(text)
                if len(words) == 1 and len(words[0]) == 1 and tokens.is_pair(words[0]):
                    self._terms[id(leaf)] = Term(dict.fromkeys(list_words_with(words[0], limit=MOST_PREFIXED), 1.0))
                    continue
                term = self._terms[id(leaf)] = Term()
                if len(words) > 1:
                    term.sequence = words
                term.words = dict.fromkeys(words[:1] if len(words) == 1 else tokens.list_joined(text), 1.0)
                wanted.update(words, term.words)
            elif isinstance(leaf, Prefix):
                self._terms[id(leaf)] = self._expand_prefix(leaf)
                wanted.update(self._terms[id(leaf)].words)
            elif isinstance(leaf, Phrase):
                self._phrases[id(leaf)] = [Term({word: 1.0}) for word in tokens.list_phrase(leaf.text)]
            else:
                wanted.update(self._list_field_words(leaf))
        self._join_neighbours(root)
        phrases = [term for terms in self._phrases.values() for term in terms]
        self._add_inflections([self._terms[id(leaf)] for leaf in leaves if isinstance(leaf, Word)] + phrases, languages)
        wanted.update(word for term in phrases for word in term.words)
        for key, term in self._terms.items():
            if self._named.tags.get(key):  # a letter that is a name is an initial or "c'est" as often
                term.words = {word: INCLUDED if len(word) == 1 else weight for word, weight in term.words.items()}
            term.words |= dict.fromkeys((mark_tag(pk) for pk in self._named.tags.get(key, ())), 1.0)
            wanted.update(term.words)
        wanted.update(mark_tag(pk) for included in self._named.included.values() for pk in included)
        self.reader.load(wanted)

    def _find_linking(self, leaf: Word) -> Occurrences | None:
        address = tokens.read_address(leaf.text)
        return find_linking(address, self.reader) if address else None

    def _join_neighbours(self, root: Part) -> None:
        """Let each of two neighbouring words of the query match both in one word: "microservices" for "micro services".

        If there are notes in a language of `COMPOUNDING`, the second word may come first, and stop words between the
        two do not count: "Datenbankmigration" for "Migration der Datenbank".
        """
        parts = root.parts if isinstance(root, All) else ()
        telling: list[Part] = []
        if compounds := any(code.split("-")[0] in COMPOUNDING for code in self.snapshot.languages):
            telling = [
                part for part in parts if not all(map(tokens.says_nothing_anywhere, tokens.list_words(str(part))))
            ]
        for one, other in [*pairwise(parts), *pairwise(telling)]:
            if isinstance(one, Word) and isinstance(other, Word):
                words = [*tokens.list_words(one.text), *tokens.list_words(other.text)]
                if len(words) == 2 and all(len(word) >= 2 and word.isalpha() for word in words):
                    first, second = words
                    ways = [first + second]
                    if compounds and min(len(first), len(second)) >= _SHORTEST_COMPOUNDED:
                        ways += [f"{first}s{second}", second + first, f"{second}s{first}"]
                    for part in (one, other):
                        self._terms[id(part)].words |= dict.fromkeys(ways, 1.0)

    def _list_field_words(self, leaf: Leaf) -> list[str]:
        if isinstance(leaf, Field) and leaf.name == "tag":
            return [mark_tag(pk) for pk in self._named.tags.get(id(leaf), ())]
        if isinstance(leaf, Field) and leaf.name in ("speaker", "conference", "writer"):
            sign = WRITER_SIGN if leaf.name == "writer" else ""
            return [sign + word for word in tokens.list_words(leaf.value)]
        return []

    def _expand_prefix(self, leaf: Prefix) -> Term:
        *words, last = tokens.list_phrase(leaf.text) or [""]
        if words or not last:
            return Term(sequence=[*words, last] if last else [])
        return Term(dict.fromkeys(list_words_with(last, limit=MOST_PREFIXED), 1.0))

    def _add_inflections(self, terms: list[Term], languages: Collection[str]) -> None:
        stems: dict[str, list[tuple[str, Term]]] = {}
        for term in terms:
            for word in term.words:
                own = {f"{language}:{tokens.stem(word, language)}" for language in languages}
                for stem in own.union(f"{tokens.DEFAULT_LANGUAGE}:{stem}" for stem in list_stems(word)):
                    stems.setdefault(stem, []).append((word, term))
                for language, spelt in list_cognates(word, languages):
                    stems.setdefault(f"{language}:{tokens.stem(spelt, language)}", []).append((spelt, term))
        for stem, words in list_inflections(stems).items() if stems else ():
            for asked, term in stems[stem]:
                for word in words:
                    if not are_strangers(asked, word):
                        term.words.setdefault(word, INFLECTED)

    # Fields

    def _match_field(self, part: Field) -> Match:
        numbers = self.snapshot.numbers
        visible = self.reader.visible
        if part.name == "year":
            first, last = part.read_years()
            return Match(visible & (numbers["year"] >= max(first, 1)) & (numbers["year"] <= last))
        if part.name == "day":
            return Match(visible & (numbers["day"] == int(part.value)))
        if part.name in ("kind", "has", "no"):
            has = (numbers["kinds"] & read_bit(part.value)) > 0
            return Match(visible & (~has if part.name == "no" else has))
        if part.name == "lang":
            wanted = tokens.read_language(part.value)
            places = [n for n, language in enumerate(self.snapshot.languages) if language.split("-")[0] == wanted]
            return Match(visible & np.isin(self.snapshot.language, places))
        return self._match_name(part)

    def _match_name(self, part: Field) -> Match:
        found = [self.reader.find(word) for word in self._list_field_words(part)]
        zones = {"speaker": Zone.SPEAKER, "conference": Zone.EVENT}
        if part.name == "tag":
            both = join_occurrences(found)
        else:
            if part.name in zones:
                found = [one.within(zones[part.name]) for one in found]
            both = meet(found) if found else NONE
        holds = np.bincount(both.rows, minlength=len(self.snapshot.key)) > 0
        if part.name == "tag" and self._has_fields_alone:
            scored = self._weigh(both)
            return Match(holds, about=None if scored.score is None else scored.score / scored.rarity)
        return Match(holds)


def _list_unlinked(first: str) -> set[str]:
    """Return the first part of a compound with and without the letters that may link it: "arbeits", "arbeit"."""
    bare = {first.removesuffix(link) for link in _LINKS}
    return {first, *(one for one in bare if len(one) >= _SHORTEST_COMPOUNDED)}


def _count_rows(found: Occurrences) -> int:
    return int(np.count_nonzero(np.bincount(found.rows)))


def _walk(part: Part) -> Iterator[Leaf]:
    """Yield all words, beginnings of words, phrases and fields of a query, including excluded ones."""
    if isinstance(part, All | Either):
        for one in part.parts:
            yield from _walk(one)
    elif isinstance(part, Without):
        yield from _walk(part.part)
    else:
        yield part
