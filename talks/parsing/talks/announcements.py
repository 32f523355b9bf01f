"""Recognises what a post or a list is about: notes of talks, a future event, talks not heard, software, or books."""

import re
from collections.abc import Sequence, Set
from itertools import islice, takewhile

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.metadata.date_formats import find_latest_date
from talks.parsing.metadata.path_words import fold_camel_words
from talks.parsing.talks.bylines import names_speaker
from talks.parsing.talks.document import Document
from talks.parsing.talks.unheard_talks import (
    leads_to_heard,
    leads_to_missed,
    offers_recordings,
    plans_talks,
    tells_of_own_talks,
)
from talks.parsing.text.blocks import Form
from talks.parsing.title_comparison import has_any, tells_any
from talks.parsing.words.event_words import EVENT_NOUNS, GATHERING_FOLDERS, GATHERINGS
from talks.parsing.words.heading_words import (
    ABSTRACT_HEADINGS,
    BOOK_WORDS,
    COLLECTION_WORDS,
    OTHER_KINDS,
    OTHER_MATTERS,
    PROGRAMME_WORDS,
    SAID_WORDS,
    SOFTWARE_HEADINGS,
    SOURCE_WORDS,
)
from talks.parsing.words.speech import FIRST_PERSON
from talks.parsing.words.talk_words import (
    ABOUT_TALKS,
    NOTE_WORDS,
    PEOPLE_THERE,
    TALK_PLURALS,
    TALK_WORDS,
    TALKS_OR_NOTES,
)
from talks.parsing.words.tenses import BEFORE_EVENT, NOT_YET_KNOWN, PAST_WORDS, SPEAKING, TO_COME
from talks.parsing.words.word_sets import match_any

_ON_TALKS = TALK_WORDS | TALK_PLURALS | PEOPLE_THERE | ABOUT_TALKS | (EVENT_NOUNS - {"day", "days"})
_OF_TALKS = TALK_WORDS | TALK_PLURALS | GATHERINGS | GATHERING_FOLDERS
_LONGEST_FOLDER = 3  # words
_INTRO = 3
_LOOKED_AT = 800
_LEAST_TO_COME = 2
_SURE = 0.9
_LEAST_OPEN, _SHARE_OPEN = 3, 0.1
_LEAST_OF_SOFTWARE, _SHARE_OF_SOFTWARE = 2, 0.3
_ABOVE_LISTS = 12
_REPORTED = 0.01
_LISTS = (Form.LIST, Form.TABLE)
_LONGEST_ANNOUNCEMENT = 10
_LONGEST_LINE_ABOVE = 600  # characters
_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_SENTENCE_END = re.compile(r"[.!?]\s")
_BOOKS = SOURCE_WORDS & COLLECTION_WORDS
_LEAST_AHEAD, _MOST_AHEAD = 4, 400  # days
_BEFORE_EVENT = compile_late(rf"(?<!\w)(?:{match_any(BEFORE_EVENT)})(?!\w)")
_TO_COME = compile_late(rf"(?<!\w)(?:{match_any(TO_COME)})(?!\w)")


def announces_notes(document: Document) -> bool:
    """Whether a post with a series mentions notes in its title, or talks or notes in its description or opening.

    The opening is the first three paragraphs, and later ones above the first heading that end with a colon.
    """
    if not document.series:
        return False
    title = document.called
    if has_any(fold_words(title), NOTE_WORDS):
        return True
    start = 1 if document.headings[:1] == (0,) else 0
    end = next(iter(document.headings[start : start + 1]), None)
    texts = [document.meta.description, *_read_opening(document, _INTRO, end)]
    if end is not None:
        texts += [document.plain(number) for number in document.paragraphs(start, end) if leads_on(document, number)]
    return any(tells_any(text[:_LOOKED_AT], TALKS_OR_NOTES) for text in texts)


def announces_event(document: Document, end: int | None = None) -> bool:
    """Whether the post is about a future event; a post whose title in the front matter mentions notes is not.

    This title, the description and the first paragraphs, above block `end` if it is given, name the event, or speak of
    events or talks; and they speak at least twice of what is to come, and more often than of the past. Or the post says
    at least three times, and once in ten blocks, that something is not known yet ("TBA").
    """
    if has_any(fold_words(document.meta.title), NOTE_WORDS):
        return False
    told = [block for block in document.blocks if block.form is not Form.RULE]
    to_be_told = sum(len(NOT_YET_KNOWN.findall(block.text[:_LOOKED_AT])) for block in told)
    if to_be_told >= _LEAST_OPEN and to_be_told >= _SHARE_OPEN * len(told):
        return True
    text = fold_words(" ".join(_read_announcing(document, end)))
    if not (document.series and document.names_series(text)) and not has_any(text, EVENT_NOUNS | TALK_PLURALS):
        return False
    return _is_to_come(text, 0)


def leads_up_to_event(document: Document) -> bool:
    """Whether a post without talks is likely written before an event, even if it hardly speaks of what is to come.

    Its title says so ("Two days before MossConf"), or its first texts have a date days after that of the post, and they
    speak less often of the past.
    """
    title = fold_words(document.meta.title)
    if has_any(title, NOTE_WORDS):
        return False
    texts = _read_announcing(document, None)
    written = document.published_on
    later = (read for text in texts if written and (read := find_latest_date(text)))
    dated = any(written and _LEAST_AHEAD < (day - written).days < _MOST_AHEAD for day in later)
    signs = bool(_BEFORE_EVENT.search(title)) + dated
    return signs > 0 and _is_to_come(fold_words(" ".join(texts)), _LEAST_TO_COME * signs)


def _read_announcing(document: Document, end: int | None) -> list[str]:
    """Return the texts that may announce an event: title, description, and the first paragraphs above block `end`."""
    return [document.meta.title, document.meta.description, *_read_opening(document, 2 * _INTRO, end)]


def _is_to_come(folded: str, signs: int) -> bool:
    """Whether a folded text, with `signs` more, speaks at least twice of what is to come, and more than of the past."""
    to_come = signs + len(_TO_COME.findall(folded))
    return to_come >= _LEAST_TO_COME and to_come > sum(word in PAST_WORDS for word in folded.split())


def speaks_of_talks(document: Document, least: int = 1) -> bool:
    """Whether the post's title, tags, file name, or `least` blocks have a word for talks, speakers or events."""
    meta = document.meta
    texts = (meta.title, meta.description, *meta.tags, *meta.categories, document.stem_words)
    if any(tells_any(text, _ON_TALKS) for text in texts):
        return True
    telling = (block for block in document.blocks if tells_any(block.text, _ON_TALKS))
    return len(list(islice(telling, least))) == least


def lists_unheard_talks(document: Document) -> bool:
    """Whether the post only lists talks that its writer did not hear, or did not hear yet.

    Its title, its description or one of the first twelve paragraphs above any list or table says that the writer missed
    talks or plans to hear them, or offers recordings to those who were not there. Its title mentions no notes, and less
    than one word in a hundred is in the past tense ("was").
    """
    if has_any(fold_words(document.called), NOTE_WORDS):
        return False
    first = next((number for number, block in enumerate(document.blocks) if block.form in _LISTS), None)
    texts = [document.called, document.meta.description, *_read_opening(document, _ABOVE_LISTS, first)]
    if not any(tells(text) for tells in (plans_talks, leads_to_missed, offers_recordings) for text in texts):
        return False
    words = [word for block in document.blocks for word in fold_words(block.text[:_LOOKED_AT]).split()]
    return sum(word in PAST_WORDS for word in words) < _REPORTED * len(words)


def lists_own_talks(document: Document) -> bool:
    """Whether the post is a page about talks that its writer gave.

    Its title, its description or one of its first paragraphs says so, or title or file name is "Speaking" or the like.
    Its title mentions no notes, and neither title nor file name names the event or a day.
    """
    if document.names_event_or_day or has_any(fold_words(document.called), NOTE_WORDS):
        return False
    if any(map(SPEAKING.fullmatch, (document.called.strip(), document.stem_words))):
        return True
    return any(map(tells_of_own_talks, [document.called, document.meta.description, *_read_opening(document, _INTRO)]))


def calls_itself_programme(document: Document) -> bool:
    """Whether title or file name begins or ends with a word for a programme, and no paragraph says what was heard."""
    names = (fold_words(name).split() for name in (document.called, document.stem_words))
    if not any(words and not PROGRAMME_WORDS.isdisjoint((words[0], words[-1])) for words in names):
        return False
    return not any(leads_to_heard(document.plain(n)[:_LOOKED_AT]) for n in document.paragraphs(0, len(document.blocks)))


def describes_software(document: Document) -> bool:
    """Whether two headings or more, and 30 % of all at least, are typical of software: "Installation", "License"."""
    headings = [fold_words(document.plain(number)) for number in document.headings]
    told = sum(heading in SOFTWARE_HEADINGS for heading in headings)
    return told >= _LEAST_OF_SOFTWARE and told >= _SHARE_OF_SOFTWARE * len(headings)


def describes_other_matter(document: Document) -> bool:
    """Whether a folder, a tag or its title says that a post of no event is a note on a book, a recipe or the like.

    False if title, tags or file name have a word for talks, the front matter names speakers, or if a folder that is
    nearer than the one of such notes is called one of talks or events.
    """
    meta = document.meta
    labels = [*map(fold_words, (*meta.tags, *meta.categories))]
    names = [fold_words(document.called), fold_words(document.stem_words)]
    if document.series or meta.talk or meta.speakers or has_any(" ".join(names + labels), _OF_TALKS):
        return False
    for folder in reversed(document.path_parts[:-1]):
        words = fold_camel_words(folder).split()
        if not _OF_TALKS.isdisjoint(words):
            return False
        if len(words) <= _LONGEST_FOLDER and not OTHER_MATTERS.isdisjoint(words):
            return True
    return not OTHER_KINDS.isdisjoint(labels) or (not document.lies_among_talks and _tells_of_books(names[0].split()))


def _tells_of_books(words: Sequence[str]) -> bool:
    """Whether the words of a title are those of a list of books: "Ten books on moss", "Books I read".

    Not those of "Books in Browsers", where nothing is said of the books.
    """
    told = words[1:] if FIRST_PERSON.isdisjoint(words) else words
    return not BOOK_WORDS.isdisjoint(told)


def lists_sources(document: Document, number: int) -> bool:
    """Whether the text above block `number` announces books, links or other sources, and names no talks.

    That text is the paragraph right above if it ends with a colon, else the heading of the section. In a post without a
    series, the name of the post's folder may announce sources instead.
    """
    names = fold_words(" ".join(document.path_parts[-2:-1])).split()
    in_folder = not document.series and any(name in COLLECTION_WORDS for name in names)
    return in_folder or _announces(document, number, SOURCE_WORDS)


def find_books(document: Document, start: int, end: int) -> frozenset[int]:
    """Return the numbers of the paragraphs from `start` up to `end` that a heading or line right above calls books.

    "## Books", "She recommends these books:", but not the post's title, nor a heading that names the event. What a line
    announces ends with the paragraphs below it; one above a list is no book, but has notes.
    """
    heading = start - 1
    titled = heading == next(iter(document.headings), None) and not document.meta.title
    titled = titled or (heading >= 0 and document.names_series(fold_words(document.plain(heading))))
    if not titled and _announces(document, start, _BOOKS):
        return frozenset(range(start, end))
    found: set[int] = set()
    for number in range(start, end - 1):
        if leads_on(document, number) and _announces(document, number + 1, _BOOKS):
            forms = (document.blocks[n].form for n in range(number + 1, end))
            count = sum(1 for _ in takewhile(lambda form: form is Form.PARAGRAPH, forms))
            below = number + 1 + count
            noted = below < end and document.blocks[below].form is Form.LIST
            found.update(range(number + 1, below - noted))
    return frozenset(found)


def _announces(document: Document, number: int, things: Set[str]) -> bool:
    above = number - 1 if number and leads_on(document, number - 1) else document.find_heading_above(number)
    plain = document.plain(above) if above >= 0 else ""
    if things.isdisjoint(fold_words(plain).split()):  # true of most texts
        return False
    words = find_last_sentence(plain)
    told = len(words) <= _LONGEST_ANNOUNCEMENT and not things.isdisjoint(words)
    return told and TALK_PLURALS.isdisjoint(words)


def leads_on(document: Document, number: int) -> bool:
    """Whether a block is a paragraph that ends with a colon."""
    block = document.blocks[number]
    return block.form is Form.PARAGRAPH and block.content.rstrip(" *_").endswith((":", "："))


def announces_talks_below(document: Document, number: int) -> bool:
    """Whether a block is a paragraph whose last sentence announces talks and ends with a colon: "these presentations:".

    One that announces what was said in talks, or who spoke, is none: "some quotes from the talks:", "Talks by:".
    """
    block = document.blocks[number]
    if block.form is not Form.PARAGRAPH or len(block.content) > _LONGEST_LINE_ABOVE:
        return False
    plain = document.plain(number)
    words = find_last_sentence(plain)[-15:]
    told = any(word in TALK_PLURALS for word in words) or (len(words) == 1 and words[0] in TALK_WORDS)
    told = told and SAID_WORDS.isdisjoint(words) and not names_speaker(plain.rstrip(":： "))
    return plain.endswith((":", "：")) and told


def find_last_sentence(plain: str) -> list[str]:
    """Return the folded words of a text's last sentence, except those in brackets."""
    return fold_words(_SENTENCE_END.split(_IN_BRACKETS.sub(" ", plain))[-1]).split()


def _read_opening(document: Document, count: int, end: int | None = None) -> list[str]:
    """Return the beginnings, as plain texts, of the post's first `count` paragraphs, all above block `end` if given.

    Paragraphs copied from a programme or in sections of missed talks are passed over.
    """
    numbers = document.paragraphs(0, len(document.blocks) if end is None else end)
    own = (number for number in numbers if number not in document.missed_sections and not _is_copied(document, number))
    return [document.plain(number)[:_LOOKED_AT] for number in islice(own, count)]


def _is_copied(document: Document, number: int) -> bool:
    """Whether the paragraph is likely copied from a programme: it stands below "Abstract" or a title with a speaker."""
    heading = document.find_heading_above(number)
    if heading < 0:
        return False
    told = fold_words(document.plain(heading)) in ABSTRACT_HEADINGS
    return told or any(split.score >= _SURE for split in document.split(document.blocks[heading].content))
