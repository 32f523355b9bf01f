"""Recognises a file that contains the notes of one talk, named by its title or its file name."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from talks.names import NAME_LENGTH, fold_words
from talks.parsing.metadata.day_labels import is_day_heading, read_day
from talks.parsing.metadata.path_titles import read_path_title
from talks.parsing.metadata.path_words import ends_like_event, fold_camel_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.bylines import SHAPED, SURELY, is_by_line, read_byline
from talks.parsing.talks.candidates.file_titles import TitleLine, find_title_heading, find_title_line, tells_name
from talks.parsing.talks.candidates.headings import choose_split
from talks.parsing.talks.candidates.tables import find_only_row
from talks.parsing.talks.candidates.title_words import is_other_heading, lists_files, measure_links
from talks.parsing.talks.document import YEAR, Document
from talks.parsing.talks.event_fields import drop_event_fields
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.file_names import read_file_name
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import People, read_people
from talks.parsing.talks.sentence_names import mentions_talk
from talks.parsing.talks.speaker_lines import Details, find_details, looks_like_people, looks_like_person
from talks.parsing.talks.title_parts import Split, clean_title, drop_event
from talks.parsing.talks.told_speakers import find_noted, find_told
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.text.lists import Item
from talks.parsing.text.pictures import drop_edge_pictures
from talks.parsing.title_comparison import count_words, has_any, measure_likeness
from talks.parsing.words.event_words import EVENT_LEADS, EVENT_NOUNS
from talks.parsing.words.heading_words import COLLECTED_THINGS, COLLECTION_WORDS, LATER_VERBS, LATER_WORDS
from talks.parsing.words.talk_words import (
    NOTE_WORDS,
    PART_WORDS,
    RESOURCE_LABELS,
    TALK_PLURALS,
    TALK_WORDS,
    UNNAMED_SPEAKERS,
)

_TOP = 4
_NOTES = (Form.LIST, Form.PARAGRAPH, Form.QUOTE, Form.CODE, Form.TABLE)
_ALIKE = 0.7
_MOSTLY, _SEVERAL = 0.8, 3
_LAST_WORD = re.compile(r"[ –—_:(\[\"“„«'‘-]*([^\W_]+)[\W_]*\Z")  # "– notes!"
_NAMES_OF_EVENTS = ("the title holds a word for events", "the file is named after an event or talks")
_TELLS_OF_TALK = frozenset(_NAMES_OF_EVENTS) | {
    *("its first sentences tell of a talk", "the title tells of a talk", "the title announces talks or notes")
}
_SPLITTING = ("dash", "bracket", "bar", "fields")
_TELLING = ("by>", "<quote")
_LONGEST_COLLECTION = 3  # words


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return one candidate for the whole file; none if it has no text, or is an essay or a list of files and the like.

    A picture is text in a folder of an event. Title or name of the file tell a list of files or of things for later. A
    file with speakers, `talk` in its front matter, or the hint that it holds talks is never taken for one.
    """
    blocks = document.blocks
    if not any(block.form in _NOTES or (block.form is Form.IMAGE and document.lies_among_events) for block in blocks):
        return []
    heading, first, presenters = find_title_heading(document)
    named = _drop_note_word(clean_title(read_path_title(document.name)), document)
    line = find_title_line(document) if heading < 0 else None
    opening = blocks[heading].content if heading >= 0 else line.text if line else named
    content = document.meta.talk or drop_event_fields(document.meta.title or opening, document.series)
    title = drop_event(content, document.series)
    ways = document.split(title)
    noted = find_noted(document, title)
    split = noted or _choose_split(document, ways, named)
    speakers = tuple(_drop_event_affiliation(speaker, document.series) for speaker in split.people.speakers)
    candidate = Candidate(0, len(blocks), "whole file", split.title or named or content.strip(), speakers)
    candidate.add("a whole file")
    if split.score:
        candidate.add("the title names a speaker", split.score)
    source = "front matter" if document.meta.title else "heading" if heading >= 0 else "file's name"
    candidate.add(f"the title is the {source}" if source != "front matter" else "the title is in front matter")
    candidate.speakers = candidate.speakers or presenters
    if line and line.item:
        candidate.labels |= {line.item.line}
    elif line:
        candidate.byline |= {line.number}
    if heading >= 0:
        candidate.byline |= set(range(first, heading + 1))
        candidate.add("opens with its title")
        if tells_name(document, document.plain(heading)):
            candidate.add("the first heading repeats the file's name")
    details = _find_details(document, heading, line)
    if heading >= 0 and not details.people.speakers and (row := find_only_row(document, heading + 1)):
        details.people = People(row.speakers, SURELY)
        details.blocks |= {heading + 1}
    told = People(presenters, SURELY) if presenters else details.people
    labelled = details.labelled or any(is_by_line(blocks[number].content) for number in details.blocks)
    if _prefers(told, split, labelled=labelled and not presenters):
        candidate.speakers, candidate.title = told.speakers, ways[0].title or candidate.title
    _weigh_top(candidate, document, details, heading if line is None else line.number)
    is_remark = content.rstrip().endswith(")")  # "Growing moss (GardenConf 2019)"
    _weigh_title(candidate, document, drop_edge_pictures(make_plain(title if is_remark else content)), heading)
    _weigh_name(candidate, document, "" if noted else named)
    _weigh_subject(candidate, document, named)
    _weigh_parts(candidate, document, heading)
    _weigh_facts(candidate, document)
    candidate.speakers = candidate.speakers or find_told(document, heading)
    listed = any(map(_names_list, (candidate.title, named))) or lists_files(document, candidate.title, 0, len(blocks))
    is_stated = bool(candidate.speakers or document.meta.talk or document.hints.holds_talks)
    return [] if not is_stated and (listed or _is_essay(candidate, document)) else [candidate]


def _is_essay(candidate: Candidate, document: Document) -> bool:
    """Whether a file that names no event is prose alone below three or more headings, and nothing tells of a talk.

    Lists, quotations, code, headings of a talk's parts ("Questions") and a folder "talks" show that it may be notes.
    """
    folders = fold_camel_words(" ".join(document.path_parts[-4:-1]))
    if document.series or candidate.has_any(_TELLS_OF_TALK) or has_any(folders, TALK_WORDS | TALK_PLURALS):
        return False
    inner = [number for number in document.headings if number not in candidate.byline]
    parts = any(PART_WORDS.issuperset(fold_words(document.plain(number)).split()) for number in inner)
    prose = all(block.form in (Form.PARAGRAPH, Form.HEADING, Form.IMAGE, Form.RULE) for block in document.blocks)
    return prose and len(inner) >= _SEVERAL and not parts


def _drop_note_word(named: str, document: Document) -> str:
    """Return the title in a file's name without a word for notes at its end: "Growing moss indoors - notes".

    The word stays in a name that tells of an event, a year, a day or talks ("GardenConf 2019 Notes"), or that has fewer
    than three other words.
    """
    *words, last = fold_words(named).split() or [""]
    folded = " ".join(words)
    event = set(words) & (EVENT_NOUNS | TALK_PLURALS) or any(map(ends_like_event, words))
    told = event or YEAR.search(folded) or read_day(folded) or document.names_series(folded)
    found = _LAST_WORD.search(named)
    if last not in NOTE_WORDS or len(words) < _SEVERAL or told or not found or fold_words(found[1]) != last:
        return named
    return clean_title(named[: found.start()]) or named


def _are_people(document: Document, split: Split) -> bool:
    return all(looks_like_person(document, speaker, split.score) for speaker in split.people.speakers)


def _choose_split(document: Document, splits: Sequence[Split], named: str) -> Split:
    """Return the likeliest split of a title; the whole title if the people of that split are doubtful."""
    split = choose_split(splits, "")
    if split.score < SURELY:
        split = _choose_half(document, splits, named) or split
    return splits[0] if split.score < _ALIKE and not _are_people(document, split) else split


def _choose_half(document: Document, splits: Sequence[Split], named: str) -> Split | None:
    """Return the split of a title whose one half repeats the file's name and whose other half looks like a speaker's.

    The people of this split become certain. A dash, a bar or brackets between the halves are enough. Colons and commas
    belong to titles, too: there the half must be more like the file's name than the whole title is. After "by" and
    before a quotation it is enough if the other half looks like people. None if no split is like this.
    """
    alike = [measure_likeness(fold_words(split.title), fold_words(named)) for split in splits]
    halves = [
        split
        for split, like in zip(splits, alike, strict=True)
        if split.score >= SHAPED and like >= _ALIKE
        if split.pattern.strip("<>") in _SPLITTING
        or like > alike[0]
        or (split.pattern in _TELLING and _are_people(document, split))
    ]
    best = max(halves, key=lambda split: split.score, default=None)
    return best and best._replace(people=best.people._replace(score=1.0))


def _weigh_facts(candidate: Candidate, document: Document) -> None:
    """Add evidence that the file is one talk, from its front matter and from the files beside it.

    `speakers` and `talk` of the front matter replace what was read; so does its `title` if it has `speakers`.
    """
    meta = document.meta
    if meta.speakers or meta.talk:
        candidate.add("the front matter names talk or speaker")
    named = [text for text in meta.speakers if fold_words(text) not in UNNAMED_SPEAKERS]
    if named:
        candidate.speakers = tuple(speaker for text in named for speaker in _read_speakers(text, document))
    candidate.title = meta.talk or (meta.title if meta.speakers else "") or candidate.title
    if document.folder.single >= _MOSTLY and document.folder.files >= _SEVERAL:
        candidate.add("most files of the folder are of the shape of one talk each")


def _read_speakers(text: str, document: Document) -> tuple[ParsedSpeaker, ...]:
    found = read_people(text, document.definitions).speakers
    return found or (ParsedSpeaker(text[:NAME_LENGTH]),)


def _drop_event_affiliation(speaker: ParsedSpeaker, series: str) -> ParsedSpeaker:
    """Return the speaker, without an affiliation that is the event: "Ann Lee at FooConf 2019"."""
    words, event = fold_words(speaker.affiliation or "").split(), fold_words(series).split()
    if words and event and (words[0].startswith(event[0]) or event[0].startswith(words[0])):
        return replace(speaker, affiliation=None)
    return speaker


def _weigh_title(candidate: Candidate, document: Document, title: str, heading: int) -> None:
    """Add evidence from the title, leaving out the event in brackets behind it: "Moss on walls (GardenConf 2019)"."""
    if title.endswith((")", "]")):
        title = drop_event(title, document.series)
    folded = fold_words(title)
    words = folded.split()
    if is_day_heading(title) or is_other_heading(folded):
        candidate.add("the title names a day, or something else than a talk")
    if read_day(title):
        candidate.add("the title tells of a day")
    said = fold_words(candidate.title) if candidate.has("the title names a speaker") else folded
    if has_any(said, TALK_PLURALS | NOTE_WORDS):
        candidate.add("the title announces talks or notes")
    elif any(word in TALK_WORDS for word in words):
        candidate.add("the title tells of a talk")
    if set(words) & EVENT_NOUNS or any(map(ends_like_event, words)):
        candidate.add("the title holds a word for events")
    named = document.names_series(folded)
    own = [word for word in fold_words(candidate.title).split() if word not in EVENT_LEADS and not word.isdigit()]
    told = bool((candidate.speakers or find_told(document, heading)) and own) and not document.names_series(
        fold_words(candidate.title)
    )
    if named and told and not candidate.has("the title announces talks or notes"):  # a year is the conference's then
        candidate.add("the title names talk, speaker and conference")
    else:
        if YEAR.search(title):
            candidate.add("the title holds a year")
        if named or (not own and document.meta.title):
            candidate.add("the title names the conference")
    candidate.add("the title is as long as titles are", min(1.0, count_words(candidate.title) / 5))


def _weigh_name(candidate: Candidate, document: Document, named: str) -> None:
    """Add evidence from the path: a folder of an event, or a file's name that tells of a day, event, talks or notes."""
    parts = document.path_parts
    folded = fold_words(named)
    words = folded.split()
    if parts and read_day(fold_words(parts[-1])):
        candidate.add("the file is named after a day")
    if set(words) & (EVENT_NOUNS | TALK_PLURALS | NOTE_WORDS) or any(map(ends_like_event, words)):
        candidate.add("the file is named after an event or talks")
    if YEAR.search(named) and not candidate.has("the title names talk, speaker and conference"):
        candidate.add("the file's name holds a year")
    for sign in document.folder_signs:
        candidate.add(sign)


def _weigh_subject(candidate: Candidate, document: Document, named: str) -> None:
    """Add evidence that a file is about something else than a talk: a list of books or links, a text about no event."""
    names = [] if candidate.speakers else [candidate.title, named, *document.path_parts[-2:-1]]
    if any(
        0 < len(words) <= _LONGEST_COLLECTION and words[-1] in COLLECTION_WORDS
        for words in (fold_words(name).split() for name in names)
    ):
        candidate.add("is named after books, links or other things that one collects")
    candidate.add("holds little else than links", measure_links(document, 0, len(document.blocks)))
    told = document.series or document.meta.talk or candidate.speakers or document.lies_among_events
    told = told or any(map(candidate.has, _NAMES_OF_EVENTS))
    if not told and not has_any(fold_words(f"{candidate.title} {named}"), TALK_WORDS | NOTE_WORDS):
        candidate.add("neither event nor person nor talk is named")


def _names_list(name: str) -> bool:
    """Whether a name is that of a list of things to look at later: "StuffToLookInto"."""
    words = fold_camel_words(name).split()
    things = next((place for place, word in enumerate(words[:_SEVERAL]) if word in COLLECTED_THINGS), len(words))
    while words and words[-1] in LATER_WORDS:
        words.pop()
    return len(words) > things + 2 and words[-1] in LATER_VERBS


def _read_nested(document: Document, item: Item) -> tuple[ParsedSpeaker, ...]:
    return tuple(person for below in item.items for person in read_byline(below.text, document, SHAPED).speakers)


def _find_details(document: Document, heading: int, line: TitleLine | None) -> Details:
    """Return what the first blocks below the title, or the list that begins with it, tell of speakers and title."""
    start = heading + 1 if line is None else line.number if line.item else line.number + 1
    titled = heading >= 0 or (line is not None and line.item is None)
    details = find_details(document, start, min(start + _TOP, len(document.blocks)), titled=titled)
    if line and line.item and (people := _read_nested(document, line.item)):
        details.people = People(people, SURELY)
    return details


def _prefers(people: People, split: Split, *, labelled: bool) -> bool:
    """Whether `people`, whom a line below the title names, are the speakers, and not other people whom the title names.

    They are if the line is `labelled`, or names people more surely than the title does. False if the title names
    nobody, or one of `people`.
    """
    names = {fold_words(speaker.name) for speaker in people.speakers}
    same = names & {fold_words(speaker.name) for speaker in split.people.speakers}
    return bool(names and split.score) and not same and (labelled or people.score > split.score)


def _weigh_top(candidate: Candidate, document: Document, details: Details, top: int) -> None:
    """Add evidence from the first lines, and take from them the title and, if none are known, the speakers.

    If the first lines name nobody, speakers are taken from the front matter's description, else from the file's name.
    `top` is the number of the title's block, or -1.
    """
    blocks, start = document.blocks, top + 1
    candidate.byline |= details.blocks
    candidate.labels |= details.items
    if details.title and not details.people.speakers and looks_like_people(document, document.meta.title):
        details.people = read_byline(document.meta.title, document, SHAPED)
    if details.people.speakers:
        candidate.add("a line at the top says who speaks")
        candidate.speakers = candidate.speakers or details.people.speakers
    elif (people := read_people(document.meta.description)).score >= SURELY:
        candidate.add("a line at the top says who speaks")
        candidate.speakers = candidate.speakers or people.speakers
    elif details.labelled:
        candidate.add("a label at the top says that somebody speaks")
    if details.title:
        candidate.title = details.title
    if not candidate.speakers and (people := read_file_name(document, candidate.title)).score >= _ALIKE:
        candidate.add("the file's name holds a speaker", people.score)
        candidate.speakers = people.speakers
    if mentions_talk(document, start, min(start + 3, len(blocks))):
        candidate.add("its first sentences tell of a talk")


def _weigh_parts(candidate: Candidate, document: Document, heading: int) -> None:
    """Add evidence from how the text is divided, and from the kinds of its blocks."""
    blocks = document.blocks
    inner = [number for number in document.headings if number > heading and number not in candidate.byline]
    if not inner:
        candidate.add("no headings divide it")
    else:
        named = sum(_names_speaker(document, number) for number in inner)
        candidate.add("headings inside name speakers", named / len(inner))
        # Any notes may have a section of links.
        unnamed = candidate.has("neither event nor person nor talk is named")
        parts = PART_WORDS if unnamed else PART_WORDS | RESOURCE_LABELS
        generic = sum(set(fold_words(document.plain(number)).split()) <= parts for number in inner)
        candidate.add("headings inside are those of a talk's parts", min(1.0, generic / 2))
        words = sum(count_words(fold_words(document.plain(number))) for number in inner) / len(inner)
        candidate.add("headings inside are long", min(1.5, words / 6))
        candidate.add("many headings divide it", min(1.5, math.log(len(inner)) / 2))
    if heading >= 0 and sum(blocks[n].level == blocks[heading].level for n in document.headings) == 1:
        candidate.add("one heading stands above all")
    lists, texts = (sum(block.form is form for block in blocks) for form in (Form.LIST, Form.PARAGRAPH))
    if lists >= texts:
        candidate.add("lists outweigh paragraphs")
    if not document.meta.title:
        candidate.add("a bare file of notes")
    candidate.add("is long", min(1.5, math.log1p(len(blocks)) / 4))


def _names_speaker(document: Document, number: int) -> bool:
    content = document.blocks[number].content
    return len(content) <= 300 and any(split.score >= _ALIKE for split in document.split(content))
