"""Finds titles by which sentences tell of talks: "Ann Lee's talk on [Moss](…)", "Bob gave a talk called “Roses”"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import make_speaker
from talks.parsing.talks.sentence_names import REACH, Mention, find_mentions, find_surest, list_beside
from talks.parsing.talks.talk_links import leads_to_talk
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.text.inline import Link, drop_links, make_plain, make_plain_with_links
from talks.parsing.web_addresses import is_profile
from talks.parsing.words.speech import PRONOUNS
from talks.parsing.words.talk_words import AND_WORDS, BY_WORDS, KIND_WORDS, RESOURCE_LABELS, TALK_WORDS, TOPIC_WORDS
from talks.parsing.words.word_sets import match_any

MARKED = re.compile(
    r"[*_“„«「\"](?:(?:(?<=\*)\*|(?<=_)_)(?P<bold>[^*_\n]{3,200})(?:\*\*|__)"
    r"|(?<=[“„«「])(?P<quoted>[^“”„«»「」\n]{3,200})[”“»」]|(?<=\")(?<![\w=]\")(?P<straight>[^\"\n]{3,200})\"(?!\w)"
    r"|(?<=[*_])(?<![\w*_].)(?P<slanted>[^*_\n]{3,200})[*_](?![\w*_]))"
)
_TALK, _ON = match_any(TALK_WORDS), match_any(TOPIC_WORDS)
# What stands right before a title: "talk on", "keynote,", "talk was simply titled", "spoke about".
_LEADS_TO_TITLE = compile_late(
    rf"\b(?:(?:{_TALK})(?:\s+(?:was\s+|is\s+)?(?:{_ON})\s+(?:the\s+)?|,?\s+(?:\w+\s+){{0,2}}(?:titled|entitled|called|named)\s+"
    rf"|\s*,?\s+)|(?:spoke|speaks|speaking|talked|talks|talking)\s+(?:{_ON})\s+(?:the\s+)?)[\"“„«「*_]*\Z",
    re.IGNORECASE,
)
# "Ann Lee's" right before a title with a word for a talk behind it; "keynote from Ann Lee," right before a title.
_OWNER_BEFORE = re.compile(r"([^\W\d_a-z][\w-]+)(?:['’]s|(?<=s)['’])\s+[\"“„«*_]*\Z")
_TALK_BEHIND = compile_late(rf"[\"”»*_]*\s+(?:{_TALK})\b", re.IGNORECASE)
_NAME_BEFORE = compile_late(rf"\b(?:{_TALK})\s+(?:{match_any(BY_WORDS)})\s[^,.:;]+,\s+[\"“„«*_]*\Z", re.IGNORECASE)
# "on" behind a name and right before a title: "Next came Ann Lee on “Moss”".
_NAME_ON = compile_late(rf"\s+(?:{match_any(TOPIC_WORDS - {'of'})})\s+(?:the\s+)?[\"“„«*_]*\Z", re.IGNORECASE)
_OWN_SIGNS = 4
_BY = compile_late(rf"[\"”»*_]*\s*,?\s+(?:{match_any(BY_WORDS)})\s+", re.IGNORECASE)
_WORDS = re.compile(r".*?[^\W\d_]{2,}\s.*?[^\W\d_]{2,}")  # a sentence, no time or "Talk:" before a title
_GOES_ON = re.compile(rf"[\"”»*_]*\s+(?:{match_any(AND_WORDS)})\s+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[^\sA-Z.][.!?])[”\"»)]*\s+(?=[\"“„«*_(\[]*[A-ZÀ-Þ])")
_NO_TITLES = RESOURCE_LABELS | KIND_WORDS | TALK_WORDS
_LEAD = 60
_LONGEST = 2 * REACH
_SURE, _SHAPED, _LEAST = 0.9, 0.6, 0.4


class ToldTitle(NamedTuple):
    """The title of a talk that a sentence tells of, and the speakers whom this sentence or the one before names.

    `start` is the title's index in the plain text. `mark` is how it is set apart: "in bold", "linked".
    """

    title: str
    speakers: tuple[ParsedSpeaker, ...]
    start: int
    mark: str


def find_told_title(content: str, document: Document) -> ToldTitle | None:
    """Return the first title set apart that stands behind words such as "talk on", or before "by" and a name.

    A title behind "Ann Lee's" counts too, if it links to the talk or "talk" follows. The title may have no speakers.
    None if no title is told so.
    """
    plain, links = make_plain_with_links(content[:_LONGEST], document.definitions)
    plain = plain.replace("\n", " ")
    linked = ((link.start, link.end, "linked") for link in links if not is_profile(link.url))
    for start, end, mark in sorted([*_list_marked(content[:_LONGEST], plain), *linked]):
        title = clean_title(plain[start:end])
        if start <= REACH and _may_be_title(title) and plain[start] not in "([":
            speakers = _find_speakers(plain, links, start, end)
            if speakers is not None:
                return ToldTitle(title, speakers, start, mark)
    return None


def _find_speakers(plain: str, links: Sequence[Link], start: int, end: int) -> tuple[ParsedSpeaker, ...] | None:
    """Return the speakers of the talk whose title is at the indexes `start` to `end`; empty if none is named.

    None if no words around say that the text there is the title of a talk.
    """
    lead = plain[max(0, start - _LEAD) : start]
    by = _BY.match(plain, end) if _WORDS.match(plain[:start]) else None
    led = _LEADS_TO_TITLE.search(lead) and not _GOES_ON.match(plain, end)
    owner = _OWNER_BEFORE.search(lead)
    owner = owner if owner and (_TALK_BEHIND.match(plain, end) or _leads_to_talk(links, start, end)) else None
    named = owner or _NAME_BEFORE.search(lead)
    on = _NAME_ON.search(lead)
    if not (by or led or named or on):
        return None
    mentions = find_mentions(plain, links)
    behind = next((n for n, each in enumerate(mentions) if by and each.start == by.end()), -1)
    before = next((n for n, each in enumerate(mentions) if named and 0 < start - each.end <= _OWN_SIGNS), -1)
    if on and before < 0:
        end_of_name = start - len(lead) + on.start()
        before = next((n for n, m in enumerate(mentions) if m.end == end_of_name and m.sureness >= _SHAPED), -1)
    if behind >= 0 and mentions[behind].sureness >= _LEAST:
        beside = list_beside(mentions, behind, plain)
    elif before >= 0:
        beside = list_beside(mentions, before, plain)
    elif owner and weigh_name(owner[1]):
        return (make_speaker(owner[1]),)
    elif led:
        beside = find_surest(_list_before(mentions, plain, start), plain, _LEAST)
    else:
        return None
    return tuple(mention.speaker for mention in beside)


def _leads_to_talk(links: Sequence[Link], start: int, end: int) -> bool:
    return any(link.start <= start and end <= link.end and leads_to_talk(link) for link in links)


def _list_marked(content: str, plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, mark) of each text in `plain` that is bold, quoted or italic in `content`, its Markdown."""
    end = 0
    for match in MARKED.finditer(drop_links(content)):
        text = make_plain(match[match.lastgroup or 0]).strip().replace("\n", " ")
        start = plain.find(text, end)
        if text and start >= 0:
            end = start + len(text)
            yield start, end, name_mark(match)


def name_mark(match: re.Match[str]) -> str:
    """Return how a match of `MARKED` is set apart: "in bold", "in italics" or "in quotes"."""
    return {"bold": "in bold", "slanted": "in italics"}.get(match.lastgroup or "", "in quotes")


def _may_be_title(title: str) -> bool:
    """Whether a text set apart is no address, no person, and not only words for files or talks ("video", "keynote")."""
    words = fold_words(title).split()
    return not set(words) <= _NO_TITLES and "://" not in title and weigh_name(title) < _SURE


def _list_before(mentions: Sequence[Mention], plain: str, start: int) -> list[Mention]:
    """Return the people named in the sentence of a title, before the index `start` of that title.

    If there are none, and the sentence begins with "She" or the like, return those named in the sentence before it.
    """
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(plain, 0, start))]
    named = [each for each in mentions if ends[-1] <= each.start and each.end <= start]
    pronoun = not PRONOUNS.isdisjoint(fold_words(plain[ends[-1] : start]).split()[:1])
    if not named and len(ends) > 1 and pronoun:
        named = [each for each in mentions if ends[-2] <= each.start and each.end <= ends[-1]]
    return named
