"""Tells whether anything is noted of a talk, and whether the notes say what was said in it."""

import re
from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.takeaways import is_dated, says_anything
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words
from talks.parsing.words.speech import FIRST_PERSON

_MARKS = (Form.HEADING, Form.RULE, Form.IMAGE, Form.DEFINITIONS)
_SENTENCE_END = re.compile(r"[.!?](?:\s|\Z)|[。！？]")
_POINT_WORDS, _FEW_WORDS = 3, 5
_LOOKED_AT, _MOST_POINTS = 800, 20


def holds_notes(document: Document, talk: Candidate) -> bool:
    """Whether anything is noted of a talk beside its title and speaker.

    Headings, rules, images and definitions of links are no notes, nor are other cells of a row of a table.
    """
    if talk.item:
        return bool(talk.item.items) or (bool(talk.rest) and talk.kind != "table row")
    inside = set(range(talk.start + 1, talk.end)) - talk.byline
    return any(document.blocks[number].form not in _MARKS for number in inside)


def tells_what_was_said(document: Document, talk: Candidate) -> bool:
    """Whether points of several words are noted of a talk, or whole sentences without "I" or "we"."""
    if talk.item and talk.kind == "table row":
        return any(says_what_was_heard(cell) for cell in talk.item.text.split("|") if talk.title not in cell)
    if talk.item:
        return _has_points(document, talk, talk.item.items) or says_what_was_heard(talk.rest)
    start = talk.start if talk.kind == "paragraph" else talk.start + 1
    inside = (document.blocks[n] for n in range(start, talk.end) if n not in talk.byline)
    return any(
        _has_points(document, talk, block.items)
        or (block.form in (Form.PARAGRAPH, Form.QUOTE) and _is_prose(make_plain(block.content[:_LOOKED_AT])))
        for block in inside
    )


def _has_points(document: Document, talk: Candidate, items: Sequence[Item]) -> bool:
    return any(
        item.line not in talk.labels
        and count_words(item.text) >= _POINT_WORDS
        and says_anything(item, document.definitions)
        and not is_dated(item.text)
        for item in items[:_MOST_POINTS]
    )


def _is_prose(text: str) -> bool:
    """Whether a text has no "I", "we" or the like, and an ended sentence of five words or more."""
    return says_what_was_heard(text) and any(count_words(each) >= _FEW_WORDS for each in _SENTENCE_END.split(text)[:-1])


def says_what_was_heard(text: str) -> bool:
    """Whether a text beside a talk says what was heard: it has five words at least, none of which is "I" or "we"."""
    text = text[:_LOOKED_AT]
    return count_words(text) >= _FEW_WORDS and FIRST_PERSON.isdisjoint(fold_words(text).split())
