"""Finds similar words for misspelled ones, among words in documents that the reader may see."""

import re
from collections.abc import Iterable, Iterator
from threading import Lock

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from talks.search import tokens
from talks.search.documents import Zone
from talks.search.engine import list_words_with, read_words
from talks.search.occurrences import Reader, follow, meet

_HIRAGANA = re.compile("[\u3041-\u309f]+")  # particles and endings of Japanese
_NUMBERED = re.compile(r"([^\W\d_]{3,})(\d{1,4})")
SHORTEST = 4
LONG = 8
MOST_TRIED = 12
MOST_COMPLETED = 8


class _Words:
    """All words of the index, by length and first letter.

    Words that have left the index may be among them, since each word is looked up before it is used.
    """

    def __init__(self) -> None:
        self.last = (0, "")
        self._groups: dict[int, dict[str, dict[str, None]]] = {}

    def add(self, rows: Iterable[tuple[int, str]]) -> None:
        for pk, word in rows:
            self.last = (pk, word)
            self._groups.setdefault(len(word), {}).setdefault(word[0], {})[word] = None

    def find(self, word: str, length: int, furthest: int) -> Iterator[tuple[float, str]]:
        """Yield pairs: the number of letters in which a word of the given length differs from this one, and that word.

        Words that differ in more letters than `furthest` are left out. The first letter may differ only in long words,
        since people rarely mistype it.
        """
        for letter, words in self._groups.get(length, {}).items():
            most = furthest if letter == word[0] else min(furthest, int(len(word) > LONG + 1))
            if most:
                near = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=most, limit=MOST_TRIED)
                yield from ((distance, one) for one, distance, _ in near)


_lock = Lock()
_words = _Words()


def _load_words() -> _Words:
    """Return the words of the index.

    Only words added since the last call are loaded, unless the database is another one.
    """
    global _words
    with _lock:
        rows = read_words(_words.last[0])
        if _words.last[0] and rows[:1] != [_words.last]:
            _words = _Words()
            rows = read_words(0)
        _words.add(rows)
        return _words


def list_near(word: str) -> list[str]:
    """Return words of the index that differ in one letter at most, or two if the word is long, most similar first.

    At most `MOST_TRIED` are returned. If the word has "ae", "oe" or "ue" where an umlaut may be meant, the spelling
    with a plain vowel is among them, whether the index has it or not, and so are the words similar to that spelling.
    For a short word, or one with signs or digits, the list is empty.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    furthest = 2 if len(word) >= LONG else 1
    known = _load_words()
    lengths = range(len(word) - furthest, len(word) + furthest + 1)
    with _lock:  # another thread may add words meanwhile
        found = [near for length in lengths for near in known.find(word, length, furthest)]
    plain = tokens.respell_umlauts(word)
    if plain != word:
        found += [(0, plain), *((0.5, one) for one in list_near(plain))]
    return [one for _, one in sorted(found)[:MOST_TRIED]]


def split_word(text: str, reader: Reader) -> list[str]:
    """Return the words that a sign joins in the text, or a word and its number, if visible documents have each of them.

    "kafka/nats" gives kafka and nats, and "qcon17" gives qcon and 2017 if an event has both. Text in a script without
    spaces is cut into pieces that documents have. An address, a word that cannot be split, or a word whose parts all
    have fewer letters than `SHORTEST` gives an empty list.
    """
    words = tokens.list_words(text)
    if "@" in text or "://" in text:
        return []
    if any(map(tokens.is_pair, words)):
        return _cut_unspaced(tokens.list_phrase(text), reader)
    if len(words) == 1 and (match := _NUMBERED.fullmatch(words[0])):
        words = [match[1], match[2]]
    if len(words) < 2 or not any(len(word) >= SHORTEST for word in words):
        return []
    year = f"20{words[1]}"
    if len(words) == 2 and len(words[1]) == 2 and _name_event([words[0], year], reader):
        return [words[0], year]
    return words if all(len(reader.find(word).rows) for word in words) else []


def _cut_unspaced(words: list[str], reader: Reader) -> list[str]:
    """Return the longest pieces that documents have of a text in a script without spaces.

    `words` are the text's pairs of letters. Pieces of hiragana alone are left out. Nothing is returned unless all
    pieces together are more than half of the text.
    """
    reader.load(words)
    pieces, start = [], 0
    while start < len(words):
        end = start + 1
        if len(reader.find(words[start]).rows):
            while end < len(words) and tokens.is_pair(words[end - 1]) and tokens.is_pair(words[end]):
                if not len(follow([reader.find(word) for word in words[start : end + 1]]).rows):
                    break
                end += 1
            pieces.append(words[start] + "".join(word[-1] for word in words[start + 1 : end]))
            end += tokens.is_pair(words[start])  # the next pair begins with the last letter of the piece
        start = end
    telling = [piece for piece in pieces if not _HIRAGANA.fullmatch(piece)]
    return telling if 2 * sum(map(len, pieces)) > len(words) else []


def _name_event(words: Iterable[str], reader: Reader) -> bool:
    return len(meet([reader.find(word).within(Zone.EVENT) for word in words]).rows) > 0


def is_beginning(word: str, reader: Reader) -> bool:
    """Whether longer words in visible documents begin with this word, which then is unfinished rather than misspelt.

    A word of one or two letters is never a beginning.
    """
    begun = [one for one in list_words_with(word, limit=MOST_COMPLETED) if one != word] if len(word) > 2 else []
    reader.load(begun)
    return any(_count(one, reader) for one in begun)


def find_near(word: str, reader: Reader, *, least: int = 1) -> str | None:
    """Return the similar word that was probably meant by a misspelled one; None if no similar word is common enough.

    It must be in at least `least` visible documents. It is the most similar one, and the commonest of equally similar
    ones.
    """
    near = [one for one in list_near(word) if one != word]
    reader.load(near)
    common = [(OSA.distance(word, one), -count, one) for one in near if (count := _count(one, reader)) >= least]
    return min(common)[2] if common else None


def _count(word: str, reader: Reader) -> int:
    rows = reader.find(word).rows  # those of one document stand together
    return int(np.count_nonzero(np.diff(rows))) + 1 if len(rows) else 0
