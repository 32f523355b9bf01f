"""Finds where the notes of a post's last talk end and the writer takes leave of the event."""

import re
from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.talks.document import NOTED, Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.full_names import list_name_words
from talks.parsing.talks.takeaways import has_links_alone, is_link_list, is_resource_line
from talks.parsing.text.blocks import Block, Form
from talks.parsing.title_comparison import has_any
from talks.parsing.words.event_words import GATHERINGS
from talks.parsing.words.heading_words import PERHAPS_SIGN_OFF, SIGN_OFF
from talks.parsing.words.speech import FIRST_PERSON, FIRST_PERSON_SINGULAR
from talks.parsing.words.talk_words import PEOPLE_THERE, TALK_PLURALS, TALK_WORDS

_LONGEST_FAREWELL, _LONGEST_READ = 700, 1000  # characters
_MANY = TALK_PLURALS | PEOPLE_THERE
_ONE_TALK = TALK_WORDS - _MANY
_EVENTS = GATHERINGS - {"convention"}  # "We follow the convention"
_EXCLAIMS = re.compile("[!！]")
_OWN_NOTES = 80  # characters beside the title that make the paragraph which opens a talk notes of it


def find_sign_off(document: Document, talks: Sequence[Candidate]) -> int:
    """Return the number of the block at which the post's farewell begins, else of the block after the last talk.

    It begins with the first of the last talk's last paragraphs that looks back on the event, if the talk ends the post,
    or that says goodbye like all below it; if all other talks end in lists, any paragraph counts as a goodbye. Notes of
    the talk must be left above it. A last talk that is an item, a slot or the whole file has no farewell.
    """
    last = talks[-1]
    if last.item or last.shape in ("schedule slot", "whole file"):
        return last.end
    only_lists = len(talks) > 1 and all(document.blocks[talk.end - 1].form is Form.LIST for talk in talks[:-1])
    end = number = last.end
    is_leaving, ends_post = True, last.end == len(document.blocks)
    while number - 1 > last.start and not _stops(document.blocks[number - 1]):
        number -= 1
        block = document.blocks[number]
        if block.form is not Form.PARAGRAPH or has_links_alone(block.content[:_LONGEST_READ], document.definitions):
            continue
        is_leaving = is_leaving and (only_lists or _says_goodbye(document, number))
        leaves = is_leaving or (ends_post and _looks_back(document, number, last))
        if leaves and _has_notes(document, last, number):
            end = number
    return end


def _stops(block: Block) -> bool:
    """Whether a block cannot be part of a farewell: a heading, a quotation, or a list that has more than links."""
    noted = bool(block.items) and not is_link_list(block.items)
    return block.form in (Form.QUOTE, Form.HEADING) or (block.form is Form.LIST and noted)


def _has_notes(document: Document, talk: Candidate, end: int) -> bool:
    opening = document.blocks[talk.start].content
    if talk.shape == "paragraph" and len(opening) > len(talk.title) + _OWN_NOTES:
        return True
    below = (document.blocks[number] for number in range(talk.start + 1, end) if number not in talk.byline)
    return any(block.form in NOTED and not is_resource_line(block, document.definitions) for block in below)


def _says_goodbye(document: Document, number: int) -> bool:
    plain = document.plain(number)[:_LONGEST_READ].casefold()
    if len(plain) >= _LONGEST_FAREWELL:
        return False
    if any(phrase in plain for phrase in SIGN_OFF):
        return True
    perhaps = any(phrase in plain for phrase in PERHAPS_SIGN_OFF)
    return perhaps and (bool(_EXCLAIMS.search(plain)) or any(_list_signs(document, fold_words(plain))))


def _looks_back(document: Document, number: int, talk: Candidate) -> bool:
    """Whether a paragraph is about the event and those there, its talks or the writer, or about talks and the writer.

    A paragraph that names the speaker or mentions a single talk is about the talk. Where there is no event, only "I" is
    the writer: "we" may be people of whom the speaker told.
    """
    folded = fold_words(document.plain(number)[:_LONGEST_READ])
    names = list_name_words(talk.speakers)
    if not names.isdisjoint(folded.split()) or has_any(folded, _ONE_TALK):
        return False
    event, many, own = _list_signs(document, folded)
    return (event and (many or own)) or (has_any(folded, FIRST_PERSON_SINGULAR) and has_any(folded, TALK_PLURALS))


def _list_signs(document: Document, folded: str) -> tuple[bool, bool, bool]:
    """Return whether a text names the event, whether it names several talks or people there, and whether the writer."""
    event = has_any(folded, _EVENTS) or document.names_series(folded)
    return event, has_any(folded, _MANY), has_any(folded, FIRST_PERSON)
