"""Reads title and speakers at the beginning of a list item."""

import re
from dataclasses import replace

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.talks.affiliations import names_resources
from talks.parsing.talks.candidates.headings import choose_split
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import People, read_people_in
from talks.parsing.talks.run_in_titles import RunIn, read_run_in
from talks.parsing.talks.sentence_names import find_mentions, find_surest
from talks.parsing.talks.talk_links import leads_to_talk
from talks.parsing.talks.title_parts import clean_title
from talks.parsing.talks.told_titles import find_told_title
from talks.parsing.talks.told_topics import find_topic
from talks.parsing.text.inline import find_links, make_plain, make_plain_with_links
from talks.parsing.text.lists import Item
from talks.parsing.title_comparison import count_words
from talks.parsing.web_addresses import is_profile
from talks.parsing.words.speech import SPEECH_VERBS, TOPIC_VERBS
from talks.parsing.words.talk_words import AT_WORDS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

SAID_WHO = "says who spoke, and of what"
"""The reason that `read_told` gives a candidate."""
LONGEST_LEAD = 260  # characters
_OPENING = 200
_LONGEST_TOLD = 400
_EARLY = 30
_NEAR = 60
_ON_STAGE = 0.9
_ASIDE = re.compile(r"\s*[-–—:]\s+(?:\S+\s+){3}")
_SENTENCE_END = re.compile(r"[.!?…](?<=[^\sA-Z.].)(?<!\bvs.)(?:\s|\Z)|\n")
_TOPIC = re.compile(
    r"\s(?:about|on|über|von|sobre|acerca de|de|du|des|di|del|dello|della|dei|degli|delle)\s+"
    r"(?!that\b)(?:how to\s+)?(\S(?:(?! [-–—]{1,3} )[^,;:()]){3,120})",
    re.IGNORECASE,
)
_OBJECT = compile_late(
    rf"\)?\s*(?:\([^()]{{1,60}}\)\s*)?(?:(?:{match_any(AT_WORDS)})\s+(?:\S+\s+){{1,4}}?)?(?:{match_any(TOPIC_VERBS)})\s*,?\s+"
    r"(?:(?:to )?us\s+)?(\S.{4,})",
    re.IGNORECASE,
)
_NO_OBJECTS = frozenset({"about", "on", "uber", "über", "sobre", "that"})
_FIRST_WORDS = 4
_SURE = 0.6
_SHAPED = 0.45
_NAMED = 0.9
_TAIL_LINK = re.compile(r"(?<![-–—(,:\s])[-–—(,:\s]*\[[^\[\]]*\]\([^()\s]*\)(?:\{:[^{}]*\})?\)?\s*\Z")
_FEW_WORDS = 2


def read_alike(item: Item, read: RunIn, pattern: str, document: Document) -> RunIn:
    """Return `read`, the reading of an item's beginning, or one that takes the item's whole first line.

    The whole line is taken if `read` is a text set apart (in bold, say) that names nobody, and if `pattern`, by which
    the item's siblings part title and speaker, parts the whole line but not that text.
    """
    first, _, rest = item.text.partition("\n")
    if not read.marked or read.people.speakers or len(first) > LONGEST_LEAD:
        return read
    within, whole = (
        any(way.pattern == pattern and way.score >= _SHAPED for way in document.split(text))
        for text in (read.lead, first)
    )
    return RunIn(first, rest.strip(), marked=True) if whole and not within else read


def read_item(item: Item, document: Document) -> RunIn:
    """Return the title and speakers of a list item, read from all of it, its first line, beginning, or a sentence."""
    if "](" in item.text[:_LONGEST_TOLD] and (profile := _read_profile(item.text, document)):
        return profile
    run_in = read_run_in(item.text, document)
    named = weigh_name(make_plain(run_in.lead)) >= _NAMED  # "**Ann Lee** (@annlee) talked about gardens"
    if (named or not run_in.marked) and (title := find_told_title(item.text, document)) and title.speakers:
        return RunIn(title.title, item.text, marked=False, people=People(title.speakers, 0.8), told=True)
    if run_in.marked and run_in.beside:
        return (_read_told(item.text, run_in.lead, document) if named else None) or run_in
    # Name and title in bold outweigh the sentence behind them, such as "This talk was long".
    surely = run_in.marked and max(split.score for split in document.split(run_in.lead)) >= _SURE
    told = None if run_in.people.speakers or surely else _read_told(item.text, run_in.lead, document)
    if told and run_in.marked and not any(run_in.lead.startswith(each.name) for each in told.people.speakers):
        told = None
    if told and find_topic(make_plain(run_in.lead), _NEAR):
        return told
    whole = _TAIL_LINK.sub("", item.text)
    first, _, rest = item.text.partition("\n")
    for lead, left in ((whole, ""), (first, rest.strip())):
        if len(lead) <= LONGEST_LEAD and max(split.score for split in document.split(lead)) >= _SURE:
            return RunIn(lead, left, marked=False)
    return told or run_in


def _read_profile(text: str, document: Document) -> RunIn | None:
    """Read an item that begins with a link to the speaker's page, followed by a dash or colon and some words.

    The text of the link becomes the title: "annlee" of "[annlee](her profile) - gardens need water". None for other
    items.
    """
    plain, links = make_plain_with_links(text[:_LONGEST_TOLD], document.definitions)
    if links and links[0].start == 0 and is_profile(links[0].url) and _ASIDE.match(plain[links[0].end :]):
        people = read_people_in(plain[: links[0].end], links[:1])
        if people.speakers:  # the name is all that the talk is called by
            return RunIn(links[0].text, text, marked=False, people=people, told=True)
    return None


def _read_told(text: str, lead: str, document: Document) -> RunIn | None:
    """Return what `read_told` reads, with the text of a link to the talk or its recording as title if there is one.

    Else the title is the topic that `read_told` found, else the first sentence. None if `read_told` returns None.
    """
    told = read_told(text, lead, document)
    if told and (title := _find_linked_title(text, document)):
        return replace(told, lead=title)
    first = "" if told is None or told.lead else _SENTENCE_END.split(make_plain(text[:_LONGEST_TOLD]), maxsplit=1)[0]
    return replace(told, lead=first[:LONGEST_LEAD]) if told and first else told


def _find_linked_title(text: str, document: Document) -> str:
    """Return the text of the first link that leads to a talk or recording and whose text may be a title; else "".

    Such a text begins with a capital and has no word such as "talk". If the first one only says "Video" or the like,
    the result is "" too.
    """
    for link in find_links(text[:_LONGEST_TOLD], document.definitions):
        words = fold_words(link.text).split()
        if link.text[:1].isupper() and leads_to_talk(link) and TALK_WORDS.isdisjoint(words):
            return "" if names_resources(link.text) else clean_title(link.text)
    return ""


def read_told(text: str, lead: str, document: Document) -> RunIn | None:
    """Return the talk of a text that begins with a speaker ("Ann spoke about moss") or a topic ("A talk on moss").

    The result's title is the topic, "" if the text names none. The topic is looked for first in `lead`, the beginning
    that `read_run_in` split off the text. None if the text begins with neither.
    """
    words = text[:_OPENING].casefold().split()
    if SPEECH_VERBS.isdisjoint(words) and TALK_WORDS.isdisjoint(words):  # cheap, and true of most items
        return None
    plain, links = make_plain_with_links(text[:_LONGEST_TOLD], document.definitions)
    first = _SENTENCE_END.split(plain, maxsplit=1)[0]
    named = find_topic(make_plain(lead), _NEAR)
    stage = find_surest([m for m in find_mentions(plain, links) if m.start <= _EARLY], plain, _ON_STAGE)
    spoken = stage and not SPEECH_VERBS.isdisjoint(fold_words(plain[stage[-1].end :][:_NEAR]).split())
    if not spoken and count_words(named) < _FEW_WORDS:
        return None
    split = choose_split(document.split(named), "")  # "a talk on moss by Ann Lee"
    if not stage:
        return RunIn(split.title, text, marked=False, people=split.people, told=True)
    people = People(tuple(mention.speaker for mention in stage), 0.8)
    if split.people.speakers and {each.name for each in split.people.speakers} <= {
        each.name for each in people.speakers
    }:
        named = split.title
    topic = (_read_object(first, stage[-1].end) or _TOPIC.search(first, stage[-1].end)) if spoken else None
    return RunIn(named or (clean_title(topic[1]) if topic else ""), text, marked=False, people=people, told=True)


def _read_object(sentence: str, start: int) -> re.Match[str] | None:
    """Match a verb such as "explained" right behind the name that ends at index `start`; group 1 is what was explained.

    None if no such verb is there, or if what follows has a word for a talk: "gave a talk on gardens".
    """
    match = _OBJECT.match(sentence, start)
    words = fold_words(match[1]).split()[:_FIRST_WORDS] if match else []
    if not words or words[0] in _NO_OBJECTS or not TALK_WORDS.isdisjoint(words):
        return None
    return match
