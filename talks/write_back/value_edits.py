"""Replaces a text that a post says of a talk, such as an address, in its front matter or lines. Pure."""

import re
from collections.abc import Iterator

from talks.parsing import ParsedPost, ParsedTalk
from talks.write_back.edits import TalkEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice

_LONGER = re.compile(r"[\w/?#&=%~+-]")
_UNSAFE = set("\"'<>\\")  # characters that end a quoted text in front matter, or an address in markdown


def rewrite_value(source: SourceText, post: ParsedPost, edit: TalkEdit) -> Iterator[list[Splice]]:
    """Yield ways to replace the old value of a talk's field by the new one, as lists of one splice.

    A way replaces it at one place: in the front matter, a line of the talk, or a link definition. Raises
    `UnwritableError` if the post does not have the old value, or the new one is empty or has quotes or brackets.
    """
    talk = post.talks[edit.talk]
    old = getattr(talk, edit.field)
    if not old:
        raise UnwritableError("the post has no key or link for it; write one into the post")
    if not edit.value:
        raise UnwritableError("it is taken out in the post itself")
    if _UNSAFE & set(edit.value):
        raise UnwritableError("it holds quotes or brackets")
    found = [span for place in _list_places(source, post, talk) if (span := _find_value(source, old, place))]
    if not found:
        raise UnwritableError("the post writes it in another form")
    for start, end in dict.fromkeys(found):
        bracketed = set("()") & set(edit.value) and source.text[start - 1 : start] == "("
        yield [Splice(start, end, f"<{edit.value}>" if bracketed else edit.value)]


def _list_places(source: SourceText, post: ParsedPost, talk: ParsedTalk) -> Iterator[Span]:
    """Yield the span of each line that may have the value: in the front matter, the talk, or link definitions."""
    lines = [*range(1, post.body_line)]
    spans = [(talk.line, talk.line)]
    spans += [(passage.line, passage.end_line) for passage in talk.head]
    spans += [(unit.line, unit.end_line) for unit in talk.walk()]
    for first, last in spans:
        lines += range(first, last + 1)
    number = post.body_line
    while source.has_line(number):
        if source.line(number).lstrip().startswith("["):
            lines.append(number)
        number += 1
    yield from (source.line_span(line) for line in dict.fromkeys(lines))


def _find_value(source: SourceText, value: str, within: Span) -> Span | None:
    """Return the span of the first `value` in the span `within` that is not the beginning of a longer word or address.

    Return None if there is none.
    """
    start = source.text.find(value, *within)
    while start >= 0:
        end = start + len(value)
        if end == within[1] or not _LONGER.match(source.text, end):
            return start, end
        start = source.text.find(value, start + 1, within[1])
    return None
