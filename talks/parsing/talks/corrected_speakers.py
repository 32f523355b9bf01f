"""Reads the names of speakers that an editor gave, and finds the lines of the talk that only name these speakers."""

import re
from collections.abc import Iterator

from talks.names import fold_words
from talks.parsing.talks.bylines import SHAPED, read_byline
from talks.parsing.talks.corrected_reading import Corrected
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.full_names import list_name_words
from talks.parsing.talks.people import read_people
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item
from talks.parsing.words.speech import SPEECH_VERBS
from talks.parsing.words.talk_words import AND_WORDS, BY_WORDS, ROLE_WORDS, SPEAKER_LABELS

_MOST_BLOCKS, _LEAST_ITEMS = 5, 4
_LONGEST_LINE = 200  # characters
AROUND_NAMES = {
    *SPEAKER_LABELS,
    *AND_WORDS,
    *(word for by in BY_WORDS for word in by.split()),
}
_PIECE_END = re.compile(r"[,;|(@–—]|\s-\s|\s(?:at|of)\s")
_ROLES = ROLE_WORDS - {"engineering"}  # which is a subject, too
_TELLING = (SPEECH_VERBS | {"are", "were"}) - {"led", "has", "a", "ont"}  # what is told, rather than who tells it


def split_names(text: str) -> list[str]:
    """Return the names in a text that is only full names with commas or "and" between them, else the text in a list."""
    people = read_people(text).speakers
    names = [speaker.name for speaker in people]
    spare = sorted(word for word in fold_words(text).split() if word not in AND_WORDS)
    full = all(len(name.split()) > 1 for name in names) and not any(speaker.affiliation for speaker in people)
    return names if full and len(names) > 1 and spare == sorted(fold_words(" ".join(names)).split()) else [text]


def set_speaker_lines(state: Corrected, talk: Candidate) -> None:
    """Take lines near the talk's title that only name its speakers out of its notes.

    A paragraph is cut below such lines. Items nested in an item that only names speakers stay notes.
    """
    if not talk.speakers:
        return
    if talk.item:
        talk.named |= _find_naming_items(state.document, talk, talk.item.items)
        return
    for line in list(_find_lines_below_names(state.document, talk)):
        state.cut(line)
    for number in _list_top_blocks(talk):
        block = state.document.blocks[number]
        if block.form is Form.LIST:
            talk.named |= _find_naming_items(state.document, talk, block.items)
        elif block.form is Form.PARAGRAPH and all(
            _names(state.document, talk, row) for row in block.content.split("\n")
        ):
            talk.byline |= {number}


def _find_naming_items(document: Document, talk: Candidate, items: tuple[Item, ...]) -> frozenset[int]:
    """Return the line numbers of items that only name the talk's speakers, among the first four items.

    If more than four people speak, as many items are looked at.
    """
    first = items[: max(len(talk.speakers), _LEAST_ITEMS)]
    return frozenset(item.line for item in first if _names(document, talk, item.text))


def list_nested_notes(items: tuple[Item, ...], named: frozenset[int]) -> tuple[Item, ...]:
    """Return the items; an item whose line is in `named` is replaced by the items nested in it."""
    return tuple(note for item in items for note in (item.items if item.line in named else (item,)))


def _list_top_blocks(talk: Candidate) -> list[int]:
    return [number for number in talk.blocks if number > talk.start][:_MOST_BLOCKS]


def _find_lines_below_names(document: Document, talk: Candidate) -> Iterator[int]:
    """Yield the number of the line below the speakers, for each paragraph that begins with lines of only speakers.

    Only the first five blocks below the title are looked at; a paragraph of nothing but such lines yields none.
    """
    for number in _list_top_blocks(talk):
        block = document.blocks[number]
        rows = block.content.split("\n") if block.form is Form.PARAGRAPH else []
        count = next((n for n, row in enumerate(rows) if not _names(document, talk, row)), 0)
        if count:
            yield block.line + count


def _names(document: Document, talk: Candidate, text: str) -> bool:
    """Whether the text only names speakers of the talk and their company: "Speaker: Armon", "Ann Lee, CTO, Acme"."""
    text = text.strip()
    if len(text) > _LONGEST_LINE:
        return False
    names = {fold_words(speaker.name) for speaker in talk.speakers}
    known = {word for name in names for word in name.split()}
    companies = {word for speaker in talk.speakers for word in fold_words(speaker.affiliation or "").split()}
    words = set(fold_words(make_plain(text)).split())
    if words & known and words <= known | companies | AROUND_NAMES:
        return True
    if words & _TELLING:
        return False
    people = read_byline(text, document, SHAPED).speakers
    return bool(people) and all(fold_words(speaker.name) in names for speaker in people)


def tells_role(document: Document, talk: Candidate, text: str) -> bool:
    """Whether the text only names speakers of the talk, with a role behind the first name: "Ann Lee, CTO, Acme"."""
    known = AROUND_NAMES | list_name_words(talk.speakers)
    pieces = [fold_words(piece).split() for piece in _PIECE_END.split(make_plain(text))]
    told = next((words for words in pieces if not known.issuperset(words)), [])
    return not _ROLES.isdisjoint((*told[:1], *told[-1:])) and _names(document, talk, text)
