"""Finds the heading or line that is the title of a whole file."""

from itertools import pairwise
from typing import NamedTuple

from talks.names import fold_words
from talks.parsing.metadata.day_labels import is_day_heading
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.metadata.series_names import fold_without_spaces
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.bylines import SHAPED, SURELY, read_byline
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import YEAR, Document
from talks.parsing.talks.people import is_role_text
from talks.parsing.talks.speaker_lines import looks_like_people
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import measure_likeness
from talks.parsing.words.talk_words import PART_LABELS, SPEAKER_LABELS

_TOP, _HALVES = 4, 2
_ALIKE = 0.7
_SEVERAL = 3
_MOST_WORDS = 0.75
_LONGEST_LINE = 160  # characters
_LONG_WORD = 4
_NO_TITLE_ENDS = (".", "!", ":", ";", ",", "…", "。", "：")


class TitleHeading(NamedTuple):
    """The heading that is the title of a file, the first heading above it or the same one, and whom this one names."""

    number: int
    first: int
    presenters: tuple[ParsedSpeaker, ...]


def find_title_heading(document: Document) -> TitleHeading:
    """Return the heading that is the title of the whole file; both numbers are -1 if no heading is."""
    first = _find_first_heading(document)
    heading, presenters = _pass_event(document, first)
    if not presenters:
        heading, presenters = _pass_speaker(document, heading)
    return TitleHeading(heading, first, presenters)


def _find_first_heading(document: Document) -> int:
    """Return the number of the first heading if it may be the title of the whole file, or -1.

    It stands among the first four blocks, above lists and tables, and is no day, speaker or common heading ("Notes").
    If anything stands before it, no other heading is of its level or above, but for parts of a talk ("Abstract"). Else
    at most one is, or any number if the first heading repeats the file's name, or alone of all headings stands right
    above one that names people.
    """
    first = next(iter(document.headings), -1)
    if first < 0 or first >= _TOP or any(b.form in (Form.LIST, Form.TABLE) for b in document.blocks[:first]):
        return -1
    level, plain = document.blocks[first].level, document.plain(first)
    generic = _is_part(document, first) or is_day_heading(plain) or is_other_heading(fold_words(plain))
    generic = generic or (first > 0 and plain.endswith((":", "："))) or split_label(plain)[0] in SPEAKER_LABELS
    tops = [
        number
        for number in document.headings
        if document.blocks[number].level <= level and (number == first or not _is_part(document, number))
    ]
    above_speaker = _stands_above_speaker(document, first)
    below_text = len(tops) > 1 and first > 0 and not above_speaker
    titled = above_speaker or tells_name(document, plain)
    return -1 if generic or (len(tops) >= _SEVERAL and not titled) or below_text else first


def _stands_above_speaker(document: Document, first: int) -> bool:
    """Whether the given heading, and no other of the post, has right below it a subheading that names people."""
    pairs = (pair for pair in pairwise(document.headings) if document.find_parent(pair[1]) == pair[0] == pair[1] - 1)
    return [above for above, below in pairs if looks_like_people(document, document.plain(below))] == [first]


def _pass_event(document: Document, first: int) -> tuple[int, tuple[ParsedSpeaker, ...]]:
    """Return the talk's heading, and the people whom a heading before it names: usually the first heading, and nobody.

    If the first heading is only the event, it is the next one that names nobody, provided that only headings with
    people are between, and that it is no day, no common heading, and the only one of its level: "# GardenConf 2019",
    "## Ann Lee", "### Roses grow".
    """
    if (
        first < 0
        or not document.series
        or fold_without_spaces(YEAR.sub("", document.plain(first))) != fold_without_spaces(document.series)
    ):
        return first, ()
    speakers: tuple[ParsedSpeaker, ...] = ()
    for number in range(first + 1, len(document.blocks)):
        block = document.blocks[number]
        least = SHAPED if _begins_with_file_name(document, number + 1) else SURELY
        if block.form is Form.HEADING and (people := read_byline(block.content, document, least)).speakers:
            speakers = speakers or people.speakers
        elif block.form is Form.HEADING:
            alone = sum(document.blocks[other].level == block.level for other in document.headings) == 1
            told = is_day_heading(document.plain(number)) or is_other_heading(fold_words(document.plain(number)))
            return (number, speakers) if alone and not told else (first, ())
        elif block.form is not Form.RULE:
            break
    return first, ()


def _begins_with_file_name(document: Document, number: int) -> bool:
    """Whether the block is a heading that begins with the title in the file's name, of "index" the folder's name."""
    named = fold_without_spaces(read_path_title(document.name))
    block = document.blocks[number] if number < len(document.blocks) else None
    is_heading = block is not None and block.form is Form.HEADING
    return is_heading and bool(named) and fold_without_spaces(document.plain(number)).startswith(named)


def _is_part(document: Document, heading: int) -> bool:
    return PART_LABELS.issuperset(fold_words(document.plain(heading)).split())


def _pass_speaker(document: Document, first: int) -> tuple[int, tuple[ParsedSpeaker, ...]]:
    """Return (title's heading, people) if the first heading only names people; else (first, ()).

    The title's heading must stand right below, and be of a higher level, of which it is the only heading.
    """
    below = first + 1
    if first < 0 or below >= len(document.blocks) or document.blocks[below].form is not Form.HEADING:
        return first, ()
    level = document.blocks[below].level
    alone = sum(document.blocks[other].level == level for other in document.headings) == 1
    if level >= document.blocks[first].level or not alone or not looks_like_people(document, document.plain(first)):
        return first, ()
    return below, read_byline(document.blocks[first].content, document, SHAPED).speakers


class TitleLine(NamedTuple):
    """The title of a file without headings for it: a block of one line, or the first item of a list."""

    number: int
    text: str
    item: Item | None = None


def find_title_line(document: Document) -> TitleLine | None:
    """Return the first line of a file as its title if it repeats the file's name; else None.

    A line with a title's capitals right above a list need not repeat a name of one or two words. Below a line that is
    the first item of a list, the nested items must only name people.
    """
    number = document.find_words(0)
    block = document.blocks[number]
    item = block.items[0] if block.form is Form.LIST and block.items else None
    text = item.text if item else block.content if block.form is Form.PARAGRAPH else ""
    plain = make_plain(text) if len(text) <= _LONGEST_LINE else ""
    if not plain or "\n" in text or plain.endswith(_NO_TITLE_ENDS):
        return None
    if split_label(plain)[0] in SPEAKER_LABELS:
        return None
    if _tells_person(text, document) and not tells_name(document, plain):
        return None
    words = plain.split()
    if fold_words(plain) in fold_words(document.stem) != fold_words(plain):
        return None  # the file's name says more
    if item:
        named = all(looks_like_people(document, below.text) for below in item.items)
        return TitleLine(number, text, item) if named and len(words) > 1 and tells_name(document, plain) else None
    short = len(read_path_title(document.name).split()) <= _HALVES  # "iot.md" says less than any line
    listed = short and number + 1 < len(document.blocks) and document.blocks[number + 1].form is Form.LIST
    large = sum(word[:1].isupper() for word in words if len(word) >= _LONG_WORD or word[:1].isupper())
    titled = large > 1 and 2 * large > sum(len(word) >= _LONG_WORD for word in words)
    titled = titled and listed and len(words) > _HALVES and words[0][:1].isupper()
    return TitleLine(number, text) if titled or tells_name(document, plain) else None


def _tells_person(text: str, document: Document) -> bool:
    return ("," in text and is_role_text(text)) or bool(read_byline(text, document, SHAPED).speakers)


def tells_name(document: Document, plain: str) -> bool:
    """Whether a text resembles the title in the file's name, or has most of its words (two at least) in any order."""
    named, told = fold_words(clean_title(read_path_title(document.name))), fold_words(plain)
    words = {word for word in named.split() if not word.isdigit()}
    shared = len(words & set(told.split()))
    return measure_likeness(told, named) >= _ALIKE or (shared >= _HALVES and shared >= _MOST_WORDS * len(words))
