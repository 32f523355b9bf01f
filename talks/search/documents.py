"""The form in which the index stores a talk, or a post's text outside talks: its words with their places. Pure."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from talks.search.postings import LAST_NUMBER, encode_places, find_first_place
from talks.search.query import HAS_VALUES
from talks.search.tokens import DEFAULT_LANGUAGE, number_words, stem


class Zone(IntEnum):
    """The zones of a document, as numbers of their first units; a zone ends where the next begins.

    A unit is one text of the document, such as its title, the name of a speaker, or a takeaway.
    """

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
ENDS = dict(zip(Zone, [*list(Zone)[1:], 1 << 19], strict=True))
"""The number behind that of the last unit of each zone."""
_LAST_NOTE = ENDS[Zone.NOTES] - 1

# Words that nobody types begin with one of these signs: a tag by its primary key, a writer's name, a word of a title.
TAG_SIGN, WRITER_SIGN, TITLE_SIGN = "\x01", "\x02", "\x03"


class PlacedNotes(NamedTuple):
    """The words of a document's notes with their places, in a form that another process can send at little cost.

    `words` are separated by spaces; `counts` has the number of places of each word, `places` the encoded places of all
    words, word by word. `size` is the number of words in the texts.
    """

    words: str = ""
    counts: bytes = b""
    places: bytes = b""
    size: int = 0

    def walk(self) -> Iterator[tuple[str, bytes]]:
        """Yield each word with its encoded places."""
        start = 0
        for word, count in zip(self.words.split(" "), array("I", self.counts), strict=False):
            end = start + 4 * count
            yield word, self.places[start:end]
            start = end


def place_notes(texts: Iterable[str]) -> PlacedNotes:
    """Return the words of notes with their places; each text is a unit of the zone `NOTES`."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    size = 0
    for index, text in enumerate(texts):
        size += _place_words(found, number_note(index), number_words(text))
    places = [held if len(held) == 1 else _sort_places(held) for held in found.values()]
    counts = array("I", map(len, places))
    return PlacedNotes(" ".join(found), counts.tobytes(), encode_places(chain.from_iterable(places)), size)


def number_note(index: int) -> int:
    """Return the number of the unit for the text with this index, from 0, in a document's notes.

    The last unit holds all texts for which there is no other.
    """
    return min(_FIRST_NOTE + index, _LAST_NOTE)


def _place_words(found: dict[str, list[int]], unit: int, words: Collection[tuple[str, int]]) -> int:
    """Add to `found` the places of the words of a unit, given as pairs (word, its number in the unit).

    Return how many words the unit has.
    """
    first = find_first_place(unit)
    if len(words) > LAST_NUMBER:
        words = [(word, min(number, LAST_NUMBER)) for word, number in words]
    for word, number in words:
        found[word].append(first + number)
    return len(words)


def _sort_places(places: list[int]) -> list[int]:
    """Return the places of a word in ascending order, each once."""
    return sorted(set(places))


@lru_cache(maxsize=1_000)  # the talks of a post have its title, event, writer and tags in common
def _number_words(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(number_words(text))


_NO_NOTES = PlacedNotes()


@dataclass(slots=True)
class Document:
    """A talk (`key` is its primary key) or a post (`key` is its negated primary key) for the index.

    `units` are pairs of a unit's number and its text, except the notes; words of one unit count as near each other.
    `marks` are the numbers of the units that have a tag, by the tag's primary key; the index has a word that nobody
    types (`mark_tag`) in these units. `sources` has for each unit of the `notes` the takeaway's primary key or, in a
    post, the number of the line. `audience` says who may see it. The defaults of `conference`, `year` and `day` stand
    for an unknown one.
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
    sources: Collection[int] = ()
    notes: PlacedNotes = _NO_NOTES
    units: list[tuple[int, str]] = field(default_factory=list)
    marks: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _used: dict[Zone, int] = field(default_factory=dict)

    def add(self, zone: Zone, text: str) -> None:
        """Add a text as a unit of a zone, or to its last unit if the zone is full."""
        unit = min(zone + self._used.get(zone, 0), ENDS[zone] - 1)
        self._used[zone] = self._used.get(zone, 0) + 1
        self.units.append((unit, text))

    def list_places(self) -> dict[str, bytes]:
        """Return the encoded places of each word of the document, by word.

        A word of a writer's name has `WRITER_SIGN` before it. A word of the title is there twice: as it is, and with
        `TITLE_SIGN` before it. The words for tags (`mark_tag`) are among them.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        for unit, text in self.units:
            words: Collection[tuple[str, int]] = _number_words(text)
            if unit >= _FIRST_WRITER:
                words = [(WRITER_SIGN + word, number) for word, number in words]
            elif unit < _FIRST_SPEAKER:
                words = [*words, *((TITLE_SIGN + word, number) for word, number in words)]
            _place_words(found, unit, words)
        for tag, marked in self.marks.items():
            found[mark_tag(tag)] += map(find_first_place, marked)
        places = {word: encode_places(held if len(held) == 1 else _sort_places(held)) for word, held in found.items()}
        for word, more in self.notes.walk():  # their zone is the last one
            places[word] = places[word] + more if word in places else more
        return places


def list_stems(words: Collection[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield pairs: a stem of a word, after the code of its language (`en:migrat`), and the word.

    Stems are made by the rules of `language` and of English, since English words occur in notes of every language.
    Words that nobody types, such as marks of tags, have no stem.
    """
    for one in {DEFAULT_LANGUAGE, language or DEFAULT_LANGUAGE}:
        yield from ((f"{one}:{stem(word, one)}", word) for word in words if word[0] > TITLE_SIGN)


def read_bit(name: str) -> int:
    """Return the bit of one of `HAS_VALUES`, such as "video", in the column `kinds`."""
    return 1 << HAS_VALUES.index(name)


def mark_tag(pk: int) -> str:
    """Return the word that marks documents with this tag."""
    return f"{TAG_SIGN}{pk}"
