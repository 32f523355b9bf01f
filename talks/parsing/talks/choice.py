"""Chooses which candidates are the talks: the combination with the strongest evidence for the whole document."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from talks.names import fold_words
from talks.parsing.metadata.hints import Hints
from talks.parsing.metadata.path_words import fold_camel_words
from talks.parsing.talks.announcements import (
    announces_event,
    calls_itself_programme,
    describes_other_matter,
    describes_software,
    lists_own_talks,
    lists_unheard_talks,
    speaks_of_talks,
)
from talks.parsing.talks.candidates.item_openings import SAID_WHO
from talks.parsing.talks.candidates.paragraphs import SEVERAL_INTRODUCED
from talks.parsing.talks.candidates.siblings import ALL_OPEN_WITH_TALKS, BELOW_ANNOUNCEMENT, NONE_NAMED
from talks.parsing.talks.decision_trees import SETTLED_ALONE
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.noted_talks import holds_notes, tells_what_was_said
from talks.parsing.text.blocks import Form
from talks.parsing.title_comparison import count_words, has_any
from talks.parsing.words.heading_words import GROUPED_HEADINGS
from talks.parsing.words.talk_words import JUDGING_COLUMNS, NOTE_WORDS, SLIDES_LABELS, TALK_PLURALS, TALK_WORDS

LEAST_CERTAINTY = 0.5
"""A candidate that is less probably a talk is none, unless a hint sets another limit."""
_TALKS_TO_A_WORD = 2
_TOLD_CERTAINTY = 0.25
"""The limit if a hint says that the post holds talks, or if it is of an event and much looks a little like talks."""
_SEVERAL, _MORE = 3, 2
_MOST_OF_GROUP = 0.5
_UNLIKE = SETTLED_ALONE | {
    NONE_NAMED,
    "nothing is noted below it",
    "the headings of its level hold speakers, and it does not",
    "its siblings have their speakers in headings below, and it has not",
}
"""What tells a heading from the talks of its level."""
_REMARK = 20  # words
_JUDGED = NOTE_WORDS | JUDGING_COLUMNS
_WORTH_A_WORD = 0.3
# A candidate inside a section counts less than a heading that names a speaker.
_INSIDE = 0.5
_SURE = 2.5


@dataclass(slots=True)
class _Reading:
    """A combination of talks for a part of the document, and the sum of their weights."""

    worth: float = 0.0
    talks: list[Candidate] = field(default_factory=list)

    def extend(self, other: "_Reading", factor: float = 1.0) -> None:
        self.worth += other.worth * factor
        self.talks += other.talks


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen talks in the order of the post, none inside another; and candidates that are slightly too doubtful.

    `why_none` says why nothing in the post can be a talk; it is empty if something can.
    """

    talks: list[Candidate]
    doubtful: list[Candidate] = field(default_factory=list)
    why_none: str = ""


def choose_talks(document: Document, candidates: Sequence[Candidate]) -> Choice:
    """Return the combination of talks with the strongest evidence, and the candidates just too doubtful to be talks.

    In a post of an event, candidates that look a little like talks are chosen too, if there are enough of them.

    There are no talks if a hint says that the post holds none. Unless a hint tells of its talks, there are none either
    if the post describes software, a person, a book or the like, announces an event, or says that the writer did not
    hear its talks, or if all talks are rows of tables without notes and speakers, or all are no headings and the post
    has no word for talks and no slides. A post that is surely one talk may announce or say that.
    """
    hints = document.hints
    told = hints.holds_talks or hints.talk_level is not None or hints.title_pattern is not None
    sure = any(each.kind == "whole file" and each.weight >= _SURE for each in candidates)
    why = "a hint says so" if hints.holds_talks is False else "" if told else _find_why_none(document)
    if why:
        return Choice([], why_none=why)
    bar = _find_bar(hints)
    talks = _choose(document, candidates, bar)
    parts = not any(talk.kind == "whole file" for talk in talks)
    of_event = _is_of_event(document)
    if parts and of_event and hints.least_certainty is None and bar <= _to_weight(LEAST_CERTAINTY):
        # Most posts of an event hold talks: several things that look a little like them are more likely so than not,
        # unless headings stand above prose, as the chapters of an essay do.
        lower = min(bar, _to_weight(_TOLD_CERTAINTY))
        likely = _choose(document, candidates, lower)
        if len(talks) > 1:
            certain = set(map(id, talks))
            likely = [each for each in likely if id(each) in certain or not each.has_any(_UNLIKE)]
        noted = sum(_tells_of_talk(document, talk) for talk in likely)
        if _are_enough(talks, likely) and 2 * noted >= len(likely):
            talks, bar = likely, lower
    if parts:
        talks = sorted([*talks, *_find_between(document, candidates, talks)], key=_place)
        talks = sorted([*talks, *_find_grouped_talks(document, candidates, talks)], key=_place)
    why = "" if told or sure else _find_why_to_come(document, talks) or _find_why_not_heard(document, talks)
    why = why or ("" if told else _find_why_bare(document, talks) or _find_why_unspoken(document, talks))
    if why:
        return Choice([], why_none=why)
    return Choice(talks, _find_doubtful(candidates, talks, bar))


def _find_between(document: Document, candidates: Sequence[Candidate], talks: Sequence[Candidate]) -> list[Candidate]:
    """Return headings with notes that stand between talks and look a little like talks.

    At least three headings of the same shape below the same heading must be talks, and more than half of all there. The
    returned headings contain no talk, have none of the reasons in `_UNLIKE`, and are not settled.
    """
    headings = [candidate for candidate in candidates if candidate.kind == "heading"]
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for heading in headings:
        groups.setdefault((heading.shape, document.find_parent(heading.start)), []).append(heading)
    chosen = {talk.start for talk in talks if talk.kind == "heading"}
    found = []
    for group in groups.values():
        starts = [heading.start for heading in group if heading.start in chosen]
        if len(starts) < _SEVERAL or len(starts) <= _MOST_OF_GROUP * len(group):
            continue
        found += [
            heading
            for heading in group
            if heading.start not in chosen
            and starts[0] < heading.start < starts[-1]
            and heading.weight > _to_weight(_TOLD_CERTAINTY)
            and heading.settled is None
            and not heading.has_any(_UNLIKE)
            and not any(heading.start < talk.start < heading.end for talk in talks)
            and holds_notes(document, heading)
        ]
    return found


def _find_grouped_talks(
    document: Document, candidates: Sequence[Candidate], talks: Sequence[Candidate]
) -> list[Candidate]:
    """Return headings such as "Keynotes" and "Lightning talks" of the same level as two talks at least.

    They must have notes that are no mere remark, no headings below them and no talk in these notes, and must not be
    settled.
    """
    shapes = Counter(talk.shape for talk in talks if talk.kind == "heading")
    return [
        candidate
        for candidate in candidates
        if candidate.kind == "heading"
        and candidate.settled is None
        and shapes[candidate.shape] >= _MORE
        and fold_words(candidate.title) in GROUPED_HEADINGS
        and candidate.end == document.find_next_heading(candidate.start)
        and not any(candidate.start <= talk.start < candidate.end for talk in talks)
        and _holds_more_than_remark(document, candidate)
    ]


def _holds_more_than_remark(document: Document, heading: Candidate) -> bool:
    """Whether notes stand below a heading, and not only a short paragraph: "All keynotes were recorded."."""
    inside = [document.blocks[number] for number in range(heading.start + 1, heading.end)]
    words = sum(count_words(block.content) for block in inside if block.form is Form.PARAGRAPH)
    return holds_notes(document, heading) and (words >= _REMARK or any(block.form is Form.LIST for block in inside))


def _are_enough(talks: Sequence[Candidate], likely: Sequence[Candidate]) -> bool:
    """Whether the likely talks may take the place of the certain ones.

    Three are enough where none is certain, five where one is. Where more are certain, the likely ones must include all
    of these, and be headings of one level, or paragraphs that each name a speaker, where several surely introduce one.
    """
    if len(talks) > 1:
        headings = {talk.kind for talk in likely} == {"heading"} and len({talk.shape for talk in likely}) == 1
        alike = headings or all(talk.speakers and talk.has(SEVERAL_INTRODUCED) for talk in likely)
        return alike and set(map(id, talks)) <= set(map(id, likely))
    return len(likely) >= _SEVERAL + _MORE * len(talks)


def _tells_of_talk(document: Document, talk: Candidate) -> bool:
    """Whether a heading has a list below it, stands below words that announce talks, or tells of a talk as others do.

    It tells of one if its first sentence does, as with most of its level.
    An item tells of a talk if it names a speaker or has notes. True for a talk that is neither.
    """
    if talk.item:
        return bool(talk.speakers) or holds_notes(document, talk)
    if talk.kind != "heading" or talk.has_any({ALL_OPEN_WITH_TALKS, BELOW_ANNOUNCEMENT}):
        return True
    return any(document.blocks[number].form is Form.LIST for number in range(talk.start, talk.end))


def _is_of_event(document: Document) -> bool:
    """Whether the post names an event, or is in a folder of an event, of several, of talks or of notes."""
    return bool(document.series) or document.lies_among_talks


def _find_why_unspoken(document: Document, talks: Sequence[Candidate]) -> str:
    """Return a sentence if items, rows and paragraphs are no talks, since the post has no word for talks; else "".

    They may be talks if the post names an event or is in a folder of events or talks, if title or tags have such a
    word, if a block has one, or a word or link for slides, for every two of them, or if more than half of them are
    items that name a speaker and have items below. A folder of notes does not count: it may hold notes of anything.
    """
    of_talks = any(has_any(fold_camel_words(folder), TALK_WORDS | TALK_PLURALS) for folder in document.path_parts[:-1])
    if document.series or document.lies_among_events or of_talks:
        return ""
    noted = sum(bool(talk.item and talk.item.items and talk.speakers) for talk in talks)
    if any(talk.kind in ("heading", "whole file") for talk in talks) or 2 * noted > len(talks):
        return ""
    numbers = {number for talk in talks for number in range(talk.start, talk.end)}
    slides = sum(has_any(fold_words(document.blocks[number].text), SLIDES_LABELS) for number in numbers)
    least = max(1, len(talks) // _TALKS_TO_A_WORD)
    told = not talks or slides >= least or speaks_of_talks(document, least)
    return "" if told else "the post speaks of no event, talk or speaker"


def _find_why_bare(document: Document, talks: Sequence[Candidate]) -> str:
    """Return why three rows of tables or more are no talks: none has notes or a speaker; "" if they may be talks.

    A column for notes or ratings beside one for talks ("Talk", not "Title") shows that the writer heard them.
    """
    rows = {document.blocks[talk.start].text.split("\n")[0] for talk in talks if talk.kind == "table row"}
    noted = any(all(has_any(row, words) for words in (TALK_WORDS, _JUDGED)) for row in map(fold_words, rows))
    bare = (talk.kind == "table row" and not talk.speakers and not holds_notes(document, talk) for talk in talks)
    if noted or len(talks) < _SEVERAL or not all(bare):
        return ""
    return "of what its tables list, nothing is noted and nobody is named"


def _find_why_none(document: Document) -> str:
    """Return why nothing in the post can be a talk, given what the post is about; "" if something can."""
    if describes_software(document):
        return "the post describes software"
    if describes_other_matter(document):
        return "the post is a note on a book, a tool or the like"
    return "the post describes a person" if document.about_person else ""


def _find_why_to_come(document: Document, talks: Sequence[Candidate]) -> str:
    """Return a sentence if the chosen talks are still to come, given the text above the first of them; else "".

    If more than half of the talks are items that say who spoke, and of what, they are over.
    """
    parts = not any(talk.kind == "whole file" for talk in talks)
    over = 2 * sum(talk.has(SAID_WHO) for talk in talks) > len(talks)
    end = min((talk.start for talk in talks), default=None) if parts else None
    return "the post announces an event" if not over and announces_event(document, end) else ""


def _find_why_not_heard(document: Document, talks: Sequence[Candidate]) -> str:
    """Return the sentence that says why the chosen talks are none that the writer heard; "" if they may be.

    A post that says so is believed unless it tells, for more than half of the talks, what was said in them; of talks
    that it calls the writer's own, only those with speakers count. A programme is believed if no talk has notes.
    """
    own, unheard, programme = (
        tells(document) for tells in (lists_own_talks, lists_unheard_talks, calls_itself_programme)
    )
    if not (own or unheard or programme):
        return ""
    noted = [talk for talk in talks if tells_what_was_said(document, talk)]
    parts = not any(talk.kind == "whole file" for talk in talks)
    if programme and parts and not noted and not any(holds_notes(document, talk) for talk in talks):
        return "the post is a programme without notes"
    if own and 2 * sum(bool(talk.speakers) for talk in noted) <= len(talks):
        return "the post lists talks that the writer gave"
    return "the writer did not hear what the post lists" if unheard and 2 * len(noted) <= len(talks) else ""


def _choose(document: Document, candidates: Sequence[Candidate], bar: float) -> list[Candidate]:
    """Return the best combination of candidates that weigh more than `bar`, or the file as one talk if likelier.

    The file is also one talk if a hint says that the post holds talks, and no others are found.
    """
    headings = {c.start: c for c in candidates if c.kind == "heading"}
    whole = next((c for c in candidates if c.kind == "whole file"), None)
    others = [c for c in candidates if c.weight > bar and c.start not in headings and c is not whole]
    inside = _choose_inside(document, others, bar)
    reading = _choose_headings(document, headings, inside, bar)
    talks = sorted(reading.talks, key=_place)
    one = whole is not None and whole.weight > bar and _is_one_talk(whole, reading, bar)
    if whole and (one or (document.hints.holds_talks and not talks)):
        talks = [whole]
    return talks


def _find_bar(hints: Hints) -> float:
    """Return the weight, a logarithm of odds, that a candidate needs to be a talk.

    It is that of the hint `least_certainty`, else of the site's certainty; the hint `holds_talks` lowers the latter.
    """
    least = hints.least_certainty
    if least is None:
        usual = LEAST_CERTAINTY if hints.usual_certainty is None else hints.usual_certainty
        least = min(usual, _TOLD_CERTAINTY) if hints.holds_talks else usual
    return _to_weight(min(0.999, max(0.001, least)))


def _to_weight(certainty: float) -> float:
    """Return the logarithm of the odds of a certainty, which is between 0 and 1: 0 for 0.5."""
    return math.log(certainty / (1 - certainty))


def _find_doubtful(candidates: Sequence[Candidate], talks: Sequence[Candidate], bar: float) -> list[Candidate]:
    """Return candidates outside the talks that are too weak to be talks, but at least 30 % probable, in order.

    The file as one talk is never among them.
    """
    low = _to_weight(_WORTH_A_WORD)
    held = {number for talk in talks if not talk.item for number in range(talk.start, talk.end)}
    doubtful = [c for c in candidates if low < c.weight <= bar and c.start not in held and c.kind != "whole file"]
    return sorted(doubtful, key=_place)


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.start, candidate.item.line if candidate.item else 0


def _is_one_talk(whole: Candidate, reading: _Reading, bar: float) -> bool:
    """Whether it is more likely that the file is one talk than that the talks found in it are talks.

    False if one of the talks found in it is settled; else true if there is only one, which begins with the file, or
    none.
    """
    if any(talk.settled for talk in reading.talks):
        return False
    only_itself = len(reading.talks) <= 1 and all(talk.start == 0 for talk in reading.talks)
    return only_itself or whole.weight - bar > reading.worth


def _choose_inside(document: Document, candidates: Sequence[Candidate], bar: float) -> dict[int, _Reading]:
    """Return, by heading (-1 for the top), the best talks other than headings between this heading and the next.

    They are all candidates of one style, the one with the largest sum: a slot of a schedule and a candidate in the text
    below it cannot both be talks.
    """
    readings: dict[int, _Reading] = {}
    by_start: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_start.setdefault(candidate.start, []).append(candidate)
    for heading, start, end in document.sections:
        ways: dict[str, _Reading] = {}
        for number in range(start, end):
            for candidate in by_start.get(number, ()):
                ways.setdefault(candidate.style, _Reading()).extend(_Reading(candidate.weight - bar, [candidate]))
        best = max(ways.values(), key=lambda reading: reading.worth, default=_Reading())
        if best.talks:
            readings[heading] = best
    return readings


def _choose_headings(
    document: Document, headings: dict[int, Candidate], inside: dict[int, _Reading], bar: float
) -> _Reading:
    """Return the best reading: each heading is a talk, or the candidates below it are, whichever has more weight.

    Candidates other than headings count half, and one paragraph alone never replaces a heading above the bar. If those
    below have more weight, a heading that almost certainly is a talk, with text before the next heading, stays a talk
    beside them. Headings are processed from the end, so that all below one are decided before it, without recursion.
    """
    settled: list[tuple[int, _Reading]] = []
    for number in reversed(document.headings):
        below = _Reading()
        if number in inside:
            below.extend(inside[number], _INSIDE)
        while settled and document.find_level(settled[-1][0]) > document.find_level(number):
            below.extend(settled.pop()[1])
        own = headings[number].weight - bar if number in headings else -1.0
        # One paragraph that tells of a talk below a heading that looks like one tells of the heading's.
        alone = [talk.kind for talk in below.talks] == ["paragraph"]
        if own > 0 and (alone or own >= below.worth):
            below = _Reading(own, [headings[number]])
        elif own >= _SURE and number + 1 < document.find_next_heading(number):
            # The heading is a talk, and those below it are one level too deep.
            below = _Reading(own + below.worth, [headings[number], *below.talks])
        settled.append((number, below))
    whole = _Reading()
    if -1 in inside:
        whole.extend(inside[-1], _INSIDE)
    for _, reading in reversed(settled):
        whole.extend(reading)
    return whole
