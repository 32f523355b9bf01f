"""Evidence from a heading's own words that it is, or is not, the title of a talk."""

import re
from collections.abc import Sequence

from talks.names import fold_words
from talks.parsing.metadata.day_labels import is_day_heading, read_day
from talks.parsing.metadata.series_names import list_spellings
from talks.parsing.records import EVENT_YEAR
from talks.parsing.talks.document import YEAR, Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.full_names import list_name_words
from talks.parsing.talks.title_kinds import begins_with_kind
from talks.parsing.talks.title_slots import drop_front_slot, drop_slot, is_place
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.title_comparison import count_words, has_any
from talks.parsing.words.calendar import DAY_WORDS
from talks.parsing.words.event_words import GATHERINGS
from talks.parsing.words.heading_words import (
    ARTICLES,
    CHOSEN_WORDS,
    COLLECTION_WORDS,
    MEAL_WORDS,
    OTHER_HEADINGS,
    OTHER_OPENINGS,
    SOCIAL_WORDS,
    TITLE_OPENINGS,
)
from talks.parsing.words.speech import FIRST_PERSON
from talks.parsing.words.talk_words import (
    AND_WORDS,
    KIND_WORDS,
    ORGANISER_LABELS,
    RESOURCE_LABELS,
    SLIDES_LABELS,
    SPEAKER_LABELS,
    TALK_PLURALS,
    TALK_TITLE_LABELS,
    TALK_WORDS,
    VENUE_LABELS,
    VIDEO_LABELS,
)
from talks.parsing.words.tenses import MISSED_HEADING

LETTER_LENGTH = 3
_LETTERED = re.compile(r"[A-Z][.)] ")
_LEAST_LETTERS = 3
_LEAST_LABELS = 2
_BEFORE_EVENT = re.compile(r"\s+(?:[–—|@-]|at)\s+|,\s+|\s(?=[(\[])")
ADDRESS_ALONE = re.compile(r"\s*(?:https?://|www\.)\S+\s*\Z", re.IGNORECASE)
_PART = re.compile(r"\s*(?:part|teil|partie|parte|часть)\s+(?:\d{1,2}|[ivx]{1,4}|one|two|three)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"(?<![\w./])[^\W\d_]{3,}/[^\W\d_]{3,}/[^\W\d_]{3,}")  # "Code night/Workshop/Party"
_OPENS_WITH_DATE = re.compile(rf"\s*{EVENT_YEAR}-\d\d(?:-\d\d)?[\s:–—-]")
_EVENTS = GATHERINGS | {"meetup", "barcamp", "stammtisch"}
_OF_OTHER_TRACKS = frozenset({"on", "off", "the", "a", "keep", "keeping", "fast", "right", "wrong", "back"})
# A word that is no part of an address or of "I/O", and no "I" that ends a text or a clause.
_WORD = re.compile(r"(?<![^\W_])(?<![/@-])(?<!\w[.])(?![Ii](?:[:).\]]|\s*\Z))[^\W\d_]+(?![^\W_]|/)")
_OPENING = 6
_SMALL_KINDS = frozenset({"a", "and", "de", "in", "on", "the"})  # parts of kinds: "tools in action"
_TITLE_WORDS = 3
_LONGEST_EVENT = 6
_LONG = 9
_LONG_WORD = 4
_MOST_LINES = 200
# A line of a link with at most two words before or after it.
_LINK_LINE = re.compile(
    r"\s*(?:[*+-]|\d{1,3}[.)])?\s*(?:\S+\s+){0,2}(?:\[[^\[\]]*\]\([^()\s]*\)|<?https?://\S+)(?:\s+\S+){0,2}\s*\Z"
)
_WITHIN = re.compile(r"\]\(<?#[^()\s]*\)\s*\Z")  # of a table of contents
_FIRST_OF_OPENINGS = frozenset(phrase.split()[0] for phrase in OTHER_OPENINGS if phrase)
_FILES = SLIDES_LABELS | VIDEO_LABELS | COLLECTION_WORDS
_LEAST_LINKS, _MOSTLY_LINKS = 3, 0.8
_MOSTLY = 0.7
# A section of one writer's notes: "Notes from @annlee", "Notes by Ann Lee".
_NOTES_BY = re.compile(
    r"(?:notes|notizen|mitschrift|notas|appunti|notatki)\s+(?:from|by|von|de|por|di)\s+(\S.*)\Z", re.IGNORECASE
)


def find_letters(contents: Sequence[str]) -> frozenset[str]:
    """Return the openings that number titles ("A. ", "B. ", "C. "), if there are three or more in order from A.

    Else the set is empty: a single "J. " is somebody's initial.
    """
    found = [content[:LETTER_LENGTH] for content in contents if _LETTERED.match(content)]
    in_order = [f"{chr(ord('A') + place)}{found[0][1:]}" for place in range(len(found))] if found else []
    return frozenset(found) if len(found) >= _LEAST_LETTERS and found == in_order else frozenset()


def drop_letter(content: str, letters: frozenset[str]) -> str:
    """Return a heading without the opening that numbers it ("B. ") if that is one of `letters`; else unchanged."""
    return content[LETTER_LENGTH:] if content[:LETTER_LENGTH] in letters else content


def drop_event_behind(content: str, document: Document) -> str:
    """Return a heading with the label of a talk without the conference at its end: "Talk: Moss — [[Acme Conf 2024]]".

    Another heading is returned unchanged.
    """
    if document.series and _is_labelled(make_plain(content)):
        for sign in reversed([*_BEFORE_EVENT.finditer(content)]):
            told = YEAR.sub(" ", fold_words(make_plain(content[sign.end() :])))
            if told.replace(" ", "") in list_spellings(document.series):
                return content[: sign.start()]
    return content


def weigh_labels(candidates: Sequence[Candidate], document: Document) -> None:
    """Add evidence to the headings of a level with the label of a talk ("Talk: Moss"), and to those without.

    Where two or more have it, those without are less likely talks, unless they name a speaker or a kind of talk.
    """
    labelled = [_is_labelled(document.plain(candidate.start)) for candidate in candidates]
    for candidate, has_label in zip(candidates, labelled, strict=True):
        if has_label:
            candidate.add("says that it is a talk")
        elif sum(labelled) >= _LEAST_LABELS and not (candidate.speakers or candidate.has("begins with a kind of talk")):
            candidate.add("its siblings say that they are talks, and it does not")


def _is_labelled(plain: str) -> bool:
    label, title = split_label(plain)
    return label in TALK_TITLE_LABELS and bool(title and title.strip())


def weigh_words(candidate: Candidate, document: Document, number: int) -> None:
    """Add evidence from the heading's own words, without the text below it.

    If the heading says when the talk was given ("Day 2, 10:30: Gardens"), the candidate's day is taken from there.
    """
    plain, day = drop_front_slot(drop_slot(document.plain(number)))
    folded = fold_words(plain)
    words = folded.split()
    if plain != document.plain(number):
        candidate.add("says when it was given")
        candidate.day = day or read_day(document.plain(number)[len(plain) :])
    if is_day_heading(plain) or (words and words[-1] in DAY_WORDS and len(words) <= 3):
        candidate.add("names a day")
    elif (
        is_place(plain)
        or _is_track(words)
        or is_other_heading(folded, named=_has_title_and_speaker(candidate))
        or YEAR.fullmatch(plain.strip())
        or _tells_host(plain)
        or _tells_writer(candidate, plain)
        or names_dated_event(document.plain(number))
    ):
        candidate.add("is what such posts call something else than a talk")
    elif announces_talks(words) or (len(words) <= _LONGEST_EVENT and _SEVERAL.search(plain)):
        candidate.add("announces talks")
    elif words and words[-1] in SPEAKER_LABELS and set(words) <= SPEAKER_LABELS | KIND_WORDS | TALK_WORDS:
        candidate.add("announces speakers" if words[-1].endswith("s") else "announces a speaker")
    elif begins_with_kind(plain) or (words and words[0] in KIND_WORDS - _SMALL_KINDS and set(words[:3]) & TALK_WORDS):
        candidate.add("begins with a kind of talk")
    elif words and words[-1] in TALK_WORDS and len(words) <= 4:
        candidate.add("ends with a kind of talk")
    elif set(words) <= RESOURCE_LABELS or _names_resource(plain) or split_label(plain)[0] in SPEAKER_LABELS:
        candidate.add("is a label")
    if has_any(" ".join(words[-1:]), GATHERINGS) and len(words) <= _LONGEST_EVENT:
        candidate.add("names an event", 2.0 if plain.endswith("!") else 1.0)
    _weigh_length(candidate, plain, folded)
    _weigh_absence(candidate, document, number)
    if document.names_series(fold_words(drop_event_behind(plain, document))):
        opens = f"{folded} ".startswith(f"{fold_words(document.series)} ")
        candidate.add("opens with the conference's name" if opens else "names the conference")
    if folded and folded.replace(" ", "") == fold_words(document.meta.title).replace(" ", ""):
        candidate.add("is the post's own title")


def names_dated_event(plain: str) -> bool:
    """Whether a heading is a date and the name of a meetup or conference: "2019-05-06 Moss Meetup Oslo"."""
    return bool(_OPENS_WITH_DATE.match(plain)) and not _EVENTS.isdisjoint(fold_words(plain).split())


def _has_title_and_speaker(candidate: Candidate) -> bool:
    """Whether a heading has three words at least beside a speaker of a known name: "Naked lunch of types – Ann Lee".

    "Lunch with Ann Lee" has fewer, so that it is no title.
    """
    names = list_name_words(candidate.speakers)
    others = [word for word in fold_words(candidate.title).split() if word not in names]
    return candidate.has("names a speaker of a known name") and len(others) >= _TITLE_WORDS


def _tells_host(plain: str) -> bool:
    """Whether a heading tells place or organisers of the event: "Organisers: Ann Lee"."""
    label, value = split_label(plain)
    return value is not None and (label in VENUE_LABELS or label in ORGANISER_LABELS)


def _tells_writer(candidate: Candidate, plain: str) -> bool:
    """Whether a heading only tells whose notes follow, by a handle or a known name."""
    match = _NOTES_BY.match(plain)
    names = fold_words(" ".join(speaker.name for speaker in candidate.speakers))
    if not match or not names or fold_words(match[1]) != names:
        return False
    return match[1].startswith("@") or candidate.has("names a speaker of a known name")


def announces_talks(words: Sequence[str]) -> bool:
    """Whether a heading of these folded words, six at most, has a word such as "talks" among its first three."""
    return bool(set(words[:3]) & TALK_PLURALS) and len(words) <= _LONGEST_EVENT


def _names_resource(plain: str) -> bool:
    """Whether a heading ends, after a colon, in a label for a recording or the like: "Moss in the shade: the video"."""
    _, colon, last = plain.rpartition(":")
    words = set(fold_words(last).split()) if colon else set()
    return bool(words & RESOURCE_LABELS) and words <= RESOURCE_LABELS | ARTICLES


def _is_track(words: Sequence[str]) -> bool:
    """Whether a heading is the name of a track, not a talk: "Gardening track", "Parallel track 2: Moss"."""
    named = len(words) > 1 and words[-1] == "track" and words[-2] not in _OF_OTHER_TRACKS
    return named or words[:2] == ["parallel", "track"]


def _weigh_absence(candidate: Candidate, document: Document, number: int) -> None:
    """Settle a heading as no talk if it tells of slides, recordings or links, and little but links follows.

    A heading which says that the writer was not there is no talk either, if nothing or another heading follows at once.
    """
    below = document.blocks[number + 1 : number + 2]
    if lists_files(document, document.plain(number), number + 1, candidate.end):
        candidate.settled = False
    if MISSED_HEADING.match(document.plain(number)) and all(block.form is Form.HEADING for block in below):
        candidate.settled = False


def _weigh_length(candidate: Candidate, plain: str, folded: str) -> None:
    length = count_words(folded)
    if not length:
        candidate.settled = False
    elif length >= _TITLE_WORDS:
        candidate.add("is as long as titles are")
    elif length == 1 and not plain[:1].isdigit():
        candidate.add("is a single word")


def weigh_form(candidate: Candidate, document: Document, number: int) -> None:
    """Add evidence from how a heading or title line is written."""
    block, plain = document.blocks[number], document.plain(number)
    words = fold_words(plain).split()
    ends = plain.rstrip()[-1:]
    if ends in ("?", "？"):
        candidate.add("is a question")
    elif ends in (":", "："):
        candidate.add("ends with a colon")
    elif ends in ("!", "！"):
        candidate.add("ends with an exclamation mark")
    if speaks_of_writer(" ".join(plain.split()[:_OPENING])):
        candidate.add("speaks of the writer")
    if _PART.match(plain):
        candidate.add("is a numbered part")
    if set(words) & SOCIAL_WORDS:
        candidate.add("holds a word of what goes on around talks")
    if len(words) >= _LONG:
        candidate.add("is long")
    elif len(words) == 2:
        candidate.add("is two words")
    if find_links(block.content, document.definitions):
        bare = ADDRESS_ALONE.match(plain)
        candidate.add("is a bare address" if bare else "holds a link")
    if document.repeated.get(fold_words(plain), 0) > 1:
        candidate.add("stands in the post several times")
    if plain.isascii() and len(words) >= _TITLE_WORDS:
        _weigh_capitals(candidate, plain)


def speaks_of_writer(text: str) -> bool:
    """Whether a text has a word of the first person: "I", "my". "EU" is none, nor is the "I" of "I/O" or "Day I"."""
    return any(
        word[0].casefold() in FIRST_PERSON and (len(word[0]) == 1 or not word[0].isupper())
        for word in _WORD.finditer(text)
    )


def _weigh_capitals(candidate: Candidate, plain: str) -> None:
    """Add evidence that a heading is all in capitals, Written Like Titles, or written as sentences are."""
    long = [word for word in re.findall(r"[A-Za-z]+", plain)[1:] if len(word) >= _LONG_WORD]
    capitals = sum(word[0].isupper() for word in long)
    if plain.isupper():
        candidate.add("is written in capitals")
    elif long and capitals >= _MOSTLY * len(long):
        candidate.add("is written in title case")
    elif long and not capitals:
        candidate.add("is written as sentences are")


def is_other_heading(folded: str, *, named: bool = False) -> bool:
    """Whether a folded heading is a common one of sections that are not talks, or begins with one of `OTHER_OPENINGS`.

    It may begin so with seven words at most. True too for headings of chosen talks ("My favourite talks"), of common
    headings alone ("Organisation and venue"), and, with nine words at most, of two meals or a meal among the first two
    words ("Lunch by the river", "Speakers’ dinner"). "Introduction to moss" is a title. `named` says that the heading
    has a title and surely a speaker: then a meal is a word of the title.
    """
    words = folded.split()
    if words[1:] and words[0] in ARTICLES:
        words = words[1:]
    if " ".join(words) in OTHER_HEADINGS or folded in OTHER_HEADINGS:
        return True
    if len(words) > 1 and words[-1] in TALK_PLURALS and CHOSEN_WORDS.issuperset(words[:-1]):
        return True
    if " ".join(words[:2]) in TITLE_OPENINGS and len(words) > 2:
        return False
    meals = MEAL_WORDS.intersection(words)
    if not named and len(words) <= _LONG and (len(meals) > 1 or not meals.isdisjoint(words[:2])):
        return True
    if len(words) > 1 and all(word in OTHER_HEADINGS or word in AND_WORDS for word in words):
        return True  # "Organisation and venue"
    if len(words) > 7 or _FIRST_OF_OPENINGS.isdisjoint(words[:1]):
        return False
    return any(" ".join(words[:length]) in OTHER_OPENINGS for length in (1, 2, 3, 4))


def lists_files(document: Document, title: str, start: int, end: int) -> bool:
    """Whether a title tells of slides, recordings or links, and the blocks hold little else: "Slides of all talks"."""
    named = has_any(fold_words(title), _FILES)
    return named and measure_links(document, start, end) >= _MOSTLY_LINKS


def measure_links(document: Document, start: int, end: int) -> float:
    """Return the share, from 0 to 1, of lines of lists and paragraphs that are hardly more than a link.

    Lines that link to headings of the post, as in a table of contents, do not count. The share is 0 if fewer than
    three lines are hardly more than a link.
    """
    texts = [
        line
        for block in document.blocks[start:end]
        if block.form in (Form.LIST, Form.PARAGRAPH)
        for line in block.text.split("\n")[:_MOST_LINES]
        if line.strip() and not ("](" in line and _WITHIN.search(line))
    ]
    links = sum(bool(_LINK_LINE.match(line)) for line in texts if "](" in line or "://" in line)
    return links / len(texts) if links >= _LEAST_LINKS else 0.0
