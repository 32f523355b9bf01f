"""Evidence about a heading from the other headings of its level, since headings of one level mostly mean the same."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from talks.names import fold_words
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.talks.affiliations import names_organisation
from talks.parsing.talks.announcements import announces_notes, announces_talks_below
from talks.parsing.talks.bylines import SHAPED, is_by_line, opens_with_name, read_byline
from talks.parsing.talks.candidates.title_words import announces_talks, is_other_heading, names_dated_event
from talks.parsing.talks.decision_trees import SETTLED_ALONE
from talks.parsing.talks.document import NOTED, Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.full_names import is_honorific
from talks.parsing.talks.people import describe
from talks.parsing.talks.sentence_names import mentions_talk, opens_with_talk
from talks.parsing.talks.title_parts import Split, clean_title
from talks.parsing.text.blocks import Form
from talks.parsing.text.inline import find_links, make_plain
from talks.parsing.title_comparison import count_words, has_any
from talks.parsing.web_addresses import read_host
from talks.parsing.words.heading_words import CHOSEN_WORDS
from talks.parsing.words.talk_words import SPEAKER_LABELS, TALK_PLURALS, TALK_WORDS, TALKS_OR_NOTES

_LEAST_SIBLINGS = 3
_LEAST = 2
_COMPANY_WORDS = 2.5
_LONGEST_LINE = 300
_LONGEST_PLAIN = 160
_MOSTLY = 0.6
_SENTENCE_END = re.compile(r"[.;:,。；：…]\s*\Z|://")
_EMPHASISED = re.compile(r"\s*(\*{1,2}|_{1,2})(?=\S)[^*_\n]{4,}\1\s*\Z")
_TITLE_WORDS = 3
_UNLIKELY = -2.5
_HARDLY = -4.5
_ANNOUNCED = -2  # headings below one that announces talks count as talks from this weight on
_SPAN = 3.0
_RATHER = 0.6
_NO_TITLES = frozenset(
    {"is what such posts call something else than a talk", "names a day", "is a label", "names an event"}
)
_NAMES_OF_EVENTS = frozenset({"opens with the conference's name", "names the conference"})
# What says against headings that only name people, and not against those whose title stands below.
_OF_BARE_NAMES = ("is a name and no title", "the next heading follows at once", "nothing is noted below it")
TOLD_BELOW = "its first sentences tell who speaks"
NONE_NAMED = "the headings of another section have speakers, and none in its own has"
_APART = _NO_TITLES | {NONE_NAMED}
_NAMING = frozenset({"names a speaker", "a line below says who speaks", "a label below says that somebody speaks"})
_NEARLY_ALL = 0.8
MENTIONED = "its first sentences tell of a talk"
BELOW_ANNOUNCEMENT = "stands below words that announce talks"
_REGULAR = "one of several titles with notes, in a post that announces notes"
ALL_OPEN_WITH_TALKS = "its first sentence tells of a talk, as with most of its level"


def weigh_siblings(
    document: Document, candidates: Sequence[Candidate], splits: Mapping[int, Sequence[Split]], pattern: str
) -> None:
    """Add to each heading's candidate the evidence from the other headings of its level."""
    _weigh_unnamed_sections(document, candidates)
    _weigh_level(candidates, splits, pattern)
    _weigh_groups(document, candidates)
    _weigh_titles(candidates)
    _weigh_parts(document, candidates)
    _weigh_openings(document, candidates)
    _weigh_regular(document, candidates)
    _weigh_named_file(document, candidates)
    _weigh_company(document, candidates)


def _weigh_company(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence from how likely the other headings of the level are talks, in the post and below the same parent.

    Other evidence comes from how many headings the level has, and how many of them have speakers or lists, are as long
    as titles, or link to the same host.
    """
    alone = [max(-_SPAN, min(_SPAN, candidate.alone)) / _SPAN for candidate in candidates]
    groups: dict[int, list[float]] = {}
    for candidate, value in zip(candidates, alone, strict=True):
        groups.setdefault(document.find_parent(candidate.start), []).append(value)
    total = sum(alone)
    sums = {parent: sum(group) for parent, group in groups.items()}
    for candidate, value in zip(candidates, alone, strict=True):
        group = groups[document.find_parent(candidate.start)]
        if len(candidates) > 1:
            candidate.add("the headings of its level look like talks", (total - value) / (len(alone) - 1))
        else:
            candidate.add("is the only heading of its level")
        if len(group) > 1:
            candidate.add(
                "its siblings look like talks", (sums[document.find_parent(candidate.start)] - value) / (len(group) - 1)
            )
        else:
            candidate.add("has no siblings")
    _weigh_shares(document, candidates)
    hosts = [_find_host(document, candidate) for candidate in candidates]
    shared = Counter(hosts)
    for candidate, host in zip(candidates, hosts, strict=True):
        if host and shared[host] >= max(_LEAST, len(candidates) / 2):
            candidate.add("links to where its siblings link")
    named = sum(bool(candidate.speakers) for candidate in candidates) / len(candidates)
    for candidate in candidates:
        reason = "others of its level have speakers, and so has it"
        candidate.add(reason if candidate.speakers else "others of its level have speakers, and it has not", named)
        candidate.add("has many of its level", min(1.5, math.log(len(candidates)) / 2))


def _weigh_shares(document: Document, candidates: Sequence[Candidate]) -> None:
    listed = sum(candidate.has("has a list below it") for candidate in candidates) / len(candidates)
    titled = sum(count_words(candidate.title) >= _TITLE_WORDS for candidate in candidates) / len(candidates)
    for candidate in candidates:
        candidate.add("the headings of its level have lists below", listed)
        candidate.add("the headings of its level are as long as titles are", titled)
        candidate.add("most headings are of its level", len(candidates) / len(document.headings))
    _weigh_event_sections(document, candidates, listed)


def _weigh_event_sections(document: Document, candidates: Sequence[Candidate], listed: float) -> None:
    """Add evidence for two or more sections that may be talks, if each is outermost or right below a heading for talks.

    Headings for talks are the post's first, days, and those that announce talks. The evidence says whether title or
    file name names an event, a day, talks or notes: in another file such sections rather are parts of one talk.
    """
    likely = _find_sections(document, candidates)
    top = {-1, document.headings[0], *document.day_headings}
    above = {document.find_parent(c.start) for c in likely} - top
    if len(likely) < _LEAST or not all(announces_talks(fold_words(document.plain(n)).split()) for n in above):
        return
    kind = "of an event" if document.tells_of_event else "that names no event"
    for candidate in likely:
        candidate.add(f"one of several sections of a file {kind}", min(1.0, len(likely) / 4))
        candidate.add(f"one of several lists of a file {kind}", listed * document.list_share)


def _find_sections(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the headings of a level that look like titles of talks by themselves.

    In a file that names an event, a day, talks or notes, less likely headings ("GraphQL") count too, if there are at
    least three, half of which look like titles by themselves, and half of which have lists below. If the file names an
    event or day and has no title in its front matter, it is enough that there are four at least, half of them with
    lists below.
    """
    titles = [c for c in candidates if not c.has_any(_NO_TITLES)]
    likely = [c for c in titles if c.alone > _UNLIKELY]
    more = [c for c in titles if c.alone > _HARDLY and not c.has_any(_NAMES_OF_EVENTS)]
    noted = sum(any(b.form is Form.LIST for b in document.blocks[c.start + 1 : c.end]) for c in more)
    bare = document.names_event_or_day and not document.meta.title and len(more) > _LEAST_SIBLINGS
    alike = document.tells_of_event and len(more) >= _LEAST_SIBLINGS and 2 * len(likely) >= len(more)
    return more if (alike or bare) and 2 * noted >= len(more) else likely


def _find_host(document: Document, candidate: Candidate) -> str:
    links = find_links(document.blocks[candidate.start].content, document.definitions)
    return read_host(links[0].url) if links else ""


def find_bylines_below(document: Document, numbers: Sequence[int]) -> frozenset[int]:
    """Return the numbers of the blocks right below the given headings that begin with names; empty if too few do.

    Enough are 60 % of the headings, three at least; or all, two at least, if half of the names have a certainty of 0.6.
    """
    below = [document.find_words(number + 1) for number in numbers]
    named = frozenset(number for number in below if opens_with_name(document, number))
    if len(named) >= _LEAST_SIBLINGS and len(named) >= 0.6 * len(numbers):
        return named
    sure = sum(opens_with_name(document, number, _RATHER) for number in named)
    return named if len(named) == len(numbers) >= _LEAST and 2 * sure >= len(named) else frozenset()


def find_heading_bylines(document: Document) -> frozenset[int]:
    """Return the numbers of headings that only name the speakers of the heading above.

    All subheadings of that heading must do so, with no other block before or between them. If fewer than three headings
    have such subheadings, the subheadings must begin with "by" or the like.
    """
    below: dict[int, list[int]] = {}
    for number in document.headings:
        below.setdefault(document.find_parent(number), []).append(number)
    found = [
        children
        for parent, children in below.items()
        if parent >= 0
        and not names_dated_event(document.plain(parent))
        and children == list(range(parent + 1, parent + 1 + len(children)))
        and all(read_byline(document.blocks[child].content, document, SHAPED).speakers for child in children)
    ]
    told = [children for children in found if all(is_by_line(document.blocks[child].content) for child in children)]
    return frozenset(n for children in (found if len(found) >= _LEAST_SIBLINGS else told) for n in children)


def find_addressed(document: Document) -> dict[int, Split]:
    """Return, by number, the splits of headings that only name people, with title of address or label: "Prof. Ann Lee".

    In a post about an event each stands for a talk; the result is empty for other posts. No heading may follow it at
    once, and it must be outermost or right below the post's first heading, the event or a day. The result is empty too
    unless there are at least three such headings, and twice as many as other headings outside their sections.
    """
    if not document.tells_of_event:
        return {}
    event = {n for n in document.headings if document.names_series(fold_words(document.plain(n)))}
    top = {-1, *document.headings[:1], *document.day_headings, *event}
    found: dict[int, Split] = {}
    others, end = 0, 0
    for number in document.headings:
        if number < end or number in top:
            continue
        if document.find_parent(number) in top and (split := _read_addressed(document, number)):
            found[number], end = split, document.find_end(number)
        else:
            others += 1
    return found if len(found) >= max(_LEAST_SIBLINGS, 2 * others) else {}


def _read_addressed(document: Document, number: int) -> Split | None:
    below = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if below is None or below.form is Form.HEADING:
        return None
    plain = document.plain(number)
    label, colon, name = plain.replace("：", ":").rpartition(":")
    tokens = name.split()
    labelled = colon and fold_words(label) in SPEAKER_LABELS
    if not tokens or (colon and not labelled) or not (labelled or is_honorific(tokens)):
        return None
    people = read_byline(name.strip(), document, SHAPED)
    alone = all(not each.affiliation or names_organisation(each.affiliation) for each in people.speakers)
    return Split(name.strip(), people, "") if people.speakers and alone else None


def take_titles_below(document: Document, candidates: Sequence[Candidate]) -> None:
    """Take the italic or bold line below headings like "Ann Lee – Initech" as title.

    At least three such headings, and half of them, must have such a line, and their former titles ("Initech") must be
    as short as names of companies. If most former titles name organisations ("University of Acme"), they may be longer,
    and a plain line or a subheading is taken as title too. The former title of a talk with one speaker becomes the
    speaker's affiliation, if there is none.
    """
    named = [candidate for candidate in candidates if candidate.speakers and candidate.alone > _UNLIKELY]
    organised = sum(names_organisation(candidate.title) for candidate in named) >= max(_LEAST, _MOSTLY * len(named))
    find = _find_line if organised else _find_emphasised
    found = {candidate.start: title for candidate in named if (title := find(document, candidate))}
    words = sum(count_words(candidate.title) for candidate in named)
    if len(found) < _LEAST_SIBLINGS or 2 * len(found) < len(named):
        return
    if not organised and words > _COMPANY_WORDS * len(named):
        return
    for candidate in named:
        if candidate.start in found:
            if len(candidate.speakers) == 1 and not candidate.speakers[0].affiliation:
                candidate.speakers = (describe(candidate.speakers[0], candidate.title),)
            candidate.title = found[candidate.start]
            if organised:
                candidate.withdraw(_OF_BARE_NAMES)
            candidate.add("a line below gives the title, as with its siblings")
            if "\n" not in document.blocks[candidate.start + 1].content:
                candidate.byline |= {candidate.start + 1}


def _find_emphasised(document: Document, candidate: Candidate) -> str:
    """Return the first line below a heading, as plain text, if it is all italic or bold and no byline; else ""."""
    number = candidate.start + 1
    if number >= candidate.end or number in candidate.byline:
        return ""
    if document.blocks[number].form is not Form.PARAGRAPH and number not in document.lines:
        return ""
    first = document.blocks[number].content.split("\n")[0]
    return clean_title(make_plain(first)) if len(first) <= _LONGEST_LINE and _EMPHASISED.match(first) else ""


def _find_line(document: Document, candidate: Candidate) -> str:
    """Return the title right below a heading: a subheading or a line, of several words and no sentence.

    Else return what `_find_emphasised` finds.
    """
    number = candidate.start + 1
    if number >= candidate.end or number in candidate.byline:
        return ""
    block, plain = document.blocks[number], document.plain(number)
    alone = block.form is Form.HEADING or (block.form is Form.PARAGRAPH and block.line == block.end_line)
    if not alone or count_words(plain) < _LEAST or len(plain) > _LONGEST_PLAIN or _SENTENCE_END.search(plain):
        return _find_emphasised(document, candidate)
    return document.split(block.content)[0].title


def _weigh_level(candidates: Sequence[Candidate], splits: Mapping[int, Sequence[Split]], pattern: str) -> None:
    """Add evidence to the headings of a level if enough of them look like talks and name people.

    Enough are 40 %, two at least; 60 % if only sentences below the headings name the people. Days, labels and the like
    get no such evidence (`_stands_apart`). If more than three headings, and 60 % of all, can be split by the pattern,
    one that cannot be and names nobody itself gets evidence against it.
    """
    named = [candidate for candidate in candidates if candidate.speakers and candidate.alone > 0]
    told = sum(candidate.has(TOLD_BELOW) for candidate in named)
    share = 0.6 if told == len(named) else 0.4  # essays name people in their sentences, too
    if len(named) < _LEAST or len(named) < share * len(candidates):
        return
    agreed = {c.start for c in candidates if pattern and any(split.pattern == pattern for split in splits[c.start])}
    for candidate in candidates:
        if not _stands_apart(candidate):
            candidate.add("the headings of its level name speakers")
        bare = candidate.start not in agreed and not candidate.has("names a speaker")
        if bare and len(agreed) >= 0.6 * len(candidates) and len(agreed) > _LEAST_SIBLINGS:
            candidate.add("the headings of its level hold speakers, and it does not")


def _stands_apart(candidate: Candidate) -> bool:
    """Whether a heading names nobody and is a day, a label, an event or the like.

    Evidence that the headings of its level are talks then does not count for it.
    """
    return candidate.has_any(_APART) and not candidate.has_any(_NAMING)


def _weigh_groups(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence for headings right below that of a day, or right below one with a word such as "talks".

    At least three headings below one with such a word must look a little like talks. Headings that come after that of a
    day, without being right below one, get other evidence.
    """
    groups: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(document.find_parent(candidate.start), []).append(candidate)
    for parent, siblings in groups.items():
        if parent not in document.day_headings:
            for sibling in siblings:
                if document.find_day_above(sibling.start) >= 0:
                    sibling.add("stands after the heading of a day")
        if parent < 0:
            continue
        plain = document.plain(parent)
        likely = [sibling for sibling in siblings if sibling.alone > _ANNOUNCED]
        if parent in document.day_headings:
            for sibling in siblings:
                sibling.add("stands below the heading of a day")
        elif len(likely) >= _LEAST_SIBLINGS and any(word in TALK_PLURALS for word in fold_words(plain).split()):
            for sibling in siblings:
                sibling.add(BELOW_ANNOUNCEMENT)


def _weigh_unnamed_sections(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence against headings without speakers below one such as "Food", if others mostly have speakers.

    Below another heading, 80 % of the headings, three at least, must have them. Only speakers whom headings or lines
    below them name count, not those in sentences. Headings below that of a day, of talks, or of a part of the programme
    such as "Afternoon" may be talks all the same.
    """
    groups: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if not candidate.has_any(_NO_TITLES):
            groups.setdefault(document.find_parent(candidate.start), []).append(candidate)
    named = {parent: sum(each.has_any(_NAMING) for each in group) for parent, group in groups.items()}
    if any(named[parent] >= max(_LEAST_SIBLINGS, _NEARLY_ALL * len(group)) for parent, group in groups.items()):
        for parent in groups:
            folded = fold_words(document.plain(parent)) if parent >= 0 and not named[parent] else ""
            if is_other_heading(folded) and not _heads_talks(document, parent):
                for candidate in groups[parent]:
                    candidate.add(NONE_NAMED)


def _heads_talks(document: Document, heading: int) -> bool:
    words = fold_words(document.plain(heading)).split()
    return heading in document.day_headings or announces_talks(words) or not CHOSEN_WORDS.isdisjoint(words[:1])


def _weigh_titles(candidates: Sequence[Candidate]) -> None:
    """Add evidence for headings that are as long as titles but look like no talks by themselves.

    At least three headings, and 60 % of those as long as titles, must look like talks by themselves.
    """
    titled = [c for c in candidates if count_words(c.title) >= _TITLE_WORDS and c.alone > _UNLIKELY]
    good = sum(candidate.alone > 0 for candidate in titled)
    if good < _LEAST_SIBLINGS or good < 0.6 * len(titled):
        return
    for candidate in titled:
        if candidate.alone <= 0:
            candidate.add("most titles of its level are talks")


def _weigh_parts(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence that headings which recur in several sections are parts of talks, and that those above are talks."""
    held = set()
    for number in document.headings if document.parts else ():
        parent = document.find_parent(number)
        if fold_words(document.plain(number)) in document.parts and parent not in document.day_headings:
            held |= {number, parent}
    for candidate in candidates:
        folded = fold_words(document.plain(candidate.start))
        of_talk = has_any(folded, TALK_WORDS) and not has_any(folded, SPEAKER_LABELS)
        if candidate.start not in held or of_talk:
            continue
        if folded in document.parts:
            candidate.add("divides what is above it, as with the siblings")
        else:
            candidate.add("is divided as its siblings are")


def _weigh_openings(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence for headings whose text begins with a sentence about a talk, if 60 % of their level are such."""
    likely = [candidate for candidate in candidates if not candidate.has_any(SETTLED_ALONE)]
    opened = [c for c in likely if c.has(MENTIONED) and opens_with_talk(document, c.start)]
    if len(opened) >= max(_LEAST_SIBLINGS, _MOSTLY * len(likely)):
        for candidate in opened:
            candidate.add(ALL_OPEN_WITH_TALKS)


def _weigh_regular(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence for titles with notes below if 70 % of a level's headings are such, and the post announces notes.

    At least half of these titles must contain a link, have a speaker, or have a list or a mention of a talk below. All
    this is not asked of title lines right below a line that announces talks ("The talks that I liked:").
    """
    for candidate in _find_announced(document, candidates):
        candidate.add(_REGULAR)
        candidate.add(BELOW_ANNOUNCEMENT)
    likely = [c for c in candidates if c.alone > _UNLIKELY]
    titled = [c for c in likely if count_words(c.title) >= _TITLE_WORDS and _has_notes(document, c)]
    if len(titled) < _LEAST_SIBLINGS or len(titled) < 0.7 * len(likely) or not announces_notes(document):
        return
    # Essays on an event have headings, too: talks have lists, links or the word below.
    if 2 * sum(_looks_noted(document, candidate) for candidate in titled) < len(titled):
        return
    for candidate in titled:
        if not _stands_apart(candidate) and not candidate.has(_REGULAR):
            candidate.add(_REGULAR)


def _find_announced(document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the title lines with notes below whose section has a line that announces talks right above the first."""
    lines = [c for c in candidates if c.start in document.lines and c.alone > _HARDLY and not _stands_apart(c)]
    groups: dict[int, list[Candidate]] = {}
    for candidate in lines:
        groups.setdefault(document.find_parent(candidate.start), []).append(candidate)
    found: list[Candidate] = []
    for group in groups.values():
        if group[0].start and announces_talks_below(document, group[0].start - 1):
            found += [candidate for candidate in group if _has_notes(document, candidate)]
    return found if len(found) >= _LEAST_SIBLINGS else []


def _weigh_named_file(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add evidence for all sections, even "Logs", of a file of lists that is named "day-2" or "lightning-talks".

    The file has no title in front matter. At least three of the sections, and 60 %, have lists below. All sections are
    outermost, or right below the first heading, one of a day, or one such as "Notes" or "Talks".
    """
    likely = [c for c in candidates if c.alone > _UNLIKELY - 1 or c.has("ends with a kind of talk")]
    listed = [c for c in likely if any(b.form is Form.LIST for b in document.blocks[c.start + 1 : c.end])]
    above = {document.find_parent(c.start) for c in candidates} - {-1, *document.headings[:1], *document.day_headings}
    top = all(TALKS_OR_NOTES.issuperset(fold_words(document.plain(number)).split()) for number in above)
    if document.meta.title or not top or len(listed) < _LEAST_SIBLINGS or len(listed) < 0.6 * len(likely):
        return
    if read_day(document.stem_words) or has_any(fold_words(document.stem_words), TALK_PLURALS):
        for candidate in likely:
            candidate.add("one of several sections of a file that is named after a day or talks")


def _looks_noted(document: Document, candidate: Candidate) -> bool:
    start, end = candidate.start, candidate.end
    listed = any(block.form is Form.LIST for block in document.blocks[start + 1 : end])
    linked = bool(find_links(document.blocks[start].content, document.definitions))
    return listed or linked or bool(candidate.speakers) or mentions_talk(document, start + 1, end)


def _has_notes(document: Document, candidate: Candidate) -> bool:
    return any(block.form in NOTED for block in document.blocks[candidate.start + 1 : candidate.end])
