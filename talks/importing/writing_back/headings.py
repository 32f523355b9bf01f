"""Talk titles in headings, and in the lineup above that names them too. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from talks import names
from talks.importing.writing_back.edits import TitleEdit, UnwritableError
from talks.importing.writing_back.patching import SourceText, Span, Splice, find_first
from talks.parsing import LineupEntry, ParsedPost, ParsedTalk

MARKS = "*_`\\"
_SPECIAL = re.compile(r"[\\`*_\[\]<>&]")
_ALIKE = 0.8


def rewrite_title(source: SourceText, post: ParsedPost, edit: TitleEdit) -> Iterator[list[Splice]]:
    """Ways to give a talk its new title: as it is, or with what markdown would read as marks escaped."""
    talk = post.talks[edit.talk]
    span = find_first(source, talk.title, list_places(source, talk), marks=MARKS)
    if span is None:
        raise UnwritableError("the post's lines have the title in another form")
    spans = [span]
    for entry in find_entries(post, edit.talk):
        listed = find_first(source, entry.title, [source.span(entry.line, entry.end_line)], marks=MARKS)
        if listed and not any(listed[0] < end and start < listed[1] for start, end in spans):
            spans.append(listed)
    for title in dict.fromkeys((edit.title, _SPECIAL.sub(r"\\\g<0>", edit.title))):
        yield [Splice(*place, title) for place in spans]


def list_places(source: SourceText, talk: ParsedTalk) -> list[Span]:
    """Where the talk's title and speakers may stand: the line that names it, then what else is its head."""
    lines = [(talk.line, talk.line), *((passage.line, passage.end_line) for passage in talk.head)]
    lines += [(unit.line, unit.end_line) for unit in talk.takeaways[:1] if unit.line == talk.line]
    return [source.span(*pair) for pair in dict.fromkeys(lines)]


def find_entries(post: ParsedPost, talk: int) -> list[LineupEntry]:
    """The lineup's entries that name the talk: by its title, else the one most like it."""
    titles = [names.sort_key(other.title) for other in post.talks]
    chosen = []
    for entry in post.lineup:
        key = names.sort_key(entry.title)
        if entry.line and _choose(key, titles) == talk:
            chosen.append(entry)
    return chosen


def _choose(entry: str, titles: list[str]) -> int | None:
    if entry in titles:
        return titles.index(entry)
    likeness = [_compare(entry, title) for title in titles]
    best = max(range(len(titles)), key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _compare(entry: str, title: str) -> float:
    shorter, longer = sorted((entry, title), key=len)
    if len(shorter) >= 8 and longer.startswith(f"{shorter} "):
        return 0.9
    matcher = SequenceMatcher(None, entry[:300], title[:300], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
