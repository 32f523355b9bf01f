"""Finds names of people in sentences, and how certain it is that they are the speakers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.affiliations import names_organisation, names_resources
from talks.parsing.talks.document import Document
from talks.parsing.talks.east_asian_names import ADDRESSED, find_names_before_talk
from talks.parsing.talks.full_names import NICKNAME, weigh_name
from talks.parsing.talks.people import NOBODY, People, make_speaker
from talks.parsing.text.inline import Link, make_plain, make_plain_with_links
from talks.parsing.title_comparison import tells_any
from talks.parsing.web_addresses import is_own_page, is_profile
from talks.parsing.words.heading_words import ARTICLES
from talks.parsing.words.speech import ASIDE_WORDS, SPEECH_VERBS, STAGE_WORDS, THANKS_WORDS, TO_WORDS
from talks.parsing.words.talk_words import (
    AND_WORDS,
    BY_WORDS,
    HONORIFICS,
    JOINING_PARTICLES,
    PARTICLES,
    SINGLE_TALK,
    TALK_WORDS,
)
from talks.parsing.words.word_sets import match_any

REACH = 600
_LONGEST = 1200  # characters
_LEAST_NAME, _SURE = 0.4, 0.9
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽЀ-Я"
_REST = r"(?:\.|(?:[^\W\d_]|[’'-](?=[^\W\d_]))+)"
_WORD = rf"[{_CAPITAL}]{_REST}"
_PARTICLE = match_any(p for p in PARTICLES - JOINING_PARTICLES if p.isalpha())
# A verb before its subject begins a sentence in German: "von Ann Lee Fand ich gut".
_NAME = compile_late(
    rf"[{_CAPITAL}](?<![\w’'@#/.-].){_REST}(?:(?:\s{NICKNAME})?[ \xa0](?:(?:{_PARTICLE})[ \xa0]){{0,3}}{_WORD}){{0,4}}"
    r"(?![\w@/])(?! (?:ich|wir|er|es|man)\b)"
)
_HANDLE_AFTER = re.compile(r"\s*[(\[,]?\s*@([A-Za-z0-9_][\w-]{1,30})")
_AND = match_any(AND_WORDS)
_BETWEEN = compile_late(
    rf"\s*(?:[(\[][^()\[\]]{{0,80}}[)\]])?(?:\s*,\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+)"
    rf"(?:(?:{match_any(HONORIFICS)})\s(?:[a-z]{{2,4}}\.\s)*)*\Z",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r",\s[^,;.!?()]{3,80},")  # ", Chief Gardener at Initech, presented"
_NEAR = 3  # words
_HANDLE_SHOWN = 0.3
_FOLLOW = re.compile(r"[Ff]ollow\s+([^\W\da-z].{1,60}?)\s+on\s+\w+")  # "[Follow Ann Lee on Twitter](…)"
_FOLLOWED = 0.8
_OWN_HANDLE = ("(", "[", ",", ", (", "")
_INITIAL_BEFORE = re.compile(r"(?:[^\W\d_]\.[ \xa0]?){1,2}[ \xa0]")
_GENITIVE_END = re.compile(r"['’](?:s\s.*|s?)\Z")  # also in "Ann Lee's Thursday keynote"
_OWN_TALK = compile_late(rf"['’]s?\s+(?:[\w-]+\s+){{0,5}}?(?:{match_any(TALK_WORDS)})\b", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s()<>\[\]]+")
_ADDRESSED_SURENESS = 0.8
_LONGEST_OPENING = 300  # characters
_SENTENCE_END = re.compile(r"[.!?](?<=[^\sA-Z.].)(?:\s|\Z)|[。！？]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at the characters `start` to `end` of a text.

    `sureness` is that of this person being a speaker, from 0 to about 1.5.
    """

    speaker: ParsedSpeaker
    start: int
    end: int
    sureness: float


def find_mentions(plain: str, links: Sequence[Link]) -> list[Mention]:
    """Return the people named in the first 600 characters of a plain text, in order, however unsure they are."""
    return [*_find_mentions(plain[:REACH], tuple(links))]


@lru_cache(maxsize=256)  # several recognisers read the same paragraph
def _find_mentions(plain: str, links: tuple[Link, ...]) -> Sequence[Mention]:
    found: list[Mention] = []
    for start, end, score, link in [*_linked_names(plain, links), *_plain_names(plain)]:
        if names_resources(plain[start:end]) or (score < _SURE and _ends_title(plain, links, start, end)):
            continue
        if not any(start < other.end and end > other.start for other in found):
            context, own = _weigh_context(plain, start, end), link is not None and is_own_page(link.url, link.text)
            far = 0.0 if link and is_profile(link.url) and context > 0 else 0.05 * (start // 100)
            sureness = score + context + (0.3 if own else 0.0) - far
            found.append(Mention(_make(plain, start, end, link), start, end, round(sureness, 3)))
    for start, end in find_names_before_talk(plain):
        if same := [mention for mention in found if start < mention.end and end > mention.start]:
            found = [mention for mention in found if mention not in same]
            found.append(replace(same[0], sureness=max(_ADDRESSED_SURENESS, same[0].sureness)))
        else:
            found.append(Mention(make_speaker(plain[start:end]), start, end, _ADDRESSED_SURENESS))
    return _join_handles(sorted(found, key=lambda mention: mention.start), plain)


def _ends_title(plain: str, links: Sequence[Link], start: int, end: int) -> bool:
    """Whether the name from `start` to `end` only ends a link's text, without "by" before it.

    So does "Inclusive" in "[Making Moss Inclusive](…) showed".
    """
    before = plain[:start].casefold().split()[-1:]
    return any(link.start < start and end == link.end for link in links) and STAGE_WORDS.isdisjoint(before)


def _join_handles(mentions: list[Mention], plain: str) -> list[Mention]:
    """Return the mentions; a handle in brackets or after a comma is joined to the name right before it."""
    joined: list[Mention] = []
    for mention in mentions:
        above = joined[-1] if joined else None
        gap = plain[above.end : mention.start] if above else ""
        if above and plain[mention.start : mention.start + 1] == "@" and gap.strip() in _OWN_HANDLE:
            speaker = replace(
                above.speaker, handle=mention.speaker.handle, url=above.speaker.url or mention.speaker.url
            )
            end = above.end if gap.endswith(("(", "[")) else mention.end
            joined[-1] = Mention(speaker, above.start, end, above.sureness)
        else:
            joined.append(mention)
    return joined


def find_surest(mentions: Sequence[Mention], plain: str, least: float = 0.75) -> list[Mention]:
    """Return the mention that is most surely a speaker, and those right beside it, in the order of the text.

    The list is empty if the greatest sureness is below `least`. If this speaker is named several times, each surely
    enough, the place with most people beside the name counts.
    """
    best = max(mentions, key=lambda mention: mention.sureness, default=None)
    if best is None or best.sureness < least:
        return []
    same = [n for n, each in enumerate(mentions) if each.speaker.name == best.speaker.name and each.sureness >= least]
    stages = [list_beside(mentions, place, plain) for place in (mentions.index(best), *same)]
    return [
        replace(mention, speaker=best.speaker) if mention.speaker.name == best.speaker.name else mention
        for mention in max(stages, key=len)
    ]


def list_beside(mentions: Sequence[Mention], place: int, plain: str) -> list[Mention]:
    """Return the mention at index `place` and those that commas or words such as "and" join to it, in their order."""
    first = last = place
    while first > 0 and _joined(plain, mentions[first - 1], mentions[first]):
        first -= 1
    while last + 1 < len(mentions) and _joined(plain, mentions[last], mentions[last + 1]):
        last += 1
    return list(mentions[first : last + 1])


def find_speakers(document: Document, start: int, end: int) -> People:
    """Return the speakers named in one of the first three paragraphs of a range of blocks; else `NOBODY`.

    They are those of the first paragraph that names any. The range ends before block `end`.
    """
    for number in list(document.paragraphs(start, end))[:3]:
        plain, links = make_plain_with_links(document.blocks[number].content[:_LONGEST], document.definitions)
        mentions = [m for m in find_mentions(plain, links) if not document.names_series(fold_words(m.speaker.name))]
        stage = find_surest(mentions, plain)
        if stage:
            return People(tuple(m.speaker for m in stage), min(1.0, max(m.sureness for m in stage)))
    return NOBODY


def mentions_talk(document: Document, start: int, end: int) -> bool:
    """Whether one of the first two paragraphs among the blocks `start` to `end` tells of a talk, outside addresses."""
    contents = (document.blocks[number].content[:REACH] for number in list(document.paragraphs(start, end))[:2])
    return any(tells_any(make_plain(_ADDRESS.sub(" ", content)), TALK_WORDS) for content in contents)


def opens_with_talk(document: Document, heading: int) -> bool:
    """Whether the first sentence below a heading, in a paragraph, tells of a single talk."""
    first = next(document.paragraphs(heading + 1, document.find_next_heading(heading)), None)
    if first is None:
        return False
    plain = make_plain(_ADDRESS.sub(" ", document.blocks[first].content[:_LONGEST_OPENING]))
    return tells_any(_SENTENCE_END.split(plain, maxsplit=1)[0], SINGLE_TALK)


def _joined(plain: str, left: Mention, right: Mention) -> bool:
    return bool(_BETWEEN.match(plain[left.end : right.start])) and min(left.sureness, right.sureness) > 0.3


def _linked_names(plain: str, links: Sequence[Link]) -> list[tuple[int, int, float, Link | None]]:
    names: list[tuple[int, int, float, Link | None]] = []
    for link in links:
        profile = is_own_page(link.url, link.text)
        if (followed := _FOLLOW.fullmatch(link.text)) and is_profile(link.url):
            names.append((link.start + followed.start(1), link.start + followed.end(1), _FOLLOWED, link))
            continue
        name = _GENITIVE_END.sub("", link.text)
        score, end = weigh_name(name), link.end - len(link.text) + len(name)
        if link.text.startswith("@") and profile:
            names.append((link.start, link.end, 0.55, link))
        elif score >= 0.45:
            names.append((link.start, end, score if profile else score - 0.3, link))
        elif _shows_handle(link, plain):
            names.append((link.start, link.end, max(score, _HANDLE_SHOWN), link))
        elif profile and score >= 0.15:
            names.append((link.start, link.end, score, link))
    return names


def _shows_handle(link: Link, plain: str) -> bool:
    """Whether the text of a link to a profile is the handle in its address: "[annlee](https://twitter.com/annlee)".

    Since projects have handles on GitHub too, a handle from there counts only before a word such as "さん".
    """
    if not is_profile(link.url) or ("github.com" in link.url and not ADDRESSED.match(plain, link.end)):
        return False
    return link.url.rstrip("/").rpartition("/")[2].removeprefix("@").casefold() == link.text.casefold()


def _plain_names(plain: str) -> list[tuple[int, int, float, Link | None]]:
    names: list[tuple[int, int, float, Link | None]] = []
    for match in _NAME.finditer(plain):
        text = _GENITIVE_END.sub("", match[0].rstrip("."))
        skip = _find_name_start(text)
        start, text = match.start() + skip, text[skip:]
        score = weigh_name(text)
        if 0 < score < _LEAST_NAME and " " not in text and _HANDLE_AFTER.match(plain, start + len(text)):
            score = _LEAST_NAME  # a word with a capital and a handle is a name: "Asa (@asa)"
        if score >= _LEAST_NAME and not names_organisation(text):
            names.append((start, start + len(text), score if " " in text else score - 0.1, None))
    return names


@lru_cache(maxsize=4096)
def _find_name_start(text: str) -> int:
    """Return the index of the name in a run of capitalised words: 10 in "Yesterday Ann Lee"; 0 without one."""
    starts = [0, *(place + 1 for place, c in enumerate(text) if c in " \xa0")]
    scores = [weigh_name(text[start:]) for start in starts]
    known = [start for start, score in zip(starts, scores, strict=True) if score >= 0.9]
    likely = [start for start, score in zip(starts, scores, strict=True) if score >= 0.45]
    start = (known or likely or [0])[0]
    before = (place for place in starts if place < start and _INITIAL_BEFORE.fullmatch(text, place, start))
    return next(before, start)  # "Yesterday P. Ann Lee"


def _weigh_context(plain: str, start: int, end: int) -> float:
    before = [word.casefold() for word in _FIRST_WORDS.findall(plain[max(0, start - 40) : start])]
    told = _APPOSITION.match(plain, end)
    after = [word.casefold() for word in _FIRST_WORDS.findall(plain[end : end + 60])[:_NEAR]]
    after += [word.casefold() for word in _FIRST_WORDS.findall(plain[told.end() :][:60])[:_NEAR]] if told else []
    weight = 0.0
    praised = len(before) > 2 and before[-2] in ARTICLES and before[-3] in BY_WORDS  # "by the great Ann Lee"
    if praised or (before and before[-1] in STAGE_WORDS):
        weight += 0.3
    elif before and (before[-1] in ASIDE_WORDS or (before[-1] in TO_WORDS and set(before[-3:-1]) & THANKS_WORDS)):
        weight -= 0.35
    if not SPEECH_VERBS.isdisjoint(after):
        weight += 0.3
    if _HANDLE_AFTER.match(plain, end):
        weight += 0.3
    if start == 0:
        weight += 0.1
    if ADDRESSED.match(plain, end) or _OWN_TALK.match(plain, end):
        weight += 0.3
    return weight


def _make(plain: str, start: int, end: int, link: Link | None) -> ParsedSpeaker:
    handle = _HANDLE_AFTER.match(plain, end)
    return make_speaker(plain[start:end], link.url if link else None, handle[1] if handle else None)
