"""Makes takeaways from blocks: points, paragraphs, quotes, code, tables and images."""

import re
from collections.abc import Iterable, Mapping, Sequence

from talks.late_patterns import compile_late
from talks.names import UNSPACED_RANGES, fold_words
from talks.parsing.metadata.date_formats import read_date
from talks.parsing.metadata.day_labels import is_date_alone, is_day_heading
from talks.parsing.records import Kind, ParsedReference, ParsedTakeaway
from talks.parsing.talks.title_slots import is_slot, is_slot_line, measure_slot
from talks.parsing.text.blocks import Block, Form, sort_paragraph
from talks.parsing.text.inline import Link, find_links, join_wrapped, make_plain
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import opens_with_other
from talks.parsing.web_addresses import URL_LENGTH
from talks.parsing.words.talk_words import AND_WORDS, LINK_FILLERS, MORE_PHRASES, RESOURCE_LABELS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

_STOPS = (".", "!", "?", "。", "！", "？", "…")
_HAS_WORDS = re.compile(r"\w")
_NAMED_FILES = RESOURCE_LABELS - {"note"}  # "note [Roses](…)" is a note that is shown here
_FILES_OR_TALKS = RESOURCE_LABELS | TALK_WORDS
_SIGNS = re.compile(r":\w+:")  # ":star:"
_SCORE = re.compile(r"[\W_]*(?:(?:\w+ ){0,2}\w+:[\W_]*)?\d{1,2}(?:[.,]\d)? ?/ ?(?:5|10)[\W_]*\Z")
_LONGEST_LABEL, _LONGEST_ROW = 8, 14  # words beside links to slides: in a line alone, and in one of several
_LONGEST_RESOURCE = 40  # words of a row without links
_LONGEST_POINTER = 24  # words beside links in a text that leads to where more is told
_MORE = compile_late(rf"\W{{0,4}}(?:\w+ ){{0,4}}(?:{match_any(MORE_PHRASES)})\b", re.IGNORECASE)
_LONGEST_LEAD, _LONGEST_APART = 6, 3  # words of a line that announces a list right below, and after a blank line
_LONGEST_CAPITALISED = 5  # words of such a line that is written as a heading is
# "Benefits of Planting Moss": two capitals at least; words without are short.
_CAPITALISED = re.compile(r"(?=.*\s\W*[A-Z])[(\dA-Z][^\s,:]*(?:\s+(?:[(A-Z][^\s,:]*|[a-z]{1,3}|with|from))*\Z")
_LONGEST_UNSPACED = 40  # letters of such a line in a script without spaces between words
_UNSPACED = re.compile(f"[{UNSPACED_RANGES}]")
_SENTENCE_END = re.compile(r"[。！？]|[!?]\s|\.(?<=\w{4}\.)\s")  # "Dr. Lee said:" is one sentence
_LONGEST_LINK_ITEM = 300  # characters
LONGEST_REFERENCE_TITLE = 300
_KINDS = {Form.QUOTE: Kind.QUOTE, Form.CODE: Kind.CODE, Form.TABLE: Kind.TABLE, Form.IMAGE: Kind.IMAGE}
# "annlee@example.org", "www.moss.dev", "moss.dev/roses", "moss.org"; and what only the first lines of notes hold:
# "@annlee", "#mossconf".
_ADDRESSES = re.compile(
    r"<?(?:https?://[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|www\.[\w-]+\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/\S*"
    r"|(?-i:[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|edu|dev)))(?=[\s<>|,;`]|\Z)>?",
    re.IGNORECASE,
)
_HANDLES = re.compile(r"[@#](?<!\S.)\w[\w.-]*")
_LINK_LABEL = re.compile(r"[^:：]{1,40}[:：][\s*_]*\Z")
_LINK_FILLERS = LINK_FILLERS | frozenset(AND_WORDS)
_LONGEST_ADDRESSES, _LONGEST_DATED = 300, 12  # characters; words
# "--Ann Lee", "— *Ann Lee*", "~ [Ann Lee](…)"; a quotation that is a paragraph.
_ATTRIBUTION = re.compile(r"\s*[*_]{0,2}(?:--+\s?|[—–―~]\s?|-(?=\S))[*_\[]{0,3}(?=[^\W\d_])(?![a-z])")
_IN_QUOTES = re.compile(r"\s*[*_]*[\"“„«].+[\"”“»][*_]*\s*", re.DOTALL)
_LONGEST_ATTRIBUTION = 12  # words
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)[^*_]{1,120}(?:\*\*|__)\s*[:：]?\s*\Z")


def make_units(block: Block, *, noted: bool = False) -> list[ParsedTakeaway]:
    """Return the takeaways in one block; none if it contains no notes.

    `noted`: an editor said that the block is notes; then lists of links and ratings are notes, too.
    """
    if block.form is Form.LIST:
        return [] if is_link_list(block.items) and not noted else [make_point(item) for item in block.items]
    if block.form is Form.PARAGRAPH:
        if not noted and (not _HAS_WORDS.search(block.content) or _is_rating(block.content)):
            return []
        return [ParsedTakeaway(Kind.PARAGRAPH, join_wrapped(block.content), block.line, block.end_line)]
    if kind := _KINDS.get(block.form):
        text = (
            block.content
            if block.form is Form.CODE
            else join_wrapped(block.content)
            if kind is Kind.QUOTE
            else block.content.strip()
        )
        return [ParsedTakeaway(kind, text, block.line, block.end_line)]
    return []


def _is_rating(content: str) -> bool:
    """Whether a line only has stars or a score, and perhaps a label: "Rating: :star: :star:", "My score: 4/5"."""
    bare, signs = _SIGNS.subn("", content)
    return bool(signs and len(bare.split()) <= 1) or bool(_SCORE.match(content))


def says_anything(item: Item, definitions: Mapping[str, str]) -> bool:
    """Whether an item says anything but links, their labels, and names for slides or the like ("Video").

    An item with others nested in it says nothing if it is only a name for slides or the like, and none of the nested
    items says anything.
    """
    if opens_with_other(item.text, _FILES_OR_TALKS) and ":" not in item.text.partition("](")[0]:
        return True
    if item.items:
        label = _split_links(item.text, definitions)[0] if len(item.text) <= _LONGEST_LINK_ITEM else []
        named = bool(label) and RESOURCE_LABELS.issuperset(label)
        return not named or any(says_anything(below, definitions) for below in item.items)
    if is_address(item.text):
        return False
    if len(item.text) <= _LONGEST_LINK_ITEM and ("](" in item.text.replace("][", "](") or "://" in item.text):
        words, links = _split_links(item.text, definitions)
        shown = {*words, *(word for link in links for word in fold_words(link.text).split())}
        remark = any(link.text.rstrip().endswith(("?", "!")) for link in links)  # "[Roses, the film?](https://…)"
        if links and (not words or _labels_links(item.text, links)) and not remark and "![" not in item.text:
            return False  # nothing but links: "[The tracker](https://…)", "Thesis: [PDF](https://…)"
        told = bool(links) and not _NAMED_FILES.isdisjoint(words)
        named = told and set(words) <= _NAMED_FILES | TALK_WORDS  # "GitHub repo [moss/moss]", "Talk video: https://…"
        return not (named or (shown and shown <= RESOURCE_LABELS))
    return bool(_HAS_WORDS.search(item.text))


def _labels_links(text: str, links: Sequence[Link]) -> bool:
    """Whether all that stands beside links is a label of resources before them: "Thesis PDF: [download](https://…)".

    If the links themselves are called by words for resources, any one word is a label: "Contact: [website](…)".
    """
    words = _read_link_label(text, links)
    called = all(RESOURCE_LABELS.issuperset(fold_words(link.text).split()) for link in links)
    return not RESOURCE_LABELS.isdisjoint(words[:_LONGEST_APART]) or (len(words) == 1 and called)


def _read_link_label(text: str, links: Sequence[Link]) -> list[str]:
    """Return the folded words of a label with a colon before links that are all else in a text; [] without one."""
    label = text[: links[0].start] if links else ""
    if not _LINK_LABEL.match(label) or not _LINK_FILLERS.issuperset(_split_links(text[len(label) :], {})[0]):
        return []
    return fold_words(make_plain(label)).split()


def is_address(text: str, *, opening: bool = False) -> bool:
    """Whether a text is nothing but web and e-mail addresses; in the opening of notes also handles and hashtags."""
    if len(text) > _LONGEST_ADDRESSES or not ("." in text or opening):
        return False
    first = next(filter(_HAS_WORDS.search, text.split()), "")
    if not _ADDRESSES.search(first) and not (opening and _HANDLES.search(first)):  # cheap, and true of most texts
        return False
    rest, found = _ADDRESSES.subn(" ", text)
    if opening:
        rest, handles = _HANDLES.subn(" ", rest)
        found += handles
    return bool(found) and not _HAS_WORDS.search(rest)


def is_dated(text: str) -> bool:
    """Whether a line only says when the talk was: "4 May 2019", "9:00-9:45"."""
    plain = make_plain(text).strip()
    return "\n" not in plain and (is_slot(plain) or is_slot_line(plain) or is_date_alone(plain))


def opens_with_date(text: str) -> bool:
    """Whether a line above all notes begins with the time of the talk: "4 May 2019 - 9:00 - Moss Hall"."""
    plain = make_plain(text).strip()
    if "\n" in plain or len(plain.split()) > _LONGEST_DATED or plain.endswith(_STOPS):
        return False
    return is_day_heading(plain) or read_date(plain) is not None or bool(measure_slot(plain))


def is_link_list(items: Sequence[Item]) -> bool:
    """Whether a list has nothing but links, one at least, and labels of links to come ("Slides (to come)")."""
    if any(item.items or len(item.text) > _LONGEST_LINK_ITEM for item in items):
        return False
    linked = 0
    for item in items:
        words, links = _split_links(item.text, {})
        if links and (len(words) <= 1 or set(words) <= RESOURCE_LABELS):
            linked += 1
        elif not (len(words) <= 2 and set(words) & RESOURCE_LABELS):
            return False
    return linked >= 1


def make_point(item: Item) -> ParsedTakeaway:
    """Return a list item as a takeaway, with its nested items: a point, a paragraph without a bullet, or an image."""
    nested = tuple(map(make_point, item.items))
    kind = Kind.PARAGRAPH if not item.mark else Kind.IMAGE if _is_picture(item) else Kind.POINT
    return ParsedTakeaway(kind, join_wrapped(item.markdown), item.line, item.own_end_line, nested)


def _is_picture(item: Item) -> bool:
    if item.items or not ("![" in item.text or "<img" in item.text):
        return False
    return sort_paragraph(Block(Form.PARAGRAPH, item.line, item.own_end_line, item.text, item.text)).form is Form.IMAGE


def is_attribution(block: Block, above: Block) -> bool:
    """Whether a paragraph says whose words the quotation above it is: "--Ann Lee", "— Ann Lee, *Moss*"."""
    if block.form is not Form.PARAGRAPH or not _ATTRIBUTION.match(block.content) or "\n" in block.content:
        return False
    quoted = above.form is Form.QUOTE or (above.form is Form.PARAGRAPH and _IN_QUOTES.fullmatch(above.content))
    return bool(quoted) and len(block.content.split()) <= _LONGEST_ATTRIBUTION


def is_label(block: Block, below: Block | None) -> bool:
    """Whether a paragraph of one line only announces what stands below it.

    Bold lines of one sentence do, except above a paragraph; so do lines of up to six words with a colon at the end, or,
    right above a list, without a full stop. If a blank line comes between, lines without a colon may have only three
    words, or five with capitals.
    """
    if block.form is not Form.PARAGRAPH or block.line != block.end_line or _is_rating(block.content):
        return False
    content = block.content.strip()
    plain = make_plain(content)
    if _BOLD_LINE.match(content):
        return below is not None and below.form is not Form.PARAGRAPH and not _SENTENCE_END.search(plain)
    is_long = len(plain.split()) > _LONGEST_LEAD or len(_UNSPACED.findall(plain)) > _LONGEST_UNSPACED
    if is_long or _SENTENCE_END.search(plain):
        return False
    if plain.endswith((":", "：")):
        return True
    if below is None:
        return False
    if plain.endswith("?"):
        return below.form is Form.LIST and below.line == block.line + 1
    longest = _LONGEST_CAPITALISED if _CAPITALISED.match(plain) else _LONGEST_APART
    longest = _LONGEST_LEAD if below.line == block.line + 1 else longest
    return below.form is Form.LIST and not plain.endswith(_STOPS) and len(plain.split()) <= longest


def is_resource_line(block: Block, definitions: Mapping[str, str]) -> bool:
    """Whether a paragraph or quotation only points to slides and the like: "[Slides](…) / [Video](…)"."""
    if block.form not in (Form.PARAGRAPH, Form.QUOTE) or len(block.content) > 2000:
        return False
    if _leads_on(block.content, definitions):
        return True
    rows = block.content.split("\n")
    longest = _LONGEST_LABEL if len(rows) == 1 else _LONGEST_ROW
    linked = False
    for row in rows:
        read = _read_resource_row(row, definitions, longest)
        if not read:
            return False
        linked = linked or read == "linked"
    return linked or len(rows) == 1


def _leads_on(content: str, definitions: Mapping[str, str]) -> bool:
    """Whether a text only leads to where more is told: "Read more about moss on [her blog](https://…)"."""
    if not _MORE.match(content) or len(content.split()) > _LONGEST_RESOURCE:
        return False
    words, links = _split_links(content, definitions)
    return bool(links) and len(words) <= _LONGEST_POINTER


def _read_resource_row(row: str, definitions: Mapping[str, str], longest: int) -> str:
    """Return "linked" if a row only links to slides and the like, "label" if it only names them, else ""."""
    if len(row.split()) > _LONGEST_RESOURCE and not find_links(row, definitions):
        return ""
    if is_address(row):
        return "linked"
    words, links = _split_links(row, definitions)
    if 0 < len(_read_link_label(row, links)) <= _LONGEST_APART:
        return "linked"
    if set(words) <= RESOURCE_LABELS and (links or words):
        return "linked" if links else "label"
    shown = {word for link in links if "://" not in link.text for word in fold_words(link.text).split()}
    if len(words) <= longest and (set(words) | shown) & RESOURCE_LABELS:
        return "linked" if links else "label" if longest > _LONGEST_LABEL else ""
    return ""


def _split_links(row: str, definitions: Mapping[str, str]) -> tuple[list[str], list[Link]]:
    """Return the folded words that a text has outside its links, and the links."""
    links = find_links(row, definitions)
    rest = row
    for link in reversed(links):
        rest = rest[: link.start] + " " + rest[link.end :]
    return fold_words(make_plain(rest)).split(), links


def has_links_alone(text: str, definitions: Mapping[str, str]) -> bool:
    """Whether a text has links and no words beside them."""
    words, links = _split_links(text, definitions)
    return bool(links) and not words


def find_references(blocks: Iterable[Block], definitions: Mapping[str, str]) -> list[ParsedReference]:
    """Return the links to web addresses in blocks other than code; each address once, with its first link's words."""
    found: dict[str, ParsedReference] = {}
    for block in blocks:
        if block.form in (Form.CODE, Form.DEFINITIONS):
            continue
        line, place = block.line, 0
        for link in find_links(block.text, definitions):
            url = f"https:{link.url}" if link.url.startswith("//") else link.url
            if not url.casefold().startswith(("http://", "https://")) or len(url) > URL_LENGTH or url in found:
                continue
            line, place = line + block.text.count("\n", place, link.start), link.start
            found[url] = ParsedReference(url, link.text[:LONGEST_REFERENCE_TITLE].strip(), line)
    return list(found.values())
