"""Finds names and titles in which a word begins with given letters. All names and titles are kept sorted in memory.

Names are loaded again when the base changes, titles when the documents of their block change.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np

from talks.models import Conference, Series, Speaker, Tag
from talks.names import spell_plainly
from talks.search import tokens
from talks.search.columns import Numbers
from talks.search.direct_hits import Named
from talks.search.documents import TITLE_SIGN
from talks.search.engine import read_document_words
from talks.search.kept_values import keep_for_version
from talks.search.named_tags import list_spellings
from talks.search.plain_names import make_plain_key
from talks.search.postings import BLOCK_SIZE, locate
from talks.search.ranking import sort_newest
from talks.search.snapshot import Snapshot

_LAST = "\U0010ffff"
_TITLE_WORD = re.compile(f"{TITLE_SIGN}([^ ]+)")


class _Starts:
    """Texts that names begin with from one of their words on, sorted, each with the index of the name's page."""

    def __init__(self, starts: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(starts)
        self._starts = [start for start, _ in ordered]
        self._places = [place for _, place in ordered]

    def find(self, key: str) -> set[int]:
        """Return the indexes of the pages with a text that begins with the key."""
        first, last = bisect_left(self._starts, key), bisect_left(self._starts, key + _LAST)
        return set(self._places[first:last])


class _Names:
    """The names of one kind of page, such as speakers: "Lisa Guo" is found by the beginning of either word."""

    def __init__(self, kind: str, rows: Iterable[tuple[Any, Iterable[str]]]) -> None:
        """`rows` are pairs of a row and the keys of its names, of which the first is the one that is shown."""
        self.kind = kind
        self.named: list[Named] = []
        starts: set[tuple[str, int]] = set()
        within_others: set[tuple[str, int]] = set()
        for place, (row, keys) in enumerate(rows):
            self.named.append(Named(kind, str(row), row.get_absolute_url()))
            for number, key in enumerate(keys):
                beginning, *later = _list_starts(key)
                starts.add((beginning, place))
                (within_others if number else starts).update((start, place) for start in later)
        self._starts = _Starts(starts)
        self._within_others = _Starts(within_others)

    def find(self, key: str, words: Sequence[str], most: int) -> list[Named]:
        """Return at most `most` pages with a name that contains `key`, a sort key, from the beginning of a word on.

        Pages of which only another name has the key, and not at its beginning, come last: the typed "prom" is in
        "Prompt Injection" sooner than in "bash prompt", another name of Bash. Conferences must have words that begin
        with those of the key, in any order, and are found only if the key has a digit. `words` are the folded words of
        the typed text: if the last of them has a sign, as "c++" has, a word of the name must begin with it.
        """
        if self.kind == "conference":
            several = [self._starts.find(word) for word in key.split()] if any(map(str.isdigit, key)) else [set()]
            places = sorted(set.intersection(*several))
        else:
            first = self._starts.find(key)
            places = [*sorted(first), *sorted(self._within_others.find(key) - first)]
        found = (self.named[place] for place in places)
        last = words[-1]
        fitting = found if last.isalnum() else (one for one in found if _has_beginning(one.title, last))
        return list(islice(fitting, most))


def _has_beginning(name: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in tokens.list_words(name))


def _list_starts(key: str) -> Iterator[str]:
    """Yield the key of a name from each of its words on: "lisa guo" and "guo"."""
    yield key
    place = key.find(" ")
    while place >= 0:
        yield key[place + 1 :]
        place = key.find(" ", place + 1)


def find_names(text: str, words: Sequence[str], *, staff: bool, most: int) -> list[Named]:
    """Return pages of tags, speakers, series and conferences whose name contains the text from a word of the name on.

    `words` are the folded words of the text. At most `most` pages of each kind are returned.
    """
    key = make_plain_key(text)
    kinds = _load_names(staff=staff) if key else ()
    return [named for kind in kinds for named in kind.find(key, words, most)]


@keep_for_version
def _load_names(*, staff: bool) -> list[_Names]:
    fields = ("name", "sort_key", "slug")
    tags = Tag.objects.visible(staff=staff).with_counts(staff=staff).by_count().only(*fields, "folded")
    speakers = Speaker.objects.visible(staff=staff).order_by("sort_key", "pk").only(*fields)
    series = Series.objects.visible(staff=staff).order_by("sort_key", "pk").only(*fields, "aliases")
    editions = Conference.objects.visible(staff=staff).select_related("series").order_by("-year", "series__sort_key")
    return [
        _Names("tag", ((row, map(make_plain_key, list_spellings(row))) for row in tags.prefetch_related("aliases"))),
        _Names("speaker", ((row, [spell_plainly(row.sort_key)]) for row in speakers)),
        _Names("series", ((row, map(make_plain_key, (row.name, *row.aliases))) for row in series)),
        _Names("conference", ((row, [make_plain_key(str(row))]) for row in editions)),
    ]


class _BlockTitles:
    """The words in the titles of one block's talks, each with the slots of the talks."""

    def __init__(self, block: int) -> None:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for key, words in read_document_words(block):
            for word in _TITLE_WORD.findall(words):
                found[word].append(locate(key)[1])
        self._words = sorted(found)
        self._slots = np.array([slot for word in self._words for slot in found[word]], np.int64)
        self._firsts = [0, *np.cumsum([len(found[word]) for word in self._words]).tolist()]

    def find(self, first: str, last: str) -> Numbers:
        """Return the slots of talks with a title word from `first` to before `last`, in the order of texts."""
        start, end = bisect_left(self._words, first), bisect_left(self._words, last)
        return self._slots[self._firsts[start] : self._firsts[end]]


class _Titles:
    """The titles of all talks of a snapshot."""

    def __init__(self, snapshot: Snapshot, known: dict[int, tuple[int, _BlockTitles]]) -> None:
        self.snapshot = snapshot
        self.blocks: dict[int, tuple[int, _BlockTitles]] = {}
        for block, stamp in snapshot.stamps.items():
            if block >= 0:
                held = known.get(block)
                self.blocks[block] = held if held and held[0] == stamp else (stamp, _BlockTitles(block))
        numbers = snapshot.numbers
        self._newest = sort_newest(np.arange(len(snapshot.key)), numbers["year"], numbers["day"], snapshot.key)

    def has(self, first: str, last: str) -> Any:
        """Return for each row whether its title has a word from `first` to before `last`, in the order of texts."""
        has = np.zeros(len(self.snapshot.key), np.bool_)
        for block, (_, titles) in self.blocks.items():
            base = self.snapshot.bases[block]
            has[base : base + BLOCK_SIZE][titles.find(first, last)] = True
        return has

    def list_keys(self, has: Any, most: int, *, staff: bool) -> list[int]:
        """Return the primary keys of the newest talks that the reader may see and that `has` marks, `most` at most.

        `has` says of each row whether it is marked.
        """
        chosen = has & self.snapshot.list_visible(staff=staff)
        rows = self._newest[chosen[self._newest]]
        return [int(key) for key in self.snapshot.key[rows[:most]]]


_lock = Lock()
_titles: _Titles | None = None


def find_titles(words: list[str], snapshot: Snapshot, *, staff: bool, most: int) -> list[int]:
    """Return the primary keys of the newest talks that the reader may see whose titles have all of the `words`.

    The last of `words` may be the beginning of a word. At most `most` are returned.
    """
    titles = _load_titles(snapshot)
    *whole, last = words
    has = titles.has(last, last + _LAST)
    for word in whole:
        has &= titles.has(word, word + "\0")
    return titles.list_keys(has, most, staff=staff)


def _load_titles(snapshot: Snapshot) -> _Titles:
    global _titles
    with _lock:
        if _titles is None or _titles.snapshot is not snapshot:
            _titles = _Titles(snapshot, _titles.blocks if _titles else {})
        return _titles
