"""Evidence about a candidate from candidates of other kinds, and from the post as a whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talks.names import fold_words
from talks.parsing.metadata.day_labels import read_day
from talks.parsing.talks.announcements import announces_notes
from talks.parsing.talks.candidates.outline import describe_outline
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.title_comparison import has_any, tells_any
from talks.parsing.words.calendar import DAY_WORDS
from talks.parsing.words.event_words import EVENT_LEADS
from talks.parsing.words.speech import FIRST_PERSON
from talks.parsing.words.talk_words import NOTE_WORDS, SINGLE_TALK, TALK_PLURALS

_SPAN = 3.0
# Of tables and schedules there are too few examples to say what the post has to do with them.
_WIDE = ("heading", "whole file", "item", "paragraph")
_MOST_LISTED = 100
_LEAST_LIKE = 3
_LONG_TITLE = 10
_OPENING = 400
_EVENT_TITLE_WORDS = EVENT_LEADS | NOTE_WORDS | DAY_WORDS
_WORD = re.compile(r"[^\W\d_]+")


def compare_rivals(document: Document, candidates: Sequence[Candidate]) -> None:
    """Add to each candidate evidence from the weights of other candidates around it, and from the post."""
    headings = {c.start: c for c in candidates if c.kind == "heading"}
    inside = _count_inside(document, candidates)
    whole = next((c for c in candidates if c.kind == "whole file"), None)
    alone = {number: cut_weight(candidate.alone) for number, candidate in headings.items()}
    file = cut_weight(whole.alone) if whole else -_SPAN
    post = _describe_post(document)
    below = _find_below(document, alone)
    named = sum(bool(candidate.speakers) for candidate in headings.values())
    listed = _find_listed(candidates)
    likely = _measure_levels(headings.values())
    naming = Counter(c.shape for c in headings.values() if c.has("names a speaker"))
    most_named = max(naming.values(), default=0)
    around = _Around(document, alone, inside, below, listed, file, named / max(1, len(headings)), most_named)
    outline = describe_outline(document, headings)
    for candidate in candidates:
        pieces = list(post) if candidate.kind in _WIDE else []
        if candidate.kind == "heading":
            pieces += _compare_heading(candidate, around) + outline.get(candidate.start, [])
        elif candidate.kind == "whole file":
            pieces += _compare_file(around)
        else:
            above = document.find_heading_above(candidate.start)
            if above >= 0:
                pieces.append(("the heading above looks like a talk", alone.get(above, 0.0) / _SPAN))
                pieces.append(
                    ("the headings like the one above look like talks", likely.get(headings[above].shape, 0.0))
                )
        if candidate.kind != "whole file":
            pieces.append(("the file looks like one talk", file / _SPAN))
            if candidate.kind in _WIDE:
                pieces += [(sign, 1.0) for sign in document.folder_signs]
        for reason, strength in pieces:
            if strength:
                candidate.add(reason, strength)


@dataclass(frozen=True, slots=True)
class _Around:
    """Facts about all candidates of a post.

    By heading: `alone` is the heading's weight by itself, `inside` the number of likely talks in the text up to the
    next heading, `below` the mean weight of its subheadings. `listed` are folded titles of items that name speakers,
    `file` is the weight of the file as one talk, `named` the share of headings with speakers, from 0 to 1, and
    `most_named` the largest number of headings of one level that name a speaker.
    """

    document: Document
    alone: dict[int, float]
    inside: dict[int, int]
    below: dict[int, float]
    listed: list[str]
    file: float
    named: float
    most_named: int


def _measure_levels(headings: Iterable[Candidate]) -> dict[str, float]:
    """Return, by shape ("heading 2"), the share of headings that look like talks by themselves.

    Shapes of which there are fewer than three headings are left out.
    """
    levels: dict[str, list[bool]] = {}
    for candidate in headings:
        levels.setdefault(candidate.shape, []).append(candidate.alone > 0)
    return {level: sum(good) / len(good) for level, good in levels.items() if len(good) >= _LEAST_LIKE}


def _compare_heading(candidate: Candidate, around: _Around) -> list[tuple[str, float]]:
    pieces = []
    number, parent = candidate.start, around.document.find_parent(candidate.start)
    if number in around.below:
        pieces.append(("the headings below it look like talks", around.below[number] / _SPAN))
    if parent >= 0:
        pieces.append(("the heading above looks like a talk", around.alone.get(parent, 0.0) / _SPAN))
    title = fold_words(candidate.title)
    if any(name in title for name in around.listed):
        pieces.append(("an item elsewhere names it with a speaker", 1.0))
    if number in around.inside:
        pieces.append(("candidates stand in its text", min(1.0, around.inside[number] / 4)))
    return pieces


def _compare_file(around: _Around) -> list[tuple[str, float]]:
    good = [value for value in around.alone.values() if value > 0]
    return [
        ("headings look like talks", min(1.0, len(good) / 4)),
        ("its headings name speakers", around.named),
        ("headings of one level name speakers", min(1.0, around.most_named / 4)),
        ("candidates stand in its text", min(1.0, sum(around.inside.values()) / 4)),
    ]


def _find_listed(candidates: Sequence[Candidate]) -> list[str]:
    """Return the folded titles of list items that are likely talks, name a speaker and have no items below them.

    A section in another place may hold the notes of such a talk. Titles of less than ten characters are left out.
    """
    items = [c for c in candidates if c.kind == "item" and c.speakers and c.alone > 0 and not (c.item and c.item.items)]
    titles = [fold_words(candidate.title) for candidate in items[:_MOST_LISTED]]
    return [title for title in titles if len(title) >= _LONG_TITLE]


def cut_weight(value: float) -> float:
    """Return a weight cut to the range from -3 to 3, within which differences matter."""
    return max(-_SPAN, min(_SPAN, value))


def _count_inside(document: Document, candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return, by heading (-1 for the top), how many likely talks stand between it and the next heading.

    Headings that are likely talks are not among them.
    """
    counts: dict[int, int] = {}
    for candidate in candidates:
        if candidate.kind not in ("heading", "whole file") and candidate.alone > 0:
            above = document.find_heading_above(candidate.start)
            counts[above] = counts.get(above, 0) + 1
    return counts


def _find_below(document: Document, alone: dict[int, float]) -> dict[int, float]:
    """Return by heading the mean weight of the headings right below it in the outline."""
    children: dict[int, list[float]] = {}
    for number in document.headings:
        children.setdefault(document.find_parent(number), []).append(alone.get(number, 0.0))
    return {parent: sum(values) / len(values) for parent, values in children.items() if parent >= 0}


def _describe_post(document: Document) -> list[tuple[str, float]]:
    """Return pairs of (reason, strength): evidence from the whole post, the same for each of its candidates."""
    title = fold_words(document.called)
    return [
        ("the post announces notes", 1.0 if announces_notes(document) else 0.0),
        ("the post names an event", 1.0 if document.series else 0.0),
        ("the post's title names the event", float(document.names_series(title))),
        (
            "the file is named after a day or talks",
            1.0 if read_day(document.stem_words) or has_any(fold_words(document.stem_words), TALK_PLURALS) else 0.0,
        ),
        ("the title tells of a day", 1.0 if read_day(title) else 0.0),
        ("the post's title tells of a talk", float(tells_any(document.called, SINGLE_TALK))),
        ("the post has front matter", 1.0 if document.meta.title else 0.0),
        ("the post is made of lists", document.list_share),
        ("the post has no headings", 0.0 if document.headings else 1.0),
        ("the post is told in the first person", _measure_first_person(document)),
        ("the post's title is little more than the event's name", 1.0 if _is_event(title, document.series) else 0.0),
    ]


def _measure_first_person(document: Document) -> float:
    """Return the share of the first hundred paragraphs with "I", "we" or the like in their first 400 characters."""
    paragraphs = list(document.paragraphs(0, len(document.blocks)))[:_MOST_LISTED]
    openings = (document.blocks[number].content[:_OPENING].casefold() for number in paragraphs)
    told = sum(not FIRST_PERSON.isdisjoint(_WORD.findall(opening)) for opening in openings)
    return told / max(1, len(paragraphs))


def _is_event(title: str, series: str) -> bool:
    """Whether a folded title is only the event's name and words such as "notes" and "day 2"."""
    name = fold_words(series)
    if not name or name not in title:
        return False
    return all(word.isdigit() or word in _EVENT_TITLE_WORDS for word in title.replace(name, " ").split())
