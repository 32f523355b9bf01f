"""Reads lines that only name people: after "by", after a label such as "Speaker:", or by themselves."""

import re

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.document import Document
from talks.parsing.talks.east_asian_names import bracket_company, split_company
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import NOBODY, People, is_role_text
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.text.blocks import Form
from talks.parsing.text.cleaning import cut_runs
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.text.pictures import PICTURES
from talks.parsing.title_comparison import opens_with_other
from talks.parsing.words.calendar import WEEKDAYS
from talks.parsing.words.talk_words import (
    BY_WORDS,
    RESOURCE_LABELS,
    SPEAKER_LABELS,
    TALK_TITLE_LABELS,
    TALK_WORDS,
    TITLE_LABELS,
    WITH_WORDS,
)
from talks.parsing.words.word_sets import match_any

LONGEST = 1200  # characters
ALONE = 0.75
SHAPED = 0.4
SURELY = 0.9
_BY, _BY_ALONE = 0.3, 0.15
LONGEST_NAMES = 200  # characters
_LONGEST_ROLE = 10  # words
_REACH = 4  # "by the gardener Ann Lee", but not "From moss to ferns in a day, Ann Lee"
# Chinese for "The speaker is Ann Lee of Initech", with the name last.
_CHINESE_SPEAKER = compile_late(
    rf"\s*{PICTURES}(?:{match_any(word for word in SPEAKER_LABELS if not word.isascii())})(?:是|为)(?:来自)?\s*"
    r"(?:([^，。,]{1,40}?)\s*的\s*)?([\u3400-\u9fff]{2,4})\s*(?:[(（][^()（）]{1,40}[)）])?[。.]?\s*\Z"
)
# "“A good garden is never done.” — Ann Lee": three words in quotes at least.
_SAYING = re.compile(r"[\s>*_]*[\"“„«]\s*\S+\s+\S+\s+\S+.*\W\s*\w", re.DOTALL)
_OPENS_ADDRESS = re.compile(r"\W*(?:https?://|www\.)", re.IGNORECASE)
_LABEL = compile_late(
    rf"\s*{PICTURES}[*_>-]{{0,4}}\s?{PICTURES}([^\W\d_][\w ()/·*-]{{1,30}}?(?::in(?:nen)?)?)\s*{PICTURES}[*_]{{0,3}}\s*"
    rf"{PICTURES}[:：]\s*[*_]{{0,3}}\s*(\S.*)\Z",
    re.DOTALL,
)
# Endings of labels for one or several, he or she: "Speaker(s)", "Referent/in", "Intervenant·e·s", "Referent:in".
_OTHER_ENDING = re.compile(r"\([a-z]{1,2}\)|/[a-z]{1,3}\Z|(?:·[a-z]{1,3})+\Z|[:*](?:in|innen)\Z")
_BY_LABELS = frozenset(fold_words(word) for word in BY_WORDS if " " in word)
_ARTICLES = ("a", "an", "the", "this", "ein", "eine", "un", "une", "una", "um", "uma")
_LENGTH = r"(?:\(?\d{1,3}\s?(?:['’′]|min(?:utes|uten|utos)?\.?|h|hours?)\)?[ ,:|–—-]+)?"  # "45' by Ann Lee"
_BY_LINE = compile_late(
    rf"\s*{PICTURES}[*_(–—-]{{0,4}}\s*{_LENGTH}(?:(?:(?:{match_any(_ARTICLES)})\s+)?(?:{match_any(TALK_WORDS)})\s+)?"
    rf"(?:{match_any(BY_WORDS)})\s+(\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_OPENS_BY_LINE = frozenset(
    word.casefold() for phrase in (*_ARTICLES, *TALK_WORDS, *BY_WORDS) for word in phrase.split()[:1]
)
_CLOSING = re.compile(r"\)[\s*_.]*\Z")
# "<span class="speaker">by Ann Lee</span>"
_IN_TAGS = re.compile(r"\s*<(span|small|em|strong|[bi]|font|cite)\b[^<>]{0,200}>([^<>]*)</\1>\s*\Z")


# Below a title in front matter, "Name: Ann Lee" tells the speaker, and not the title.
_NAMES = frozenset({"name", "nome"})


def names_speaker(label: str) -> bool:
    """Whether a label announces the speaker: "Guest speaker", "Speaker(s)", "Speaker name", "Talk by"."""
    folded = fold_words(label if label.isalpha() else _OTHER_ENDING.sub("", label))
    first, _, last = folded.rpartition(" ")
    return (
        folded in SPEAKER_LABELS
        or folded in _BY_LABELS
        or last == "speaker"
        or (first in SPEAKER_LABELS and last in ("name", "names", "bio", "bios"))
        or (first in TALK_WORDS and last == "by")
    )


def read_label(row: str, document: Document) -> tuple[str, People, bool]:
    """Return title and people of a line `row` with a label, and whether the label is one for speakers.

    "Talk: Moss" has a title, "Speaker: Ann Lee" has people. What a line does not tell is empty, or `NOBODY`; a line
    with any other label, or over 1200 characters long, tells neither.
    """
    if len(row) > LONGEST:
        return "", NOBODY, False
    row = drop_tags(cut_runs(row))
    if match := None if row.isascii() else _CHINESE_SPEAKER.match(row):
        return "", People((ParsedSpeaker(match[2], affiliation=match[1]),), SURELY), True
    if not (match := _LABEL.match(row) if _may_be_labelled(row) else None):
        return "", NOBODY, False
    if names_speaker(match[1]):
        people = at_least(document.read_people(bracket_company(match[2])), 0.1)
        if not people.speakers and (parted := split_company(match[2])):
            people = People((ParsedSpeaker(parted[0], affiliation=parted[1]),), SURELY)
        return "", people, True
    label = fold_words(match[1])
    if label in _NAMES and document.meta.title:
        people = at_least(document.read_people(match[2]), SHAPED)
        if people.speakers:
            return "", people, True
    if (label in TITLE_LABELS or label in TALK_TITLE_LABELS) and not _OPENS_ADDRESS.match(match[2]):
        splits = document.split(match[2])
        best = max(splits, key=lambda split: split.score)
        if best.score >= 0.75:
            return best.title, best.people, False
        return clean_title(splits[0].title), NOBODY, False
    return "", NOBODY, False


def _may_be_labelled(row: str) -> bool:
    """Whether a row may begin with a label: a fast test of what stands before the first colon."""
    before, colon, _ = row.partition(":")
    return (bool(colon) and not ("," in before or "." in before or "](" in before)) or "：" in row


def read_speaker_row(row: str, document: Document) -> People:
    """Return the people whom a line names after a label for speakers, after "by", or by themselves; else `NOBODY`."""
    _, people, labelled = read_label(row, document)
    return people if labelled else read_byline(row, document)


def opens_with_name(document: Document, number: int, least: float = SHAPED) -> bool:
    """Whether block `number` is a paragraph whose first line only names people, surely enough (`least`)."""
    if number >= len(document.blocks) or document.blocks[number].form is not Form.PARAGRAPH:
        return False
    return bool(read_byline(document.blocks[number].content.split("\n")[0], document, least).speakers)


def is_by_line(content: str) -> bool:
    """Whether a line begins with "by", "mit" or the like, perhaps behind a length and a word for talks: "Talk by …"."""
    return _match_by_line(content) is not None


def _match_by_line(content: str) -> re.Match[str] | None:
    return None if opens_with_other(content, _OPENS_BY_LINE) else _BY_LINE.match(content)


def read_byline(content: str, document: Document, least: float = ALONE) -> People:
    """Return the people if the text only names people, with a score of at least `least`; else `NOBODY`.

    After "by" or the like, a score of 0.3 is enough, whatever `least` is, if a name begins within the first four words.
    If brackets are around all of it, 0.15 is enough, unless it begins with "from" or the like or names a weekday.
    """
    content = drop_tags(content)
    if match := _match_by_line(content):
        closed = match[1].count(")") > match[1].count("(")  # "(by Ann Lee)"
        named = _CLOSING.sub("", match[1]) if closed else match[1]
        vague = not WITH_WORDS.isdisjoint(fold_words(content).split()[:1]) or fold_words(named) in WEEKDAYS
        needed = _BY_ALONE if closed and not vague else _BY
        people = at_least(document.read_people(named), needed)
        return people if stands_early(people, make_plain(named), _REACH) else NOBODY
    content = drop_resources(content, document) if "](" in content else content
    if len(content) <= LONGEST_NAMES and not _SAYING.match(content):
        return at_least(document.read_people(_drop_colon(content.strip(" *_"))), least)
    return NOBODY


def _drop_colon(content: str) -> str:
    """Return the text with a comma for the colon between a name and a role: "Ann Lee: gardener at Initech".

    Any other text is returned unchanged.
    """
    name, colon, role = content.partition(": ")
    is_told = colon and is_role_text(" ".join(role.split()[:_REACH])) and len(role.split()) <= _LONGEST_ROLE
    return f"{name}, {role}" if is_told and weigh_name(name) >= SHAPED else content


def drop_tags(content: str) -> str:
    """Return a line without the tag of HTML around all of it, if there is one."""
    match = _IN_TAGS.match(content) if content.lstrip()[:1] == "<" else None
    return match[2] if match else content


def stands_early(people: People, plain: str, reach: int) -> bool:
    """Whether the name of the first of the people begins at one of the first `reach` words of a text."""
    words = fold_words(plain).split()
    name = fold_words(people.speakers[0].name) if people.speakers else ""
    return bool(name) and any(" ".join(words[start:]).startswith(name) for start in range(reach))


def drop_resources(content: str, document: Document) -> str:
    """Return the line without links to slides and the like at its end."""
    for link in reversed(find_links(content[:LONGEST], document.definitions)):
        if content[link.end :].strip(" \t.)]") or not set(fold_words(link.text).split()) <= RESOURCE_LABELS:
            break
        content = content[: link.start].rstrip(" \t([|,–—-")
    return content


def at_least(people: People, score: float) -> People:
    return people if people.score >= score else NOBODY
