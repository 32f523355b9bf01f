"""Finds the speakers in the text below a title: in lines that only name speakers, or in the first sentences."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.document import Document
from talks.parsing.talks.people import NOBODY, People, describe, is_role_text, read_people
from talks.parsing.talks.sentence_names import find_mentions, find_stage
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.talks.title_slots import is_slot_line, measure_slot
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.cleaning import bound_runs
from talks.parsing.text.inline import find_links, make_plain, make_plain_with_links
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words, has_any
from talks.parsing.words.talks import (
    BY_WORDS,
    DETAIL_LABELS,
    RESOURCE_LABELS,
    ROLE_WORDS,
    SPEAKER_LABELS,
    TALK_TITLE_LABELS,
    TALK_WORDS,
    TITLE_LABELS,
)

LONGEST = 1200  # characters
_ROWS = 4
_PAIR = 2
_BLOCKS = 5
_ALONE = 0.75
SHAPED = 0.4
_LONGEST_SLOT = 160  # characters
_HARDLY = 0.3
SURELY = 0.9
_LONGEST_LABEL, _LONGEST_ROLE, _LONGEST_VALUE = 4, 12, 8  # words
# Chinese for "The speaker is Ann Lee of Initech", with the name last.
_CHINESE_SPEAKER = re.compile(
    rf"\s*(?:{'|'.join(sorted(word for word in SPEAKER_LABELS if not word.isascii()))})(?:是|为)(?:来自)?\s*"
    r"(?:([^，。,]{1,40}?)\s*的\s*)?([\u3400-\u9fff]{2,4})\s*(?:[(（][^()（）]{1,40}[)）])?[。.]?\s*\Z"
)
# A name with a description; or a name alone whose first word begins the next sentence.
_BIO = re.compile(
    r"(([^\W\d_]\S+)(?: (?:[^\W\d_]\.|[^\s.,]+)){1,3}?)"
    r"(?:,? (?:is|was|works|has been|leads|ist|est|es) |\. +(\2|I am|I'm|Hi)\b)"
)
_BOLD_ALONE = re.compile(r"\s*(\*\*|__)[^*_\n]{3,200}\1\s*\Z")
_NAME_LAST = re.compile(r"(\S.*?)\s+([\u3400-\u9fff]{2,4})\s*\Z")
_NAME_END = re.compile(r"[。，,（(:：–—]|\.\s|\s-\s|\s(?:is|was|ist|est|es)\s")
_HANDLE_ALONE = re.compile(r"\s*@([A-Za-z0-9_][\w.-]{0,59})\s*\Z")
_ROW_HANDLE = re.compile(r"\s*[\[(]?@\w")
_OPENS_ADDRESS = re.compile(r"\W*(?:https?://|www\.)", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*[*_>-]{0,4}\s?([^\W\d_][\w ()/·*-]{1,30}?(?::in(?:nen)?)?)\s*[*_]{0,3}\s*[:：]\s*[*_]{0,3}\s*(\S.*)\Z",
    re.DOTALL,
)
# Endings of labels for one or several, he or she: "Speaker(s)", "Referent/in", "Intervenant·e·s", "Referent:in".
_OTHER_ENDING = re.compile(r"\([a-z]{1,2}\)|/[a-z]{1,3}\Z|(?:·[a-z]{1,3})+\Z|[:*](?:in|innen)\Z")
_BY_LABELS = frozenset(fold_words(word) for words in BY_WORDS.values() for word in words if " " in word)
_BY_LINE = re.compile(
    r"\s*[*_(–—-]{0,4}\s*(?:"
    + "|".join(sorted({re.escape(word) for words in BY_WORDS.values() for word in words}, key=len, reverse=True))
    + r")\s+(\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Details:
    """The details in lines below a title; `blocks` are the numbers of blocks with nothing else.

    `items` are the lines of list items with nothing else; `labelled`: a label announces the speaker. `goes_on`: the
    last line named a person, so the next may name another: "Ann Lee – Initech", "Bob Roy – Globex".
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
    """Find "by Ann Lee", "Speaker: Ann Lee", "Topic: …", or a name alone, above the notes.

    `vouched`: numbers of blocks that count as names if they look like names, since those at the talk's siblings are
    names. `titled`: the talk's title is known, so that a name and a company right below it are the speaker's.
    """
    details = Details()
    for number in range(start, min(start + _BLOCKS, end)):
        block = document.blocks[number]
        if block.form is Form.LIST:
            if (
                number > start
                and _is_speaker_label(document, number - 1)
                and _read_speaker_list(details, block, document)
            ):
                details.blocks |= {number}
                continue
            _read_items(details, block.items[:_ROWS], document)
            break
        below_title = all(above.form is Form.HEADING for above in document.blocks[start:number])
        if block.form is Form.QUOTE and below_title and not details.people.speakers:
            details.people, alone = _read_quoted(block, document)
            details.blocks |= {number} if alone else set()
        if block.form not in (Form.PARAGRAPH, Form.HEADING) and not _is_bare_text(block):
            continue
        if block.form is Form.HEADING and number not in vouched and not details.people.speakers and number + 1 < end:
            details.people = _read_introduced(document, number)
        rows = block.content.split("\n") if len(block.content) <= 600 else [block.content[:LONGEST]]
        if block.form is Form.HEADING and number in vouched:
            people = read_byline(block.content, document, SHAPED)
            details.people = People((*details.people.speakers, *people.speakers), people.score)
            details.blocks |= {number}
            continue
        least = (
            SHAPED if number in vouched or (titled and number == start and _is_affiliated(rows, document)) else _ALONE
        )
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
    return details


def _is_speaker_label(document: Document, number: int) -> bool:
    """Whether a line announces a list of speakers: "Speakers:"."""
    block = document.blocks[number]
    plain = document.plain(number)
    told = _names_speaker(fold_words(_OTHER_ENDING.sub("", plain.rstrip(":："))))
    return block.form is Form.PARAGRAPH and told and plain.endswith((":", "："))


def _names_speaker(label: str) -> bool:
    """Whether a folded label announces the speaker: "guest speaker", "speaker name", "presented by", "talk by"."""
    words = label.split()
    if label in SPEAKER_LABELS or label in _BY_LABELS or words[-1:] == ["speaker"]:
        return True
    return len(words) == _PAIR and (
        (words[0] in SPEAKER_LABELS and words[1] in ("name", "names")) or (words[0] in TALK_WORDS and words[1] == "by")
    )


def _read_speaker_list(details: Details, block: Block, document: Document) -> bool:
    """Read a list below "Speakers:", if each of its items names somebody; return whether it was read."""
    named = [read_byline(item.text, document, _HARDLY).speakers for item in block.items]
    if not all(named):
        return False
    details.people, details.labelled = People(tuple(chain.from_iterable(named)), SURELY), True
    return True


def _is_affiliated(rows: Sequence[str], document: Document) -> bool:
    """Whether the only line looks like a name and a company: "Ann Lee, UC Acme"."""
    people = read_byline(rows[0], document, SHAPED) if len(rows) == 1 else NOBODY
    return bool(people.speakers) and all(speaker.affiliation for speaker in people.speakers)


def _is_person(rows: Sequence[str], document: Document) -> bool:
    """Whether the only line is certainly a person's name."""
    return len(rows) == 1 and bool(read_byline(rows[0], document, SURELY).speakers)


def _is_role_row(rows: Sequence[str]) -> bool:
    """Whether the only line is a role, perhaps with a company: "Developer, Initech"."""
    row = rows[0] if len(rows) == 1 else ""
    first = fold_words(row).split()[:2]
    return len(row.split()) <= _LONGEST_LABEL and bool(ROLE_WORDS & set(first)) and row[-1:].isalnum()


def _read_items(details: Details, items: Sequence[Item], document: Document) -> None:
    """Read list items with labels, or the first item if it is only a person's name."""
    for item in items:
        detail = not item.items and _tells_detail(item.text, document)
        if _read_rows(details, [item.text], document, labels_only=True) or detail:
            details.items |= {item.line}
    if not items:
        return
    if details.people.speakers or details.labelled:
        return
    named = [() if item.items else read_byline(item.text, document, SURELY).speakers for item in items]
    count = len(items) if all(named) else 1
    if all(named[:count]):
        details.people = People(tuple(chain.from_iterable(named[:count])), SURELY)
        details.items |= {item.line for item in items[:count]}
        _read_handle(details, items[count:])


def _read_handle(details: Details, items: Sequence[Item]) -> None:
    """Set the handle of the only speaker from the item below the name: "@annlee"."""
    item = items[0] if items and len(details.people.speakers) == 1 and not items[0].items else None
    if item and (match := _HANDLE_ALONE.match(make_plain(item.text))):
        speaker = details.people.speakers[0]
        details.people = People((replace(speaker, handle=speaker.handle or match[1]),), details.people.score)
        details.items |= {item.line}


def _tells_detail(row: str, document: Document) -> bool:
    """Whether a row only contains time, place or another detail of a talk: "Level: 200"."""
    plain = make_plain(_drop_resources(row, document)) if len(row) <= LONGEST else row
    if len(plain) > _LONGEST_SLOT:
        return False
    label, _, value = plain.partition(":")
    labelled = fold_words(label) in DETAIL_LABELS and 0 < len(value.split()) <= _LONGEST_VALUE
    return labelled or is_slot_line(plain)


def _read_introduced(document: Document, number: int) -> People:
    """Return the person named first below a heading like "Speaker"."""
    folded = fold_words(document.plain(number))
    below = document.blocks[number + 1]
    if count_words(folded) > _LONGEST_LABEL or not has_any(folded, SPEAKER_LABELS) or below.form is not Form.PARAGRAPH:
        return NOBODY
    first = _NAME_END.split(make_plain(below.content[:LONGEST]), maxsplit=1)[0]
    return read_byline(first, document, _HARDLY)


def _read_quoted(block: Block, document: Document) -> tuple[People, bool]:
    """Return the people named at the top of a quotation, one in each row, and whether it contains no other text.

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
    alone = alone and (bool(rest) or all(people.score >= _ALONE for people in named))
    return People(speakers, max((people.score for people in named), default=0.0)), alone


def _is_bare_text(block: Block) -> bool:
    """Whether a block is text without tags that Markdown counts as HTML, since it follows HTML without a blank line."""
    return block.form is Form.EMBED and not set(block.text) & set("<{")


def _is_short(block: Block) -> bool:
    return len(block.content) <= 300


def _read_rows(
    details: Details, rows: list[str], document: Document, *, labels_only: bool, least: float = _ALONE
) -> int:
    """Read each row that is a detail; return the number of rows that were only details."""
    used = 0
    goes_on = details.goes_on and not labels_only
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        title, people, labelled = _read_label(row, document)
        if not (title or labelled) and _tells_detail(row, document):
            used += 1
            continue
        if not people.speakers and not title and not labels_only and (goes_on or not details.people.speakers):
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
    """Return the people; if the row is a handle, a role or a company, the last person gets this detail."""
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


def _read_label(row: str, document: Document) -> tuple[str, People, bool]:
    """Return title and people in a row with a label, and whether the label is one for speakers."""
    if len(row) > LONGEST:
        return "", NOBODY, False
    row = bound_runs(row)
    if match := _CHINESE_SPEAKER.match(row):
        return "", People((ParsedSpeaker(match[2], affiliation=match[1]),), SURELY), True
    if not (match := _LABEL.match(row)):
        return "", NOBODY, False
    label = fold_words(_OTHER_ENDING.sub("", match[1]))
    if _names_speaker(label):
        people = _at_least(read_people(match[2], document.definitions), 0.1)
        if not people.speakers and (match := _NAME_LAST.match(match[2])):
            people = People((ParsedSpeaker(match[2], affiliation=match[1]),), SURELY)
        return "", people, True
    if (label in TITLE_LABELS or label in TALK_TITLE_LABELS) and not _OPENS_ADDRESS.match(match[2]):
        splits = document.split(match[2])
        best = max(splits, key=lambda split: split.score)
        if best.score >= 0.75:
            return best.title, best.people, False
        return clean_title(splits[0].title), NOBODY, False
    return "", NOBODY, False


def read_speaker_row(row: str, document: Document) -> People:
    """Return the people whom a line names after a label, or by themselves."""
    _, people, labelled = _read_label(row, document)
    return people if labelled else read_byline(row, document)


def opens_with_name(document: Document, number: int, least: float = SHAPED) -> bool:
    """Whether the first line of a paragraph looks like names and contains nothing else."""
    if number >= len(document.blocks) or document.blocks[number].form is not Form.PARAGRAPH:
        return False
    return bool(read_byline(document.blocks[number].content.split("\n")[0], document, least).speakers)


def is_by_line(content: str) -> bool:
    """Whether a line begins with "by", "mit" or the like."""
    return bool(_BY_LINE.match(content))


def read_byline(content: str, document: Document, least: float = _ALONE) -> People:
    """Return the people, if the text only names people."""
    if match := _BY_LINE.match(content):
        return _at_least(read_people(match[1], document.definitions), 0.3)
    content = _drop_resources(content, document) if "](" in content else content
    if len(content) <= 200:
        return _at_least(read_people(content.strip(" *_"), document.definitions), least)
    return NOBODY


def _drop_resources(content: str, document: Document) -> str:
    """Return the line without links to slides and the like at its end."""
    for link in reversed(find_links(content[:LONGEST], document.definitions)):
        if content[link.end :].strip(" \t.)]") or not set(fold_words(link.text).split()) <= RESOURCE_LABELS:
            break
        content = content[: link.start].rstrip(" \t([|,–—-")
    return content


def _at_least(people: People, score: float) -> People:
    return people if people.score >= score else NOBODY


def find_speakers(document: Document, start: int, end: int) -> People:
    """Return the people whom the first sentences below a title identify as speakers."""
    for number in list(document.paragraphs(start, end))[:3]:
        plain, links = make_plain_with_links(document.blocks[number].content[:LONGEST], document.definitions)
        stage = find_stage(find_mentions(plain, links), plain)
        if stage:
            return People(tuple(m.speaker for m in stage), min(1.0, max(m.sureness for m in stage)))
    return NOBODY


def find_bio(document: Document, start: int, end: int) -> People:
    """Return the person described at the end of a section: "Ann Lee is a gardener at Initech", "Ann Lee.

    Ann grows …".
    """
    noted = [n for n in range(start, end) if document.blocks[n].form in (Form.PARAGRAPH, Form.QUOTE)]
    for number in noted[-1:]:
        plain = make_plain(document.blocks[number].content[:LONGEST])
        if (match := _BIO.match(plain)) and (
            match[3] or set(fold_words(plain[match.end() :][:200]).split()) & ROLE_WORDS
        ):
            return _at_least(read_people(match[1]), SHAPED)
    return NOBODY


def mentions_talk(document: Document, start: int, end: int) -> bool:
    """Whether the first paragraphs say that the text is about a talk."""
    for number in list(document.paragraphs(start, end))[:2]:
        if has_any(fold_words(make_plain(document.blocks[number].content[:600])), TALK_WORDS):
            return True
    return False
