"""Reads texts for what is derived from each of them alone: the names of tags in it, and the words for the search.

Processes that parse posts ahead do so for the one that writes the posts, which need not read these texts again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from talks.derived.new_talks import Note
from talks.derived.search_text import place_notes_of_talk
from talks.search import PlacedNotes
from talks.vocabulary import FoundNames, compile_shipped, read_words


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """Texts with the shipped names of tags in them, and the notes of talks with the places of their words.

    `words` has by the notes of a talk the words of their texts as they are written, each once, with spaces between.
    """

    names: dict[str, FoundNames] = field(default_factory=dict)
    notes: dict[tuple[Note, ...], PlacedNotes] = field(default_factory=dict)
    words: dict[tuple[Note, ...], str] = field(default_factory=dict)


NOTHING_READ = ReadTexts()


def read_texts(titles: Iterable[str], talks: Iterable[tuple[Note, ...]]) -> ReadTexts:
    """Return what is read in the titles of some talks and in their notes, given for each talk in their order."""
    names = {title: compile_shipped().read_text(title) for title in titles}
    read = ReadTexts(names)
    for notes in talks:
        words: set[str] = set()
        for _, text in notes:
            split = read_words(text)
            words.update(split.raw)
            names[text] = compile_shipped().read(split)
        read.notes[notes] = place_notes_of_talk(notes)
        read.words[notes] = " ".join(sorted(words))
    return read


def join_texts(several: Iterable[ReadTexts]) -> ReadTexts:
    """Return as one what was read for several posts."""
    joined = ReadTexts()
    for one in several:
        joined.names.update(one.names)
        joined.notes.update(one.notes)
        joined.words.update(one.words)
    return joined
