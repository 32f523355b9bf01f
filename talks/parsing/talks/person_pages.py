"""Recognises pages about a person, as vaults and wikis have one for each speaker: they hold no notes of a talk."""

from talks.names import fold_words
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.talks.bylines import SHAPED
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.text.blocks import Form
from talks.parsing.text.labels import split_label
from talks.parsing.words.talk_words import CONTACT_LABELS, NOTE_WORDS, PART_LABELS

_TAG = "person"


def describes_person(document: Document) -> bool:
    """Whether a post only tells who somebody is.

    It has the tag "person", or is named like a person and begins with a list of items such as "Twitter: @annlee". All
    its headings are such as "Bio" and "Talks"; a page with more than that list must have such a heading. A post whose
    front matter names talk or speakers tells of a talk.
    """
    meta = document.meta
    if meta.talk or meta.speakers or not document.blocks:
        return False
    if not all(_may_be_below(fold_words(document.plain(number))) for number in document.headings):
        return False
    if _TAG in map(str.casefold, meta.tags):
        return True
    first = document.blocks[0]
    rows = [item.text for item in first.items] if first.form is Form.LIST else []
    labels = {split_label(row)[0] for row in rows}
    if not rows or not labels <= CONTACT_LABELS or (len(document.blocks) > 1 and not document.headings):
        return False
    named = meta.title or read_path_title(document.name)
    return fold_words(named) in {fold_words(split_label(row)[1] or "") for row in rows} or (
        document.read_people(named).score >= SHAPED
    )


def _may_be_below(heading: str) -> bool:
    words = set(heading.split())
    return words.isdisjoint(NOTE_WORDS) and (is_other_heading(heading) or words <= PART_LABELS)
