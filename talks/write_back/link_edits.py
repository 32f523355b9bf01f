"""The recording or the slides of a talk: another address in the key or link that the post has for it. Pure."""

import re
from collections.abc import Iterator

from talks.parsing import ParsedPost, ParsedTalk
from talks.write_back.edits import TalkEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice

_LONGER = re.compile(r"[\w/?#&=%~+-]")
_UNSAFE = set("\"'<>\\ ")  # what ends an address, or the text that holds it, in front matter or markdown


def rewrite_link(source: SourceText, post: ParsedPost, edit: TalkEdit) -> Iterator[list[Splice]]:
    """Ways to change the address: in the front matter, in one of the talk's links, where links are defined."""
    talk = post.talks[edit.talk]
    old = getattr(talk, edit.field)
    if not old:
        raise UnwritableError("the post has no key or link for it; write one into the post")
    if not edit.value:
        raise UnwritableError("a link is taken out in the post itself")
    if _UNSAFE & set(edit.value):
        raise UnwritableError("the address holds quotes or brackets")
    found = [span for place in _list_places(source, post, talk) if (span := _find_address(source, old, place))]
    if not found:
        raise UnwritableError("the post writes the address in another form")
    for start, end in dict.fromkeys(found):
        bracketed = set("()") & set(edit.value) and source.text[start - 1 : start] == "("
        yield [Splice(start, end, f"<{edit.value}>" if bracketed else edit.value)]


def _list_places(source: SourceText, post: ParsedPost, talk: ParsedTalk) -> Iterator[Span]:
    """Each line in which the address may stand: of the front matter, of the talk, then of what links refer to."""
    lines = [*range(1, post.body_line)]
    spans = [(talk.line, talk.line)]
    spans += [(passage.line, passage.end_line) for passage in talk.head]
    spans += [(unit.line, unit.end_line) for unit in talk.walk()]
    for first, last in spans:
        lines += range(first, last + 1)
    number = post.body_line
    while source.has(number):
        if source.line(number).lstrip().startswith("["):
            lines.append(number)
        number += 1
    yield from (source.span(line, line) for line in dict.fromkeys(lines))


def _find_address(source: SourceText, url: str, within: Span) -> Span | None:
    """Where the whole address stands, not as the beginning of a longer one."""
    start = source.text.find(url, *within)
    while start >= 0:
        end = start + len(url)
        if end == within[1] or not _LONGER.match(source.text, end):
            return start, end
        start = source.text.find(url, start + 1, within[1])
    return None
