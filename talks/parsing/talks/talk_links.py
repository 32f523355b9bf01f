"""Finds the recording and the slides of a talk, and tells which links lead to one.

Recording and slides are links that are labelled so; without one, the title's link or the only bare address, if its
host fits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from talks.names import fold_words
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import Link, find_links, make_plain
from talks.parsing.title_comparison import count_words, opens_with_other
from talks.parsing.web_addresses import recognise_kind, split_address
from talks.parsing.words.talk_words import LINK_FILLERS, RESOURCE_LABELS, SLIDES_LABELS, VIDEO_LABELS

KINDS = ("video", "slides")
_LABELS = {"video": VIDEO_LABELS, "slides": SLIDES_LABELS}
_KNOWN = RESOURCE_LABELS | LINK_FILLERS
_MARK = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+|>\s?|#{1,6}\s+)*")
_LONGEST_ROW = 2000
# Addresses of one talk in a programme: "/schedule/17", "/sessions/gardens", "/presentation/17".
_PROGRAMME = re.compile(r"/(?:schedule|sessions?|talks?|presentations?|program(?:me)?|events?)\b[/#?=-]", re.IGNORECASE)
# Addresses of whole events, tracks and speakers.
_WIDER = re.compile(
    r"//(?:[\w-]+\.)*(?:connpass|meetup|eventbrite|doorkeeper|peatix|facebook|linkedin|techplay)\.|/(?:tracks?|speakers?)/",
    re.IGNORECASE,
)


def find_talk_links(blocks: Sequence[Block], definitions: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of recording ("video") and slides ("slides") in the blocks of one talk, heading included.

    The first link counts whose words, or the label before it, say "video" or "slides", in a line of links and labels.
    Without such a link, the title counts if it links to a host of the kind, else the only bare address of such a host.
    """
    read: list[tuple[str, list[Link]]] = []
    found: dict[str, str] = {}
    for block in blocks:
        before = True  # whether the row above has only links too, so that no sentence continues in this one
        for row in block.text.split("\n") if block.form not in (Form.CODE, Form.DEFINITIONS) else ():
            linked = ("://" in row or "](" in row or "][" in row) and len(row) <= _LONGEST_ROW
            links = find_links(row, definitions) if linked and not (read and _is_sentence(row)) else []
            if not links and read:
                before = not row or row.isspace()
                continue
            named = list(_read_labels(row, links)) if links else []
            read.append((row, links))
            if named and (before or _begins(row, links)):
                for kind, url in named:
                    found.setdefault(kind, url)
            before = bool(named) or not row.strip()
    heading = blocks[0].text.split("\n")[0]
    for kind in KINDS:
        titled = [link.url for row, links in read[:1] if row == heading for link in links if _is_of(link.url, kind)]
        bare = [link.url for _, links in read for link in links if link.text == link.url and _is_of(link.url, kind)]
        lone = dict.fromkeys(titled) or dict.fromkeys(bare)
        if kind not in found and len(lone) == 1:
            found[kind] = next(iter(lone))
    return found


def _is_sentence(row: str) -> bool:
    """Whether a row begins with a word that is no label and has no bare address: a fast test before links are read."""
    mark = _MARK.match(row)
    bare = row.count("://") - row.count("](http://") - row.count("](https://")
    return not bare and opens_with_other(row[mark.end() if mark else 0 :], _KNOWN)


def _begins(row: str, links: Sequence[Link]) -> bool:
    """Whether a row begins with a list mark, a label or a capital letter, and so does not continue the row above."""
    mark = _MARK.match(row)
    start = mark.end() if mark else 0
    return bool(row[:start].strip() or row[start : links[0].start].strip(" \t*_") or links[0].text[:1].isupper())


def _is_of(url: str, kind: str) -> bool:
    parts = split_address(url)
    return parts is not None and recognise_kind(parts) == kind


def _read_labels(row: str, links: Sequence[Link]) -> Iterator[tuple[str, str]]:
    """Yield ("video" or "slides", address) for the links in a row that only has labels and links."""
    mark = _MARK.match(row)
    ends = [mark.end() if mark else 0, *(link.end for link in links)]
    gaps: list[set[str]] = []
    for end, start in zip(ends, [*(link.start for link in links), len(row)], strict=True):
        gaps.append(_read_words(row[end:start]))
        if not gaps[-1] <= _KNOWN:
            return
    label: set[str] = set()
    for gap, link in zip(gaps, links, strict=False):
        own = set() if link.text == link.url else _read_words(link.text)
        label = gap or label
        if split_address(link.url) is None:
            continue
        said = own if own and own <= _KNOWN else label
        kinds = [kind for kind in KINDS if said & _LABELS[kind]]
        if len(kinds) == 2:
            kinds = [kind for kind in kinds if _is_of(link.url, kind)]
        yield from ((kind, link.url) for kind in kinds)


def _read_words(markdown: str) -> set[str]:
    return set(fold_words(make_plain(markdown)).split())


def may_link_to_programme(text: str) -> bool:
    """Whether a text may hold an address for which `is_of_programme` is true: a fast test."""
    return "//" in text and bool(_PROGRAMME.search(text))


def is_of_programme(link: Link) -> bool:
    """Whether a link leads to a talk in a programme, not to slides, a track, nor a site that announces whole events."""
    parts = split_address(link.url) if _PROGRAMME.search(link.url) else None
    return parts is not None and recognise_kind(parts) == "site" and not _WIDER.search(link.url)


def leads_to_talk(link: Link) -> bool:
    """Whether a link has several words, and leads to a talk in a programme or to a recording."""
    parts = split_address(link.url) if count_words(link.text) > 1 else None
    return parts is not None and (recognise_kind(parts) == "video" or is_of_programme(link))
