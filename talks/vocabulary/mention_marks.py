"""Puts `<mark>` around mentions of tags in the HTML of a takeaway, by the same rules that find mentions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from talks.counts_and_cut_texts import join_spans
from talks.markup import ELEMENT
from talks.models import Tag
from talks.names import drop_accents
from talks.vocabulary.equal_spellings import split_words
from talks.vocabulary.mentions_in_text import BaseTag, Context, Vocabulary, build_vocabulary

# An element, an entity, a run of other ASCII characters, or a single character
_TOKEN = re.compile(ELEMENT.pattern + r"|&(?:\#\d+|\#[xX][0-9a-fA-F]+|\w+);|[\x00-%'-;=-\x7f]+|.", re.DOTALL)
# Inline elements: words on both sides of their tags are on one line.
_INLINE = re.compile(r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b")


@dataclass(frozen=True, slots=True)
class Marker:
    """The folded names of the tags whose mentions are marked, `keys`, and the vocabulary that finds these mentions."""

    vocabulary: Vocabulary
    keys: frozenset[str]

    def find_places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end, as positions of characters, of each mention of the tags in a text without accents.

        Of a text with decomposed Korean letters nothing is yielded, since its positions would be wrong.
        """
        words = split_words(text)
        if len(words.text) != len(text):  # parts of Korean letters became one letter, so positions differ
            return
        reading = self.vocabulary.read_words(words)
        context = Context(reading.clues, self.keys)
        for key, (start, size, _, _) in self.vocabulary.choose_hits(reading, context):
            if key in self.keys:
                yield words.spans[start][0], words.spans[start + size - 1][1]


def make_marker(tags: Iterable[Tag]) -> Marker:
    """Return the marker for these tags, whose aliases should be prefetched."""
    base_tags = [
        BaseTag(tag.folded, tag.name, tuple(alias.name for alias in tag.aliases.all()), tag.everywhere) for tag in tags
    ]
    return Marker(build_vocabulary(base_tags), frozenset(tag.key for tag in base_tags))


def mark_mentions(html: str, marker: Marker) -> str:
    """Return the HTML with `<mark>` around each mention of the marker's tags; HTML tags and entities stay whole."""
    text, places = _read_text(html)
    marked, written = [], 0
    for start, end in join_spans((places[start][0], places[end - 1][1]) for start, end in marker.find_places(text)):
        marked += [html[written:start], _mark_words(html[start:end])]
        written = end
    return "".join([*marked, html[written:]])


def _read_text(html: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of HTML, in which names are looked for, and where in the HTML each character of the text is.

    Places are pairs of start and end. The characters of one entity have the same place.
    """
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(html):
        token, (start, end) = match[0], match.span()
        if token[0] not in "<&" and token.isascii():
            pieces.append(token)
            places += zip(range(start, end), range(start + 1, end + 1), strict=True)
        else:
            piece = _read_token(token)
            pieces.append(piece)
            places += [(start, end)] * len(piece)
    return "".join(pieces), places


def _read_token(token: str) -> str:
    """Return the text of an HTML tag, an entity or a character, without accents.

    The text of an HTML tag is "" if the element is inline; otherwise it is a line end.
    """
    if token.startswith("<") and len(token) > 1:
        return "" if _INLINE.match(token) else "\n"
    return drop_accents(unescape(token) if len(token) > 1 else token)


def _mark_words(html: str) -> str:
    """Put `<mark>` around each text between the tags of one mention's HTML, so that no mark contains an HTML tag."""
    marked, written = [], 0
    for element in ELEMENT.finditer(html):
        marked += [_mark(html[written : element.start()]), element[0]]
        written = element.end()
    return "".join([*marked, _mark(html[written:])])


def _mark(text: str) -> str:
    return f"<mark>{text}</mark>" if text else ""
