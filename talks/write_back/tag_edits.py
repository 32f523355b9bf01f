"""Changes the tags in the front matter of a post, in the form that the list has there. Pure."""

import re
from collections.abc import Iterator, Sequence

from talks import names
from talks.parsing import ParsedPost
from talks.write_back.edits import TagsEdit, UnwritableError
from talks.write_back.text_patches import SourceText, Span, Splice, quote

_KEYS = r"(?:tags?|keywords)"
_KEY_LINE = re.compile(rf"[ \t]*[\"']?{_KEYS}[\"']?[ \t]*([:=])[ \t]*", re.IGNORECASE)
_ITEM_LINE = re.compile(r"([ \t]*-[ \t]+)(.*?)([ \t]*(?:[ \t]#.*)?)$")
_PART = re.compile(r"[^,]+")
_ELEMENT = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,\"'\]\s][^,\]\r\n]*?)\s*(?=,|\]|$)")
_NEEDS_QUOTES = re.compile(
    r"[,:\[\]{}#&*!|>'\"%@`\\]|^[-?~\s]|\s$|^(?:null|true|false|yes|no|on|off|[\d.+-]+)$", re.IGNORECASE
)


def rewrite_tags(source: SourceText, post: ParsedPost, edit: TagsEdit) -> Iterator[list[Splice]]:
    """Yield possible changes, as lists of splices, by which the front matter's tags become the wanted ones.

    Raises `UnwritableError` if a list in brackets has no end, if a list with one tag on each line would be left without
    tags, or if the post has neither a list nor a place for one.
    """
    lines = [number for number in range(1, post.body_line) if _KEY_LINE.match(source.line(number))]
    line = min(lines, key=lambda number: (source.line(number)[:1].isspace(), number), default=None)
    if line is None:
        yield from _insert_key(source, post, edit)
        return
    key = _KEY_LINE.match(source.line(line))
    start, stop = source.line_span(line)
    value = start + (key.end() if key else 0)
    if source.text[value : value + 1] == "[":
        close = source.text.find("]", value, source.line_span(line, max(line, post.body_line - 1))[1])
        yield from _rewrite_elements(source, edit, _find_elements(source.text, value + 1, close), value + 1)
    elif _is_blank(source.text[value:stop]):
        yield from _rewrite_items(source, post, edit, line)
    else:
        quote = source.text[value] if source.text[value] in "\"'" else ""
        end = source.text.find(quote, value + 1, stop) if quote else stop
        found = [
            _cut_spaces(source.text, *part.span()) for part in _PART.finditer(source.text, value + len(quote), end)
        ]
        yield from _rewrite_elements(source, edit, found, value + len(quote), bare=True)


def _is_blank(text: str) -> bool:
    return not text.strip() or text.lstrip().startswith("#")


def _cut_spaces(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _find_elements(text: str, start: int, close: int) -> list[Span]:
    if close < 0:
        raise UnwritableError("the list of tags in the front matter has no end")
    spans = []
    while found := _ELEMENT.match(text, start, close):
        spans.append(found.span(1))
        start = text.find(",", found.end(), close) + 1
        if not start:
            break
    return spans


def _drop_quotes(text: str) -> str:
    return text[1:-1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else text


def _quote(name: str, like: str) -> str:
    """Return a tag's name in the quotation marks of its neighbour `like`, a tag as the list has it.

    If the neighbour has none, the name gets double ones only if its characters require them; without a neighbour (""),
    always.
    """
    sign = like[:1] if like[:1] in ("'", '"') else '"' if not like or _NEEDS_QUOTES.search(name) else ""
    if sign == "'":
        return "'" + name.replace("'", "''") + "'"
    return quote(name) if sign else name


def _compare_tags(edit: TagsEdit, said: Sequence[str]) -> tuple[set[int], list[str]]:
    """Return the indexes of tags in `said` to be removed, and the names of tags to be added."""
    wanted = {names.fold(tag) for tag in edit.tags}
    present = [names.fold(_drop_quotes(word)) for word in said]
    gone = {index for index, tag in enumerate(present) if tag not in wanted}
    return gone, [tag for tag in edit.tags if names.fold(tag) not in present]


def _rewrite_elements(
    source: SourceText, edit: TagsEdit, spans: Sequence[Span], start: int, *, bare: bool = False
) -> Iterator[list[Splice]]:
    """Yield possible changes of a list with commas between the tags, on one line or several, as lists of splices.

    `spans` are those of the tags in the list; at index `start` a first tag would begin. With `bare`, no tag gets
    quotation marks.
    """
    said = [source.text[slice(*span)] for span in spans]
    gone, new = _compare_tags(edit, said)
    kept = [index for index in range(len(spans)) if index not in gone]
    between = source.text[spans[-2][1] : spans[-1][0]] if len(spans) > 1 else ", "
    for like in dict.fromkeys((said[-1] if said else "", '"')):
        written = [tag if bare else _quote(tag, like) for tag in new]
        splices = []
        if not spans:
            splices.append(Splice(start, start, ", ".join(written)))
        elif not kept:
            splices.append(Splice(spans[0][0], spans[-1][1], between.join(written)))
        else:
            for index in gone:
                if index > kept[0]:
                    splices.append(Splice(spans[index - 1][1], spans[index][1], ""))
                else:
                    splices.append(Splice(spans[index][0], spans[index + 1][0], ""))
            end = spans[-1][1]
            splices.append(Splice(end, end, "".join(f"{between}{word}" for word in written)))
        yield splices


def _rewrite_items(source: SourceText, post: ParsedPost, edit: TagsEdit, line: int) -> Iterator[list[Splice]]:
    """Yield possible changes of a list with one tag on each line below `line`, as lists of splices.

    Raises `UnwritableError` if no tag would be left.
    """
    rows: list[tuple[int, re.Match[str]]] = []
    number = line + 1
    while number < post.body_line:
        row = source.line(number)
        if item := _ITEM_LINE.match(row):
            rows.append((number, item))
        elif not _is_blank(row):
            break
        number += 1
    gone, new = _compare_tags(edit, [item[2] for _, item in rows])
    lead, last = (rows[-1][1][1], rows[-1][0]) if rows else ("  - ", line)
    end, place = source.line_end(last), source.line_span(last)[1]
    if rows and len(gone) == len(rows) and not new:
        raise UnwritableError("no tag would be left in the list")
    for like in dict.fromkeys((rows[-1][1][2] if rows else "x", '"')):
        splices = []
        for number in (rows[n][0] for n in sorted(gone)):
            first, stop = source.line_span(number)
            splices.append(Splice(first - len(source.line_end(number - 1)), stop, ""))
        splices.append(Splice(place, place, "".join(f"{end}{lead}{_quote(tag, like)}" for tag in new)))
        yield splices


def _insert_key(source: SourceText, post: ParsedPost, edit: TagsEdit) -> Iterator[list[Splice]]:
    """Yield a new line with tags above the closing fence of the front matter.

    Raises `UnwritableError` if there is no such fence.
    """
    close = post.body_line - 1
    while close > 1 and not source.line(close).strip():
        close -= 1
    fence = source.line(close).strip() if close > 1 else ""
    if fence not in {"---", "...", "+++"}:
        raise UnwritableError("the post has no front matter with a line of its own for tags")
    first, end = source.line_span(close)[0], source.line_end(close)
    quoted = ", ".join(_quote(tag, '"' if fence == "+++" else "x") for tag in edit.tags)
    yield [Splice(first, first, f"tags = [{quoted}]{end}" if fence == "+++" else f"tags: [{quoted}]{end}")]
