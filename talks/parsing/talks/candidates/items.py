"""Recognises talks that are items of a list: "Title – Speaker", "Title (Speaker): what it was about"."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cached_property

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.metadata.day_labels import is_day_heading
from talks.parsing.talks.affiliations import names_resources
from talks.parsing.talks.announcements import (
    announces_notes,
    announces_talks_below,
    find_last_sentence,
    leads_on,
    lists_sources,
)
from talks.parsing.talks.candidates.headings import choose_split, find_pattern
from talks.parsing.talks.candidates.item_openings import LONGEST_LEAD, SAID_WHO, read_alike, read_item
from talks.parsing.talks.candidates.programmes import find_of_programme, find_programmes
from talks.parsing.talks.candidates.title_words import ADDRESS_ALONE, is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.noted_talks import says_what_was_heard
from talks.parsing.talks.people import NOBODY, People, is_role_text
from talks.parsing.talks.run_in_titles import RunIn
from talks.parsing.talks.speaker_lines import Details, find_details_below
from talks.parsing.talks.title_parts import Split, clean_title
from talks.parsing.talks.unheard_talks import ends_with_missed
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.text.lists import Item
from talks.parsing.text.pictures import PICTURES
from talks.parsing.title_comparison import count_words, tells_any
from talks.parsing.web_addresses import read_host
from talks.parsing.words.heading_words import LINEUP_HEADINGS, PICKED_WORDS
from talks.parsing.words.speech import FIRST_PERSON
from talks.parsing.words.talk_words import (
    AND_WORDS,
    AT_WORDS,
    BY_WORDS,
    DETAIL_LABELS,
    PARTICLES,
    TALK_PLURALS,
    TITLE_LABELS,
)
from talks.parsing.words.word_sets import match_any

_LONGEST_READ = 2000
_OPENING = 200
_SURE = 0.6
_PERHAPS = 0.3
_LEAST_SHARE = 0.4
_BY = match_any(BY_WORDS)
# A capital or a handle after a separator or "by", or before a separator: cheap, and true of every item with a name.
_MIGHT_TELL = compile_late(
    rf"(?:\A|[-–—:：|/／,(（\"”»]\s*|\b(?:{_BY})\s+)[\[*_“\"]*(?:@|[^\W\da-zß-öø-ÿ_]\S*(?:\s+\S+){{0,4}}\s*(?:[-–—:：|/,()（\[\]*_“\"]|\Z|\n))"
    r"|\b(?:by|von|par|por|with)\s+\[?[^\W\da-zß-öø-ÿ_]"
    r"|\A[\[*_]*(?:[^\W\da-zß-öø-ÿ_]\S+\s+){2}[^\W\dA-Z_]+\s"  # "Ann Lee talked …"
)
_OPENING_TAG = re.compile(r"\A\s*<(?:strong|b|em|i)\b[^<>]*>\s*", re.IGNORECASE)
# Without these a text names nobody: signs of handles, titles set apart and dashes; a capital whose word stands beside
# another one or right before a sign or a word that may follow a name.
_SIGN_OF_NAME = re.compile('[@|~*_"\x80-\u2018\u201a-\u2025\u2027-\U0010ffff]')  # beyond ASCII all but ’ and …
_DASH_BESIDE_NAME = re.compile(r"-(?:(?<=\s-)|(?=[\s-]))|::|=>")
_NAME = re.compile(
    rf"[A-Z](?<![^\W_][A-Z])(?:[^\s\0]*[\s(\[]+(?:(?:{match_any(PARTICLES)})\s+)*[A-Z]"
    rf"|[\w.'’-]*+(?:\Z|[^\w\s.'’-]|\s+(?:{match_any((*AND_WORDS, *AT_WORDS))})\s))"
)
_MOSTLY = 0.6
_SHORT = 12
_FEW_WORDS, _FEW_OTHERS = 2, 2
_LONGEST_ROLE = 9
_LONGEST_PERSON = 160
_COMPANY_ALONE = re.compile(r" [(\[](?:[^\s()\[\]]+ ?){1,4}[)\]]")
_LEAST_ITEMS = 2
_LEAST_TOLD = 2
_MANY = 4
_LONGEST_GROUP = 40
_DEEPEST = 2
_CERTAIN = 0.75
_STRICT = 0.25  # who asks for less certainty gets items that name nobody as candidates, too
_LEAST_TITLES = 3
_MOST_ITEMS = 400
_LONGEST_LINKED = 500  # characters
_QUOTED_SENTENCE = re.compile(r"\s*[\"“„«「][^\"“”«»「」]{10,}[.!。…][\"“”»」]")
# An item below that gives the title: "Title - Gardens in winter".
_LABELLED_TITLE = re.compile(rf"[\s\[*_]*{PICTURES}[*_]{{0,3}}([^\W\d_]{{2,10}})\s*(?:[:：]|\s[-–—])\s+(?=\S)")
_FIRST_ITEMS = 3
_LABELS_OF_TITLES = TITLE_LABELS - {"name"}
_AFTER_LABEL = " :：-–—*_"
_NOTE = re.compile(r"(?!/)[^:#?.]*%20[^:#?.]*(?<!/)")  # the address of a note whose name has spaces, without an ending
_BEGINS_WITH_WORD = re.compile(r"\s*\w")
_TIME = re.compile(r"\W{0,4}(?:[01]?\d|2[0-3])[:.h]?[0-5]\d\b.{0,40}\Z")


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return candidates for the items of each list, but those of the lineup, that looks like a list of talks."""
    found: list[Candidate] = []
    lists = _Lists(document)
    noted = announces_notes(document)
    for heading, start, end in document.sections:
        announced = _announces(document, heading, noted=noted)
        told = False
        for number in range(start, end):
            block = document.blocks[number]
            if block.form is Form.LIST and number not in lineup.blocks:
                above = number > start and announces_talks_below(document, number - 1)
                otherwise = number > start and leads_on(document, number - 1)
                goes_on = told and number > start and document.blocks[number - 1].form is not Form.PARAGRAPH
                told = above or (announced and not otherwise) or goes_on
                found += _read_list(document, number, lists, announced=told)
    return found


class _Lists:
    """Facts about all lists of a post together. They are found when a list first needs them, since few lists do."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def pattern(self) -> str:
        """The pattern ("dash>") by which the items of all lists name people; "" if uncertain, or for over 400 items."""
        items = [item for block in self._document.blocks if block.form is Form.LIST for item in block.items]
        if len(items) > _MOST_ITEMS:
            return ""
        ways = [self._document.split(item.text) for item in items if len(item.text) <= LONGEST_LEAD]
        return find_pattern([way for way in ways if max(split.score for split in way) >= _PERHAPS])

    @cached_property
    def programmes(self) -> Set[str]:
        return find_programmes(self._document)


def _announces(document: Document, heading: int, *, noted: bool) -> bool:
    """Whether a section's heading has a word such as "talks", or names a day in a post that announces notes."""
    if heading < 0:
        return False
    return (noted and heading in document.day_headings) or tells_any(document.plain(heading), TALK_PLURALS)


def _picks_talks(plain: str) -> bool:
    """Whether a text names talks and its last sentence says what the writer chose, such as "My favourites:"."""
    last = find_last_sentence(plain)
    return not any(map(set(last).isdisjoint, (PICKED_WORDS, FIRST_PERSON))) and tells_any(plain, TALK_PLURALS)


def _read_list(document: Document, number: int, lists: _Lists, *, announced: bool) -> list[Candidate]:
    block = document.blocks[number]
    items = _find_level(document, block.items)
    if not 1 <= len(items) <= _MOST_ITEMS or (len(items) < _LEAST_ITEMS and not _is_marked(items[0])):
        return []
    titled = [_find_title_below(item) for item in items]
    of_programme = find_of_programme(document, items, lambda: lists.programmes)
    sure = announced or any(titled) or _is_outline(document, block, items) or of_programme
    if not sure and not _might_hold_talks(document, items):
        return []
    reads = [read_item(item, document) for item in items]
    splits = [document.split(read.lead) for read in reads]
    if pattern := find_pattern(splits):
        reads = [read_alike(item, read, pattern, document) for item, read in zip(items, reads, strict=True)]
        splits = [document.split(read.lead) for read in reads]
    elif any(len(ways) > 1 for ways in splits):
        pattern = lists.pattern
    candidates = []
    for item, read, ways, below in zip(items, reads, splits, titled, strict=True):
        split = choose_split(ways, pattern)
        alone = NOBODY if read.told or read.marked else _read_person_alone(read.lead, document)
        known = bool(alone.speakers or read.people.speakers) or split.score >= _CERTAIN
        nested = Details() if known else find_details_below(document, item.items)
        if nested.people.speakers:
            split = Split(ways[0].title, nested.people, "")
        people = alone.speakers or split.people.speakers or read.people.speakers
        title = ", ".join(speaker.name for speaker in alone.speakers) or split.title
        if read.told:
            title, people = read.lead, read.people.speakers or nested.people.speakers
        candidate = Candidate(number, number + 1, "item", title, people, item=item, rest=read.rest)
        candidate.labels = nested.items if nested.people.speakers else frozenset()
        candidate.add("an item by itself")
        if below and (alone.speakers or not people):
            candidate.title, candidate.labels = below[0], frozenset({below[1]})
            candidate.add("an item below gives its title")
        if people and not (alone.speakers and not item.items):  # a list of people, staff say, tells of no talks
            told = SAID_WHO if read.told else "names a speaker"
            candidate.add(told, max(split.score, read.people.score, alone.score))
            if pattern and split.pattern == pattern:
                candidate.add("names a speaker as its siblings do")
        _weigh_item(candidate, item, split.title, read)
        candidates.append(candidate)
    named = sum(bool(candidate.speakers) for candidate in candidates)
    if len(candidates) >= _MANY and named < _LEAST_SHARE * len(candidates):
        _undo_doubtful(candidates, splits)
    apart = sum(bool(read.marked or read.rest or item.items) for item, read in zip(items, reads, strict=True))
    _weigh_links(document, items, candidates, of_programme)
    _weigh_surroundings(document, number, items, candidates, announced=announced)
    return _weigh_list(candidates, apart, announced=announced)


def _weigh_item(candidate: Candidate, item: Item, title: str, read: RunIn) -> None:
    if read.marked and count_words(title) >= _FEW_WORDS:
        candidate.add("its title is set apart")
    if read.told and not candidate.speakers:
        candidate.add("tells what a talk was about")
    elif not (read.marked or candidate.speakers) and _tells_of_writer(item, title):
        candidate.add("tells what the writer did")
    if item.items:
        candidate.add("has items below it")
    elif _is_label(make_plain(item.text)):
        candidate.add("is a label")


def _leads_to_note(document: Document, item: Item) -> bool:
    """Whether an item without items below begins with a link to another note of a vault, which does not name a person.

    If it is about a talk, that note tells of the talk: "- [Moss on walls](Moss%20on%20walls) – 5 stars".
    """
    if item.items or item.text[:1] != "[":
        return False
    links = find_links(item.text[:_LONGEST_LINKED])
    to_note = bool(links) and links[0].start <= 1 and bool(_NOTE.fullmatch(links[0].url))
    return to_note and document.read_people(links[0].text).score < _SURE


def _tells_of_writer(item: Item, title: str) -> bool:
    """Whether an item begins with "I", "we" or the like, and not with a link or quotation, which may be a title."""
    return bool(_BEGINS_WITH_WORD.match(item.text)) and not FIRST_PERSON.isdisjoint(fold_words(title).split()[:1])


def _is_label(plain: str) -> bool:
    """Whether an item only names slides or the like ("Slides"), or gives a detail of a talk ("Date: 5 May")."""
    label, value = split_label(plain)
    if value is not None and label:
        return DETAIL_LABELS.issuperset(label.split())
    return names_resources(plain)


def _find_title_below(item: Item) -> tuple[str, int] | None:
    """Return title and line number of an item like "Title: Gardens" among the first three below an item; else None."""
    for below in item.items[:_FIRST_ITEMS]:
        match = _LABELLED_TITLE.match(below.text)
        if match and not below.items and match[1].casefold() in _LABELS_OF_TITLES:
            plain = make_plain(below.text[:LONGEST_LEAD])
            return clean_title(plain[plain.find(match[1]) + len(match[1]) :].strip(_AFTER_LABEL)), below.line
    return None


def _is_marked(item: Item) -> bool:
    """Whether an item may be a title: it begins in bold or has items below it, and has at most 260 characters."""
    return len(item.text) <= LONGEST_LEAD and (bool(item.items) or item.text.lstrip()[:2] in ("**", "__"))


def _is_outline(document: Document, block: Block, items: Sequence[Item]) -> bool:
    """Whether a list is over half of the post, and most of its items may be titles of one line (`_is_marked`)."""
    titled = sum(_is_marked(item) and "\n" not in item.text for item in items)
    if titled < _LEAST_TITLES or titled < _MOSTLY * len(items):
        return False
    return 2 * len(block.text) > document.length


def _is_outline_of_talks(document: Document, number: int, candidates: Sequence[Candidate]) -> bool:
    """Whether a list, whose titles have 2 to 12 words on average, may be the outline of an event's talks.

    The post must tell of an event, and the list must stand above all headings, below the first, or below that of a day.
    Besides these the post may have two headings at most, since more would be the titles of the talks.
    """
    heading = document.find_heading_above(number)
    others = set(document.headings) - set(document.headings[:1]) - set(document.day_headings)
    words = sum(count_words(candidate.title) for candidate in candidates) / len(candidates)
    at_top = heading < 0 or heading not in others
    return at_top and document.tells_of_event and len(others) <= _FEW_OTHERS and _FEW_WORDS <= words <= _SHORT


def _might_hold_talks(document: Document, items: Sequence[Item]) -> bool:
    """Whether 40 % of a list's items may name a speaker or be a title: a fast test, since posts have many lists."""
    least = document.hints.least_certainty or document.hints.usual_certainty or _STRICT
    if least >= _STRICT:
        texts = [item.text[:_LONGEST_READ] for item in items]
        # Of most lists all texts together show that none has a name, since the sign between them ends names.
        if not _might_name("\0".join(texts)) or not any(map(_might_name, texts)):
            return False
    return sum(map(_might_tell, items)) >= _LEAST_SHARE * len(items)


def _might_tell(item: Item) -> bool:
    """Whether an item may name a speaker, or be a bold title with items below: a fast test, since items are many."""
    text = _OPENING_TAG.sub("**", item.text[:LONGEST_LEAD])
    if item.items and text.lstrip()[:2] in ("**", "__") and len(item.text) <= LONGEST_LEAD:
        return True
    return bool(_MIGHT_TELL.search(text))


def _might_name(text: str) -> bool:
    """Whether a text may name somebody or set a title apart: a fast test that few sentences of English pass."""
    return bool(_SIGN_OF_NAME.search(text) or _DASH_BESIDE_NAME.search(text) or _NAME.search(text))


def _read_person_alone(lead: str, document: Document) -> People:
    """Return the people of an item that only names people, the last with role or company; else `NOBODY`."""
    people = document.read_people(lead) if len(lead) <= _LONGEST_PERSON else NOBODY
    plain = make_plain(lead).strip()
    last = people.speakers[-1] if people.score >= _CERTAIN else None
    if last is None or not last.affiliation or not plain.startswith(people.speakers[0].name):
        return NOBODY
    rest = plain.rpartition(last.name)[2]
    told = bool(_COMPANY_ALONE.fullmatch(rest)) or (is_role_text(rest) and len(rest.split()) <= _LONGEST_ROLE)
    return people if told else NOBODY


def _weigh_surroundings(
    document: Document, number: int, items: Sequence[Item], candidates: Sequence[Candidate], *, announced: bool
) -> None:
    """Add evidence from what stands above the list, and from the share of items that have items below them.

    A quotation without items below it is settled as no talk. All items are settled as no talks if the block above says
    that the writer missed the talks, unless an item has items below it or most items say what was heard; and, in a post
    of no event, if it says that they are books or other sources, unless an item has items below it.
    """
    heading = document.find_heading_above(number)
    held = sum(bool(item.items) for item in items) / len(items)
    told: list[str] = []
    outlined = held if held >= _MOSTLY and _is_outline_of_talks(document, number, candidates) else 0.0
    for candidate in candidates:
        candidate.add("the items of the list have items below", held)
        if outlined:
            candidate.add("one of several titles with notes in the outline of an event", outlined)
        if heading in document.day_headings:
            candidate.add("stands below the heading of a day")
        elif heading < 0:
            candidate.add("stands below no heading")
        elif document.series and fold_words(document.series) in fold_words(document.plain(heading)):
            candidate.add("stands below the name of the event")
    if announced and heading >= 0 and fold_words(document.plain(heading)) in LINEUP_HEADINGS:
        told.append("the heading above is that of a list of talks")
    if number:
        told += _read_line_above(document, number, bare=not held and len(items) > 1, announced=announced)
    noted = held or 2 * sum(says_what_was_heard(candidate.rest) for candidate in candidates) > len(items)
    cited = bool(number) and not (document.series or held) and lists_sources(document, number)
    missed = bool(number) and not noted and ends_with_missed(document.plain(number - 1)[-_OPENING:])
    for candidate in candidates:
        for reason in told:
            candidate.add(reason)
        quoted = candidate.item and not candidate.item.items and _QUOTED_SENTENCE.match(candidate.item.text)
        if missed or cited or quoted:  # the line above says that the writer missed it or read it, or it is a quotation
            candidate.settled = False


def _read_line_above(document: Document, number: int, *, bare: bool, announced: bool) -> list[str]:
    """Return the reasons of evidence that the block above list `number` gives.

    `bare`: the list has several items, none with items below. `announced`: talks were announced above the list.
    """
    told = []
    if lists_sources(document, number):
        told.append("the line above is that of a list of sources")
    if not announced and leads_on(document, number - 1) and not _picks_talks(document.plain(number - 1)):
        told.append("the line above announces something else")
    if bare and _names_time(document, number - 1):
        told.append("several without notes stand at one time")
    return told


def _names_time(document: Document, number: int) -> bool:
    """Whether a block is a paragraph or heading that begins with a time and is short: "10:00", "1430: (Keynotes)"."""
    block = document.blocks[number]
    return block.form in (Form.PARAGRAPH, Form.HEADING) and bool(_TIME.match(block.content))


def _weigh_links(
    document: Document, items: Sequence[Item], candidates: Sequence[Candidate], of_programme: Set[int]
) -> None:
    """Add evidence from the items' links. Those of a programme lead to one host, those of a list of tools to many.

    An item that only leads to another note is settled as no talk.
    """
    for candidate, item in zip(candidates, items, strict=True):
        if item.line in of_programme:
            candidate.add("links to a talk of the programme, as its siblings do")
        if _leads_to_note(document, item):
            candidate.settled = False
    links = [find_links(item.text[:_LONGEST_LINKED], document.definitions)[:1] for item in items]
    hosts = Counter(host for link in links if link and (host := read_host(link[0].url)))
    if hosts.total() < max(_LEAST_TITLES, len(items) / 2):
        return
    share = hosts.most_common(1)[0][1] / hosts.total()
    for candidate in candidates:
        candidate.add("the items link to one place" if share >= _MOSTLY else "the items link to many places")


def _undo_doubtful(candidates: Sequence[Candidate], splits: Sequence[Sequence[Split]]) -> None:
    """Make speakers less than 75 % certain part of the title again, for lists in which hardly an item has any."""
    for candidate, ways in zip(candidates, splits, strict=True):
        score = max((way.score for way in ways if way.people.speakers == candidate.speakers), default=0.0)
        if candidate.speakers and 0 < score < _CERTAIN:
            candidate.title, candidate.speakers = ways[0].title, ()
            candidate.add("hardly an item names a speaker, so this is hardly one", score)


def _find_level(document: Document, items: Sequence[Item]) -> list[Item]:
    """Return the items that may be talks: those below group labels ("Day 1", then "Morning"), else the outermost items.

    Labels are short and all have items below. They are none if most name people, one has an item "Title: …" below, or
    they have more words on average than those items; nor if all have several words and few items below seem titles.
    """
    level = list(items)
    for _ in range(_DEEPEST):
        short = all(item.items and len(item.text) < _LONGEST_GROUP for item in level)
        if not level or not short or sum(len(item.items) for item in level) < _MANY:
            break
        named = sum(max(split.score for split in document.split(item.text)) >= _SURE for item in level)
        if 2 * named > len(level) or any(_find_title_below(item) for item in level):
            break
        nested = [below for item in level for below in item.items]
        if _measure_words(level) > _measure_words(nested):
            break
        if all(count_words(item.text) >= _FEW_WORDS for item in level) and not any(map(_is_marked, nested)):
            told = sum(
                max(split.score for split in document.split(below.text)) >= _PERHAPS for below in nested[:_MOST_ITEMS]
            )
            if 2 * told < len(nested):
                break  # titles with notes
        level = nested
    return level


def _measure_words(items: Sequence[Item]) -> float:
    return sum(count_words(make_plain(item.text)) for item in items) / len(items)


def _is_person_with_notes(candidate: Candidate) -> bool:
    """Whether an item only names its speakers and has items below it, so that no title can be expected."""
    return bool(candidate.item and candidate.item.items) and _is_person(candidate)


def _is_person(candidate: Candidate) -> bool:
    return candidate.title == ", ".join(speaker.name for speaker in candidate.speakers)


def _is_other(candidate: Candidate) -> bool:
    """Whether an item is a day, or has no speaker and begins with a break or the like: "Lunch", "Social event: tea"."""
    label, _ = split_label(candidate.title)
    other = not candidate.speakers and is_other_heading(label or fold_words(candidate.title))
    return other or is_day_heading(candidate.title)


def _tells_of_talk(candidate: Candidate) -> bool:
    return candidate.has(SAID_WHO) or candidate.has("tells what a talk was about")


def _weigh_list(candidates: list[Candidate], apart: int, *, announced: bool) -> list[Candidate]:
    """Add evidence from all items together to their candidates, and return the candidates.

    An item that is an address, a day or a break, or has no words, is settled as no talk. `apart` is the number of items
    whose title is set apart or that have notes.
    """
    count = len(candidates)
    named = sum(bool(each.speakers) and (_is_person_with_notes(each) or not _is_person(each)) for each in candidates)
    words = sum(count_words(candidate.title) for candidate in candidates) / count
    told = sum(map(_tells_of_talk, candidates))
    persons = sum(_is_person_with_notes(candidate) for candidate in candidates)
    for candidate in candidates:
        if named >= 2 and named >= 0.6 * count:
            candidate.add("most items name a speaker")
        elif named < 0.4 * count:
            candidate.add("few items name a speaker")
        if told >= _LEAST_TOLD and told >= _LEAST_SHARE * count and (candidate.speakers or _tells_of_talk(candidate)):
            candidate.add("several items tell of talks")
        if announced:
            candidate.add("the heading above announces talks")
            if count >= _LEAST_TITLES and words <= _SHORT and not candidate.has("tells what the writer did"):
                candidate.add("the announced items are as short as titles are")
            if apart >= 0.5 * count and words <= 15 and count >= _LEAST_TITLES:
                candidate.add("most items are a title, set apart or with notes")
        if words < 2.5 and 2 * persons < count:
            candidate.add("the items are too short for titles")
        if len(candidate.title) > 140:
            candidate.add("is too long for a title")
        if not fold_words(candidate.title) or ADDRESS_ALONE.match(candidate.title) or _is_other(candidate):
            candidate.settled = False
    return candidates
