"""Recognises talks whose titles are headings, at any level."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from talks.names import NAME_LENGTH, fold_words
from talks.parsing.records import LineupEntry, ParsedSpeaker
from talks.parsing.talks.affiliations import names_organisation
from talks.parsing.talks.bylines import read_byline
from talks.parsing.talks.candidates.siblings import (
    MENTIONED,
    TOLD_BELOW,
    find_addressed,
    find_bylines_below,
    find_heading_bylines,
    take_titles_below,
    weigh_siblings,
)
from talks.parsing.talks.candidates.title_words import (
    LETTER_LENGTH,
    drop_event_behind,
    drop_letter,
    find_letters,
    is_other_heading,
    weigh_form,
    weigh_labels,
    weigh_words,
)
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import TITLE_LINE, Candidate
from talks.parsing.talks.lineup import Lineup
from talks.parsing.talks.people import NOBODY, People, read_people
from talks.parsing.talks.sentence_names import find_speakers, mentions_talk
from talks.parsing.talks.speaker_lines import find_details, looks_like_people
from talks.parsing.talks.talk_links import is_of_programme
from talks.parsing.talks.title_lines import read_rows
from talks.parsing.talks.title_parts import Split, clean_title, match_pattern
from talks.parsing.talks.title_slots import is_numbered_talk, is_slot
from talks.parsing.talks.told_speakers import find_bio
from talks.parsing.text.blocks import Block, Form
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.title_comparison import count_words
from talks.parsing.words.talk_words import ROLE_WORDS, SPEAKER_LABELS

_SURE = 0.6
_NAME_ALONE = 0.9
_HARDLY = 0.1
_AGREED = 0.3
_PERHAPS = 0.3
_LEAST_TOLD = 3
_ALL_ALIKE = 0.8
_MOST_SEARCHED = 30
_LONGEST_EMBED = 2000  # characters
_LONGEST_TITLE = 12  # words, if a full stop follows
_AS_SIBLINGS = "names a speaker as its siblings do"
# Below headings of days and the like, the next headings are those of talks, and no lines about one talk.
_OF_SEVERAL = ("names a day", "announces talks", "is what such posts call something else than a talk")


_LINK_ALONE = re.compile(r"\s*\[[^\[\]\n]+\]\([^()\s]+\)\s*")


def recognise(document: Document, lineup: Lineup) -> list[Candidate]:
    """Return one candidate for each heading, level by level; headings of one level are evidence for each other.

    Title lines, which are paragraphs that count as headings, make up levels of their own.
    """
    entries = dict(lineup.sections)
    found: list[Candidate] = []
    addressed = find_addressed(document)
    written = {number: (document.blocks[number].level, number in document.lines) for number in document.headings}
    for level in sorted(set(written.values())):
        numbers = [number for number in document.headings if written[number] == level]
        found += _read_level(document, numbers, entries, addressed)
    return found


def _read_level(
    document: Document,
    numbers: Sequence[int],
    entries: Mapping[int, LineupEntry],
    addressed: Mapping[int, Split],
) -> list[Candidate]:
    rows = {number: read_rows(document, number) for number in numbers}
    rows = {number: (drop_event_behind(title, document), people) for number, (title, people) in rows.items()}
    letters = find_letters([title for title, _ in rows.values()])
    splits = {number: document.split(drop_letter(title, letters)) for number, (title, _) in rows.items()}
    pattern = find_pattern([ways for ways in splits.values() if not is_other_heading(fold_words(ways[0].title))])
    if not is_rule(list(splits.values()), pattern):
        splits = {
            number: [way for way in ways if way.score >= _HARDLY or not way.score] for number, ways in splits.items()
        }
    vouched = find_bylines_below(document, numbers) or find_bylines_below(document, document.headings)
    bylines = find_heading_bylines(document)
    vouched |= bylines
    splits |= {number: [addressed[number]] for number in numbers if number in addressed}
    candidates = [
        _read_heading(
            document, number, splits[number], pattern, entries.get(number), vouched=vouched, addressed=addressed
        )
        for number in numbers
    ]
    weigh_labels(candidates, document)
    for candidate in candidates:
        if people := rows[candidate.start][1].speakers:
            candidate.add("a line below says who speaks")
            candidate.speakers = people
        candidate.close()
    for candidate in candidates if letters else ():
        lettered = document.blocks[candidate.start].content[:LETTER_LENGTH] in letters
        if lettered:
            candidate.add("is lettered as its siblings are")
        else:
            candidate.add("its siblings are lettered, and it is not")
    take_titles_below(document, candidates)
    told = sum(number + 1 in bylines for number in numbers)
    for candidate in candidates if told >= _LEAST_TOLD else ():
        if candidate.start + 1 not in bylines:
            candidate.add("its siblings have their speakers in headings below, and it has not")
    weigh_siblings(document, candidates, splits, pattern)
    return candidates


def find_pattern(splits: Sequence[Sequence[Split]]) -> str:
    """Return the pattern by which the titles of a level or list most surely name people; "" if that is too uncertain.

    A pattern is a separator and the side of it where the people are: "dash>" if they follow a dash, "<dash" if they
    precede it. The certainties of the titles with the pattern must add up to 1 at least, and to 0.3 times the number of
    titles.
    """
    votes: Counter[str] = Counter()
    for ways in splits:
        best: dict[str, float] = {}
        for way in ways:
            if way.score >= _PERHAPS:
                best[way.pattern] = max(best.get(way.pattern, 0.0), way.score)
        votes.update({pattern: round(score * 100) for pattern, score in best.items()})
    if votes["<fields"] >= _ALL_ALIKE * max(votes["<dash"], votes["dash>"]):  # nearly all have three parts
        del votes["<dash"], votes["dash>"]
    if not votes:
        return ""
    pattern, score = votes.most_common(1)[0]
    return pattern if score >= 100 and score >= 30 * len(splits) else ""


def is_rule(splits: Sequence[Sequence[Split]], pattern: str) -> bool:
    """Whether four headings of a level or more, and 60 % of them, name people by the pattern with a certainty of 0.6.

    Then the pattern applies to the other headings of the level too. False for the empty pattern.
    """
    surely = sum(any(way.pattern == pattern and way.score >= _SURE for way in ways) for ways in splits)
    return bool(pattern) and surely >= 4 and surely >= 0.6 * len(splits)


def _read_heading(
    document: Document,
    number: int,
    splits: Sequence[Split],
    pattern: str,
    entry: LineupEntry | None,
    *,
    vouched: Set[int],
    addressed: Mapping[int, Split],
) -> Candidate:
    block = document.blocks[number]
    end = document.find_end(number)
    split = choose_split(splits, pattern)
    shape = TITLE_LINE if number in document.lines else f"heading {block.level}"
    candidate = Candidate(number, end, shape, split.title, split.people.speakers)
    candidate.add("a heading by itself")
    if split.score:
        agreed = bool(pattern) and split.pattern == pattern
        sure = split.score >= _SURE or agreed
        score = min(1.0, split.score + _AGREED) if agreed else split.score
        candidate.add("names a speaker" if sure else "perhaps names a speaker", score)
        if agreed:
            candidate.add(_AS_SIBLINGS)
        if split.score >= _NAME_ALONE:
            candidate.add("names a speaker of a known name")
        if sure and split.pattern:
            candidate.add(f"“{split.pattern.strip('<>')}” parts title and speaker")
    if entry:
        candidate.add("the lineup names it")
        _take_entry(candidate, entry, splits)
    weigh_words(candidate, document, number)
    weigh_form(candidate, document, number)
    candidate.add(f"is a heading of level {block.level}")
    _weigh_place(candidate, document, number)
    _weigh_section(candidate, document, number, end, vouched=vouched, addressed=addressed)
    _apply_hints(candidate, document, number)
    return candidate


def _weigh_place(candidate: Candidate, document: Document, number: int) -> None:
    if number == document.headings[0]:
        candidate.add("is the first heading")
    if number == document.headings[-1]:
        candidate.add("is the last heading")
    below = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if below:
        candidate.add(f"a {below.form.value} follows at once")
    own = document.blocks[number + 1 : document.find_next_heading(number)]
    candidate.add("is followed by much", min(1.5, math.log1p(len(own)) / 2))
    if any(other.form is Form.LIST for other in own):
        candidate.add("has a list below it")


def choose_split(splits: Sequence[Split], pattern: str) -> Split:
    """Return the best split of a text into title and people, given the pattern of its level ("" for no pattern).

    Splits by that pattern are preferred. If none is certain enough, the title is the whole text, without a company that
    is linked after "by".

    If the best split has people before a mere role ("Ann Lee - Director"), they are the speakers, and the title is the
    whole text.
    """
    best, best_score = splits[0], _PERHAPS + 0.15
    for split in splits[1:]:
        if fold_words(split.title) in SPEAKER_LABELS:
            continue  # "Presenter: Ann Lee"
        agreed = bool(pattern) and split.pattern == pattern
        score = split.score + (0.3 if agreed else 0.0)
        if agreed and split.score < _HARDLY and best is splits[0]:
            best = split
        elif score > best_score and (split.score >= _SURE or agreed):
            best, best_score = split, score
    if best is splits[0]:
        # "Title by Initech": the company is no part of the title.
        return next((split for split in splits if split.pattern == "by>" and split.linked), best)
    if best.pattern.startswith("<") and _is_role(best.title):
        # "Ann Lee - Director of Engineering, Acme" names a person and what she does: there is no title.
        return best._replace(title=splits[0].title)
    return best


def _is_role(text: str) -> bool:
    words = fold_words(text).split()
    return len(words) <= 5 and bool(set(words[:3]) & ROLE_WORDS)


def _take_entry(candidate: Candidate, entry: LineupEntry, splits: Sequence[Split]) -> None:
    """Give the candidate the speakers of its lineup entry; change nothing if the entry names nobody.

    If the whole heading is the entry's title, it becomes the candidate's title. Text in brackets behind the entry's
    title in the heading becomes the affiliation of the entry's only speaker, if the entry gives none.
    """
    if not entry.speakers:
        return
    candidate.speakers = entry.speakers
    if fold_words(splits[0].title) == fold_words(entry.title):
        candidate.title = splits[0].title
    bracket = next((split for split in splits if split.pattern == "bracket>"), None)
    if bracket and fold_words(bracket.title) == fold_words(entry.title):
        candidate.title = bracket.title
        only = entry.speakers[0]
        if len(entry.speakers) == 1 and not only.affiliation:
            note = splits[0].title[len(bracket.title) :].strip(" ()[]@")
            candidate.speakers = (replace(only, affiliation=note),)


def _weigh_section(
    candidate: Candidate,
    document: Document,
    number: int,
    end: int,
    *,
    vouched: Set[int],
    addressed: Mapping[int, Split],
) -> None:
    """Add evidence from the section below heading `number`, and take from it what it says of speakers and title.

    `end` is the number of the block after the section. `vouched` are the numbers of blocks, headings among them, that
    count as names if they look like names, since many alike were found (`find_bylines_below`, `find_heading_bylines`).
    `addressed` are, by number, the headings that only name people with a title of address ("Prof. Ann Lee") and that
    surely are talks.
    """
    stop = document.find_next_heading(number)
    agreed = candidate.has(_AS_SIBLINGS)
    if number in addressed:  # the name is all that the talk is called by
        candidate.settled = True
    elif number in vouched or (not agreed and _is_byline(document, number)):
        candidate.add("names the speaker of the heading above")
    elif (named := _read_name_alone(candidate, document)).speakers:
        if not _tells_of_talk_by(document, number, stop):
            candidate.add("is a name and no title")
        else:
            candidate.speakers = named.speakers
            if not candidate.has("names a speaker"):
                candidate.add("names a speaker", named.score)
    own_end = min((other for other in addressed if number < other < end), default=end)
    _take_people_below(candidate, document, number, own_end, vouched=vouched)
    if mentions_talk(document, number + 1, stop):
        candidate.add(MENTIONED)
    below = document.blocks[number + 1 : end]
    if any(map(is_of_programme, find_links(document.blocks[number].content, document.definitions))):
        candidate.add("links to a talk of the programme")
    if not document.recordings.isdisjoint(range(number + 1, min(end, number + 1 + _MOST_SEARCHED))):
        candidate.add("slides or a recording are linked")
    if not any(map(_is_noted, below)):
        candidate.add("nothing is noted below it")
    elif number + 1 == stop:
        candidate.add("the next heading follows at once")


def _is_noted(block: Block) -> bool:
    """Whether a block holds notes: a paragraph, list, quote, table, code, or HTML with more than three words."""
    if block.form is Form.EMBED:
        return count_words(make_plain(block.content[:_LONGEST_EMBED])) > _LEAST_TOLD
    return block.form in (Form.LIST, Form.PARAGRAPH, Form.QUOTE, Form.TABLE, Form.CODE)


def _read_name_alone(candidate: Candidate, document: Document) -> People:
    """Return the people whom a heading names if it holds nothing but names, roles and companies; else `NOBODY`.

    The names must have a certainty of 0.9, or the first sentences below must tell of a speaker who is called exactly
    like the heading. If the heading was split like its siblings into a title and names, the result is `NOBODY` too,
    unless that title is a role or names an organisation.
    """
    content = document.blocks[candidate.start].content
    named = document.read_people(content)
    sure = named.score >= _NAME_ALONE or (named.speakers and _is_told_below(document, candidate.start))
    if not sure or not looks_like_people(document, content):
        return NOBODY
    title = candidate.title if candidate.has(_AS_SIBLINGS) else ""
    parted = title != document.split(content)[0].title and title
    return NOBODY if parted and not (_is_role(title) or names_organisation(title)) else named


def _tells_of_talk_by(document: Document, number: int, stop: int) -> bool:
    """Whether the sentences below a heading that is a person's name tell that this person spoke.

    They do if they name speakers, each by words of the heading alone; or if the first paragraph has a word of the
    heading, and one of the first two paragraphs tells of a talk.
    """
    name = fold_words(document.plain(number))
    told = find_speakers(document, number + 1, stop).speakers
    if told and all(set(fold_words(speaker.name).split()) <= set(name.split()) for speaker in told):
        return True
    first = next((document.plain(other) for other in document.paragraphs(number + 1, stop)), "")
    named = not set(name.split()).isdisjoint(fold_words(first).split())
    return named and mentions_talk(document, number + 1, stop)


def _take_people_below(candidate: Candidate, document: Document, number: int, end: int, *, vouched: Set[int]) -> None:
    """Give the candidate the speakers and the title that lines of details below its heading tell: "Speaker: Ann Lee".

    A candidate that still has no speaker gets those whom the first sentences name, else the person whom a note at the
    end describes. Lines that only hold details become its `byline` and `labels`, so that they are no notes. A heading
    that is only a time of day or a number ("Session 1") takes title and speakers from the lines right below it; a time
    of day without a title there is settled as no talk.
    """
    stop = document.find_next_heading(number)
    if _is_slot(document, number) and _take_slot(candidate, document, number):
        return
    if is_slot(document.plain(number)):
        candidate.settled = False
        return
    titled = number not in document.day_headings
    gathers = any(candidate.has(reason) for reason in _OF_SEVERAL)
    details = find_details(document, number + 1, stop if gathers else end, vouched=vouched, titled=titled)
    candidate.byline, candidate.labels = details.blocks, details.items
    if details.people.speakers:
        candidate.add("a line below says who speaks")
        _prefer_line_below(candidate, document, details.people)
    elif details.labelled:
        candidate.add("a label below says that somebody speaks")
    if details.title:
        candidate.add("a line below gives the title")
        candidate.title = details.title
    if not candidate.speakers:
        people = find_speakers(document, number + 1, stop)
        if people.speakers:
            candidate.add(TOLD_BELOW, people.score)
            candidate.speakers = people.speakers
    if not candidate.speakers and (people := find_bio(document, number + 2, stop)).speakers:
        candidate.add("a note at the end tells who speaks")
        candidate.speakers = people.speakers


def _is_slot(document: Document, number: int) -> bool:
    """Whether a heading is only a time of day, or a number ("Session 1") right above a quotation or a lone link."""
    plain, below = document.plain(number), document.blocks[min(number + 1, len(document.blocks) - 1)]
    if is_numbered_talk(plain):
        return below.form is Form.QUOTE or bool(_LINK_ALONE.fullmatch(below.content))
    return is_slot(plain)


def _take_slot(candidate: Candidate, document: Document, number: int) -> bool:
    """Take title and speakers from the first two lines below a heading that is a time of day or a number.

    Return whether the first line can be a title; if it cannot, nothing is taken.
    """
    below = document.blocks[number + 1] if number + 1 < candidate.end else None
    if below is None or below.form not in (Form.PARAGRAPH, Form.QUOTE):
        return False
    rows = [row for line in below.content.split("\n") if (row := line.lstrip("> ")).strip()]
    plain = make_plain(rows[0]) if rows else ""
    if not fold_words(plain) or len(plain) > NAME_LENGTH or is_other_heading(fold_words(plain)):
        return False
    if plain.endswith((".", "。")) and count_words(plain) > _LONGEST_TITLE:
        return False
    split = choose_split(document.split(rows[0]), "")
    people = read_byline(rows[1], document, _HARDLY) if len(rows) > 1 else split.people
    candidate.title = clean_title(plain) if len(rows) > 1 and people.speakers else split.title
    candidate.speakers = people.speakers
    candidate.add("a line below gives the title")
    if people.speakers:
        candidate.add("a line below says who speaks")
    if len(rows) <= (2 if people.speakers else 1):
        candidate.byline |= {number + 1}
    return True


def _prefer_line_below(candidate: Candidate, document: Document, people: People) -> None:
    """Make `people`, whom a line below the heading names, the candidate's speakers.

    If the heading was split into a title and other people, the whole heading becomes the title. Nothing changes if the
    heading names one of `people` too, or names other people with a certainty of 0.9.
    """
    names = {fold_words(speaker.name) for speaker in candidate.speakers}
    if not names & {fold_words(speaker.name) for speaker in people.speakers}:
        ways = document.split(document.blocks[candidate.start].content)
        score = max((way.score for way in ways if way.people.speakers == candidate.speakers), default=0.0)
        if candidate.speakers and score >= _NAME_ALONE:
            return
        if candidate.speakers:
            candidate.title = ways[0].title
        candidate.speakers = people.speakers


def _is_byline(document: Document, number: int) -> bool:
    """Whether a heading names the speakers of a talk whose title is the heading right above.

    The heading above must have a higher level and be no day. The lower one must consist of names, or be exactly the
    name of a speaker of whom the first sentences below it tell.
    """
    block, above = document.blocks[number], document.blocks[number - 1] if number else None
    if number - 1 in document.day_headings:
        return False
    below_title = above is not None and above.form is Form.HEADING and above.level < block.level
    if not below_title:
        return False
    named = bool(read_byline(block.content, document).speakers) and looks_like_people(document, block.content)
    return named or _is_told_below(document, number)


def _is_told_below(document: Document, number: int) -> bool:
    """Whether the first sentences below a heading tell of a speaker whose name is the heading."""
    name, stop = fold_words(document.plain(number)), document.find_next_heading(number)
    return any(fold_words(speaker.name) == name for speaker in find_speakers(document, number + 1, stop).speakers)


def _apply_hints(candidate: Candidate, document: Document, number: int) -> None:
    """Settle by the hint `talk_level` whether a heading is a talk; take title and speakers by `title_pattern`.

    A hint that is not given changes nothing.
    """
    hints = document.hints
    if hints.talk_level is not None:
        right = document.blocks[number].level == hints.talk_level and number not in document.lines
        candidate.settled = right
    if hints.title_pattern and (values := match_by_hint(document.blocks[number].content, hints.title_pattern)):
        candidate.add("fits the pattern of the hints")
        candidate.title = values["title"]
        if named := values.get("speaker", ""):
            people = read_people(named)
            first = people.speakers[0] if people.score >= _SURE else ParsedSpeaker(named[:NAME_LENGTH])
            first = replace(
                first,
                affiliation=values.get("affiliation", first.affiliation),
                handle=values.get("handle", first.handle),
            )
            candidate.speakers = (first, *(people.speakers[1:] if people.score >= _SURE else ()))


def match_by_hint(content: str, pattern: str) -> dict[str, str] | None:
    """Return the parts of a title, by their names in a pattern such as "{title} by {speaker} ({affiliation})".

    A title without the affiliation fits too. None if the title does not fit the pattern.
    """
    short = re.sub(r"\s*[^\w\s{}]?\{affiliation\}[^\w\s{}]?", "", pattern)
    return match_pattern(content, pattern) or (match_pattern(content, short) if short != pattern else None)
