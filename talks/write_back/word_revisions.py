"""Replaces old words by new ones, changing as few characters around them as possible. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from talks.write_back.text_patches import SourceText, Span, Splice

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.5
_MOST_WORDS = 2_000
_NEAR = 300
_OPENING = re.compile(r"(?:!?\[|[*_`]+|<[a-z][^<>]*>)+\Z", re.IGNORECASE)
_CLOSING = re.compile(r"(?:\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)|\[[^\[\]]*\])?|[*_`]+|</\w+>)+")
_PAIRED = (r"\*", r"`", r"(?<!\w)_|_(?!\w)")
_ESCAPE = re.compile(r"\\.")


def change_words(
    source: SourceText, places: Sequence[Span], old: str, new: str, *, marked: bool = False
) -> list[Splice] | None:
    """Return splices that replace only the words that differ; `places` are the spans of the old text's characters.

    Return None if less than half of the words of the shorter text stay, if the texts have too many words to compare, or
    if one half of a pair of marks around `marked` words would be lost.
    """
    was, becomes = _WORD.findall(old), _WORD.findall(new)
    if max(len(was), len(becomes)) > _MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, was, becomes, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks() if "".join(was[block.a :][: block.size]).strip())
    if kept < _ALIKE * min(len(was), len(becomes)):
        return None
    offsets = [0, *accumulate(map(len, was))]
    splices = []
    for what, first, last, start, stop in matcher.get_opcodes():
        if what != "equal":
            span = _locate_words(source, places, offsets[first], offsets[last], marked=marked)
            if span is None:
                return None
            splices.append(Splice(*span, "".join(becomes[start:stop])))
    return splices


def _locate_words(source: SourceText, places: Sequence[Span], first: int, last: int, *, marked: bool) -> Span | None:
    """Return the span of the old text's characters from index `first` to before `last`.

    If both are equal, the span is empty and stands where new words belong. None if marks around the words would lose
    their other half. `places` are the spans of the old text's characters.
    """
    if first < last:
        span = places[first][0], places[last - 1][1]
        return include_edge_marks(source, span) if marked else span
    if first < len(places):
        place = places[first - 1][1] if first else places[0][0]
        return place, place
    whole = include_edge_marks(source, (places[0][0], places[-1][1])) if marked else None
    return (whole[1], whole[1]) if whole and whole[0] == places[0][0] else (places[-1][1], places[-1][1])


def include_edge_marks(source: SourceText, span: Span) -> Span | None:
    """Return the span, widened by marks (such as `**`) at its edges whose other half is inside.

    Return None if a mark inside still lacks its other half.
    """
    start, end = span
    if _is_whole(source.text[start:end]):
        return span
    opening = _OPENING.search(source.text[max(0, start - _NEAR) : start])
    closing = _CLOSING.match(source.text, end, end + _NEAR)
    before = start - len(opening[0]) if opening else start
    after = closing.end() if closing else end
    spans = ((before, end), (start, after), (before, after))
    return next((wider for wider in spans if _is_whole(source.text[slice(*wider)])), None)


def _is_whole(text: str) -> bool:
    text = _ESCAPE.sub("", text)
    if text.count("[") != text.count("]") or text.count("<") != text.count(">"):
        return False
    return all(len(re.findall(mark, text)) % 2 == 0 for mark in _PAIRED)


def replace_words(source: SourceText, places: Sequence[Span], new: str) -> Iterator[list[Splice]]:
    """Yield one list, of the splice that replaces all words and the marks that belong to them.

    Yield nothing if a pair of marks would be broken.
    """
    if span := include_edge_marks(source, (places[0][0], places[-1][1])):
        yield [Splice(*span, new)]
