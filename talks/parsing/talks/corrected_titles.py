"""Suggests title and speakers for a line that an editor made a talk; the editor may change the suggestion."""

import re
from collections.abc import Sequence
from dataclasses import replace

from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.affiliations import end_before
from talks.parsing.talks.candidates.paragraphs import read_sentences
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import list_name_words
from talks.parsing.talks.people import read_people
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.text.inline import make_plain
from talks.parsing.words.speech import SPEECH_VERBS

LONGEST_TITLE_LINE = 160
LEAST_SENTENCE = 60
_LEAST_PHRASE, _MUCH_LONGER = 2, 4  # words
_SURELY_A_NAME = 0.9
_SHORT_FORMS = frozenset({"ltd", "inc", "co", "corp", "bros", "plc", "llc"})
_RELATIVES = frozenset({"who", "which", "that", "is", "was", "and", "had", "has", "with"})
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<phrase>[^*_\n]{3,200}?)(?P=mark)")
_REMARK = re.compile(r"(?<=\S)\s+\(.{15,}", re.DOTALL)


def read_title(
    document: Document, number: int, line: str, *, is_sentence: bool
) -> tuple[str, tuple[ParsedSpeaker, ...]]:
    """Return the title and speakers of a line of block `number`, from the split that most surely names people.

    Without such a split the title is the whole line, and there are no speakers. A sentence, a line of over 160
    characters, or one of over 60 that ends with a full stop is read as running text instead, by `read_sentences`.
    """
    splits = [split for split in document.split(line) if split.people.speakers]
    best = max(splits, key=lambda split: split.score, default=None)
    title, speakers = (best.title, best.people.speakers) if best else (make_plain(line), ())
    plain = make_plain(line).rstrip()
    if is_sentence or len(plain) > LONGEST_TITLE_LINE or (len(plain) > LEAST_SENTENCE and plain.endswith(".")):
        told = read_sentences(document, number, line)
        return told.title or title, told.speakers
    return title, speakers


def prefer_bold(line: str, title: str, speakers: Sequence[ParsedSpeaker]) -> str:
    """Return the first phrase of the line in bold if it says better than `title` what the talk is called; else `title`.

    It does if the title contains it and is much longer, or has no word of it and the line is long. Names and labels in
    bold are passed over.
    """
    names = list_name_words(speakers)
    own = fold_words(title).split()
    for match in _BOLD.finditer(line):
        phrase = clean_title(make_plain(match["phrase"]))
        words = fold_words(phrase).split()
        is_label = match["phrase"].rstrip().endswith(":") or line[match.end() :].lstrip().startswith(":")
        is_name = not set(words) - names or read_people(phrase).score >= _SURELY_A_NAME
        if len(words) < _LEAST_PHRASE or is_label or is_name:
            continue
        if fold_words(phrase) in fold_words(title):
            return phrase if len(own) >= len(words) + _MUCH_LONGER else title
        return phrase if len(make_plain(line)) > LEAST_SENTENCE and not set(words) & set(own) else title
    return title


def cut_affiliations(line: str, speakers: Sequence[ParsedSpeaker]) -> tuple[ParsedSpeaker, ...]:
    """Return the speakers, with affiliations cut before the verb of a sentence; "Ltd" gets the dot that `line` has."""
    plain = make_plain(line)
    return tuple(
        replace(speaker, affiliation=_cut_affiliation(speaker.affiliation, plain)) if speaker.affiliation else speaker
        for speaker in speakers
    )


def _cut_affiliation(affiliation: str, plain: str) -> str | None:
    kept = end_before(affiliation, SPEECH_VERBS | _RELATIVES)
    is_short_form = kept.rsplit(maxsplit=1)[-1].casefold() in _SHORT_FORMS
    return f"{kept}." if is_short_form and f"{kept}." in plain else kept


def drop_remark(title: str) -> str:
    """Return a title without a long remark in brackets at its end; a title of at most 60 characters stays."""
    return _REMARK.sub("", title) if len(title) > LEAST_SENTENCE else title
