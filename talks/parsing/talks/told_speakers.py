"""Finds the speakers of a file in a paragraph above its title, in sentences below it, or in a note at its end."""

import re
from collections.abc import Iterator

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.bylines import LONGEST, SHAPED, SURELY, at_least, read_byline
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import NOBODY, People, read_people
from talks.parsing.talks.sentence_names import find_speakers
from talks.parsing.talks.speaker_lines import looks_like_people
from talks.parsing.talks.title_parts import Split, clean_title
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import make_plain
from talks.parsing.title_comparison import has_any
from talks.parsing.web_addresses import is_profile
from talks.parsing.words.talk_words import NOTE_WORDS, ROLE_WORDS, SINGLE_TALK, TALK_WORDS, TOPIC_WORDS
from talks.parsing.words.word_sets import match_any

_UNKNOWN = 0.5
_OF = "of|by|from|on|von|vom|zu|zum|zur|über|de|du|des|d['’]|di|da|do|del|dal|della|dalla|sur|sulla|sobre|van|bij|z|ze"
_NOTES_OF = compile_late(
    rf"(?:\w+\s+)?(?:{match_any(NOTE_WORDS)})\s+(?:{_OF})\s*\b(?:(?:the|a|la|le|el|il|l['’]|der|dem|einem|o)\s*\b)?\s*(\S.*)\Z",
    re.IGNORECASE,
)
_NAME = r"(?-i:[^\W\d_a-zß-öø-ÿ]\S*(?:\s+(?:d[aeiou]s?|v[ao]n|de[nr]|la)\b)*\s*){2,4}"
_TALK_BY = compile_late(
    rf"(?:{match_any(SINGLE_TALK)}|talk|conférence)\s+(?:{_OF}|par|por|con|mit|with)\s+({_NAME})"
    rf"(?:\s*(?:{match_any(TOPIC_WORDS - {'of'})})\s+(.+)|\s*[,:(–-].*|\s*(?-i:[a-zß-öø-ÿ]).*)?\Z",
    re.IGNORECASE,
)

# A name with a description; or a name alone whose first word begins the next sentence.
_BIO = re.compile(
    r"(([^\W\d_]\S+)(?: (?:[^\W\d_]\.|[^\s.,]+)){1,3}?)"
    r"(?:,? (?:is|was|works|has been|leads|ist|est|es) |\. +(\2|I am|I'm|Hi)\b)"
)


def find_noted(document: Document, title: str) -> Split | None:
    """Return the split of a title that calls a file the notes of somebody's talk, else None.

    "Notes from Ann Lee's talk" has the title "Ann Lee's talk", "Notizen zum Vortrag von Ann Lee" has "Vortrag von Ann
    Lee", and "Apuntes de la charla de Ann Lee sobre musgo" has "musgo".
    """
    lead = _NOTES_OF.match(make_plain(title))
    if not lead:
        return None
    told = lead[1]
    for split in document.split(told):
        if split.pattern == "<genitive":
            return split._replace(people=split.people._replace(score=1.0))
    match = _TALK_BY.match(told)
    people = document.read_people(match[1]) if match else NOBODY
    if not match or people.score < SHAPED:
        return None
    return Split(clean_title(match[2] or told[: match.end(1)]), people._replace(score=1.0), "by>")


def find_bio(document: Document, start: int, end: int) -> People:
    """Return whom the last paragraph or quotation of a range describes: "Ann Lee is a gardener at Initech".

    The result is `NOBODY` if no paragraph or quotation is there, or the last one describes nobody.
    """
    noted = [n for n in range(start, end) if document.blocks[n].form in (Form.PARAGRAPH, Form.QUOTE)]
    for number in noted[-1:]:
        plain = make_plain(document.blocks[number].content[:LONGEST])
        if (match := _BIO.match(plain)) and (
            match[3] or set(fold_words(plain[match.end() :][:200]).split()) & ROLE_WORDS
        ):
            return at_least(read_people(match[1]), SHAPED)
    return NOBODY


def find_told(document: Document, heading: int) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers whom a paragraph above the title names, else sentences below it, else a note at the end.

    The title is block `heading` of a file read as one talk; -1 stands for none. The writer whom the front matter names
    is no speaker: such paragraphs and notes tell as often who wrote as who spoke.
    """
    writer = f" {fold_words(document.meta.author or '')} "
    for people in _iterate_told(document, heading):
        if others := tuple(speaker for speaker in people.speakers if f" {fold_words(speaker.name)} " not in writer):
            return others
    return ()


def _iterate_told(document: Document, heading: int) -> Iterator[People]:
    above = (block.content for block in document.blocks[: max(0, heading)] if block.form is Form.PARAGRAPH)
    yield from (read_byline(text, document, SURELY) for text in above)
    stop = document.find_next_heading(heading) if heading >= 0 else next(iter(document.headings), len(document.blocks))
    yield find_speakers(document, heading + 1, stop)
    yield find_bio(document, heading + 2, len(document.blocks))


def drop_topics(title: str, speakers: tuple[ParsedSpeaker, ...]) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers without those whose unknown names of several words are words of the title.

    No "Moss Walls" speaks in "Why Moss Walls Grow". A name with a handle or a profile stays, and so do all of a title
    that tells of a talk: "Panel with Plugh Moss".
    """
    if not speakers or has_any(fold_words(title), TALK_WORDS):
        return speakers
    return tuple(speaker for speaker in speakers if not _is_topic(speaker, title))


def _is_topic(speaker: ParsedSpeaker, title: str) -> bool:
    name = speaker.name
    if " " not in name or not name.isascii() or weigh_name(name) > _UNKNOWN:
        return False
    if speaker.handle or is_profile(speaker.url or ""):
        return False
    word = re.escape(name)
    return bool(re.search(rf"\w\s+{word}(?!\w)|(?<!\w){word}\s+\w", title, re.IGNORECASE))


def find_in_title(document: Document, title: str) -> tuple[ParsedSpeaker, ...]:
    """Return the people whom a title names if it surely holds nothing else: talks are called by their speakers, too."""
    people = document.read_people(title)
    return people.speakers if people.score >= SURELY and looks_like_people(document, title) else ()
