"""Marks in a takeaway's HTML where it mentions tags, found by the rules that find mentions.

The HTML is cleaned already; its elements and entities stay whole.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape

from talks.vocabulary.compiled_names import Context, Vocabulary
from talks.vocabulary.word_runs import split_words, strip_accents

_TOKEN = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|&(?:\#\d+|\#[xX][0-9a-fA-F]+|\w+);|.""", re.DOTALL)
# Elements within a line: words on both sides of their tags stand together.
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b")


@dataclass(frozen=True, slots=True)
class Marker:
    """The tags to be marked, by their keys, and the vocabulary that finds them."""

    vocabulary: Vocabulary
    keys: frozenset[str]

    def find_places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the text, which has no accents, mentions the tags: it is known to mention them."""
        words = split_words(text)
        if len(words.text) != len(text):  # parts of Korean letters that melt into one: their places are lost
            return
        reading = self.vocabulary.read_words(words)
        context = Context(reading.marks, self.keys)
        for key, (start, size, _, _) in self.vocabulary.choose_hits(reading, context):
            if key in self.keys:
                yield words.spans[start][0], words.spans[start + size - 1][1]


def mark_mentions(html: str, marker: Marker) -> str:
    """The HTML with `<mark>` around what mentions one of the marker's tags."""
    tokens = _TOKEN.findall(html)
    pieces = [_read_token(token) for token in tokens]
    owners = [number for number, piece in enumerate(pieces) for _ in piece]
    marked: set[int] = set()
    for start, end in marker.find_places("".join(pieces)):
        marked.update(range(owners[start], owners[end - 1] + 1))
    return "".join(_write_tokens(tokens, marked)) if marked else html


def _read_token(token: str) -> str:
    """What matching sees of a tag, an entity or a character."""
    if token.startswith("<") and len(token) > 1:
        return "" if _INLINE.match(token) else "\n"
    return strip_accents(unescape(token) if len(token) > 1 else token)


def _write_tokens(tokens: list[str], marked: Collection[int]) -> Iterator[str]:
    """The tokens with marks around each run of marked ones; a mark never holds a tag."""
    is_open = False
    for number, token in enumerate(tokens):
        inside = number in marked and not (token.startswith("<") and len(token) > 1)
        if inside is not is_open:
            yield "<mark>" if inside else "</mark>"
            is_open = inside
        yield token
    if is_open:
        yield "</mark>"
