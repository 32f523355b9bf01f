"""Reads markdown within a line: its plain text, and the links in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from talks.code_fences import track_fence
from talks.late_patterns import compile_late
from talks.line_ends import join_lines
from talks.markdown_entities import read_entities
from talks.parsing.text.pictures import EMOJI_CODE

_URL = r"<?([^()\s<>]*+(?:\([^()\s]*+\)[^()\s<>]*+)*+)>?"
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?"
_ATTRIBUTES = r"(?:\{:[^{}\n]*\})?"
# Possessive quantifiers keep this linear whatever the brackets do. Each way begins with a plain sign, so that Python
# passes over all others, and so do the patterns below.
_LINK = re.compile(
    r"(?:!\[|\[)((?:[^\[\]]++|\[[^\[\]]*+\](?:\([^()\s]*+\))?+)*+)\]"
    rf"(?:\(\s*{_URL}{_TITLE}\s*\)|\[([^\[\]\n]*)\])?{_ATTRIBUTES}"
)
_ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>([^<]*(?:<(?!/a)[^<>]*>[^<]*)*+)</a\s*>", re.IGNORECASE
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_BARE_URL = re.compile(r"http(?<![(\[<\"'=/\w]http)s?://[^\s<>\[\]()\"'`|]+(?:\([^\s<>()]*\)[^\s<>\[\]()\"'`|]*)?")
_IMAGE = re.compile(rf"!\[([^\[\]]*+)\](?:\(\s*{_URL}{_TITLE}\s*\)|\[[^\[\]\n]*\]){_ATTRIBUTES}")
_CODE = re.compile(r"(?<!`)(`{1,3}+)(?!`)([^`]++)\1(?!`)")
_SIGNS_IN_CODE = {ord(sign): f"&#{ord(sign)};" for sign in r"<>[]{}*_~\&!"}  # marks elsewhere
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,900}>")
_BREAK = re.compile(r"</?br\b[^<>]{0,40}>[ \t]*\n?", re.IGNORECASE)
_SHORTCODE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{[:#][^{}\n]*\}")
_EMPHASIS = re.compile(r"\*(?<!\\\*)\*{0,2}|~(?<!\\~)~|_(?<![\w\\]_)_{0,2}(?=\S)|_(?<=[^\s\\]_)_{0,2}(?!\w)")
_OPENED = re.compile(r"(?<![\w\\*_])(?:\*{1,3}|_{1,3}|~~)\Z")
_ESCAPE = re.compile(r"\\(?:([!-/:-@\[-`{-~])|(?=\s*\Z))")  # the last breaks a line and ends a row
_LABEL = re.compile(r"\[([^\[\]]{1,300})\]")
_DEFINED = re.compile(r":[ \t]*\S+[ \t]*(?:[\"'(].*)?$", re.MULTILINE)  # what follows the label of a definition
_DEFINITION = re.compile(r"\s*\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s|$)")
_LAST_BREAK = re.compile(r"(?<!\\)\\\Z")
_SHORT = 1000
_TRAILING = ".,;:!?…"
_CJK = compile_late("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_LITERAL = re.compile(r"\s*(?:`{3,}|~{3,}|\||>|#|[*+-]\s|\d+[.)]\s)")


class Link(NamedTuple):
    """One link: the span of its markup in the text, its shown text and its address."""

    start: int
    end: int
    text: str
    url: str


def read_definitions(texts: Sequence[str]) -> dict[str, str]:
    """Return the addresses of link definitions (`[label]: url`) by folded label; the first of a label counts.

    Footnotes (`[^1]: …`) are none.
    """
    found: dict[str, str] = {}
    for text in texts:
        for row in text.split("\n"):
            if (match := _DEFINITION.match(row)) and not match[1].startswith("^"):  # "[^1]:" is a footnote
                found.setdefault(_fold_label(match[1]), match[2])
    return found


def measure_growth(text: str, definitions: Mapping[str, str]) -> int:
    """Return the most characters that the text could gain by addresses in place of labels of links."""
    if not definitions:
        return 0
    return sum(len(definitions.get(_fold_label(found[1]), "")) for found in _LABEL.finditer(text))


def _fold_label(label: str) -> str:
    return join_lines(label).casefold()


def resolve_links(text: str, definitions: Mapping[str, str]) -> str:
    """Return the markdown with addresses in place of labels, since "[a][1]" means nothing outside its post.

    Labels without a definition stay, and so do those in code and the definitions.
    """
    if not definitions or "[" not in text:
        return text
    literal = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    starts = [start for start, _ in literal]

    def put_address(match: re.Match[str]) -> str:
        if _begins_line(text, match.start()) and _DEFINED.match(text, match.end()):
            return match[0]  # the definition itself: "[a]: https://…"
        url = "" if match[2] is not None else definitions.get(_fold_label(match[3] or match[1]), "")
        if not url or _is_inside(match.start(), starts, literal):
            return match[0]
        shown = text[match.start() : match.end(1) + 1]
        attributes = text[match.end(1 if match[3] is None else 3) + 1 : match.end()]
        return f"{shown}({f'<{url}>' if '(' in url or ')' in url else url}){attributes}"

    return _LINK.sub(put_address, text)


def escape_brackets(text: str, definitions: Mapping[str, str]) -> str:
    """Return the markdown with entities in place of brackets that make no link, so that readers see "[30 min] Gardens".

    Images and references to footnotes stay.
    """
    return _LINK.sub(lambda match: _escape_brackets(match, definitions), text) if "[" in text else text


def _escape_brackets(match: re.Match[str], definitions: Mapping[str, str]) -> str:
    shown, url, label = match.groups()
    is_link = url is not None or label is not None or "](" in shown or _fold_label(shown) in definitions
    return match[0] if is_link or match[0].startswith("!") or shown.startswith("^") else f"&#91;{shown}&#93;"


def _begins_line(text: str, start: int) -> bool:
    """Whether index `start` is at the beginning of a line, or at most three spaces behind it."""
    before = text[max(0, start - 4) : start]
    return not before.rpartition("\n")[2].strip(" ") and (start < 4 or "\n" in before)


def find_links(text: str, definitions: Mapping[str, str] | None = None) -> list[Link]:
    """Return all links of a text in order, in every notation; of links inside each other only the outer one.

    An image counts only if it is linked, and code does not count.
    """
    if definitions or len(text) > _SHORT:
        return _find_links(text, definitions or {})
    return list(_find_links_undefined(text)) if "[" in text or "<" in text or "://" in text else []


@lru_cache(maxsize=1024)  # several recognisers look for the links of the same line
def _find_links_undefined(text: str) -> tuple[Link, ...]:
    return tuple(_find_links(text, {}))


def _find_links(text: str, definitions: Mapping[str, str]) -> list[Link]:
    links: list[Link] = []
    if "[" in text:
        links += _read_links(text, 0, definitions)
    if "<a" in text or "<A" in text:
        links += [Link(m.start(), m.end(), make_plain(m[2]), read_entities(m[1])) for m in _ANCHOR.finditer(text)]
    if "<http" in text:
        links += [Link(m.start(), m.end(), _read_url(m[1]), _read_url(m[1])) for m in _AUTOLINK.finditer(text)]
    if "://" in text:
        links += [_read_bare(match) for match in _BARE_URL.finditer(text)]
    if "`" in text and links:
        literal = [match.span() for match in _CODE.finditer(text)]
        starts = [start for start, _ in literal]
        links = [link for link in links if not _is_inside(link.start, starts, literal)]
    if len(links) <= 1:
        return links
    links.sort(key=lambda link: (link.start, -link.end))
    outer: list[Link] = []
    for link in links:
        if not outer or link.start >= outer[-1].end:
            outer.append(link)
    return outer


def _is_inside(place: int, starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    number = bisect_right(starts, place) - 1
    return number >= 0 and place < spans[number][1]


def _read_links(text: str, offset: int, definitions: Mapping[str, str]) -> Iterator[Link]:
    """Yield the links in brackets; brackets that are no link may enclose some: "[[slides](…)]"."""
    for match in _LINK.finditer(text):
        if link := _read_link(match, definitions):
            yield Link(link.start + offset, link.end + offset, link.text, link.url) if offset else link
        elif "](" in match[1]:
            yield from _read_links(match[1], offset + match.start(1), definitions)


def _read_link(match: re.Match[str], definitions: Mapping[str, str]) -> Link | None:
    if match.string[match.start()] == "!":
        return None
    shown, url, label = match.groups()
    if url is None:
        url = definitions.get(_fold_label(label or shown), "") if definitions else ""
    if not url:
        return None
    image = _IMAGE.search(shown) if "![" in shown else None
    text = make_plain(image[1] if image and not make_plain(shown) else shown)
    return Link(match.start(), match.end(), text, _read_url(url))


def _read_bare(match: re.Match[str]) -> Link:
    written = match[0].rstrip(_TRAILING)
    url = _read_url(written)
    return Link(match.start(), match.start() + len(written), url, url)


def _read_url(written: str) -> str:
    r"""Return the address that Markdown writes so, with escapes such as `\_` and entities such as `&amp;` read."""
    return read_entities(_ESCAPE.sub(r"\1", written) if "\\" in written else written)


def find_whole_start(text: str, place: int) -> int:
    """Return the greatest index up to `place` at which the text can be cut without breaking a link.

    Images and code stay whole too. Marks of emphasis that open right before the index, such as "**", come behind the
    cut.
    """
    marked = (match for match in _LINK.finditer(text) if match[2] or match[3] is not None)
    spans = [match.span() for match in (*marked, *_CODE.finditer(text))]
    spans += [(link.start, link.end) for link in find_links(text)]
    place = min((start for start, end in spans if start < place < end), default=place)
    opened = _OPENED.search(text, 0, place)
    return opened.start() if opened else place


def make_plain(markdown: str) -> str:
    """Return the words that readers see, in one line: no images, tags, shortcodes or marks."""
    return _drop_marks(markdown).strip()


def make_plain_with_links(markdown: str, definitions: Mapping[str, str] | None = None) -> tuple[str, list[Link]]:
    """Return the plain text, and its links with their spans in the plain text."""
    links = find_links(markdown, definitions)
    if not links:
        return make_plain(markdown), []
    plain, placed = _place_links(markdown, tuple(links))
    return plain, [*placed]


@lru_cache(maxsize=256)  # several recognisers read the same line
def _place_links(markdown: str, links: tuple[Link, ...]) -> tuple[str, Sequence[Link]]:
    """Return the plain text of Markdown, and its given links with their spans in the plain text."""
    pieces: list[str] = []
    placed = []
    length = end = 0

    def add(piece: str) -> tuple[int, int]:
        nonlocal length
        if piece and length and pieces[-1].endswith(" "):
            piece = piece.lstrip(" ")
        pieces.append(piece)
        start, length = length, length + len(piece)
        return start, length

    for link in links:
        add(_drop_marks(markdown[end : link.start]))
        start, stop = add(link.text)
        placed.append(Link(start, stop, link.text, link.url))
        end = link.end
    add(_drop_marks(markdown[end:]))
    text = "".join(piece for piece in pieces if piece)
    margin = len(text) - len(text.lstrip())
    return text.strip(), [Link(link.start - margin, link.end - margin, link.text, link.url) for link in placed]


def break_lines(markdown: str) -> str:
    """Return the markdown with the ends of lines in place of `<br>`."""
    return _BREAK.sub("\n", markdown) if "<" in markdown else markdown


def drop_links(markdown: str) -> str:
    """Return the markdown with only the shown text of links, "[a](…)" or "[a]", and without images.

    Other marks stay.
    """
    return _LINK.sub(_show_link, markdown)


def _show_link(match: re.Match[str]) -> str:
    """Return the text that a link shows, nothing for an image; brackets around links stay: "[slides, video]"."""
    if match[0].startswith("!"):
        return ""
    return match[1] if match[2] is not None or "](" not in match[1] else f"[{_LINK.sub(_show_link, match[1])}]"


def _drop_marks(text: str) -> str:
    return _drop_marks_of_short(text) if len(text) <= _SHORT else _drop_marks_of_any(text)


def _drop_marks_of_any(text: str) -> str:
    if "`" in text:
        text = _CODE.sub(_show_code, text)
    if "{" in text:
        text = _SHORTCODE.sub("", text)
    if "[" in text:
        text = _IMAGE.sub("", text)
        text = _LINK.sub(_show_link, text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _AUTOLINK.sub(r"\1", text)))
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    text = read_entities(text)
    if text.count(":") > 1:
        text = EMOJI_CODE.sub("", text)
    return text if "  " not in text and text.isprintable() else " ".join(f"|{text}|".split())[1:-1]


def _show_code(match: re.Match[str]) -> str:
    """Return the text of code in which all signs stand for themselves: "<b>" is no tag, "__init__" not bold."""
    return match[2].translate(_SIGNS_IN_CODE)


_drop_marks_of_short = lru_cache(maxsize=4096)(_drop_marks_of_any)  # the parser asks several times for a line


def join_wrapped(text: str) -> str:
    """Return a wrapped paragraph as one line; a space joins its lines, except between Chinese, Japanese or Korean.

    Code, blank lines, hard breaks, and line breaks before an inner block such as a list stay. A hard break at the end
    is removed.
    """
    if "\n" not in text:
        text = text.strip()
        return _LAST_BREAK.sub("", text) if text.endswith("\\") else text
    pieces: list[str] = []
    above, fence, below_code = "", "", False
    for row in text.split("\n"):
        inside, fence = fence, track_fence(row, fence)
        fenced = bool(inside or fence)
        kept = row.rstrip() + ("  " if row.endswith("  ") and row.strip() else "")
        literal = fenced or not above.strip() or not kept or above.endswith(("  ", "\\")) or bool(_LITERAL.match(row))
        if literal or below_code:
            pieces += ("\n", kept if fenced or _LITERAL.match(row) else kept.lstrip())
        else:
            below = kept.lstrip()
            tight = bool(_CJK.match(above[-1]) and _CJK.match(below))
            pieces += ("" if tight else " ", below)
        above, below_code = row if fenced else kept, fenced
    return _LAST_BREAK.sub("", "".join(pieces).strip())
