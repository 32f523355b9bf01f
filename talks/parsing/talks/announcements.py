"""Recognises whether a post announces notes of talks, or announces a future event."""

import re
from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.talks.document import Document
from talks.parsing.title_comparison import has_any
from talks.parsing.words.talks import NOTE_WORDS, TALK_PLURALS
from talks.parsing.words.tenses import PAST_WORDS, TO_COME

_INTRO = 3
_LOOKED_AT = 800
_LEAST_TO_COME = 2
_TO_COME = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(TO_COME, key=len, reverse=True))})(?!\w)")


def announces_notes(document: Document) -> bool:
    """Whether title, description or first paragraphs say that notes of a conference's talks follow."""
    if not document.series:
        return False
    title = document.meta.title or (document.plain(document.headings[0]) if document.headings else "")
    if has_any(fold_words(title), NOTE_WORDS):
        return True
    start = 1 if document.headings[:1] == (0,) else 0
    texts = [document.meta.description, *_read_opening(document, _INTRO, document.headings[start : start + 1])]
    return any(has_any(fold_words(text[:_LOOKED_AT]), TALK_PLURALS | NOTE_WORDS) for text in texts)


def announces_event(document: Document) -> bool:
    """Whether the post is about a future event. A post about a past event has the past tense, or mentions notes."""
    if has_any(fold_words(document.meta.title), NOTE_WORDS):
        return False
    text = fold_words(" ".join([document.meta.title, document.meta.description, *_read_opening(document, 2 * _INTRO)]))
    to_come = len(_TO_COME.findall(text))
    return to_come >= _LEAST_TO_COME and to_come > sum(word in PAST_WORDS for word in text.split())


def _read_opening(document: Document, count: int, stop: Sequence[int] = ()) -> list[str]:
    """Return the first paragraphs, up to the first heading that is in `stop`."""
    numbers = list(document.paragraphs(0, stop[0] if stop else len(document.blocks)))[:count]
    return [document.plain(number)[:_LOOKED_AT] for number in numbers]
