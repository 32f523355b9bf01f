"""Names that may be no event's, or not that of the post's event, and what is doubtful about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from talks.names import fold_words, is_unspaced
from talks.parsing.events.event_sources import has_folder_of_event, is_in_running_text, iterate_sources, tells_of_event
from talks.parsing.events.event_years import ANY_YEAR
from talks.parsing.metadata.event_names import AN_EDITION, NOTES_TAKEN
from talks.parsing.metadata.folder_facts import say_named_by
from talks.parsing.metadata.path_events import is_dated_folder, lies_among_events
from talks.parsing.metadata.path_words import is_event_word
from talks.parsing.metadata.series_names import find_series
from talks.parsing.talks.announcements import announces_event, leads_up_to_event
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.text.blocks import Form

YEAR_FOLLOWS = "a year follows it"
BESIDE_YEARS = frozenset({YEAR_FOLLOWS, "a year precedes it", "a year is part of it", "something in a year"})
_TAGGED, _SORTED = "a tag has it", "tags: a category of events has it"
_SAID_ELSEWHERE = frozenset({"the title has it", _TAGGED})
_DATED = BESIDE_YEARS | _SAID_ELSEWHERE | {AN_EDITION}
_BETWEEN_PEOPLE = re.compile(r",|\s(?:&|and|und|et|y)\s")
_SURELY_PERSON = 0.9
_BEFORE_EVENTS = "from|at|to|vom|von|auf|bei|sur|à|en|al"
_SENTENCE = 4  # words
_PARAGRAPHS_TO_A_LIST = 4


@dataclass(slots=True)
class Naming:
    """All evidence for one name of a conference.

    `weight` is its sum, `years` is the weight of each year beside the name, `reasons` explain the evidence to people.
    """

    name: str
    weight: float = 0.0
    years: dict[int, float] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


def is_of_event_without_talks(document: Document, series: str, reasons: Sequence[str]) -> bool:
    """Whether a post in which no talk was found is of the event that `read_conference` found, for these reasons.

    It is if a hint names the event, and not if the event is only mentioned in passing. In a folder of an event or of
    events it is. Elsewhere it is not if the event is still to come, if only tags of an essay name it, or if nothing but
    a year beside the name suggests an event ("Hello 2019") and title and first lines have no word for one.
    """
    if document.hints.series is not None or not reasons:
        return True
    if _is_mentioned_in_passing(document, reasons) or (is_only_noted(series, reasons) and not tells_of_event(document)):
        return False
    of_events = document.path_event and not is_dated_folder(document.name)
    if of_events or document.lies_among_events or has_folder_of_event(document):
        return True
    if _is_tagged_essay(document, reasons) or (is_only_dated(series, reasons) and not tells_of_event(document)):
        return False
    return not (announces_event(document) or leads_up_to_event(document))


def _is_mentioned_in_passing(document: Document, reasons: Sequence[str]) -> bool:
    """Whether an event was found in the running text alone, and so not in title, headings, tags, path or a label.

    False if the text tells that somebody went there. That a README names the event of its folder counts as running
    text of the README itself. `reasons` are those of `read_conference`.
    """
    own = f"path: {say_named_by(''.join(document.path_parts[-1:]))}"
    if "text: somebody went there" in reasons:
        return False
    return bool(reasons) and is_in_running_text([reason for reason in reasons if reason != own])


def _is_tagged_essay(document: Document, reasons: Sequence[str]) -> bool:
    """Whether a post is prose of which only tags name the event: an essay of somebody who spoke there, perhaps.

    False if title, headings or first lines name the event, or tell of events or talks, or if a category says that it is
    an event: "meetups/moss".
    """
    tagged = all((reason.startswith("tags:") and reason != _SORTED) or reason == _TAGGED for reason in reasons)
    forms = [block.form for block in document.blocks]
    if not tagged or forms.count(Form.PARAGRAPH) <= _PARAGRAPHS_TO_A_LIST * forms.count(Form.LIST):
        return False
    told = (text for source, text, _ in iterate_sources(document) if source not in ("tags", "path"))
    named = document.names_series(fold_words(" ".join(told)))
    return not named and not tells_of_event(document, labels_count=False)


def is_only_dated(name: str, reasons: Sequence[str]) -> bool:
    """Whether nothing suggests an event but a year beside the name, and the name in title or tags: "The Matrix (1999)".

    That an edition of it is told ("the third edition of …") does not suggest one, since books have editions. False for
    a name that looks like an event's (`is_called_event`).
    """
    told = {reason.partition(": ")[2] or reason for reason in reasons}
    return told <= _DATED and not is_called_event(name)


def is_only_noted(name: str, reasons: Sequence[str]) -> bool:
    """Whether nothing suggests an event but a title or text of the form "Moss notes", which any notes have.

    That a folder has the words of the title and a date is no more than the title says.
    """
    told = {reason.partition(": ")[2] or reason for reason in reasons if not reason.startswith("path: the folder")}
    return told <= {NOTES_TAKEN, *_SAID_ELSEWHERE} and not is_called_event(name)


def is_of_people(name: str) -> bool:
    """Whether a name is that of one person or of several: "Ann Lee", "Ann Lee & Bob Roy"."""
    people = [person.strip() for person in _BETWEEN_PEOPLE.split(name)]
    return all(" " in person and weigh_name(person) >= _SURELY_PERSON for person in people)


def is_called_event(name: str) -> bool:
    """Whether a word of a name ends as names of events do ("MossConf"), or words of it are a well-known series."""
    words = name.split()
    ends = range(1, len(words) + 1)
    known = any(find_series(" ".join(words[start:end])) for end in ends for start in range(end))
    return known or any(map(is_event_word, words))


def is_shown_as_event(naming: Naming, document: Document) -> bool:
    """Whether the post shows that the name is an event: by its title, or by text that tells of events or talks.

    A title does so if a part of it is only name and year, or "at", "from" or the like is before the name. A name from
    the path alone needs at most three words and a folder of events above ("conferences/moss-2019.md"), or must be a
    single word in a post whose text tells of events or talks.
    """
    if all(reason.startswith("path") for reason in naming.reasons):
        count = len(naming.name.split())
        return (count < _SENTENCE and lies_among_events(document.name)) or (count == 1 and tells_of_event(document))
    title = document.meta.title
    if not title and document.headings[:1] == (0,):
        title = document.plain(0)
    told = re.split(r"\W*[–—:|(]\W*|\s-\s", title)
    if re.search(rf"\b(?:{_BEFORE_EVENTS})\s+(?:the\s+)?{re.escape(naming.name)}", title, re.IGNORECASE):
        return True
    called = {fold_words(ANY_YEAR.sub(" ", part)) for part in told}
    if fold_words(naming.name) in called and not is_unspaced(naming.name):
        return True  # in a script without capitals any words may stand before a year
    return tells_of_event(document)
