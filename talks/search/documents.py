"""The form in which the index stores a talk, or a post's text outside talks: its words with their places. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from talks.search.postings import LAST_NUMBER, find_first_place
from talks.search.query import HAS_VALUES
from talks.search.tokens import DEFAULT_LANGUAGE, number_words, stem


class Zone(IntEnum):
    """The zones of a document, as numbers of their first units; a zone ends where the next begins."""

    TITLE = 0
    SPEAKER = 16
    AFFILIATION = 80
    TAG = 144
    EVENT = 208
    POST = 224
    REFERENCE = 288
    WRITER = 800
    NOTES = 832


# As plain numbers, which compare several times faster.
_FIRST_SPEAKER, _FIRST_WRITER, _FIRST_NOTE = map(int, (Zone.SPEAKER, Zone.WRITER, Zone.NOTES))
_ENDS = dict(zip(Zone, [*list(Zone)[1:], 1 << 19], strict=True))

# Words that nobody types begin with one of these signs: a tag by its primary key, a writer's name, a word of a title.
TAG_SIGN, WRITER_SIGN, TITLE_SIGN = "\x01", "\x02", "\x03"


@dataclass(slots=True)
class Document:
    """A talk (`key` is its primary key) or a post (`key` is its negated primary key) for the index.

    `units` are pairs of a unit's number and its text; words of one unit count as near each other. `marks` are pairs of
    a word that occurs in no text, but stands for a tag, and a unit's number. `sources` has for each unit of the notes
    the takeaway's primary key or, in a post, the number of the line.
    """

    key: int
    audience: int
    conference: int = 0
    year: int = 0
    day: int = -1
    language: str = ""
    kinds: int = 0
    speakers: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    writers: tuple[int, ...] = ()
    sources: list[int] = field(default_factory=list)
    units: list[tuple[int, str]] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    _used: dict[Zone, int] = field(default_factory=dict)

    def add(self, zone: Zone, text: str) -> int:
        """Add a text as a unit of a zone, or to its last unit if the zone is full; return the unit's number."""
        unit = min(zone + self._used.get(zone, 0), _ENDS[zone] - 1)
        self._used[zone] = self._used.get(zone, 0) + 1
        self.units.append((unit, text))
        return unit

    def note(self, source: int, text: str) -> int:
        """Add a text of the notes as a unit; return the unit's number.

        `source` is the primary key of its takeaway or, in a post, the number of its line.
        """
        self.sources.append(source)
        return self.add(Zone.NOTES, text)

    def list_places(self) -> tuple[dict[str, list[int]], int]:
        """Return the places of each word, ascending, and the number of words in the notes.

        A word of a writer's name stands only with `WRITER_SIGN` before it; a word of the title stands twice, as it is
        and with `TITLE_SIGN` before it. Marks are among the words.
        """
        found: dict[str, list[int]] = {}
        size = 0
        for unit, text in self.units:
            first = find_first_place(unit)
            words = number_words(text)
            if unit >= _FIRST_NOTE:
                size += len(words)
            elif unit >= _FIRST_WRITER:
                words = [(WRITER_SIGN + word, number) for word, number in words]
            elif unit < _FIRST_SPEAKER:
                words += [(TITLE_SIGN + word, number) for word, number in words]
            if len(words) > LAST_NUMBER:
                words = [(word, min(number, LAST_NUMBER)) for word, number in words]
            for word, number in words:
                if word in found:
                    found[word].append(first + number)
                else:
                    found[word] = [first + number]
        for word, unit in self.marks:
            found.setdefault(word, []).append(find_first_place(unit))
        for word, places in found.items():
            if places[1:]:
                found[word] = sorted(set(places))
        return found, size


def list_stems(words: Collection[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of a stem, with its language before it (`en:migrat`), and a word.

    Stems are made by the rules of `language` and of English, since English words occur in notes of every language.
    Words that nobody types, such as marks of tags, have no stem.
    """
    for one in {DEFAULT_LANGUAGE, language or DEFAULT_LANGUAGE}:
        yield from ((f"{one}:{stem(word, one)}", word) for word in words if word[0] > TITLE_SIGN)


def read_bit(name: str) -> int:
    """Return the bit that stands in the column `kinds` for one of `HAS_VALUES`, such as "video"."""
    return 1 << HAS_VALUES.index(name)


def mark_tag(pk: int) -> str:
    """Return the word that marks documents with this tag."""
    return f"{TAG_SIGN}{pk}"
