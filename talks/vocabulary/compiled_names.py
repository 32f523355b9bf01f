"""All names that notes may mention: those that ship with the project, and those that joined. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from talks import names
from talks.vocabulary.plain_text import read_plain
from talks.vocabulary.shipped_tags import index_shipped, load_shipped
from talks.vocabulary.text_matching import Hit, Matcher, Reading
from talks.vocabulary.word_runs import Words, spell, split_words


@dataclass(frozen=True, slots=True)
class Joined:
    """A tag of the base. Its `key` is its folded name; where not `everywhere`, only posts that bear it mean it."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    everywhere: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What decides on names that may mean something else: words of the same talk, and tags of its posts, as keys."""

    marks: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()


@dataclass(slots=True)
class Vocabulary:
    """Shipped and joined names. What joined goes before: an alias given here means what it was given to."""

    shipped: Matcher
    joined: Matcher = field(default_factory=Matcher)
    renamed: dict[str, str] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)

    def read(self, text: str) -> Reading:
        """What a text may name; independent of where it stands. Markdown's addresses and signs do not count."""
        return self.read_words(split_words(read_plain(text)))

    def read_words(self, words: Words) -> Reading:
        """What these words may name."""
        own, shipped = self.joined.read(words), self.shipped.read(words)
        return Reading(own.hits + shipped.hits, own.marks | shipped.marks)

    def resolve(self, reading: Reading, context: Context) -> set[str]:
        """The keys that a text names."""
        return {key for key, _ in self.choose_hits(reading, context)}

    def choose_hits(self, reading: Reading, context: Context) -> Iterator[tuple[str, Hit]]:
        """What a text names, by key: of what begins at one word the longest, of these the one written just so."""
        blocked: dict[str, int] = {}
        free = 0
        for start, size, exact, spelling in sorted(reading.hits, key=_rank):
            end, key = start + size, self.renamed.get(spelling.key, spelling.key)
            if spelling.unless:
                blocked[key] = max(end, blocked.get(key, 0))
            elif start < free or end <= blocked.get(key, 0):
                continue
            elif key in context.carried or (
                key not in self.local and (not spelling.near or spelling.near & context.marks)
            ):
                yield key, (start, size, exact, spelling)
                free = end


def _rank(hit: Hit) -> tuple[int, int, bool, bool]:
    start, size, exact, spelling = hit
    return start, -size, not spelling.unless, not exact


@lru_cache(maxsize=4)
def compile_vocabulary(tags: tuple[Joined, ...] = ()) -> Vocabulary:
    """The same, kept for those who ask for it again: building that of a whole base takes a while."""
    return build_vocabulary(tags)


def build_vocabulary(tags: Iterable[Joined]) -> Vocabulary:
    """The shipped names, and tags of the base with their aliases.

    A tag stands for the shipped entry whose name is its name or one of its aliases, with all spellings of the entry;
    else it joins the vocabulary. Names that depend on the entry depend on its names given here as well.
    """
    vocabulary = Vocabulary(compile_shipped())
    shipped = index_shipped()
    for tag in tags:
        aliases = {names.fold(alias): alias for alias in tag.aliases}
        vocabulary.renamed.update(dict.fromkeys((aliases.keys() & shipped.keys()) - {tag.key}, tag.key))
        ways = {key: way for key, way in {tag.key: tag.name, **aliases}.items() if key not in shipped}
        meant = {spell(way) for key in {tag.key, *aliases} & shipped.keys() for way, _ in shipped[key].list_spellings()}
        for way in ways.values():
            vocabulary.joined.add(tag.key, way)
            if meant:
                vocabulary.joined.mark(way, meant)
        if not tag.everywhere:
            vocabulary.local.add(tag.key)
    return vocabulary


@cache
def compile_shipped() -> Matcher:
    """The shipped names, once a process."""
    return Matcher(load_shipped())
