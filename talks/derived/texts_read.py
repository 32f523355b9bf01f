"""Reads texts for what is derived from each of them alone: the names of tags in it, and the words for the search.

Processes that parse posts ahead do so for the one that writes the posts, which need not read these texts again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from talks.derived.search_text import Note, Placed, place_notes_of_talk
from talks.search import PlacedNotes
from talks.vocabulary import FoundNames, compile_shipped


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """Texts with the shipped names of tags in them, and the notes of talks with the places of their words."""

    names: Mapping[str, FoundNames] = field(default_factory=dict)
    notes: Placed = field(default_factory=dict)


NOTHING_READ = ReadTexts()


def read_texts(titles: Iterable[str], talks: Iterable[tuple[Note, ...]]) -> ReadTexts:
    """Return what is read in the titles of some talks and in the notes of each of them, which come in their order."""
    notes = {notes: place_notes_of_talk(notes) for notes in talks}
    texts = {*titles, *(text for held in notes for _, text in held)}
    return ReadTexts({text: compile_shipped().read_text(text) for text in texts}, notes)


def join_texts(several: Iterable[ReadTexts]) -> ReadTexts:
    """Return as one what was read for several posts."""
    names: dict[str, FoundNames] = {}
    notes: dict[tuple[Note, ...], PlacedNotes] = {}
    for one in several:
        names.update(one.names)
        notes.update(one.notes)
    return ReadTexts(names, notes)
