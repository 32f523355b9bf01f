"""Cuts excerpts from long texts around the searched words and marks these. Results are plain text, not HTML."""

from collections.abc import Collection
from dataclasses import dataclass

from talks.counts_and_cut_texts import join_spans
from talks.search.tokens import Token, cut_words

LONGEST = 320
_BEFORE = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt, which is marked or not."""

    text: str
    marked: bool


def cut_excerpt(text: str, words: Collection[str], names: Collection[tuple[str, ...]] = ()) -> list[Piece]:
    """Return the text on one line, in pieces, with the searched words and names (several words side by side) marked.

    `words` and `names` must be folded. Of a text longer than `LONGEST` characters only a part is returned: its
    beginning or, if the first marked word comes later, the text around that word.
    """
    text = " ".join(text.split())
    spans = _find_spans(list(cut_words(text)), words, names)
    first, last = _choose_window(text, spans)
    pieces = [Piece("… ", marked=False)] if first else []
    at = first
    for start, end in spans:
        if start < at or end > last:
            continue
        pieces += [Piece(text[at:start], marked=False)] if start > at else []
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    rest = text[at:last] + (" …" if last < len(text) else "")
    return pieces + ([Piece(rest, marked=False)] if rest else [])


def _find_spans(
    found: list[Token], words: Collection[str], names: Collection[tuple[str, ...]]
) -> list[tuple[int, int]]:
    spans = [(token.start, token.end) for token in found if token.word in words]
    if names:
        by_number: dict[int, Token] = {}
        for token in found:
            by_number.setdefault(token.number, token)
        alone = [by_number[number] for number in sorted(by_number)]
        beginnings = {name[0] for name in names}
        for place, token in enumerate(alone):
            if token.word in beginnings:
                spans += [
                    (token.start, alone[place + len(name) - 1].end)
                    for name in names
                    if tuple(one.word for one in alone[place : place + len(name)]) == name
                ]
    return join_spans(spans)


def _choose_window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Return start and end, as indexes into the text, of the part to show: the whole text, or `LONGEST` characters.

    The part begins shortly before the first of the marked `spans` if this is beyond the beginning. It is cut at spaces
    if possible.
    """
    if len(text) <= LONGEST:
        return 0, len(text)
    first = max(0, spans[0][0] - _BEFORE) if spans and spans[0][1] > LONGEST - _BEFORE else 0
    if first and (space := text.find(" ", first, first + _BEFORE // 2)) >= 0:
        first = space + 1
    last = min(len(text), first + LONGEST)
    if last < len(text) and (space := text.rfind(" ", last - _BEFORE // 2, last)) > 0:
        last = space
    return first, last
