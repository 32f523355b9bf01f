"""Reads text that begins with a title and continues with notes: "**Title** by Ann Lee. She said …"."""

import re
from dataclasses import dataclass

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.talks.bylines import ALONE, read_byline
from talks.parsing.talks.document import Document
from talks.parsing.talks.full_names import weigh_name
from talks.parsing.talks.people import NOBODY, People, read_people
from talks.parsing.talks.sentence_names import find_mentions, find_surest
from talks.parsing.talks.title_parts import clean_title, drop_files, find_files
from talks.parsing.text.inline import Link, find_links, make_plain, make_plain_with_links
from talks.parsing.title_comparison import count_words
from talks.parsing.web_addresses import is_profile
from talks.parsing.words.talk_words import BY_WORDS, KIND_WORDS, RESOURCE_LABELS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

_MARKED = re.compile(
    r"\s*(?:(\*\*|__)(?P<bold>[^*_\n](?:(?!\1)[^\n]){1,200}?)\1|[\"“„«](?P<quoted>[^\"“”„«»\n]{3,200})[\"”“»]|(?<!\w)[*_](?P<slanted>[^*_\n]{3,200})[*_](?!\w)"
    r"|<(?:q|b|strong|em|i|cite)>(?P<tagged>[^<>\n]{3,200})</\w+>)"
)
_SENTENCE_END = re.compile(
    r"(?<=[^\sA-Z.][.!?])\s+(?=[A-ZÀ-Þ\[(\"“*_])|\s+(?:[–—]|--)\s+(?=\S+\s+\S+\s+\S+\s+\S+\s+\S+)|\n|。"
)
_SEGMENT_END = re.compile(r"\s*[:：]\s|\s+[–—-]\s+|(?<=[^\sA-Z])[.!?](?:\s|$)|\n")
_BRACKETED = re.compile(
    r"\s*(?:\(((?:[^()\[\]]|\[[^()\[\]]*\](?:\([^()\s]{0,300}\))?){1,300})\)|\[([^()\[\]]{3,120})\](?!\())"
)
_LINE_BELOW = re.compile(r"[ \t]*\n")
_SENTENCE = re.compile(r"[.!?]?\s+\[?[^\W\d_]")
_REMARK = re.compile(r"\s*(?:\n|[,;]\s|(?:--|[–—-])\s)\s*(?=\S+\s+\S)")
_ASIDE = re.compile(r"\s*(?:--|[–—:])\s+(?=\S)")
_LEAST_SENTENCE = 5
_SEVERAL = 2  # words
_LEAST_REMARK = 4
_SURE, _HARDLY = 0.6, 0.3
_LONGEST = 2000  # characters that are read
_LONGEST_LEAD = 220
_LONGEST_BEFORE = 100
_PERHAPS = 0.45
_COUNT = re.compile(r"\s*\d{1,2}\s*[.):]\s*")
_AT_BEGINNING, _CERTAIN = 0.75, 0.9
_BEFORE_NAME = compile_late(rf"[\s:–—,.\"”-]*(?:(?:{match_any(BY_WORDS)})\s+)?", re.IGNORECASE)
# Behind a link of one word that is a title, perhaps with one more link in brackets between them.
_AFTER_WORD = compile_late(
    rf"\s*(?:\[\([^()\[\]]*\)\]\([^()\s]*\))?(?::\s|\s+(?:[–—-]|{match_any(BY_WORDS)})\s)", re.IGNORECASE
)
_EDGES = " \t\n:–—-,.*_|"
_OPENS_QUOTE = " \t\"“„«'"
_LONGEST_NAMES = 160
_OF = re.compile(r"(?:de|di|da|do|du|of|av|af) (?=\S)")  # "by" in titles only if a name surely follows
_BEFORE_PEOPLE = " \t\n,:–—-\"”»'"
_GENITIVE_END = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class RunIn:
    """A text that begins with a title: `lead` is the title, maybe with the speaker, `rest` is about the talk.

    `marked`: the title is bold, quoted, a link or the like. `people` are named outside the lead; `beside`: they are in
    brackets or a line right after the title, or marked together with it. `told`: a sentence names speaker and topic,
    and `lead` is only the topic.
    """

    lead: str
    rest: str
    marked: bool
    people: People = NOBODY
    beside: bool = False
    told: bool = False


def read_marked(text: str, document: Document) -> RunIn | None:
    """Split a text that begins with a marked title into title, people and notes; None for any other text.

    People, or a word such as "Talk", may stand before a title that is a link: "Ann Lee: [Moss in the shade](…)".
    """
    text = text[:_LONGEST]
    links = find_links(text, document.definitions)
    titled = [link for link in links if not is_profile(link.url)][:1]
    match = _MARKED.match(text)
    marked = (match["bold"] or match["quoted"] or match["slanted"] or match["tagged"]) if match else ""
    opens = titled and not text[: titled[0].start].strip(_OPENS_QUOTE)
    if opens and _may_be_title(titled[0], text):
        return _cut(text, titled[0].end, document, title=titled[0].text)
    if match and not names_person(marked, document):
        return _cut(text, match.end(), document, title=marked)
    if titled and (named := _read_people_before(text[: titled[0].start], document)):
        link = titled[0]
        if count_words(link.text) >= _SEVERAL:
            if not named.speakers:
                return _cut(text[link.start :], link.end - link.start, document, title=link.text)
            return RunIn(link.text, text[link.end :].strip(" \t:–—-,.|*_"), marked=True, people=named, beside=True)
    return _cut(text, match.end(), document, title=marked) if match else None


def names_person(marked: str, document: Document) -> bool:
    """Whether a marked text is a person and no title: a known name, one in the genitive, or a link to a profile."""
    plain = make_plain(marked).strip()
    bare = _GENITIVE_END.sub("", plain)
    least = _CERTAIN if bare == plain else _PERHAPS
    links = find_links(marked, document.definitions)
    return weigh_name(bare) >= least or any(is_profile(link.url) and link.text == bare for link in links)


def _may_be_title(link: Link, text: str) -> bool:
    """Whether a link has several words, or stands before a colon, a dash or "by": "[Moss](…): …"."""
    return count_words(link.text) >= _SEVERAL or bool(_AFTER_WORD.match(text, link.end))


def read_run_in(text: str, document: Document) -> RunIn:
    """Split an item into title, people and notes; the whole item is the title if nothing sets notes apart.

    Only the first 2000 characters are read.
    """
    if marked := read_marked(text, document):
        return marked
    text = text[:_LONGEST]
    if (files := find_files(text)) and make_plain(lead := text[: files.start()].strip()) and len(lead) <= _LONGEST_LEAD:
        return RunIn(lead, text[files.end() :].strip(" \t:–—-,."), marked=False)
    for link in find_links(text, document.definitions):
        lead = text[: link.start].strip()
        labelled = set(fold_words(link.text).split()) <= RESOURCE_LABELS
        if labelled and 0 < len(lead) <= _LONGEST_LEAD and not lead.endswith(("(", "[", ",")):
            return RunIn(lead, text[link.end :].strip(" \t:–—-,."), marked=False)
    ends = _SENTENCE_END.finditer(text)
    end = next((end for end in ends if any(c.isalpha() for c in text[: end.start()])), None)  # "1. Gardens"
    if end and end.start() <= _LONGEST_LEAD:
        rest = text[end.end() :].strip()
        return RunIn(text[: end.start()], rest, marked=False, people=_find_people(rest, document))
    return RunIn(text, "", marked=False)


def _cut(text: str, end: int, document: Document, *, title: str) -> RunIn:
    """Split a text, whose marked title ends at index `end`, into that title, the people right behind, and the rest."""
    tail = text[end:]
    best = max(document.split(title), key=lambda split: split.score)
    if (best.score >= _SURE and (best.pattern == "by>" or _ASIDE.match(tail))) or (
        best.score >= _HARDLY and _REMARK.match(tail)
    ):
        # "**Gardens by Ann Lee** She …", "**Ann Lee – Gardens** -- she …": title and speaker are marked together.
        return RunIn(title, tail.strip(_EDGES), marked=True, beside=True)
    files = find_files(tail)
    tail = drop_files(tail) if files and not tail[: files.start()].strip() else _drop_resource(tail, document)
    if named := _read_people_after(tail, document):
        people, rest = named
        beside = bool(_BRACKETED.match(tail) or _LINE_BELOW.match(tail))
        return RunIn(clean_title(make_plain(title)) or text, rest, marked=True, people=people, beside=beside)
    remark = _BRACKETED.match(tail)
    if remark and not tail[remark.end() :].strip(" .") and len(remark[0].split()) >= _LEAST_REMARK:
        return RunIn(clean_title(make_plain(title)) or text, remark[0].strip(), marked=True)
    stop = _SENTENCE_END.search(tail)
    opening = tail[: stop.start()] if stop else tail
    goes_on = _SENTENCE.match(tail) and len(make_plain(opening).split()) >= _LEAST_SENTENCE
    goes_on = goes_on or (_told_apart(tail) and count_words(title) >= _SEVERAL)
    if not goes_on and len(make_plain(opening).split()) <= 14 and len(make_plain(tail)) - len(make_plain(opening)) <= 3:
        return RunIn(text, "", marked=True)
    people = _find_people(tail, document)
    return RunIn(clean_title(make_plain(title)) or text, tail.strip(" \t:–—-,."), marked=True, people=people)


def _told_apart(tail: str) -> bool:
    """Whether the text behind a marked title is a remark: it follows a comma, or is a sentence behind a colon."""
    words = len(make_plain(tail).split())
    if tail.startswith((", ", "; ", ",\n")):
        return words >= _LEAST_REMARK
    return tail.lstrip().startswith(":") and tail.rstrip().endswith((".", "!")) and words > _LEAST_SENTENCE


def _read_people_before(lead: str, document: Document) -> People | None:
    """Return the people named before a title that is a link: "2. Talk: by Ann Lee".

    Return `NOBODY` after a bare "Talk:", and None after other text.
    """
    plain = make_plain(lead) if len(lead) <= 3 * _LONGEST_BEFORE else ""
    if not 0 < len(plain) <= _LONGEST_BEFORE:
        return None
    bare = _COUNT.sub("", plain).strip(_EDGES + _OPENS_QUOTE)
    kind = bare.partition(":")[0].strip(_EDGES)
    if kind and set(fold_words(kind).split()) <= TALK_WORDS | KIND_WORDS:
        bare = bare.partition(":")[2].strip(_EDGES)
        if not bare:
            return NOBODY
    people = read_byline(bare, document, _PERHAPS) if bare else NOBODY
    return people if people.speakers else None


def _drop_resource(tail: str, document: Document) -> str:
    """Return `tail`, the text behind a title, without a link to slides or the like at its beginning."""
    for link in find_links(tail[:400], document.definitions)[:1]:
        if not tail[: link.start].strip(" \t([–—-") and set(fold_words(link.text).split()) <= RESOURCE_LABELS:
            return tail[link.end :].removeprefix(")").removeprefix("]")
    return tail


def _read_people_after(tail: str, document: Document) -> tuple[People, str] | None:
    """Return the people right after a title ("(Ann Lee) – …", ", by Ann Lee: …"), and the rest; None without people."""
    if match := _BRACKETED.match(tail):
        people, end = read_people(match[1] or match[2], document.definitions), match.end()
    else:
        stop = _SEGMENT_END.search(tail, 3)
        end = stop.start() if stop else len(tail)
        least = _SURE if _LINE_BELOW.match(tail) else ALONE
        named = tail[:end].strip(_BEFORE_PEOPLE) if end <= _LONGEST_NAMES else ""
        people = read_byline(named, document, least)
        if not people.speakers and (of := _OF.match(named)):
            people = read_byline(named[of.end() :], document, _CERTAIN)
    return (people, tail[end:].strip(" \t:–—-,.")) if people.score >= 0.45 else None


def _find_people(text: str, document: Document) -> People:
    """Return the people whom the text behind a title names; those at its beginning need less certainty."""
    plain, links = make_plain_with_links(text[:600], document.definitions)
    mentions = find_mentions(plain, links)
    begins = bool(mentions) and bool(_BEFORE_NAME.fullmatch(plain[: mentions[0].start]))
    stage = find_surest(mentions, plain, _AT_BEGINNING if begins else _CERTAIN)
    if begins and mentions[0] not in stage:
        stage = find_surest(mentions, plain, _CERTAIN)
    return People(tuple(mention.speaker for mention in stage), 0.8) if stage else NOBODY
