"""Puts `<mark>` around mentions of tags in the HTML of a takeaway, by the same rules that find mentions."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from talks.models import Tag
from talks.names import strip_accents
from talks.vocabulary.mentions_in_text import BaseTag, Context, Vocabulary, build_vocabulary
from talks.vocabulary.text_words import split_words

_TOKEN = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|&(?:\#\d+|\#[xX][0-9a-fA-F]+|\w+);|.""", re.DOTALL)
# Inline elements: words on both sides of their tags are on one line.
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b")


@dataclass(frozen=True, slots=True)
class Marker:
    """The keys of the tags to mark, and the vocabulary that finds their mentions."""

    vocabulary: Vocabulary
    keys: frozenset[str]

    def find_places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each mention in a text, whose accents are already removed."""
        words = split_words(text)
        if len(words.text) != len(text):  # parts of Korean letters became one letter, so positions differ
            return
        reading = self.vocabulary.read_words(words)
        context = Context(reading.clues, self.keys)
        for key, (start, size, _, _) in self.vocabulary.choose_hits(reading, context):
            if key in self.keys:
                yield words.spans[start][0], words.spans[start + size - 1][1]


def make_marker(tags: Iterable[Tag]) -> Marker:
    """Make the marker of these tags; their aliases should be prefetched."""
    base_tags = [
        BaseTag(tag.folded, tag.name, tuple(alias.name for alias in tag.aliases.all()), tag.everywhere) for tag in tags
    ]
    return Marker(build_vocabulary(base_tags), frozenset(tag.key for tag in base_tags))


def mark_mentions(html: str, marker: Marker) -> str:
    """Put `<mark>` around each mention of the marker's tags; elements and entities of the HTML stay whole."""
    tokens = _TOKEN.findall(html)
    pieces = [_read_token(token) for token in tokens]
    owners = [number for number, piece in enumerate(pieces) for _ in piece]
    marked: set[int] = set()
    for start, end in marker.find_places("".join(pieces)):
        marked.update(range(owners[start], owners[end - 1] + 1))
    return "".join(_write_tokens(tokens, marked)) if marked else html


def _read_token(token: str) -> str:
    """Return the text that an HTML tag, an entity or a character stands for when words are matched."""
    if token.startswith("<") and len(token) > 1:
        return "" if _INLINE.match(token) else "\n"
    return strip_accents(unescape(token) if len(token) > 1 else token)


def _write_tokens(tokens: list[str], marked: Collection[int]) -> Iterator[str]:
    """Yield the tokens, with `<mark>` around each run of marked ones; a mark never contains an HTML tag."""
    is_open = False
    for number, token in enumerate(tokens):
        inside = number in marked and not (token.startswith("<") and len(token) > 1)
        if inside is not is_open:
            yield "<mark>" if inside else "</mark>"
            is_open = inside
        yield token
    if is_open:
        yield "</mark>"
