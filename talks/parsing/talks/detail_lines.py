"""Recognises texts above the notes of a talk that only tell who spoke, when and where, and so are no takeaways."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.talks.bylines import is_by_line
from talks.parsing.talks.document import YEAR, Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.people import is_role_text
from talks.parsing.talks.takeaways import is_address, is_dated, opens_with_date
from talks.parsing.text.inline import break_lines, make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.words.heading_words import ABSTRACT_HEADINGS, ARTICLES
from talks.parsing.words.talk_words import (
    AND_WORDS,
    AT_WORDS,
    BY_WORDS,
    DETAIL_LABELS,
    INSTITUTE_WORDS,
    KIND_WORDS,
    NOTE_WORDS,
    RESOURCE_LABELS,
    ROLE_WORDS,
    SPEAKER_LABELS,
)
from talks.parsing.words.word_sets import match_any

_LONGEST, _MOST_ROWS = 600, 6  # characters, rows
# Words.
_LONGEST_LABEL, _LONGEST_VALUE, _LONGEST_PART, _LONGEST_ROLE = 3, 10, 3, 12
_LONGEST_BY, _LONGEST_PLACE, _LONGEST_COMPANY = 5, 6, 4
_LABELS = DETAIL_LABELS | RESOURCE_LABELS | SPEAKER_LABELS
_JOINING = frozenset(word for phrase in (*BY_WORDS, *AND_WORDS, *AT_WORDS) for word in phrase.split())
_FILLERS = _JOINING | _LABELS | ROLE_WORDS
_LENGTH = re.compile(r"\d+\s?(?:h\d*|hours?|heures?|horas|stunden|min(?:utes|uten|utos)?)\b", re.IGNORECASE)
_JOB = compile_late(  # "Lead gardener at Initech"
    rf"(?:[\w&/-]+,?\s+){{0,4}}(?i:{match_any(ROLE_WORDS)})\s+(?:(?!at\b)[\w&/-]+\s+){{0,3}}"
    r"(?:at|@|of|for|bei|chez|en|w)\s*(?:the\s+)?[^\W\d_]*[A-Z@]\S*"
    r"(?:\s+(?:[^\W\d_a-z]\S*|\W|and|at|for|in|of|the))*\s*"
)
_ADDRESS = re.compile(r"<?https?://\S+")
_PARTS = re.compile(r"[,;/|、·]|\s[-–]\s")
_ARTICLES = ARTICLES | {"a", "an", "your"}
_STOPS = (".", "!", "?", ";", ":")


def is_detail(document: Document, talk: Candidate, text: str) -> bool:
    """Whether a text begins with a heading such as "# Abstract", or each of its lines only tells details of a talk.

    A detail repeats title, speakers or event, says when, of what kind or by whom the talk was, has a label, or gives
    addresses. In a text with a line of names, lines that are roles, companies or dates are details too.
    """
    if is_address(text, opening=True) or is_dated(text):
        return True
    rows = [row.lstrip("# \t") for row in break_lines(text).split("\n", _MOST_ROWS) if row.strip()]
    if len(rows) > 1 and text.startswith("#") and fold_words(make_plain(rows[0][:_LONGEST])) in ABSTRACT_HEADINGS:
        return True
    if len(text) > _LONGEST or not 0 < len(rows) <= _MOST_ROWS:
        return False
    known = _list_known(document, talk)
    repeated = [_repeats(row, known) for row in rows]
    beside = any(repeated) and len(rows) > 1  # what stands beside a row of names
    told = (
        each
        or _tells(row, known=row == text)
        or (bool(talk.speakers) and _is_job(row))
        or (beside and (_tells_role(row) or opens_with_date(row)))
        for each, row in zip(repeated, rows, strict=True)
    )
    return all(told) or _is_labelled(rows)


def _tells(row: str, *, known: bool) -> bool:
    """Whether a line by itself only says when or what kind of talk it was, by whom, or gives addresses.

    `known` tells that the line was already found to be neither a date nor addresses alone.
    """
    plain = make_plain(row)
    label, value = split_label(plain)
    labelled = value is not None and len(label.split()) <= _LONGEST_LABEL and not value.startswith("//")
    addresses = not (known and plain == row) and is_address(plain, opening=True)
    addresses = addresses or (labelled and is_address(value or ""))
    return addresses or (not known and is_dated(row)) or _is_credit(row) or _is_kind(row)


class _Known(NamedTuple):
    """What rows may repeat of a talk: its title, event and speakers as folded `texts`, and words of these.

    `names` are the words of the speakers' names, `words` also those of their companies and of the title.
    """

    texts: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


def _list_known(document: Document, talk: Candidate) -> _Known:
    names = [fold_words(speaker.name) for speaker in talk.speakers]
    names += [fold_words(speaker.handle) for speaker in talk.speakers if speaker.handle]
    title = fold_words(talk.title)
    beside = [fold_words(speaker.affiliation) for speaker in talk.speakers if speaker.affiliation]
    told = frozenset(word for name in names for word in name.split())
    words = frozenset(word for text in (title, *beside) for word in text.split())
    return _Known(frozenset([title, fold_words(document.series), *names]) - {""}, told, told | words)


def _list_words(row: str) -> list[str]:
    return fold_words(YEAR.sub(" ", make_plain(_drop_addresses(row)))).split()


def _drop_addresses(row: str) -> str:
    return _ADDRESS.sub(" ", row) if "://" in row else row


def _repeats(row: str, known: _Known) -> bool:
    words = _list_words(row)
    if " ".join(words) in known.texts:
        return True
    return not known.names.isdisjoint(words) and known.words.issuperset(word for word in words if word not in _FILLERS)


def labels_detail(label: str, value: str | None) -> bool:
    """Whether a folded label is one of details, and its value a date, or parts of at most three words.

    True of "Date/time: 4 May" and "Tags: shade, wet soil", but not of "Language: write as you speak".
    """
    words = label.split()
    if not (value and words and DETAIL_LABELS.issuperset(words) and len(value.split()) <= _LONGEST_VALUE):
        return False
    return opens_with_date(value) or all(len(part.split()) <= _LONGEST_PART for part in _PARTS.split(value))


def _is_labelled(rows: Sequence[str]) -> bool:
    """Whether each line is a label with a short value, and one of the labels tells a detail or the speaker.

    If there are several lines, one with a label for slides or the like is enough, too.
    """
    is_known = False
    for row in rows:
        label, value = split_label(make_plain(row))
        words = label.split()
        if not (value is not None and 0 < len(words) <= _LONGEST_LABEL and len(value.split()) <= _LONGEST_VALUE):
            return False
        if value.rstrip().endswith(_STOPS):
            return False
        told = SPEAKER_LABELS.issuperset(words) or labels_detail(label, value)
        is_known = is_known or told or (len(rows) > 1 and _LABELS.issuperset(words))
    return is_known


def _tells_role(row: str) -> bool:
    """Whether a row beside a name looks like a role or a company: "Gardener at Initech", "Moss Core Team"."""
    plain = make_plain(row).strip()
    words = plain.split()
    if len(words) > _LONGEST_ROLE or plain.endswith(_STOPS):
        return False
    return is_role_text(plain) or _names_institute(plain) or (len(words) <= _LONGEST_COMPANY and _is_capitalised(words))


def _is_job(row: str) -> bool:
    """Whether a row by itself looks like somebody's job: "Lead gardener at Initech", "Moss author"."""
    plain = make_plain(_drop_addresses(row)).strip()
    words = plain.split()
    if not 1 < len(words) <= _LONGEST_ROLE or plain.endswith(_STOPS):
        return False
    named = len(words) <= _LONGEST_COMPANY and _ARTICLES.isdisjoint(words[1:])  # no "Hire an author"
    told = not ROLE_WORDS.isdisjoint(plain.casefold().split()) and bool(_JOB.fullmatch(plain))
    return told or (named and is_role_text(words[-1]))


def _is_capitalised(words: Iterable[str]) -> bool:
    return all(word[:1].isupper() or word.casefold() in _JOINING for word in words)


def _names_institute(plain: str) -> bool:
    """Whether a text is the name of a company or institute: "Moss Lab"."""
    words = plain.split()
    named = 1 < len(words) <= _LONGEST_PLACE and _is_capitalised(words)
    return named and not INSTITUTE_WORDS.isdisjoint(fold_words(plain).split())


def _is_credit(row: str) -> bool:
    """Whether a row says by whom the talk or its notes are, or where the speaker works: "(by Ann)", "Notes by Ann"."""
    plain = make_plain(row)
    words, plain = fold_words(plain).split(), plain.strip(" ()")
    if plain.endswith(_STOPS) or not words:
        return False
    if words[0] in NOTE_WORDS:
        return len(words) <= _LONGEST_ROLE and len(words) > 1 and words[1] in BY_WORDS
    return _names_institute(plain) or (
        len(words) <= _LONGEST_BY and is_by_line(row) and _is_capitalised(plain.split()[1:])
    )


def _is_kind(row: str) -> bool:
    """Whether a row only tells what kind of talk it was and how long it took: "Workshop, 90 minutes"."""
    rest, found = _LENGTH.subn(" ", make_plain(row))
    words = fold_words(rest).split()
    return bool(found and words) and (KIND_WORDS | DETAIL_LABELS).issuperset(words)
