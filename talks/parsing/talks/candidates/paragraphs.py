"""Recognises talks of one paragraph each, which begins with the speaker, the title, or both."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talks.late_patterns import compile_late
from talks.names import fold_words
from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.announcements import find_books
from talks.parsing.talks.candidates.headings import choose_split, find_pattern
from talks.parsing.talks.candidates.item_openings import SAID_WHO, read_told
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import NOBODY, People, read_people
from talks.parsing.talks.run_in_titles import RunIn, names_person, read_marked
from talks.parsing.talks.sentence_names import Mention, find_mentions, find_surest
from talks.parsing.talks.talk_links import leads_to_talk
from talks.parsing.talks.title_lines import is_bold_line
from talks.parsing.talks.title_parts import OPENING_QUOTES, Split, clean_title
from talks.parsing.talks.told_titles import MARKED, find_told_title, name_mark
from talks.parsing.talks.told_topics import find_topic, leads_to_topic
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import Link, break_lines, drop_links, find_links, make_plain, make_plain_with_links
from talks.parsing.title_comparison import count_words
from talks.parsing.web_addresses import is_own_page, is_profile, read_host
from talks.parsing.words.event_words import EVENT_NOUNS
from talks.parsing.words.heading_words import PICKED_WORDS
from talks.parsing.words.speech import PRONOUNS, SAYING_WORDS, SPEECH_VERBS
from talks.parsing.words.talk_words import BY_WORDS, RESOURCE_LABELS, SPEAKER_LABELS, TALK_PLURALS, TALK_WORDS
from talks.parsing.words.word_sets import match_any

_OPENING = 420
_HOPELESS = -3  # a paragraph of this weight alone, or less, is no candidate
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ])|。")
_BOLD_OPENING = re.compile(r"(\*\*|__|<b>|<strong>)(?=\S)([^*_\n<>]{3,200}?)(?:\1|</b>|</strong>)")
_AFTER_TITLE = (":", "：", "-", "–", "—", "(", "[", "\n", ",", "|")
_MOST_ALIKE = 60
SEVERAL_INTRODUCED = "several paragraphs introduce speakers"
_YEAR = re.compile(r" (?:19|20)\d\d\Z")
_BY = compile_late(rf"[”\"»]?\s*,?\s+(?:{match_any(BY_WORDS)})\s+")
_LEAST = 2
_SURE = 0.6
_REGULAR = 3
_EARLY = 40
_MOSTLY, _PERHAPS = 0.6, 0.3
_LONG_WORD, _IN_TITLE_CASE = 4, 0.3
_WORDS = re.compile(r"[^\W\d_]+")
_SIGNS_OF_LINKS = ("](", "][", "<a")
_NUMBERED = re.compile(r"\[\d{1,2}\]:? +(\S.{5,400})\Z")


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return candidates for paragraphs that may introduce a talk; if several do, each is evidence for the others."""
    found: list[Candidate] = []
    named: dict[str, int] = {}
    openings = _find_openings(document)
    numbered = _find_numbered(document)
    for heading, start, end in document.sections:
        aside = heading >= 0 and _is_aside(fold_words(document.plain(heading)))
        books = find_books(document, start, end)
        for number in document.paragraphs(start, end):
            if number in books or is_bold_line(document, number) or (aside and number not in numbered):
                continue
            candidate = read_sentences(document, number, break_lines(document.blocks[number].content))
            if number in numbered:
                _take_numbered(candidate, numbered[number])
            if number in openings:
                _take_opening(candidate, document, openings[number])
            if _links_to_talk(document, number, candidate.title):
                candidate.add("the title links to the talk")
            if _are_known(candidate.speakers, named, number):
                candidate.add("goes on about somebody named before")
            for first, *surname in (speaker.name.split() for speaker in candidate.speakers):
                if surname:
                    named.setdefault(first, number)
            if candidate.alone > _HOPELESS and fold_words(candidate.title) not in SPEAKER_LABELS:
                candidate.end = _find_own_end(document, number, end)
                found.append(candidate)
    _weigh_siblings(document, found, named)
    return found


@dataclass(slots=True)
class _Opening:
    """A marked title at the start of a paragraph: its text, the host it links to ("" if none), and what follows it.

    `alike` is the number of paragraphs whose marked titles link to the same host, `pattern` the one by which these
    titles name people (`find_pattern`).
    """

    title: str
    host: str
    rest: str
    alike: int = 1
    pattern: str = ""


def _find_openings(document: Document) -> dict[int, _Opening]:
    """Return, by block number, the marked titles of paragraphs that begin with a link or bold text of several words.

    A text that is a name or a label is no title, nor is a paragraph that is all bold (`is_bold_line`).
    """
    found: dict[int, _Opening] = {}
    for number in document.paragraphs(0, len(document.blocks)):
        content = break_lines(document.blocks[number].content)
        if not content or content[0] not in "[*_<" or is_bold_line(document, number):
            continue
        links = find_links(content[:_OPENING], document.definitions)[:1]
        first = links[0] if links and links[0].start == 0 and count_words(links[0].text) > 1 else None
        if first and not (is_profile(first.url) or _is_person(first) or names_person(first.text, document)):
            found[number] = _Opening(links[0].text, read_host(links[0].url), content[links[0].end :])
        elif (
            (bold := _BOLD_OPENING.match(content)) and count_words(bold[2]) > 1 and not names_person(bold[2], document)
        ):
            found[number] = _Opening(make_plain(bold[2]), "", content[bold.end() :])
    found = {
        number: opening
        for number, opening in found.items()
        if not _is_label(opening.title) and read_people(opening.title).score < _SURE
    }
    by_host: dict[str, list[_Opening]] = {}
    for opening in found.values():
        by_host.setdefault(opening.host, []).append(opening)
    for alike in by_host.values():
        pattern = find_pattern([document.split(opening.title) for opening in alike[:_MOST_ALIKE]])
        for opening in alike:
            opening.alike, opening.pattern = len(alike), pattern
    return found


def _is_person(link: Link) -> bool:
    return is_own_page(link.url, link.text) and read_people(link.text).score >= _PERHAPS


def _find_numbered(document: Document) -> dict[int, Split]:
    """Return, by block number, the title and people of numbered paragraphs of one line, like "[2] Moss – Ann Lee".

    The result is empty unless 60 % of the paragraphs with such a number, three at least, surely name speakers.
    """
    found: dict[int, Split] = {}
    count = sure = 0
    for number in document.paragraphs(0, len(document.blocks)):
        block = document.blocks[number]
        if block.line == block.end_line and (match := _NUMBERED.match(block.content)):
            count += 1
            split = max(document.split(match[1].strip()), key=lambda split: split.score)
            if split.score >= _PERHAPS and count_words(split.title) > 1:
                sure += split.score >= _SURE
                found[number] = split
    return found if sure >= max(_REGULAR, _MOSTLY * count) else {}


def _take_numbered(candidate: Candidate, split: Split) -> None:
    """Give a numbered paragraph the title and the speakers of which it consists."""
    candidate.title, candidate.speakers = split.title, split.people.speakers
    candidate.add("it opens with a title and a speaker")
    candidate.add("several paragraphs open alike")


def _take_opening(candidate: Candidate, document: Document, opening: _Opening) -> None:
    """Add evidence from the marked title at the start of the paragraph, and from the number of similar paragraphs.

    Take title and speakers from the marked title; if it names nobody, the candidate's speakers stay. If the paragraph
    was read before as beginning with a title and a speaker, both stay.
    """
    candidate.add("it opens with a title that is linked" if opening.host else "it opens with a text in bold")
    if opening.rest.lstrip(" *_")[:1] in _AFTER_TITLE or not opening.rest.strip():
        candidate.add("the title stands apart from what follows")
    if opening.alike >= _REGULAR:
        candidate.add("several paragraphs open alike", min(1.5, math.log(opening.alike) / 2))
    if candidate.has("it opens with a title and a speaker"):
        return
    split = choose_split(document.split(opening.title), opening.pattern)
    candidate.title = split.title
    candidate.speakers = split.people.speakers or candidate.speakers
    if split.score:
        agreed = bool(opening.pattern) and split.pattern == opening.pattern
        candidate.add("the title names a speaker", min(1.0, split.score + _PERHAPS) if agreed else split.score)


def _links_to_talk(document: Document, number: int, title: str) -> bool:
    """Whether a link near a block's start has the given title, and leads to a talk in a programme or to a recording."""
    content = document.blocks[number].content[: 2 * _OPENING]
    links = find_links(content, document.definitions) if any(map(content.__contains__, _SIGNS_OF_LINKS)) else ()
    return any(leads_to_talk(link) and clean_title(link.text) == title for link in links)


def _are_known(speakers: Sequence[ParsedSpeaker], named: Mapping[str, int], number: int) -> bool:
    """Whether the speakers have only first names, of people whom an earlier block names in full: "Ann also showed"."""
    return bool(speakers) and all(named.get(speaker.name, number) < number for speaker in speakers)


def _is_aside(heading: str) -> bool:
    """Whether a section's folded heading says that it is about something else than talks.

    "Highlights" may be about talks.
    """
    words = heading.split()
    return is_other_heading(heading) and TALK_PLURALS.isdisjoint(words) and PICKED_WORDS.isdisjoint(words[-1:])


def _weigh_siblings(document: Document, found: Sequence[Candidate], named: Mapping[str, int]) -> None:
    """Add evidence to all paragraphs if two at least look like talks by themselves and have speakers.

    If three do, the people named at the start of a paragraph without speakers become its speakers. First names of
    people whom an earlier paragraph names in full need a verb such as "presented" behind them.
    """
    strong = [candidate for candidate in found if candidate.alone > 0 and candidate.speakers]
    if len(strong) < _LEAST:
        return
    for candidate in found:
        candidate.add(SEVERAL_INTRODUCED)
        if not candidate.speakers and len(strong) >= _REGULAR:
            plain, links = make_plain_with_links(
                document.blocks[candidate.start].content[:_OPENING], document.definitions
            )
            early = [mention for mention in find_mentions(plain, links) if mention.start <= _EARLY]
            stage = find_surest(early, plain, 0.3)
            speakers = tuple(mention.speaker for mention in stage)
            if speakers and (_introduces(plain, stage) or not _are_known(speakers, named, candidate.start)):
                candidate.speakers = speakers
                candidate.add("it opens with a name, as its siblings do")


def _introduces(plain: str, stage: Sequence[Mention]) -> bool:
    """Whether the word right behind people's names means giving a talk: "Ann presented", but not "Ann mentioned"."""
    words = fold_words(plain[stage[-1].end : stage[-1].end + _EARLY]).split()[:1]
    return bool(set(words) & (SPEECH_VERBS - SAYING_WORDS))


def _is_quotation(content: str, opening: RunIn) -> bool:
    """Whether a paragraph is only a quotation, not in title case, and who said it: "“Moss needs no sun” - Ann Lee"."""
    if content[0] not in OPENING_QUOTES or opening.rest:
        return False
    words: list[str] = _WORDS.findall(opening.lead)
    long = [word for word in words[1:] if len(word) >= _LONG_WORD]
    return sum(word[0].isupper() for word in long) < _IN_TITLE_CASE * len(long)


def read_sentences(document: Document, number: int, content: str) -> Candidate:
    """Return a candidate for a talk that is read from `content`, running text of block `number`.

    Its title is a marked title that opens the text beside a speaker, else one by which a sentence tells of a talk, else
    another text set apart, else the topic that a sentence tells, else "Ann Lee talk", else the first sentence.
    """
    content = content[: 3 * _OPENING]
    plain, links = make_plain_with_links(content, document.definitions)
    series = fold_words(document.series)
    mentions = [m for m in find_mentions(plain, links) if fold_words(m.speaker.name) not in series]
    stage = find_surest(mentions, plain, 0.85)
    candidate = Candidate(number, number + 1, "paragraph", "", tuple(mention.speaker for mention in stage))
    candidate.add("a paragraph by itself")
    opened, people = _read_opening(document, content)
    if people.score >= _SURE:
        candidate.add("it opens with a title and a speaker")
        candidate.title, candidate.speakers = opened, people.speakers
        return candidate
    candidate.title, mark, place = _find_title(content, plain, [m.speaker.name for m in stage], document)
    if told := find_told_title(content, document):
        candidate.title, mark, place = told.title, told.mark, told.start
        candidate.speakers = told.speakers or candidate.speakers
        candidate.add("a sentence tells of a talk by its title")
    elif not candidate.title and (topic := read_told(content, "", document)) and topic.lead and topic.people.speakers:
        candidate.title, candidate.speakers = topic.lead, topic.people.speakers
        candidate.add(SAID_WHO)
    _weigh_sentences(candidate, document, plain, stage, mark, place)
    return candidate


def _weigh_sentences(
    candidate: Candidate, document: Document, plain: str, stage: Sequence[Mention], mark: str, place: int
) -> None:
    """Add evidence from `plain`, running text in which the people `stage` speak.

    A candidate without a title gets one from the text; from a title that it has, its speakers' names are taken off.
    `mark` tells how the title is set apart, or is empty; `place` is the title's index in the text.
    """
    title = candidate.title
    words = _WORDS.findall(plain[:_OPENING].casefold())
    if stage:
        candidate.add("someone is on stage in it", min(1.2, stage[0].sureness))
        if stage[0].start <= _EARLY:
            candidate.add("it opens with a speaker")
    if mark:
        candidate.add(f"a title is {mark}")
        if place <= 120:
            candidate.add("the title comes early")
    if title and stage and _is_beside_speaker(plain, title, stage):
        candidate.add("title and speaker stand side by side")
        name, behind = stage[0].speaker.name[:40], plain.split(title[-40:])[1:]
        if any((by := _BY.match(text)) and text.startswith(name, by.end()) for text in behind):
            candidate.add("“by” stands between title and speaker")
    tells, spoken = not TALK_WORDS.isdisjoint(words), not SPEECH_VERBS.isdisjoint(words)
    if tells:
        candidate.add("it tells of a talk")
    if spoken:
        candidate.add("somebody speaks in it")
    if title and stage:
        candidate.title = _drop_speakers(document, title, candidate.speakers)
    if not title:
        topic = find_topic(plain[:_OPENING]) if tells or spoken else ""
        candidate.title = topic or _name_talk(plain, stage)


def _read_opening(document: Document, content: str) -> tuple[str, People]:
    """Return the marked title that begins a paragraph, and the people in it or right behind it; else ("", NOBODY).

    A name, a label, a quotation and the event's name are no titles.
    """
    opening = read_marked(content, document)
    if not opening or names_person(opening.lead, document):
        return "", NOBODY
    if _is_label(opening.lead) or _is_quotation(content, opening) or _is_event(document, opening.lead):
        return "", NOBODY
    split = choose_split(document.split(opening.lead), "")
    if (opening.beside and not opening.people.speakers) or _repeats_names(split.people, opening.people):
        return split[:2]
    return opening.lead, opening.people


def _is_event(document: Document, text: str) -> bool:
    """Whether a text is only the event's name, perhaps with a year and a word for events: "FooConf conference 2019"."""
    words = set(_YEAR.sub("", fold_words(text)).split())
    series = set(fold_words(document.series).split())
    return not words.isdisjoint(series) and words <= series | EVENT_NOUNS


def _repeats_names(people: People, behind: People) -> bool:
    """Whether all people behind a title, one at least, are also named in the title, by full or first name.

    "Ann" behind "Moss - Ann Lee" is.
    """
    names = {name for speaker in people.speakers for name in (speaker.name, speaker.name.split()[0])}
    return bool(behind.speakers) and all(speaker.name in names for speaker in behind.speakers)


def _is_label(text: str) -> bool:
    """Whether a text set apart is no title but says what follows: "Slides", "Summary", "Update 2"."""
    words = [word for word in fold_words(make_plain(text)).split() if not word.isdigit()]
    return set(words) <= RESOURCE_LABELS or is_other_heading(" ".join(words))


def _drop_speakers(document: Document, title: str, speakers: Sequence[ParsedSpeaker]) -> str:
    """Return a title without the people before or behind it if one of them is a speaker; else unchanged.

    "Gardens by Ann Lee" becomes "Gardens".
    """
    names = {speaker.name for speaker in speakers}
    ways = [way for way in document.split(title) if any(speaker.name in names for speaker in way.people.speakers)]
    return max(ways, key=lambda way: way.score).title if ways else title


def _is_beside_speaker(plain: str, title: str, stage: Sequence[Mention]) -> bool:
    """Whether at most six words of one sentence are between title and speaker.

    If the speaker comes first, one of these words must be about talks or speaking: "Ann Lee presented Growing Moss".
    """
    start = plain.find(title)
    if start < 0:
        return False
    first, last = stage[0].start, stage[-1].end
    between = plain[start + len(title) : first] if first > start else plain[last:start]
    words = fold_words(between).split()
    return (
        len(words) <= 6
        and not re.search(r"[.!?]\s", between)
        and (first > start or not (SPEECH_VERBS.isdisjoint(words) and TALK_WORDS.isdisjoint(words)))
    )


def _find_title(content: str, plain: str, names: Sequence[str], document: Document) -> tuple[str, str, int]:
    """Return (title, "in bold" or the like, index in `content`) of a title near the start of a text, or ("", "", 0)."""
    options: list[tuple[int, str, str]] = []
    for match in MARKED.finditer(drop_links(content)[: _OPENING + 100]):
        text = clean_title(make_plain(match[match.lastgroup or 0]))
        options.append((match.start(), text, name_mark(match)))
    options += [
        (link.start, clean_title(link.text), "linked")
        for link in find_links(content[: _OPENING + 300], document.definitions)
        if not is_profile(link.url)
    ]
    known = {fold_words(name) for name in names}
    scored = [
        (_weigh_title(t, mark, place, plain), place, t, mark)
        for place, t, mark in options
        if _YEAR.sub("", fold_words(t)) not in known
        and not (_is_event(document, t) or _is_label(t) or names_person(t, document))
    ]
    best = max(scored, default=(0.0, 0, "", ""))
    return (best[2], best[3], best[1]) if best[0] >= 1.0 else ("", "", 0)


def _weigh_title(text: str, mark: str, place: int, plain: str) -> float:
    """Return how much a marked text looks like a title: several words, capitals, an early `place`, "talk" before it.

    `place` is its index in the paragraph. From 1 on the text counts as a title.
    """
    words = text.split()
    if not words or len(text) > 200 or "://" in text:
        return 0.0
    score = {"in bold": 1.0, "in quotes": 1.1, "linked": 0.7, "in italics": 0.7}[mark]
    score += 0.5 if len(words) >= 3 else 0.2 if len(words) == 2 else 0.0
    capitals = sum(word[:1].isupper() for word in words)
    score += 0.3 if capitals >= max(1, len(words) // 2) else -0.3
    position = plain.find(text[:40])
    before = fold_words(plain[max(0, position - 60) : position]).split()[-4:] if position >= 0 else []
    if any(word in TALK_WORDS or word in SPEECH_VERBS for word in before):
        score += 0.5
    if position >= 0 and leads_to_topic(plain[max(0, position - 60) : position]):
        score += 0.5
    return score - place / 600


def _name_talk(plain: str, stage: Sequence[Mention]) -> str:
    """Return a name for a talk without title and topic: "Ann Lee talk", else the first sentence."""
    if stage:
        return f"{stage[0].speaker.name} talk"
    return clean_title(_SENTENCE.split(plain, maxsplit=1)[0][:120])


def _find_own_end(document: Document, number: int, end: int) -> int:
    """Return the number of the block after the talk that begins with paragraph `number`; it is `end` at most.

    Blocks below belong to the talk up to the next paragraph that does not begin like "She then …". Rules and
    definitions of links at the end do not belong to it.
    """
    stop = number + 1
    while stop < end:
        block = document.blocks[stop]
        if block.form is Form.PARAGRAPH:
            first = re.match(r"\W*([^\W\d_]+)", make_plain(block.content[:200]))
            if not first or first[1].casefold() not in PRONOUNS:
                break
        stop += 1
    while stop > number + 1 and document.blocks[stop - 1].form in (Form.RULE, Form.DEFINITIONS):
        stop -= 1
    return stop
