"""A file that holds the notes of one talk: its title is the talk's."""

import re
from dataclasses import replace

from talks.parsing.metadata.day_labels import is_day_heading
from talks.parsing.metadata.path_events import read_path_title
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.candidates.headings import choose_split
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import LONGEST_NAME, read_people
from talks.parsing.talks.speaker_lines import find_details, tells_of_talk
from talks.parsing.text.blocks import Form
from talks.parsing.title_folding import fold
from talks.parsing.words import EVENT_LEADS, TALK_WORDS

_SETTLED = 20.0
_MOSTLY, _SEVERAL = 0.8, 3


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """One candidate for the file, named by its title or its first heading."""
    if not document.blocks:
        return []
    opens = document.headings[:1] == (0,)
    title = _find_title(document, opens=opens)
    if not title.strip():
        return []
    bare = drop_event(title, document.series)
    split = choose_split(document.split(bare), "")
    speakers = tuple(_drop_event_affiliation(speaker, document.series) for speaker in split.people.speakers)
    candidate = Candidate(0, len(document.blocks), "whole file", split.title, speakers)
    candidate.add("a whole file", -3.0)
    if split.score:
        candidate.add(f"the title names a speaker ({split.pattern})", 3.0 * split.score)
    _weigh_title(candidate, document, title, bare)
    _weigh_body(candidate, document, 1 if opens else 0)
    _weigh_facts(candidate, document)
    return [candidate]


def _find_title(document: Document, *, opens: bool) -> str:
    """What the front matter calls the talk, else the first heading where it calls it something, else the file."""
    first = document.blocks[0].content if opens else ""
    named = "" if is_other_heading(fold(document.plain(0) if opens else "")) else first
    return document.meta.talk or document.meta.title or named or read_path_title(document.name)


def _weigh_facts(candidate: Candidate, document: Document) -> None:
    """What the front matter says is settled; what most files of the folder are is likely of this one."""
    meta = document.meta
    if meta.speakers or meta.talk:
        candidate.add("the front matter names talk or speaker", _SETTLED)
    if meta.speakers:
        candidate.speakers = tuple(speaker for text in meta.speakers for speaker in _read_speakers(text, document))
    candidate.title = meta.talk or (meta.title if meta.speakers else "") or candidate.title
    if document.folder.single >= _MOSTLY and document.folder.files >= _SEVERAL:
        candidate.add("most files of the folder are of the shape of one talk each", 2.0)


def _read_speakers(text: str, document: Document) -> tuple[ParsedSpeaker, ...]:
    found = read_people(text, document.definitions).speakers
    return found or (ParsedSpeaker(text[:LONGEST_NAME]),)


def drop_event(title: str, series: str) -> str:
    """The title without the conference in front of it ("FooConf 2019: …") or in brackets at its end."""
    if not series:
        return title
    event = r"\W*".join(map(re.escape, fold(series).split()))
    front = re.match(rf"\W*{event}\W*(?:['’]?\d{{2,4}})?\s*[:|–—-]\s*", title, re.IGNORECASE)
    bare = title[front.end() :] if front else title
    return re.sub(rf"\s*[(\[][^()\[\]]*{event}[^()\[\]]*[)\]]\s*\Z", "", bare, flags=re.IGNORECASE) or title


def _drop_event_affiliation(speaker: ParsedSpeaker, series: str) -> ParsedSpeaker:
    """Whom somebody works for is not where they spoke: "Ann Lee at FooConf 2019"."""
    words, event = fold(speaker.affiliation or "").split(), fold(series).split()
    if words and event and (words[0].startswith(event[0]) or event[0].startswith(words[0])):
        return replace(speaker, affiliation=None)
    return speaker


def _weigh_title(candidate: Candidate, document: Document, title: str, bare: str) -> None:
    folded = fold(title)
    if is_day_heading(title) or is_other_heading(folded):
        candidate.add("the title names a day, or something else than a talk", -5.0)
    if any(word in TALK_WORDS for word in folded.split()):
        candidate.add("the title tells of a talk", 0.5)
    named = bool(document.series) and fold(document.series) in folded
    own = [word for word in fold(candidate.title).split() if word not in EVENT_LEADS and not word.isdigit()]
    told = bool(candidate.speakers and own) and fold(document.series) not in fold(candidate.title)
    if named and told:
        candidate.add("the title names talk, speaker and conference", 1.5)
    elif named or (not own and document.meta.title):
        candidate.add("the title names the conference", -3.0)


def _weigh_body(candidate: Candidate, document: Document, start: int) -> None:
    blocks = document.blocks
    details = find_details(document, start, min(start + 4, len(blocks)))
    candidate.byline, candidate.labels = details.blocks, details.items
    if details.people.speakers:
        candidate.add("a line at the top says who speaks", 3.0)
        candidate.speakers = candidate.speakers or details.people.speakers
    if details.title:
        candidate.title = details.title
    if tells_of_talk(document, start, min(start + 3, len(blocks))):
        candidate.add("its first sentences tell of a talk", 0.5)
    if not document.headings and candidate.speakers:
        candidate.add("no headings divide it", 0.8)
    if document.headings:
        named = sum(_names_speaker(document, number) for number in document.headings if number >= start)
        candidate.add(f"{named} headings inside name speakers", -2.0 if named >= 2 else 0.0 if named else 0.8)
    if not document.meta.title and start == 1:
        alone = sum(blocks[number].level == blocks[0].level for number in document.headings) == 1
        noted = sum(block.form is Form.LIST for block in blocks) >= sum(
            block.form is Form.PARAGRAPH for block in blocks
        )
        candidate.add(
            "a bare file of notes under one heading" if alone else "a bare file of notes", 2.0 if alone else 0.5
        )
        if noted:
            candidate.add("lists outweigh paragraphs", 1.2)


def _names_speaker(document: Document, number: int) -> bool:
    content = document.blocks[number].content
    return len(content) <= 300 and any(split.score >= 0.6 for split in document.split(content))
