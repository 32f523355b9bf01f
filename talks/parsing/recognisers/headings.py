"""Talks whose titles are headings, at whatever level."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from talks.parsing.blocks import Form
from talks.parsing.days import is_day_heading, read_day
from talks.parsing.document import Document
from talks.parsing.evidence import Candidate
from talks.parsing.inline import find_links
from talks.parsing.lineup import Lineup
from talks.parsing.people import LONGEST_NAME, read_people
from talks.parsing.recognisers.siblings import TOLD_BELOW, share_bylines, weigh_siblings
from talks.parsing.records import LineupEntry, ParsedSpeaker
from talks.parsing.speaking import find_bio, find_details, find_speakers, read_byline, tells_of_talk
from talks.parsing.splitting import Split, drop_slot, match_pattern
from talks.parsing.titles import count_words, fold, has_any
from talks.parsing.words import (
    DAY_WORDS,
    GATHERINGS,
    KIND_WORDS,
    OTHER_HEADINGS,
    OTHER_OPENINGS,
    RESOURCE_LABELS,
    ROLE_WORDS,
    SPEAKER_LABELS,
    TALK_PLURALS,
    TALK_WORDS,
    TITLE_OPENINGS,
)

_SURE = 0.6
_NAME_ALONE = 0.9
_HARDLY = 0.1
_PERHAPS = 0.3
_PRIOR = -1.6
_TITLE_WORDS = 3
_LONGEST_EVENT = 6
_LETTERED = re.compile(r"[A-Z][.)] ")
_LETTER_LENGTH = 3
_LEAST_LETTERS = 3
_RECORDING = re.compile(
    r"youtu\.?be|vimeo\.com|speakerdeck|slideshare|slides|infoq\.com|{{<\s*youtube|{%\s*youtube", re.IGNORECASE
)


# Where a programme tells of one talk: "/2008/schedule/detail/2082", "/sessions/gardens", "/presentation/17".
_PROGRAMME = re.compile(r"/(?:schedule|sessions?|talks?|presentations?|program(?:me)?|events?)\b[/#?=-]", re.IGNORECASE)


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """One candidate for each heading; siblings of a level vouch for each other."""
    entries = dict(lineup.sections)
    found: list[Candidate] = []
    for level in sorted({document.blocks[number].level for number in document.headings}):
        numbers = [number for number in document.headings if document.blocks[number].level == level]
        found += _read_level(document, numbers, entries)
    return found


def _read_level(document: Document, numbers: Sequence[int], entries: Mapping[int, LineupEntry]) -> list[Candidate]:
    letters = find_letters([document.blocks[number].content for number in numbers])
    splits = {number: document.split(_drop_letter(document.blocks[number].content, letters)) for number in numbers}
    pattern = find_pattern([ways for ways in splits.values() if not is_other_heading(fold(ways[0].title))])
    if not is_rule(list(splits.values()), pattern):
        splits = {
            number: [way for way in ways if way.score >= _HARDLY or not way.score] for number, ways in splits.items()
        }
    shared = share_bylines(document, numbers) or share_bylines(document, document.headings)
    candidates = [
        _read_heading(document, number, splits[number], pattern, entries.get(number), vouched=shared)
        for number in numbers
    ]
    if letters:
        for candidate in candidates:
            if document.blocks[candidate.start].content[:_LETTER_LENGTH] in letters:
                candidate.add("is lettered as its siblings are", 0.5)
    weigh_siblings(document, candidates, splits, pattern)
    return candidates


def find_letters(contents: Sequence[str]) -> frozenset[str]:
    """ "A. ", "B. ", "C. ", if titles are numbered by them; a single "J. " is somebody's initial."""
    found = [content[:_LETTER_LENGTH] for content in contents if _LETTERED.match(content)]
    in_order = [f"{chr(ord('A') + place)}{found[0][1:]}" for place in range(len(found))] if found else []
    return frozenset(found) if len(found) >= _LEAST_LETTERS and found == in_order else frozenset()


def _drop_letter(content: str, letters: frozenset[str]) -> str:
    return content[_LETTER_LENGTH:] if content[:_LETTER_LENGTH] in letters else content


def find_pattern(splits: Sequence[Sequence[Split]]) -> str:
    """The separator and side by which most siblings name people, if it is more than a chance."""
    votes: Counter[str] = Counter()
    for ways in splits:
        best: dict[str, float] = {}
        for way in ways:
            if way.score >= _PERHAPS:
                best[way.pattern] = max(best.get(way.pattern, 0.0), way.score)
        votes.update({pattern: round(score * 100) for pattern, score in best.items()})
    if not votes:
        return ""
    pattern, score = votes.most_common(1)[0]
    return pattern if score >= 100 and score >= 30 * len(splits) else ""


def is_rule(splits: Sequence[Sequence[Split]], pattern: str) -> bool:
    """Whether nearly all siblings name people by this pattern, so that what it cuts off the rest are people too."""
    surely = sum(any(way.pattern == pattern and way.score >= _SURE for way in ways) for ways in splits)
    return bool(pattern) and surely >= 4 and surely >= 0.6 * len(splits)


def _read_heading(
    document: Document,
    number: int,
    splits: Sequence[Split],
    pattern: str,
    entry: LineupEntry | None,
    *,
    vouched: bool,
) -> Candidate:
    block = document.blocks[number]
    end = document.find_end(number)
    split = choose_split(splits, pattern)
    candidate = Candidate(number, end, f"heading {block.level}", split.title, split.people.speakers)
    candidate.add("a heading by itself", _PRIOR)
    if split.score:
        agreed = bool(pattern) and split.pattern == pattern
        weight = 3.0 * split.score if split.score >= _SURE or agreed else 1.0 * split.score
        candidate.add(f"names a speaker ({split.pattern}{', as its siblings do' if agreed else ''})", weight)
    if entry:
        candidate.add("the lineup names it", 4.0)
        _take_entry(candidate, entry, splits)
    _weigh_words(candidate, document, number)
    _weigh_section(candidate, document, number, end, vouched=vouched)
    _apply_hints(candidate, document, number)
    return candidate


def choose_split(splits: Sequence[Split], pattern: str) -> Split:
    """The best way to take a title apart, given what its siblings do; all title where nothing convinces."""
    best, best_score = splits[0], _PERHAPS + 0.15
    for split in splits[1:]:
        agreed = bool(pattern) and split.pattern == pattern
        score = split.score + (0.3 if agreed else 0.0)
        if agreed and split.score < _HARDLY and best is splits[0]:
            best = split
        elif score > best_score and (split.score >= _SURE or agreed):
            best, best_score = split, score
    if best is splits[0]:
        # "Title by Initech": whoever it is, it is no part of the title.
        return next((split for split in splits if split.pattern == "by>" and split.linked), best)
    if best.pattern.startswith("<") and _is_role(best.title):
        # "Ann Lee - Director of Engineering, Acme" names a person and what she does: there is no title.
        return replace(best, title=splits[0].title)
    return best


def _is_role(text: str) -> bool:
    words = fold(text).split()
    return len(words) <= 5 and bool(set(words[:3]) & ROLE_WORDS)


def _take_entry(candidate: Candidate, entry: LineupEntry, splits: Sequence[Split]) -> None:
    """Speakers from the lineup; a bracket in the section's title that the lineup does not know is a company."""
    if not entry.speakers:
        return
    candidate.speakers = entry.speakers
    plain = candidate.title = splits[0].title if fold(splits[0].title) == fold(entry.title) else candidate.title
    bracket = next((split for split in splits if split.pattern == "bracket>"), None)
    if bracket and fold(bracket.title) == fold(entry.title):
        candidate.title = bracket.title
        only = entry.speakers[0]
        note = splits[0].title[len(bracket.title) :].strip(" ()[]@") or plain
        if len(entry.speakers) == 1 and not only.affiliation:
            candidate.speakers = (replace(only, affiliation=note),)


def _weigh_words(candidate: Candidate, document: Document, number: int) -> None:
    plain = drop_slot(document.plain(number))
    folded = fold(plain)
    words = folded.split()
    if plain != document.plain(number):
        candidate.add("says when it was given", 1.5)
        candidate.day = read_day(document.plain(number)[len(plain) :])
    if is_day_heading(plain) or (words and words[-1] in DAY_WORDS and len(words) <= 3):
        candidate.add("names a day", -6.0)
    elif is_other_heading(folded):
        candidate.add("is what such posts call something else than a talk", -6.0)
    elif set(words[:3]) & TALK_PLURALS and len(words) <= 6:
        candidate.add("announces talks", -2.0)
    elif words and words[-1] in SPEAKER_LABELS and set(words) <= SPEAKER_LABELS | KIND_WORDS | TALK_WORDS:
        candidate.add("announces speakers", -2.0)
    elif words and words[0] in KIND_WORDS and any(word in TALK_WORDS for word in words[:3]):
        candidate.add("begins with a kind of talk", 1.8)
    elif words and words[-1] in TALK_WORDS and len(words) <= 4:
        candidate.add("ends with a kind of talk", 1.2)
    elif set(words) <= RESOURCE_LABELS:
        candidate.add("is a label", -4.0)
    if has_any(" ".join(words[-1:]), GATHERINGS) and len(words) <= _LONGEST_EVENT:
        candidate.add("names an event", -1.5)
    _weigh_length(candidate, plain, folded)
    if document.series and f" {fold(document.series)} " in f" {folded} ":
        opens = f"{folded} ".startswith(f"{fold(document.series)} ")
        candidate.add("names the conference", -2.0 if opens else -1.5 if len(words) <= 4 else -1.0)
    if folded and folded == fold(document.meta.title):
        candidate.add("is the post's own title", -4.0)


def _weigh_length(candidate: Candidate, plain: str, folded: str) -> None:
    length = count_words(folded)
    if not length:
        candidate.add("has no words", -100.0)
    elif length >= _TITLE_WORDS:
        candidate.add("is as long as titles are", 0.5)
    elif length == 1 and not plain[:1].isdigit():
        candidate.add("is a single word", -0.6)


def is_other_heading(folded: str) -> bool:
    """Whether a heading is, or begins with, what posts call everything that is no talk."""
    if folded in OTHER_HEADINGS:
        return True
    words = folded.split()
    if " ".join(words[:2]) in TITLE_OPENINGS and len(words) > 2:
        return False
    return len(words) <= 7 and any(" ".join(words[:length]) in OTHER_OPENINGS for length in (1, 2, 3, 4))


def _weigh_section(candidate: Candidate, document: Document, number: int, end: int, *, vouched: bool) -> None:
    """What stands below: lines of detail, a speaker in the first sentences, recordings, notes at all."""
    stop = document.find_next_heading(number)
    if _is_byline(document, number):
        candidate.add("names the speaker of the heading above", -8.0)
    elif read_people(document.blocks[number].content, document.definitions).score >= _NAME_ALONE:
        candidate.add("is a name and no title", -1.0)
    details = find_details(document, number + 1, end, vouched=vouched)
    candidate.byline, candidate.labels = details.blocks, details.items
    if details.people.speakers:
        candidate.add("a line below says who speaks", 3.0)
        candidate.speakers = candidate.speakers or details.people.speakers
    elif details.labelled:
        candidate.add("a label below says that somebody speaks", 2.0)
    if details.title:
        candidate.add("a line below gives the title", 3.0)
        candidate.title = details.title
    if not candidate.speakers:
        people = find_speakers(document, number + 1, stop)
        if people.speakers:
            candidate.add(TOLD_BELOW, 2.0 * people.score)
            candidate.speakers = people.speakers
    if not candidate.speakers and (people := find_bio(document, number + 2, stop)).speakers:
        candidate.add("a note at the end tells who speaks", 1.2)
        candidate.speakers = people.speakers
    if tells_of_talk(document, number + 1, stop):
        candidate.add("its first sentences tell of a talk", 0.8)
    below = document.blocks[number + 1 : end]
    if any(_PROGRAMME.search(link.url) for link in find_links(document.blocks[number].content, document.definitions)):
        candidate.add("links to a talk of the programme", 1.2)
    if any(_RECORDING.search(block.text[:3000]) for block in below[:30]):
        candidate.add("slides or a recording are linked", 0.8)
    if not any(block.form in (Form.LIST, Form.PARAGRAPH, Form.QUOTE) for block in below):
        candidate.add("nothing is noted below it", -1.0)
    elif number + 1 == stop:
        candidate.add("the next heading follows at once", -1.0)


def _is_byline(document: Document, number: int) -> bool:
    """Whether a heading right below a higher one is nothing but its speaker."""
    block, above = document.blocks[number], document.blocks[number - 1] if number else None
    below_title = above is not None and above.form is Form.HEADING and above.level < block.level
    return below_title and bool(read_byline(block.content, document).speakers)


def _apply_hints(candidate: Candidate, document: Document, number: int) -> None:
    """A writer's word on which level talks have, and on how their titles are made."""
    hints = document.hints
    if hints.talk_level is not None:
        right = document.blocks[number].level == hints.talk_level
        candidate.add("has the level that the hints give talks", 12.0 if right else -100.0)
    if hints.title_pattern and (values := match_by_hint(document.blocks[number].content, hints.title_pattern)):
        candidate.add("fits the pattern of the hints", 6.0)
        candidate.title = values["title"]
        if named := values.get("speaker", ""):
            people = read_people(named)
            first = people.speakers[0] if people.score >= _SURE else ParsedSpeaker(named[:LONGEST_NAME])
            first = replace(
                first,
                affiliation=values.get("affiliation", first.affiliation),
                handle=values.get("handle", first.handle),
            )
            candidate.speakers = (first, *(people.speakers[1:] if people.score >= _SURE else ()))


def match_by_hint(content: str, pattern: str) -> dict[str, str] | None:
    """The parts of a title by the hints' pattern, whose part for the company may be missing."""
    short = re.sub(r"\s*[^\w\s{}]?\{affiliation\}[^\w\s{}]?", "", pattern)
    return match_pattern(content, pattern) or (match_pattern(content, short) if short != pattern else None)
