"""Changes a talk's title in its heading, in the lineup, and in the front matter of a post about one talk. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product

from talks import names
from talks.parsing import LineupEntry, ParsedPost, ParsedTalk
from talks.write_back.edits import TITLE_IN_OTHER_FORM, TalkEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice, quote
from talks.write_back.word_revisions import change_words, replace_words

_SPECIAL = re.compile(r"[\\`*_\[\]<>&]")
_TITLE_KEY = re.compile(r"[ \t]*[\"']?title[\"']?[ \t]*[:=][ \t]*", re.IGNORECASE)
_VALUE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|.*?(?=[ \t]*(?:[ \t]#.*)?\Z)")
_ALIKE = 0.8


def rewrite_title(source: SourceText, post: ParsedPost, edit: TalkEdit) -> Iterator[list[Splice]]:
    """Yield possible replacements of the title in its heading or notes, the lineup and the front matter.

    Each is a list of splices. The new title stays as it is, or gets a backslash before each character that Markdown
    interprets. Raises `UnwritableError` if the post's lines do not have the old title.
    """
    talk = post.talks[edit.talk]
    places = list(source.find_whole_words(talk.title, [*list_places(source, talk), *list_notes(source, talk)]))
    listed = [pair for entry in find_entries(post, edit.talk) if (pair := _find_listed(source, talk, entry))]
    own = list(_rewrite_own_title(source, post, talk, edit.value))
    if not (places or own):
        raise UnwritableError(TITLE_IN_OTHER_FORM)
    for found in places:
        span = found[0][0], found[-1][1]
        apart = [pair for pair in listed if pair[0][-1][1] <= span[0] or span[1] <= pair[0][0][0]]
        group = [(found, talk.title), *apart]
        for title in dict.fromkeys((edit.value, _SPECIAL.sub(r"\\\g<0>", edit.value))):
            for ways in product(*(_revise_title(source, chars, old, title) for chars, old in group)):
                splices = [splice for way in ways for splice in way]
                yield from ([*splices, *way] for way in own)
                yield splices
    yield from own


def _find_listed(source: SourceText, talk: ParsedTalk, entry: LineupEntry) -> tuple[list[Span], str] | None:
    """Return where a lineup's entry has the talk's title: the spans of its characters, and the title.

    If the entry's lines lack the talk's title, these are of the entry's own title. None if the lines have neither as
    whole words.
    """
    span = source.part_span(entry)
    titles = ((title, next(source.find_whole_words(title, [span]), None)) for title in (talk.title, entry.title))
    return next(((found, title) for title, found in titles if found), None)


def _revise_title(source: SourceText, places: Sequence[Span], old: str, title: str) -> list[list[Splice]]:
    words = change_words(source, places, old, title, marked=True)
    return [*([words] if words else []), *replace_words(source, places, title)]


def _rewrite_own_title(source: SourceText, post: ParsedPost, talk: ParsedTalk, title: str) -> Iterator[list[Splice]]:
    """Yield ways to change the post's title in the front matter, if a post about one talk repeats the talk's title."""
    value = find_own_title(source, post)
    found = next(source.find_whole_words(talk.title, [value]), None) if value else None
    if not (value and found):
        return
    said = f"{source.text[value[0] : found[0][0]]}{title}{source.text[found[-1][1] : value[1]]}"
    yield [Splice(*value, said)]
    bare = post.title.replace(talk.title, title, 1)
    yield [Splice(*value, quote(bare))]


def find_own_title(source: SourceText, post: ParsedPost) -> Span | None:
    """Return the span of the post's title in the front matter, with its quotation marks.

    None if the front matter has no title, or the post has no talk or several.
    """
    lines = [number for number in range(2, post.body_line) if _TITLE_KEY.match(source.line(number))]
    if len(post.talks) != 1 or not lines:
        return None
    start, stop = source.line_span(*[min(lines, key=lambda n: (source.line(n)[:1].isspace(), n))] * 2)
    key = _TITLE_KEY.match(source.text, start, stop)
    value = _VALUE.match(source.text, key.end(), stop) if key else None
    return value.span() if value else None


def list_places(source: SourceText, talk: ParsedTalk) -> list[Span]:
    """Return the spans of lines that may have the talk's title and speakers: its first line, then such as a byline."""
    lines = [(talk.line, talk.line), *((passage.line, passage.end_line) for passage in talk.head)]
    lines += [(unit.line, unit.end_line) for unit in talk.takeaways[:1] if unit.line == talk.line]
    return [source.line_span(*pair) for pair in dict.fromkeys(lines)]


def list_notes(source: SourceText, talk: ParsedTalk) -> list[Span]:
    """Return the spans, in characters, of the lines of each of the talk's takeaways.

    Sometimes these lines alone name a speaker or the title.
    """
    return [source.part_span(unit) for unit in talk.walk()]


def find_entries(post: ParsedPost, talk: int) -> list[LineupEntry]:
    """Return the lineup entries that belong to the talk with index `talk`.

    An entry belongs to the talk with the same title, else to the one with the most similar title, if that is similar
    enough.
    """
    titles = [names.sort_key(other.title) for other in post.talks]
    entries = (entry for entry in post.lineup if entry.line)
    return [entry for entry in entries if _choose_title(names.sort_key(entry.title), titles) == talk]


def _choose_title(entry: str, titles: list[str]) -> int | None:
    if entry in titles:
        return titles.index(entry)
    likeness = [_weigh_likeness(entry, title) for title in titles]
    best = max(range(len(titles)), key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _weigh_likeness(entry: str, title: str) -> float:
    shorter, longer = sorted((entry, title), key=len)
    if len(shorter) >= 8 and f" {shorter} " in f" {longer} ":
        return 0.9
    matcher = SequenceMatcher(None, entry[:300], title[:300], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
