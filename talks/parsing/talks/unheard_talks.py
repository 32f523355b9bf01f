"""Recognises texts about talks that the writer did not hear: planned ones, missed ones, recordings of them."""

import re

from talks.names import fold_words
from talks.parsing.title_comparison import has_any, tells_any
from talks.parsing.words.talk_words import NOTE_WORDS, SLIDES_LABELS, TALK_PLURALS, VIDEO_LABELS
from talks.parsing.words.tenses import (
    ABSENT,
    HEARD_TALKS,
    MISSED_TALKS,
    ONLY_MISSED,
    OWN_TALKS,
    PICKED_TALKS,
    PLANNED_TALKS,
    POINTS_AHEAD,
    SEEN_LATER,
)

_SENTENCE_END = re.compile(r"\s(?<=[.!?].)", re.DOTALL)
_CLAUSE_END = re.compile(r"\s(?<=[.!?;].)", re.DOTALL)
_COLON = re.compile(r"[:：][\s*_]*(?:\n|\Z)")
_LONGEST_LEAD, _LONGEST_REMARK = 600, 160  # characters
_CHOSEN_FROM = TALK_PLURALS | {"schedule", "programme", "program", "agenda", "fahrplan", "programm"}
_COLON_INSIDE = re.compile(r"[:：]\s")
_REPORTING = {"that", "say", "says", "said", "show", "shows", "showed", "explains", "watched", "saw", "read"}
_RECORDINGS = VIDEO_LABELS | SLIDES_LABELS


def plans_talks(text: str) -> bool:
    """Whether a sentence in a text says which talks the writer plans to hear, or picked: "sessions I want to see"."""
    return any(
        tells_any(sentence, _CHOSEN_FROM) and (PLANNED_TALKS.search(sentence) or PICKED_TALKS.search(sentence))
        for sentence in _SENTENCE_END.split(text)
    )


def tells_of_own_talks(text: str) -> bool:
    """Whether a sentence of a text tells of talks that the writer gave, and of none that the writer heard.

    "My recent talks" does.
    """
    return any(
        OWN_TALKS.search(sentence) and not HEARD_TALKS.search(sentence) for sentence in _SENTENCE_END.split(text)
    )


def offers_recordings(text: str) -> bool:
    """Whether a text offers recordings or slides to those who were not there, and does not mention notes."""
    return bool(ABSENT.search(text)) and has_any(fold_words(text), _RECORDINGS) and not tells_any(text, NOTE_WORDS)


def is_heading_of_missed(heading: str) -> bool:
    """Whether a heading stands above talks that the writer did not hear: "Talks I missed"."""
    several = tells_any(heading, TALK_PLURALS) and bool(MISSED_TALKS.search(heading))
    planned = tells_any(heading, _CHOSEN_FROM) and bool(PLANNED_TALKS.search(heading))
    return several or planned or bool(SEEN_LATER.match(heading))


def says_only_missed(text: str) -> bool:
    """Whether a text is only a remark that the writer did not hear a talk: "- Absent", "Didn't go, but wanted to".

    One that tells what the talk said, or that the writer saw it later, is more: "Didn't go, but the slides say: dig".
    """
    if len(text) > _LONGEST_REMARK or not ONLY_MISSED.match(text):
        return False
    return _REPORTING.isdisjoint(fold_words(text).split()) and not _COLON_INSIDE.search(text)


def ends_with_missed(text: str) -> bool:
    """Whether the last sentence of a text says that the writer missed talks, or plans to hear them.

    If it has no word for talks, the sentence before may say so: "I missed some talks. Here they are:". A last sentence
    that tells of talks which the writer heard says nothing of the kind.
    """
    *before, last = _SENTENCE_END.split(text.strip())
    told = last if tells_any(last, TALK_PLURALS) else " ".join([*before[-1:], last])
    return bool(MISSED_TALKS.search(told) or plans_talks(told)) and not HEARD_TALKS.search(last)


def leads_to_missed(content: str) -> bool:
    """Whether a paragraph says that the talks which come next were not heard: "Here are talks that I missed:".

    The clause that says so ends a line with a colon, or ends the paragraph and begins with "Here" or the like.
    """
    colon = _COLON.search(content[:_LONGEST_LEAD])
    sentence = _CLAUSE_END.split((content[: colon.start()] if colon else content).strip())[-1]
    if not (colon or POINTS_AHEAD.match(sentence)) or not tells_any(sentence, TALK_PLURALS):
        return False
    return bool(MISSED_TALKS.search(sentence) or plans_talks(sentence)) and not HEARD_TALKS.search(sentence)


def leads_to_heard(content: str) -> bool:
    """Whether a paragraph says which talks the writer heard: "These are the talks that I attended:"."""
    return bool(HEARD_TALKS.search(content)) and tells_any(content, TALK_PLURALS)
