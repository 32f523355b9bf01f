"""Reads the lines below a title that name the speakers or the title, or tell other details of the talk."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, takewhile

from talks.markdown_entities import read_entities
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.affiliations import names_resources
from talks.parsing.talks.bylines import (
    ALONE,
    LONGEST,
    LONGEST_NAMES,
    SHAPED,
    SURELY,
    at_least,
    drop_resources,
    is_by_line,
    names_speaker,
    read_byline,
    read_label,
    stands_early,
)
from talks.parsing.talks.detail_lines import labels_detail
from talks.parsing.talks.document import Document
from talks.parsing.talks.east_asian_names import has_family_name
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import HANDLE_ONLY, NOBODY, People, describe, is_role_text, read_people
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.talks.title_slots import is_slot_line, may_be_slot, measure_slot
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import break_lines, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words, has_any, opens_with_other
from talks.parsing.words.speech import SPEECH_VERBS
from talks.parsing.words.talk_words import (
    AND_WORDS,
    DETAIL_LABELS,
    PEOPLE_THERE,
    RESOURCE_LABELS,
    ROLE_WORDS,
    SPEAKER_LABELS,
    TITLE_LABELS,
)
from talks.parsing.words.word_sets import match_any

_ROWS, _MOST_NAMED = 4, 12
_PAIR, _BLOCKS, _LABEL_REACH = 2, 5, 12
_LINKS_ALONE = re.compile(r"\s*(?:\[[^\[\]\n]{1,80}\]\([^()\s]+\)\s*)+")
_LABELLED = re.compile(r"[^:：]{3,40}[:：]")
_LONGEST_SLOT = 160  # characters
_HARDLY = 0.3
_LONGEST_LABEL, _LONGEST_ROLE = 4, 12  # words
_LONGEST_EMBED = 3000
# The author below slides that SlideShare embeds: "<strong>Moss</strong> from <strong><a …>Ann Lee</a></strong>".
_EMBEDDED_BY = re.compile(
    r"\b(?:from|by|von|de|par)\s*(?:<strong>)?\s*<a\b[^<>]*\bslideshare\.net/[^<>]*>([^<>]{3,60})</a>", re.IGNORECASE
)
_BOLD_ALONE = re.compile(r"\s*(\*\*|__)[^*_\n]{3,200}\1\s*\Z")
_NAME_END = re.compile(r"[。，,（(:：–—]|\.\s|\s-\s|\s(?:is|was|ist|est|es)\s")
_CONTACT = re.compile(r"\s*<?(?:https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+)\s*")
_ROW_HANDLE = re.compile(r"\s*[\[(]?@\w")
_TAGS = re.compile(r"</?(?:b|div|em|font|i|small|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_GOES_ON = re.compile(rf"\s*\n(?=(?:{match_any(AND_WORDS)})\s)")  # "with Ann Lee", "and Bob Roy"
_AUDIENCE = PEOPLE_THERE - SPEAKER_LABELS
_DETAIL_WORDS = DETAIL_LABELS | RESOURCE_LABELS | {"detail", "about"}


@dataclass(slots=True)
class Details:
    """The details in lines below a title; `blocks` are the numbers of blocks with nothing else.

    `items` are the line numbers of list items with nothing else; `labelled`: a label announces the speaker. `goes_on`:
    the last line read named a person, so the next may name another: "Ann Lee – Initech", "Bob Roy – Globex".
    """

    people: People = NOBODY
    title: str = ""
    blocks: frozenset[int] = frozenset()
    items: frozenset[int] = frozenset()
    labelled: bool = False
    goes_on: bool = False


def find_details(
    document: Document, start: int, end: int, *, vouched: Set[int] = frozenset(), titled: bool = False
) -> Details:
    """Return what the first five blocks of a range tell of a talk: "by Ann Lee", "Speaker: Ann Lee", "Topic: …".

    `vouched`: numbers of blocks that count as names if they look like names, since the blocks below the talk's siblings
    are names. `titled`: the talk's title is known, so that what looks like a name right below it is the speaker's.
    """
    details = Details()
    near = titled
    for number in range(start, min(start + _BLOCKS, end)):
        near = near and (number == start or number - 1 in details.blocks or _announces_details(document, number - 1))
        block = document.blocks[number]
        if number in details.blocks or _read_title_below(details, document, number):
            continue
        if block.form is Form.LIST:
            if number > start and _read_labelled_list(details, document, number):
                continue
            _read_items(details, block.items, document, near=near)
            break
        below_title = all(above.form is Form.HEADING for above in document.blocks[start:number])
        if block.form is Form.QUOTE and below_title and not details.people.speakers:
            details.people, alone = _read_quoted(block, document)
            details.blocks |= {number} if alone else set()
        details.people = details.people if details.people.speakers else _read_embedded(block)
        if block.form not in (Form.PARAGRAPH, Form.HEADING) and not _is_bare_text(block):
            continue
        if block.form is Form.HEADING and number not in vouched and not details.people.speakers and number + 1 < end:
            details.people = _read_introduced(document, number)
        rows = _split_rows(block.content) if len(block.content) <= 600 else [block.content[:LONGEST]]
        if block.form is Form.HEADING and number in vouched:
            people = read_byline(block.content, document, SHAPED)
            details.people = People((*details.people.speakers, *people.speakers), people.score)
            details.blocks |= {number}
            continue
        least = SHAPED if number in vouched or (near and _names_below_title(document, number, rows)) else ALONE
        details.goes_on = details.goes_on and (
            _is_affiliated(rows, document) or _is_person(rows, document) or _is_role_row(rows)
        )
        if _is_speaker_label(document, number):
            details.blocks |= {number}
            continue
        used = _read_rows(details, rows[:_ROWS], document, labels_only=len(rows) > _ROWS, least=least)
        if used == len(rows):
            details.blocks |= {number}
        elif block.form is not Form.HEADING and (not _is_short(block) or _BOLD_ALONE.match(block.content)):
            break  # notes begin, or a title in bold whose details these are
    details.people = _read_label_below(details, document, start, end)
    return details


def _split_rows(content: str) -> list[str]:
    """Return the rows of a text, without tags around words; a row that begins with "and" belongs to the one above."""
    return _GOES_ON.sub(" ", _TAGS.sub("", break_lines(content)).strip() if "<" in content else content).split("\n")


def _read_label_below(details: Details, document: Document, start: int, end: int) -> People:
    """Return the people of `details`, else those after a label ("Speaker: Ann Lee") further down, below an abstract."""
    if details.people.speakers or details.labelled:
        return details.people
    for number in range(start, min(start + _LABEL_REACH, end)):
        block = document.blocks[number]
        if block.form not in (Form.PARAGRAPH, Form.HEADING, Form.QUOTE):
            continue
        for row in block.content.split("\n"):
            plain = row.lstrip("> \t#")
            _, people, labelled = read_label(plain, document) if _LABELLED.match(plain) else ("", NOBODY, False)
            if labelled and all(looks_like_person(document, each, people.score) for each in people.speakers):
                return people
        if block.form is Form.HEADING and not _announces_details(document, number):
            break  # perhaps another talk's
    return NOBODY


def find_details_below(document: Document, items: Sequence[Item]) -> Details:
    """Return what the first items nested in an item tell of the talk that the item is; see `find_details`."""
    details = Details()
    _read_items(details, items, document, near=True)
    return details


def _read_title_below(details: Details, document: Document, number: int) -> bool:
    """Set the title of `details` to the paragraph below a heading such as "Topic"; return whether there is one.

    A title that `details` have already stays.
    """
    below = document.blocks[min(number + 1, len(document.blocks) - 1)]
    labelled = document.blocks[number].form is Form.HEADING and fold_words(document.plain(number)) in TITLE_LABELS
    if not labelled or below.form is not Form.PARAGRAPH or not _is_short(below):
        return False
    details.title = details.title or clean_title(below.content)
    details.blocks |= {number, number + 1}
    return True


def _is_speaker_label(document: Document, number: int) -> bool:
    """Whether a block is a label for the speakers below it: "Speakers:", or "Speakers" above a list."""
    block = document.blocks[number]
    plain = document.plain(number)
    told = names_speaker(plain.rstrip(":："))
    listed = number + 1 < len(document.blocks) and document.blocks[number + 1].form is Form.LIST
    return block.form in (Form.PARAGRAPH, Form.HEADING) and told and (listed or plain.endswith((":", "：")))


def _read_labelled_list(details: Details, document: Document, number: int) -> bool:
    """Read a list below "Speakers:" or "Attendees:"; return whether it only names people, so that it is a detail."""
    block = document.blocks[number]
    if _is_audience_label(document, number - 1) and all(
        _read_introduction(item.text, document) for item in block.items
    ):
        details.blocks |= {number - 1, number}
        return True
    if _is_speaker_label(document, number - 1) and _read_speaker_list(details, block, document):
        details.blocks |= {number}
        return True
    return False


def _is_audience_label(document: Document, number: int) -> bool:
    """Whether a block is a label for people below it who were there without speaking: "Attendees:"."""
    form = document.blocks[number].form
    return form in (Form.PARAGRAPH, Form.HEADING) and fold_words(document.plain(number)) in _AUDIENCE


def _read_speaker_list(details: Details, block: Block, document: Document) -> bool:
    """Set the people of `details` to those whom the first items of a list below "Speakers:" name.

    Return whether all of the items name somebody; those behind one that does not are not read.
    """
    named = list(takewhile(bool, (_read_introduction(item.text, document) for item in block.items)))
    if named:
        details.people, details.labelled = People(tuple(chain.from_iterable(named)), SURELY), True
        details.items |= {item.line for item in block.items[: len(named)]}
    return len(named) == len(block.items)


def _read_introduction(text: str, document: Document) -> tuple[ParsedSpeaker, ...]:
    """Return the people whom a line names, alone or before a long description."""
    people = read_byline(text, document, _HARDLY)
    if people.speakers or len(text) > LONGEST:
        return people.speakers
    return read_byline(_NAME_END.split(make_plain(text), maxsplit=1)[0], document, SHAPED).speakers


def _announces_details(document: Document, number: int) -> bool:
    """Whether a block only announces details of the talk ("Details:"), is an image, or has no words beside links."""
    block = document.blocks[number]
    words = fold_words(document.plain(number)).split()
    short = block.form in (Form.HEADING, Form.PARAGRAPH) and len(words) <= _LONGEST_LABEL
    linked = block.form is Form.PARAGRAPH and _LINKS_ALONE.fullmatch(block.content)
    return not words or block.form is Form.IMAGE or bool(linked) or (short and set(words) <= _DETAIL_WORDS)


def _names_below_title(document: Document, number: int, rows: Sequence[str]) -> bool:
    """Whether the rows of a block right below a title look like people, perhaps with rows of roles or addresses below.

    If the block is a heading, it must have no siblings, or nothing in its section.
    """
    if len(rows) > _ROWS or len(rows[0]) > LONGEST_NAMES:
        return False
    if document.blocks[number].form is Form.HEADING and (
        document.has_siblings(number) and document.find_end(number) > number + 1
    ):
        return False
    rest = [row for row in rows if not looks_like_people(document, row)]
    return rows[0] not in rest and all(
        _ROW_HANDLE.match(row) or _CONTACT.fullmatch(row) or _is_role_row([row]) for row in rest
    )


def looks_like_people(document: Document, text: str) -> bool:
    """Whether a text only names people; their companies and roles may stand beside the names, but no sentence.

    For what a name must look like, see `looks_like_person`.
    """
    people = read_byline(text, document, SHAPED)
    words = [word for word in fold_words(make_plain(text)).split() if len(word) > 1]  # "Ann A. Lee"
    if not people.speakers or not SPEECH_VERBS.isdisjoint(words):
        return False
    if not (is_by_line(text) or stands_early(people, make_plain(text), _PAIR)):
        return False  # "Talk given to Ann Lee"
    score = SURELY if _holds_known_name(people.speakers) else people.score
    return all(looks_like_person(document, speaker, score) for speaker in people.speakers)


def looks_like_person(document: Document, speaker: ParsedSpeaker, score: float) -> bool:
    """Whether a speaker, read with the certainty `score`, looks like a person: the affiliation must be no sentence.

    A name less certain than 0.9 that is no handle must also have two words; with a capital, it may instead have an
    affiliation or a handle beside it, or be a full name in Chinese, Japanese or Korean. No word of a name with a
    capital may be written in small letters somewhere in the post.
    """
    note = speaker.affiliation or ""
    if count_words(note) > (_LONGEST_ROLE if is_role_text(note) else _LONGEST_LABEL):
        return False
    if score >= SURELY or speaker.name == speaker.handle:
        return True
    if speaker.name.islower():
        return " " in speaker.name
    known = " " in speaker.name or bool(note or speaker.handle) or has_family_name(speaker.name)
    return known and document.small_words.isdisjoint(fold_words(speaker.name).split())


def _is_affiliated(rows: Sequence[str], document: Document) -> bool:
    """Whether there is only one row, which names people who all have an affiliation: "Ann Lee, UC Acme"."""
    people = read_byline(rows[0], document, SHAPED) if len(rows) == 1 else NOBODY
    return bool(people.speakers) and all(speaker.affiliation for speaker in people.speakers)


def _is_person(rows: Sequence[str], document: Document) -> bool:
    """Whether there is only one row, and it is almost certainly nothing but a person's name."""
    return len(rows) == 1 and bool(read_byline(rows[0], document, SURELY).speakers)


def _is_role_row(rows: Sequence[str]) -> bool:
    """Whether there is only one line, of at most four words, with a role among the first two: "Developer, Initech"."""
    row = rows[0] if len(rows) == 1 else ""
    first = fold_words(row).split()[:2]
    return len(row.split()) <= _LONGEST_LABEL and bool(ROLE_WORDS & set(first)) and row[-1:].isalnum()


def _read_items(details: Details, items: Sequence[Item], document: Document, *, near: bool) -> None:
    """Add to `details` what labels in the first items tell; if none tells a speaker, also the people whom items name.

    `near`: the list stands right below the title, so that what looks like a name with a role or company is one.
    """
    told = 0  # items at the top that are details
    for place, item in enumerate(items[:_ROWS]):
        detail = _read_rows(details, [item.text], document, labels_only=True) > 0
        if item.items:
            detail = _read_labelled_items(details, item, document) or detail
        else:
            linked = told == place and "](" in item.text and names_resources(make_plain(item.text))
            detail = detail or linked or bool(_CONTACT.fullmatch(item.text))
        if detail:
            details.items |= {item.line}
            told += told == place
    if details.people.speakers or details.labelled:
        return
    below = items[told:][:_MOST_NAMED]
    named = list(takewhile(bool, (_read_named(item, document, near=near) for item in below)))
    if (
        near
        and named
        and len(items) <= told + _MOST_NAMED
        and all(not each.items and looks_like_people(document, each.text) for each in below)
    ):
        named = [read_byline(item.text, document, SHAPED).speakers for item in below]  # one is sure, all look alike
    if near and not named and below and not below[0].items and HANDLE_ONLY.match(make_plain(below[0].text)):
        named = [read_byline(below[0].text, document, SHAPED).speakers]
    elif not named or (len(named) == 1 and named[0][0].name.islower()):
        return
    details.people = People(tuple(chain.from_iterable(named)), SURELY)
    details.items |= {item.line for item in items[told:][: len(named)]}
    _read_handle(details, items[told:][len(named) :])


def _read_labelled_items(details: Details, item: Item, document: Document) -> bool:
    """Read the names nested in an item like "Presenters"; return whether only names are nested there."""
    if not names_speaker(item.text.rstrip(":：")):
        return False
    named = list(takewhile(bool, (_read_named(below, document, near=True) for below in item.items)))
    if named and not details.people.speakers:
        details.people, details.labelled = People(tuple(chain.from_iterable(named)), SURELY), True
        _read_handle(details, item.items[len(named) :])
    rest = item.items[len(named) + bool(details.items & {below.line for below in item.items}) :]
    return bool(named) and not rest


def _read_named(item: Item, document: Document, *, near: bool) -> tuple[ParsedSpeaker, ...]:
    """Return the people whom a list item names, perhaps with role or handle in the items nested in it; else nobody."""
    below = [text for nested in item.items if not names_resources(text := make_plain(nested.text))]
    if (
        HANDLE_ONLY.match(item.text.strip())
        or any(nested.items for nested in item.items)
        or not all(HANDLE_ONLY.match(text) or _is_role_row([text]) for text in below)
    ):
        return ()
    if near and looks_like_people(document, item.text):
        speakers = read_byline(item.text, document, SHAPED).speakers
        described = below or all(each.affiliation or each.handle or each.name.islower() for each in speakers)
        if not (described or len(speakers) > 1):
            speakers = read_byline(item.text, document, SURELY).speakers
    else:
        speakers = read_byline(item.text, document, SURELY).speakers
    for text in below if len(speakers) == 1 else ():
        speakers = (describe(speakers[0], text),)
    return speakers


def _holds_known_name(speakers: Sequence[ParsedSpeaker]) -> bool:
    """Whether there are several names, and one of them surely is a person's."""
    return len(speakers) > 1 and any(weigh_name(speaker.name) >= SURELY for speaker in speakers)


def _read_handle(details: Details, items: Sequence[Item]) -> None:
    """Give the only speaker the handle that is all of the first item: "@annlee"."""
    item = items[0] if items and len(details.people.speakers) == 1 and not items[0].items else None
    if item and (match := HANDLE_ONLY.match(make_plain(item.text))):
        speaker = details.people.speakers[0]
        details.people = People((replace(speaker, handle=speaker.handle or match[1]),), details.people.score)
        details.items |= {item.line}


def _tells_detail(row: str, document: Document) -> bool:
    """Whether a row only contains time, place or another detail of a talk: "Level: 200"."""
    if len(row) > LONGEST or not (may_be_slot(row) or _may_be_labelled(row)):
        return False
    plain = make_plain(drop_resources(row, document))
    if len(plain) > _LONGEST_SLOT:
        return False
    return labels_detail(*split_label(plain)) or is_slot_line(plain)


def _may_be_labelled(row: str) -> bool:
    """Whether a row may be a label for a detail, and its value: a fast test of the first word."""
    return (":" in row or "：" in row) and not opens_with_other(row, DETAIL_LABELS)


def _read_introduced(document: Document, number: int) -> People:
    """Return the people at the start of the paragraph right below a heading like "Speaker"; else `NOBODY`."""
    folded = fold_words(document.plain(number))
    below = document.blocks[number + 1]
    if count_words(folded) > _LONGEST_LABEL or not has_any(folded, SPEAKER_LABELS) or below.form is not Form.PARAGRAPH:
        return NOBODY
    first = _NAME_END.split(make_plain(below.content[:LONGEST]), maxsplit=1)[0]
    return read_byline(first, document, _HARDLY)


def _read_quoted(block: Block, document: Document) -> tuple[People, bool]:
    """Return the people whom the first rows of a quotation name, and whether it surely contains no other text.

    Links to slides and the like do not count as text.
    """
    rows = [row.lstrip("> \t#").rstrip() for row in block.content.split("\n")]
    named: list[People] = []
    for row in rows[:_ROWS]:
        people = read_byline(row, document, SHAPED) if row and len(row) <= _LONGEST_SLOT else NOBODY
        if not people.speakers:
            break
        named.append(people)
    speakers = tuple(chain.from_iterable(people.speakers for people in named))
    rest = [row for row in rows[len(named) :] if row]
    alone = bool(named) and all(set(fold_words(make_plain(row)).split()) <= RESOURCE_LABELS for row in rest)
    alone = alone and (bool(rest) or all(people.score >= ALONE for people in named))
    return People(speakers, max((people.score for people in named), default=0.0)), alone


def _read_embedded(block: Block) -> People:
    """Return the author whom embedded slides name below them; nobody unless it is somebody's full name."""
    text = block.text[:_LONGEST_EMBED] if block.form is Form.EMBED else ""
    match = _EMBEDDED_BY.search(text) if "slideshare" in text else None
    people = at_least(read_people(read_entities(match[1])), SHAPED) if match else NOBODY
    return people if all(" " in speaker.name for speaker in people.speakers) else NOBODY


def _is_bare_text(block: Block) -> bool:
    """Whether a block is text without tags that Markdown counts as HTML, since it follows HTML without a blank line."""
    return block.form is Form.EMBED and not set(block.text) & set("<{")


def _is_short(block: Block) -> bool:
    return len(block.content) <= 300


def _read_rows(
    details: Details, rows: list[str], document: Document, *, labels_only: bool, least: float = ALONE
) -> int:
    """Add to `details` what the lines `rows` tell of the talk; return how many of them only hold such details."""
    used = 0
    goes_on = details.goes_on and not labels_only
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        title, people, labelled = read_label(row, document)
        detail = _tells_detail(row, document) or (details.people.speakers and _CONTACT.fullmatch(row))
        if detail and not (title or labelled):
            used += 1
            continue
        announces = row.rstrip(" *_").endswith((":", "："))
        if not (people.speakers or title or labels_only or announces) and (goes_on or not details.people.speakers):
            vouched = goes_on or _ROW_HANDLE.match(below)
            people = read_byline(row[measure_slot(row) :], document, min(least, SHAPED) if vouched else least)
        if goes_on and (described := _describe_last(details.people, people, row)):
            details.people, used = described, used + 1
            continue
        used += bool(title or people.speakers or labelled)
        details.labelled |= labelled
        details.title = details.title or title
        if goes_on and people.speakers:
            details.people = People((*details.people.speakers, *people.speakers), details.people.score)
        elif not details.people.speakers:
            details.people = people
        goes_on = bool(people.speakers)
    details.goes_on = goes_on
    return used


def _describe_last(known: People, people: People, row: str) -> People | None:
    """Return the people `known`, the last with the handle or role that the row gives; None if it gives neither."""
    last = known.speakers[-1]
    if len(people.speakers) == 1 and people.speakers[0].name == people.speakers[0].handle:
        if last.handle:
            return None
        last = replace(last, handle=people.speakers[0].handle, url=last.url or people.speakers[0].url)
    elif not people.speakers and len(row.split()) <= _LONGEST_ROLE and is_role_text(make_plain(row).replace(",", " ")):
        last = describe(last, make_plain(row))
    else:
        return None
    return People((*known.speakers[:-1], last), known.score)
