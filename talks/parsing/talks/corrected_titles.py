"""Suggests title and speakers for a line that an editor made a talk; the editor may change the suggestion."""

import re

from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.candidates.paragraphs import read_sentences
from talks.parsing.talks.document import Document
from talks.parsing.text.inline import make_plain

LONGEST_TITLE_LINE = 160
LEAST_SENTENCE = 60
_REMARK = re.compile(r"(?<=\S)\s+\(.{15,}", re.DOTALL)


def read_title(
    document: Document, number: int, line: str, *, is_sentence: bool
) -> tuple[str, tuple[ParsedSpeaker, ...]]:
    """Return title and speakers in a line of block `number`; if the line is a sentence, they are phrases of it."""
    splits = [split for split in document.split(line) if split.people.speakers]
    best = max(splits, key=lambda split: split.score, default=None)
    title, speakers = (best.title, best.people.speakers) if best else (make_plain(line), ())
    plain = make_plain(line).rstrip()
    if is_sentence or len(plain) > LONGEST_TITLE_LINE or (len(plain) > LEAST_SENTENCE and plain.endswith(".")):
        told = read_sentences(document, number, line)
        return told.title or title, told.speakers
    return title, speakers


def drop_remark(title: str) -> str:
    """Return a long title without a remark in brackets behind it: "Gardens (in which she told of …"."""
    return _REMARK.sub("", title) if len(title) > LEAST_SENTENCE else title
