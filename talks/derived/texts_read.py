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
    """What was read in texts: `names` are the shipped names of tags in each text.

    `notes` has by the notes of a talk the places of their words, `words` their words as written, each once, with spaces
    between.
    """

    names: dict[str, FoundNames] = field(default_factory=dict)
    notes: dict[tuple[Note, ...], PlacedNotes] = field(default_factory=dict)
    words: dict[tuple[Note, ...], str] = field(default_factory=dict)


NOTHING_READ = ReadTexts()


def read_texts(titles: Iterable[str], talks: Iterable[tuple[Note, ...]]) -> ReadTexts:
    """Return what is read in the titles of some talks and in their notes.

    `talks` has the notes of each talk, as pairs of headings and text.
    """
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
    """Return what was read for several posts as one value."""
    joined = ReadTexts()
    for one in several:
        joined.names.update(one.names)
        joined.notes.update(one.notes)
        joined.words.update(one.words)
    return joined
