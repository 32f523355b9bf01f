"""Extends Python-Markdown to what people write: CommonMark's lists and fences, bare addresses, unknown tags."""

import html
import re
from collections.abc import Iterator
from string import punctuation
from textwrap import dedent
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from talks.code_fences import closes_fence, match_fence
from talks.image_markup import choose_alt
from talks.markdown_entities import read_entities
from talks.markup.allow_list import MISSING_IMAGE, SHOWN_IN_LINE, UNNAMED_IMAGE
from talks.markup.images import read_tag

_Found = tuple[Element | str | None, int | None, int | None]

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-+*]|(?P<number>\d{1,9})[.)])(?P<gap> +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *\Z")

_HTML = r"(<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>|<!--(?:(?!<!--|-->).)*-->)"
_IN_LINE = "acronym bdi bdo big cite data dfn font ins label rp rt ruby samp small span strike time tt u var wbr"
_BLOCKS = (
    "address applet area article aside audio base blockquote body button canvas caption center col colgroup dd details "
    "dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html iframe input legend li link listing main map marquee math menu meta nav noembed noframes noscript "
    "object ol optgroup option p param picture plaintext pre progress script search section select source style "
    "summary svg table tbody td template textarea tfoot th thead title tr track ul video xmp"
)
# HTML tags that notes do not need are removed; words that they separated stay separate.
_DROPPED = dict.fromkeys(_IN_LINE.split(), "") | dict.fromkeys(_BLOCKS.split(), " ") | {"": ""}
_URL = r"""(?<![A-Za-z0-9])[hH][tT]{2}[pP][sS]?://[^\W_][^\s<>"`\x02\x03、。，；：？！「」『』（）【】《》〈〉“”]*"""
# Kramdown's attributes of the element before: [text](address){:target="_blank"}.
_ATTRIBUTE = r'(?:[.#][\w.#-]+|[\w-]+="[^"{}\n]*")'
_ATTRIBUTES = rf"\{{:\s{{0,3}}{_ATTRIBUTE}(?:\s{{1,3}}{_ATTRIBUTE}){{0,9}}\s{{0,3}}\}}"
_ELSEWHERE = re.compile(r"//|[^/?#:]*:")
_AFTER_URL = re.compile(r"&[a-zA-Z]{1,8};\Z|[.,:;!?'’…*_~]\Z")


def make_markdown() -> Markdown:
    """Return a converter of Markdown to HTML for one block; its HTML must still be cleaned."""
    md = Markdown(extensions=[SaneListExtension(), TableExtension(use_align_attribute=True)])
    md.preprocessors.deregister("html_block")
    md.preprocessors.register(_CommonForm(md), "common_form", 25)
    md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)
    md.inlinePatterns.register(_RawTag(_HTML, md), "html", 90)
    md.inlinePatterns.register(_RemovedMarkup(_ATTRIBUTES, md), "attributes", 175)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 101)
    md.inlinePatterns.register(_BareUrl(_URL, md), "bare_url", 85)
    md.inlinePatterns.register(_Attribute(r"(?<=\.)__[^\W_]+(?:_[^\W_]+)*__(?!\w)", md), "attribute", 65)
    md.ESCAPED_CHARS = list(punctuation)
    md.delimiters.add("~", "del", double=True)  # type: ignore[union-attr]  # made with the patterns
    return md


def show_code(code: str) -> str:
    """Return a block of code as HTML, with the code escaped."""
    return f"<pre><code>{html.escape(code.rstrip(), quote=False)}\n</code></pre>"


def read_code(text: str) -> str:
    """Return the code in a fenced or indented block, without fences and indentation."""
    lines = dedent(text.expandtabs(4)).strip("\n").split("\n")
    if opening := match_fence(lines[0]):
        closed = len(lines) > 1 and closes_fence(lines[-1], opening["fence"])
        lines = lines[1 : -1 if closed else None]
    return "\n".join(lines)


class _CommonForm(Preprocessor):
    """Rewrites lists and fences as people write them into the only form that Python-Markdown reads.

    Python-Markdown needs four spaces for each level and an empty line before a list. Fenced code is put aside as HTML.
    """

    def run(self, lines: list[str]) -> list[str]:
        if not any(_ITEM.match(line) or match_fence(line) for line in lines):
            return lines
        self.written: list[str] = []
        self.columns: list[int] = []  # column at which the text of each open item begins
        self.in_paragraph = False  # not in the first text of an item
        rest = iter(lines)
        for line in rest:
            indent = len(line) - len(line.lstrip(" "))
            margin = max((column for column in self.columns if column <= indent), default=0)
            if not line.strip():
                self.written.append("")
            elif _RULE.match(line):
                self._write_rule(line)
            elif indent < margin + 4 and (fence := match_fence(line)):
                self._stash_code(fence, rest)
            elif indent < margin + 4 and (item := _ITEM.match(line)) and self._may_begin(item):
                self._write_item(item, line[item.end() :])
            else:
                self._write_text(line, indent)
        return self.written

    def _follows_text(self) -> bool:
        return bool(self.written and self.written[-1])

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Whether a line with the mark of a list item begins one: inside a paragraph, `2017.` is a year."""
        return bool(self.columns) or not self._follows_text() or item["number"] in {None, "1"}

    def _close_items(self, indent: int) -> None:
        while self.columns and indent < self.columns[-1]:
            self.columns.pop()

    def _write_item(self, item: re.Match[str], text: str) -> None:
        if self.in_paragraph and self._follows_text():
            self.written.append("")
        self.in_paragraph = False
        indent, gap = len(item["indent"]), len(item["gap"])
        self._close_items(indent)
        marker = f"{item['number']}." if item["number"] else item["marker"]
        self.written.append(f"{'    ' * len(self.columns)}{marker} {text}")
        self.columns.append(indent + len(item["marker"]) + (gap if gap < 5 else 1))

    def _write_rule(self, line: str) -> None:
        self.written += ["", line] if self.columns else [line]
        self.columns.clear()

    def _write_text(self, line: str, indent: int) -> None:
        if not self._follows_text():
            self.in_paragraph = True
            self._close_items(indent)
        if self.columns:
            line = "    " * len(self.columns) + line[min(indent, self.columns[-1]) :]
        self.written.append(line)

    def _stash_code(self, opening: re.Match[str], rest: Iterator[str]) -> None:
        indent = len(opening["indent"])
        self._close_items(indent)
        code = []
        for line in rest:
            if closes_fence(line, opening["fence"]):
                break
            code.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        place = self.md.htmlStash.store(show_code("\n".join(code)))
        self.written += ["", "    " * len(self.columns) + place, ""]


class _Heading(HashHeaderProcessor):
    """Reads a line as a heading only if a space follows its signs, since `#agile` is a word."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?= |\n|$)(?P<header>[^\n]*?)(?: #+ *)?(?:\n|$)")


class _RawTag(HtmlInlineProcessor):
    """Lets harmless HTML tags pass to the cleaner, removes other tags, and keeps text that only looks like a tag."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        name = (m["name"] or "").lower()
        if name == "img":
            return Element("img", read_tag(m[0])), m.start(), m.end()
        if name in {"a", "abbr"}:
            return super().handleMatch(m, data)
        if name in SHOWN_IN_LINE:  # no attributes: each `<b x…>` of thousands would be reopened in each paragraph
            return self.md.htmlStash.store(f"<{m['close']}{name}>"), m.start(), m.end()
        if name in _DROPPED:
            return _DROPPED[name], m.start(), m.end()
        return None, None, None


class _RemovedMarkup(InlineProcessor):
    """Removes attributes like `{:target="_blank"}`, which only the software of the writer's own site understands."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        return "", m.start(), m.end()


class _BareUrl(InlineProcessor):
    """Makes an address that stands in the text a link, without punctuation and a closing bracket behind it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        url = _drop_end_signs(m[0])
        for opening, closing in ("()", "[]"):  # (see https://example.org/a_(b))
            surplus = url.count(closing) - url.count(opening)
            if surplus > 0 and url.endswith(closing):
                url = _drop_end_signs(url[: max(len(url) - surplus, len(url.rstrip(closing)))])
        link = Element("a", {"href": read_entities(url)})
        link.text = AtomicString(url)
        return link, m.start(), m.start() + len(url)


def _drop_end_signs(url: str) -> str:
    """Return the address without the punctuation, signs of emphasis and entities at its end."""
    while after := _AFTER_URL.search(url, max(0, len(url) - 10)):
        url = url[: after.start()]
    return url


class _Attribute(InlineProcessor):
    """Prevents `object.__class__` from being read as emphasis."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        return m[0], m.start(), m.end()


class Outline(Treeprocessor):
    """Adapts rendered notes to the page, which has its own headings and shows only some images.

    Headings become strong paragraphs. Images whose address is in `shown` stay; with `captioned`, one that is alone in
    its paragraph gets its alternative text as a caption. An image of another site becomes a link to it, a missing image
    of this site an `<abbr>`; each contains the alternative text. If that means nothing, the element is empty, and the
    style sheet writes "Image" there. Within a link, images that are not shown become their alternative text alone.
    """

    shown: frozenset[str] = frozenset()
    captioned = False

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            src = image.get("src", "")
            image.set("alt", choose_alt(image.get("alt", ""), src) or choose_alt(image.get("title", ""), src))
            if image.get("src") in self.shown:
                image.set("loading", "lazy")
        if self.captioned:
            for paragraph in list(root.iter("p")):
                _caption(paragraph)
        for link in list(root.iter("a")):
            unshown = list(_iterate_unshown(link))
            for image in unshown:
                image.tag, image.text = "span", AtomicString(image.get("alt", ""))
            if unshown and link.find(".//img") is None and not "".join(link.itertext()).strip():
                link.set("title", UNNAMED_IMAGE)
        for image in list(_iterate_unshown(root)):
            image.text = AtomicString(image.get("alt", ""))
            if _ELSEWHERE.match(image.get("src", "")):
                image.tag = "a"
                image.set("href", image.get("src", ""))
                if not image.text:
                    image.set("title", UNNAMED_IMAGE)
            else:
                image.tag = "abbr"
                image.set("title", MISSING_IMAGE)
        for heading in [element for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]:
            strong = Element("strong")
            strong.text, heading.text = heading.text, None
            strong.extend(heading)
            heading[:] = [strong]
            heading.tag = "p"


def _iterate_unshown(element: Element) -> Iterator[Element]:
    return (image for image in element.iter("img") if not image.get("loading"))


def _caption(paragraph: Element) -> None:
    """Turn a paragraph that is a single shown image with an alternative text into a figure with this as caption."""
    words = "".join(paragraph.itertext()).strip()
    images = list(paragraph.iter("img"))
    alt = images[0].get("alt", "") if len(images) == 1 else ""
    if not words and alt and images[0].get("loading"):
        paragraph.tag = "figure"
        SubElement(paragraph, "figcaption").text = AtomicString(alt)
