"""Finds words in markdown source in which line breaks, marks, escapes or invisible characters may interrupt them.

Pure.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from talks.markdown_entities import ENTITY, read_entities
from talks.parsing import clean_value

Span = tuple[int, int]
NOTHING: Mapping[int, tuple[int, str]] = MappingProxyType({})

_SPACE = re.compile(r"\s+")
_INNER = re.compile(r"(?<=\w)_(?=\w)")
_MARKUP = re.compile(
    r"\\(?=[^\w\s])|[*`~]|_|!?\[|\]\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*){0,9}(?:\s+\"[^\"\n]*\"|\s+'[^'\n]*')?\s*\)"
    r"|\]\[[^\[\]\n]*\]|\]|</?[a-z][^<>]{0,900}>|\{[:{%#][^{}\n]*\}",
    re.IGNORECASE,
)
_ESCAPE_OR_MARKUP = re.compile(rf"\\(?P<sign>[^\w\s]|_)|{_MARKUP.pattern}", re.IGNORECASE)


def drop_markup(text: str) -> str:
    """Return the text that readers see of a short piece of markdown, which may begin or end within a link or mark.

    The parser's functions do not serve here, since they read whole lines, with marks at both ends of words.
    """
    shown = _ESCAPE_OR_MARKUP.sub(lambda mark: mark["sign"] or "", _INNER.sub("\ue000", text))
    return read_entities(shown.replace("\ue000", "_"))


def match_words(
    text: str, words: str, place: int, end: int, *, marked: bool, replaced: Mapping[int, tuple[int, str]] = NOTHING
) -> list[Span]:
    """Return the span of each character of `words` if `text[place:end]` begins with them, else an empty list.

    With `marked`, Markdown and HTML markup may interrupt the words. `replaced` are spans of the text that count as
    other words: start of the span → (its end, the words).
    """
    places: list[Span] = []
    while len(places) < len(words):
        if place in replaced:
            stop, said = replaced[place]
            if not words.startswith(said, len(places)):
                return []
            places += [(place, stop)] * len(said)
            place = stop if said else _skip_unread(text, stop, end, words, len(places))
            continue
        stop, count = _match_next(text, place, end, words, len(places), marked=marked)
        if stop == place:
            return []
        places += [(place, stop)] * count
        place = stop
    return places


def _skip_unread(text: str, place: int, end: int, words: str, j: int) -> int:
    """Return the index behind the white space at `place`, if readers do not see that white space; else `place`.

    Pages show several spaces as one, and none at the beginning: so it is if `words[:j]`, the words matched so far, are
    empty or end in a space.
    """
    while place < end and text[place].isspace() and (j == 0 or words[j - 1].isspace()):
        place += 1
    return place


def _match_next(text: str, i: int, end: int, words: str, j: int, *, marked: bool) -> Span:
    """Match `words[j:]` with `text[i:]` by one step.

    Return the index in `text` at which the step ends, and how many characters of `words` it matches: 0 if it only
    passes over markup. If the step ends at `i`, nothing matches.
    """
    if i >= end:
        return i, 0
    if marked and text[i] == "&" and (entity := ENTITY.match(text, i, end)):
        said = " ".join(read_entities(entity[0]).split()) or " "
        return (entity.end(), len(said)) if words.startswith(said, j) else (i, 0)
    if text[i].isspace():
        return _match_space(text, i, end, words, j, marked=marked)
    if text[i] == words[j]:
        return i + 1, 1
    stop = i + 1
    while stop < end and unicodedata.combining(text[stop]):
        stop += 1
    said = clean_value(text[i:stop])
    if words.startswith(said, j):  # a letter with separate accents, or invisible characters
        return stop, len(said)
    markup = _MARKUP.match(text, i, end) if marked else None
    return (markup.end() if markup else i), 0


def _match_space(text: str, i: int, end: int, words: str, j: int, *, marked: bool) -> Span:
    stop = i
    broken = False
    while stop < end and (text[stop].isspace() or (broken and text[stop] == ">")):
        broken = broken or text[stop] in "\r\n"
        stop += 1
    if words[j].isspace():
        return stop, _SPACE.match(words, j).end() - j  # type: ignore[union-attr]
    # East Asian lines are joined without a space, and a mark between two spaces may have been removed.
    free = broken or (marked and j > 0 and words[j - 1].isspace())
    return (stop if free else i), 0
