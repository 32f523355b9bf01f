"""Changes a text at single places and leaves every other character as it is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talks import names
from talks.importing.fitting import LINE_END

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Splice:
    """What shall stand in the place of `text[start:end]`."""

    start: int
    end: int
    new: str


class SourceText:
    """A post's text with the places of its lines, which count from 1 as the parser counts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = list(LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._stops = [*(end.start() for end in ends), len(text)]
        self._line_ends = [end[0] for end in ends]

    def span(self, first: int, last: int) -> Span:
        """Where these lines stand, without the last one's line end."""
        return self._starts[first - 1], self._stops[last - 1]

    def line(self, number: int) -> str:
        """One line without its end."""
        return self.text[slice(*self.span(number, number))]

    def has(self, number: int) -> bool:
        """Whether there is such a line."""
        return 1 <= number <= len(self._starts)

    def line_end(self, number: int) -> str:
        """How the line ends; where it is the last one, how the one above does."""
        if not self._line_ends:
            return "\n"
        return self._line_ends[min(number, len(self._line_ends)) - 1]

    def find(self, words: str, within: Span, *, marks: str = "", whole: bool = False) -> Span | None:
        """Where the words stand first: any white space counts as any other, line breaks and quote marks too.

        `marks` are characters that may stand between; with `whole` no letter may touch the words.
        """
        text, (start, end) = self.text, within
        if not words:
            return None
        whole = whole and not names.is_unspaced(words)
        place = text.find(words[0], start, end)
        while place >= 0:
            stop = _match(text, words, place, end, marks)
            if stop and not (whole and _touches(text, words, (place, stop))):
                return place, stop
            place = text.find(words[0], place + 1, end)
        return None

    def patch(self, splices: Iterable[Splice]) -> str | None:
        """The text with all of these changes; None where two of them are about the same place."""
        pieces: list[str] = []
        end = 0
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
            if splice.start < end:
                return None
            pieces += [self.text[end : splice.start], splice.new]
            end = splice.end
        return "".join([*pieces, self.text[end:]])


def _match(text: str, words: str, place: int, end: int, marks: str) -> int | None:
    """Where the words that begin at `place` end, or None."""
    i, j = place, 0
    while j < len(words):
        if i >= end:
            return None
        if words[j].isspace():
            stop = _skip_space(text, i, end)
            if stop > i:
                while j < len(words) and words[j].isspace():
                    j += 1
            elif text[i] not in marks:
                return None
            i = stop if stop > i else i + 1
        elif text[i] == words[j]:
            i, j = i + 1, j + 1
        elif text[i] in marks:
            i += 1
        elif text[i] in "\r\n":  # East Asian lines are joined without a space
            i = _skip_space(text, i, end)
        else:
            return None
    return i


def _skip_space(text: str, i: int, end: int) -> int:
    broken = False
    while i < end and (text[i].isspace() or (broken and text[i] == ">")):
        broken = broken or text[i] in "\r\n"
        i += 1
    return i


def _touches(text: str, words: str, span: Span) -> bool:
    before, after = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 1]
    return (words[0].isalnum() and before.isalnum()) or (words[-1].isalnum() and after.isalnum())


def find_first(source: SourceText, words: str, places: Sequence[Span], *, marks: str = "") -> Span | None:
    """Where the words stand whole in the first of these places that has them."""
    found = (source.find(words, place, marks=marks, whole=True) for place in places)
    return next((span for span in found if span), None)
