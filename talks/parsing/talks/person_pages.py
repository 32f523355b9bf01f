"""Recognises pages about a person, as vaults and wikis have one for each speaker: they hold no notes of a talk."""

from talks.names import fold_words
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.talks.bylines import SHAPED
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.words.talk_words import CONTACT_LABELS, NOTE_WORDS, PART_LABELS, WORDS_ABOUT_PEOPLE

_TAG = "person"
# What the pages of people are tagged with, and the folder that holds them is called.
_TAGS_OF_PEOPLE = frozenset({"people", "person", "persons", "speaker", "speakers"})


def describes_person(document: Document) -> bool:
    """Whether a post only tells who somebody is.

    It has the tag "person"; or is named like a person and begins with a list of items such as "Twitter: @annlee"; or is
    named like a person, has headings, and is tagged "speaker" or lies in a folder called "People" or so. All of its
    headings are such as "Bio" and "Talks", or the name itself, or have no text below; a page with more than that list
    must have such a heading. A post whose front matter names talk or speakers tells of a talk.
    """
    meta = document.meta
    if meta.talk or meta.speakers or not document.blocks or not _is_called_person(document):
        return False
    named = fold_words(meta.title or read_path_title(document.name))
    return all(
        fold_words(document.plain(number)) == named or _is_about_person(document, number)
        for number in document.headings
    )


def _is_called_person(document: Document) -> bool:
    """Whether tags, folder, name or the list at the top say that a post is about a person."""
    meta = document.meta
    tags = {tag.casefold() for tag in meta.tags}
    if _TAG in tags:
        return True
    if document.headings and not _TAGS_OF_PEOPLE.isdisjoint({*tags, *map(str.casefold, document.path_parts[-2:-1])}):
        return document.read_people(meta.title or read_path_title(document.name)).score >= SHAPED
    first = document.blocks[0]
    rows = [item.text for item in first.items] if first.form is Form.LIST else []
    labels = {split_label(row)[0] for row in rows}
    if not rows or not labels <= CONTACT_LABELS or (len(document.blocks) > 1 and not document.headings):
        return False
    named = meta.title or read_path_title(document.name)
    return fold_words(named) in {fold_words(split_label(row)[1] or "") for row in rows} or (
        document.read_people(named).score >= SHAPED
    )


def _is_about_person(document: Document, number: int) -> bool:
    """Whether a heading is one that a page about a person has, or nothing but links and empty items is below it."""
    words = set(fold_words(document.plain(number)).split())
    below = document.blocks[number + 1 : document.find_next_heading(number)]
    if all(block.form in (Form.RULE, Form.DEFINITIONS) or not fold_words(make_plain(block.content)) for block in below):
        return True
    told = is_other_heading(" ".join(words)) or words <= PART_LABELS or words <= WORDS_ABOUT_PEOPLE | CONTACT_LABELS
    return words.isdisjoint(NOTE_WORDS) and told
