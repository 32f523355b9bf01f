"""Finds images in a text, in every form that people write, resolves their paths, and writes them at new addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import punctuation
from urllib.parse import quote, unquote

from talks.code_fences import track_fence
from talks.image_markup import IMAGE_ENDING, IMAGE_TAG, choose_alt
from talks.late_patterns import compile_late
from talks.line_ends import split_after_line_ends
from talks.markdown_entities import read_entities

_IMAGE = compile_late(
    r"""
    (?P<code>(?<!`)`++[^`\n]*+`++)
    | !\[(?P<alt>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000}+)\]\(\s{0,9}
      (?P<src><[^<>\n]{1,2000}>|(?:\{\{[^{}\n]{0,200}\}\}|[^\s()<>]|\([^\s()]{0,200}\)){1,2000}+)
      (?:\s{1,9}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s{0,9}\)
    | (?P<tag><img\s[^<>]{0,2000}>)
    | (?P<code_of_site>\{(?:\{[<%]|%)-?\s{0,9}"""
    + IMAGE_TAG
    + r"""\s[^{}]{0,2000}[>%]\}{1,2})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HINT = re.compile(r"!\[|<img\s|\{[{%]", re.IGNORECASE)
_VALUE = re.compile(r"""\s(src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_NAME = re.compile(r"""\s(?:alt|caption|title)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_FILE = re.compile(rf"""(?<=[\s"'=])[^\s"'=]{{1,1000}}?{IMAGE_ENDING}\b""")
# Template code of site generators before or around a path: {{ site.url }}/a.png, {{ "/a.png" | relative_url }}.
_QUOTED = re.compile(r"""\{\{\s*["']([^"'{}]*)["'][^{}]*\}\}""")
_EXPRESSION = re.compile(r"\{\{[^{}]*\}\}|\{(?:static|attach|filename)\}")
_CODE_OF_SITE = re.compile(r"\{[{%]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\Z", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x1f\x7f]")  # paths of files may hold what addresses of links may not, such as spaces
_ACTIVE = re.compile(r"([\\\[\]`|])")
_ESCAPED = re.compile(rf"\\([{re.escape(punctuation)}])")


@dataclass(frozen=True, slots=True)
class FoundImage:
    """An image in a text whose address names no host; `src` is its path, decoded and without a query.

    `start` and `end` are the span of the whole image in the text.
    """

    src: str
    alt: str
    start: int
    end: int


def find_images(text: str) -> Iterator[FoundImage]:
    """Yield the images of a text, in order, except those on other sites and those in code."""
    if not _HINT.search(text):
        return
    for found in _IMAGE.finditer(_blank_code(text)):
        if found["code"]:
            continue
        src, alt = _read(found)
        src = _EXPRESSION.sub("", _QUOTED.sub(r"\1", src)).strip()
        if not _ELSEWHERE.match(src):
            src = unquote(re.split(r"[?#]", src, maxsplit=1)[0], errors="replace")
            if src and not _UNFIT.search(src):
                yield FoundImage(src, alt, found.start(), found.end())


def locate_image(src: str, base: str) -> str:
    """Return the path of an image on this site; its address `src` is relative to the post at the path `base`."""
    path: list[str] = []
    for part in [*([] if src.startswith("/") else base.split("/")[:-1]), *src.split("/")]:
        if part == "..":
            del path[-1:]
        elif part not in {"", "."}:
            path.append(part)
    return "/" + "/".join(path)


def place_images(text: str, base: str, addresses: Mapping[str, str]) -> str:
    """Return the text with each image that has a new address rewritten as a markdown image at that address.

    `addresses` has new addresses by path, as `locate_image` gives it for the post at the path `base`. An image without
    a new address stays, unless it contains a site generator's code, which readers cannot read: then it becomes a
    Markdown image at its own path.
    """
    pieces, at = [], 0
    for image in find_images(text):
        in_code = _CODE_OF_SITE.search(text, image.start, image.end)
        if address := addresses.get(locate_image(image.src, base)) or (quote(image.src) if in_code else ""):
            alt = _ACTIVE.sub(r"\\\1", choose_alt(image.alt, image.src))
            pieces += [text[at : image.start], f"![{alt}]({address})"]
            at = image.end
    return "".join([*pieces, text[at:]])


def read_tag(tag: str) -> dict[str, str]:
    """Return the attributes `src` and `alt` of an `<img>` tag, by name; one that it lacks is left out."""
    return {name.lower(): read_entities(value.strip("\"'")) for name, value in _VALUE.findall(tag)}


def _read(found: re.Match[str]) -> tuple[str, str]:
    """Return two things: the address of an image as it is written, and its alternative text on one line."""
    if found["tag"]:
        values = read_tag(found["tag"])
        src, alt = values.get("src", ""), values.get("alt", "")
    elif shortcode := found["code_of_site"]:
        file, name = _FILE.search(shortcode), _NAME.search(shortcode)
        src, alt = file[0] if file else "", name[1].strip("\"'") if name else ""
    else:
        src, alt = found["src"].strip("<>"), _ESCAPED.sub(r"\1", found["alt"])
    return src, " ".join(alt.split())


def _blank_code(text: str) -> str:
    """Return the text with each character of fenced code replaced by a blank, so that places stay the same."""
    if "```" not in text and "~~~" not in text:
        return text
    lines, fence, opening = split_after_line_ends(text), "", 0
    code: list[int] = []
    for number, line in enumerate(lines):
        inside, fence = fence, track_fence(line.rstrip("\r\n"), fence)
        opening = opening if inside else number
        code += [number] if inside else []
    at_margin = not fence or lines[opening].startswith(fence)  # else the code ends where its item ends
    for number in code:
        lines[number] = " " * len(lines[number]) if at_margin or number < opening else lines[number]
    return "".join(lines)
