"""Replaces spans of a text and leaves every other character unchanged. Pure."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from talks import names
from talks.line_ends import LINE_END
from talks.parsing import LineupEntry, ParsedTakeaway, Passage, find_replaced
from talks.write_back.source_matching import Span, match_words

_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Splice:
    """The replacement of `text[start:end]` by `new`."""

    start: int
    end: int
    new: str


def quote(value: str) -> str:
    """Return a value in double quotation marks as YAML and TOML read it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class SourceText:
    """The text of a post and the spans (start, end) of its lines, which are numbered from 1 as in the parser.

    Comments and marks of other tools, which the parser does not read, survive every change around them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._replaced = find_replaced(text)
        self._comments = {start: end for start, (end, said) in self._replaced.items() if not said}
        self._comment_starts = sorted(self._comments)
        ends = list(LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._stops = [*(end.start() for end in ends), len(text)]
        self._line_ends = [end[0] for end in ends]

    def line_span(self, first: int, last: int | None = None) -> Span:
        """Return the span of the lines from `first` to `last`, or of `first` alone, without the last line's end.

        All spans are in characters of the text.
        """
        return self._starts[first - 1], self._stops[(last or first) - 1]

    def part_span(self, part: LineupEntry | ParsedTakeaway | Passage) -> Span:
        """Return the span of the lines of a part of the post, without the last line's end."""
        return self.line_span(part.line, part.end_line)

    def line(self, number: int) -> str:
        """Return the line with this number, counted from 1, without its line end."""
        return self.text[slice(*self.line_span(number))]

    def has_line(self, number: int) -> bool:
        return 1 <= number <= len(self._starts)

    def skip_comment(self, number: int) -> int:
        """Return the number of the last line of the comment in which the line with this number ends.

        If the line ends in no comment, return its own number.
        """
        if not self.has_line(number):
            return number
        stop = self._stops[number - 1]
        return bisect_left(self._stops, self._find_comment_end(stop)) + 1 if self._is_in_comment(stop) else number

    def line_end(self, number: int) -> str:
        """Return the characters, such as CR LF, that end the line with this number.

        For the last line return those of the line above; LF if there is no other line.
        """
        if not self._line_ends:
            return "\n"
        return self._line_ends[min(number, len(self._line_ends)) - 1]

    def find_words(self, words: str, within: Span, *, marked: bool = False) -> Span | None:
        """Return the span of the words where they first occur in the span `within`; None if they do not occur there.

        Comments and, with `marked`, markup may interrupt the words, as `locate_characters` says.
        """
        places = self.locate_characters(words, within, marked=marked)
        return (places[0][0], places[-1][1]) if places else None

    def find_whole_words(self, words: str, within: Sequence[Span]) -> Iterator[list[Span]]:
        """Yield the first three places, in each of the spans `within`, that have the words as whole words.

        A place is a list of the spans of the words' characters. Markup may interrupt the words.
        """
        for span in within:
            yield from islice(self._find_whole_words(words, span), _MOST_PLACES)

    def _find_whole_words(self, words: str, within: Span) -> Iterator[list[Span]]:
        start, end = within
        unspaced = names.is_unspaced(words)
        while places := self.locate_characters(words, (start, end), marked=True):
            start = places[0][0] + 1
            if unspaced or not _touches(self.text, words, (places[0][0], places[-1][1])):
                yield places

    def locate_characters(self, words: str, within: Span, *, marked: bool = False) -> list[Span]:
        """Return the span of each character of the words where they first stand in the span `within`; [] if nowhere.

        Any white space matches any other, also across line breaks with the `>` of block quotes. Comments may interrupt
        the words and, with `marked`, Markdown and HTML markup.
        """
        start, end = within
        if not words:
            return []
        first = re.compile(f"[{re.escape(words[0])}{re.escape(unicodedata.normalize('NFD', words[0])[0])}&]")
        opened = [place for place, (_, said) in self._replaced.items() if start <= place < end and said[:1] == words[0]]
        for place in sorted({*opened, *(found.start() for found in first.finditer(self.text, start, end))}):
            if self._is_in_comment(place):
                continue
            if places := match_words(self.text, words, place, end, marked=marked, replaced=self._replaced):
                return places
        return []

    def _find_comment_end(self, place: int) -> int:
        """Return the index behind the last comment that begins before this index; 0 if there is none."""
        number = bisect_left(self._comment_starts, place)
        return self._comments[self._comment_starts[number - 1]] if number else 0

    def _is_in_comment(self, place: int) -> bool:
        return place in self._comments or place < self._find_comment_end(place)

    def _find_comments(self, splice: Splice) -> list[str]:
        """Return the comments that begin inside a span that is replaced, so that they can be kept."""
        first, last = (bisect_left(self._comment_starts, place) for place in (splice.start, splice.end))
        return [self.text[start : self._comments[start]] for start in self._comment_starts[first:last]]

    def patch(self, splices: Iterable[Splice]) -> str | None:
        """Return the text with all splices applied; None if two splices overlap.

        Comments in a replaced span are kept behind its new text.
        """
        pieces: list[str] = []
        end = 0
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
            if splice.start < end:
                return None
            pieces += [self.text[end : splice.start], " ".join([splice.new, *self._find_comments(splice)])]
            end = splice.end
        return "".join([*pieces, self.text[end:]])


def _touches(text: str, words: str, span: Span) -> bool:
    before, after = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 1]
    return (words[0].isalnum() and before.isalnum()) or (words[-1].isalnum() and after.isalnum())


def find_first(source: SourceText, words: str, places: Sequence[Span]) -> Span | None:
    """Return the span of the words in the first of these spans that has them as whole words; None if none has."""
    found = next(source.find_whole_words(words, places), None)
    return (found[0][0], found[-1][1]) if found else None
