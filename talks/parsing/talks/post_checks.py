"""Checks a post after it was parsed, and yields diagnostics that its writer should look at."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from talks.names import NAME_LENGTH, fold_words
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.corrections import Act, Correction
from talks.parsing.diagnostics import Diagnostic
from talks.parsing.metadata.hints import Hints
from talks.parsing.records import Kind, LineupEntry, ParsedPost, ParsedTalk, Passage
from talks.parsing.talks.candidates.title_words import is_other_heading
from talks.parsing.talks.people import read_people
from talks.parsing.text.inline import make_plain
from talks.parsing.text.labels import split_label
from talks.parsing.words.event_words import EVENT_LABELS
from talks.parsing.words.talk_words import DETAIL_LABELS, RESOURCE_LABELS

_LIST = re.compile(r"\s*(?:[*+-]|\*{2,6}|\d{1,3}[.)])\s+\S")
_MARK = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+")
_SUBTITLE = re.compile(r"\s*[:：–—|]\s+|\s+-\s+")
_LINK = re.compile(r"\[[^\]]*\](?:\([^()]*\)|\[[^\]]*\])?|https?://\S+")
_HEADING = re.compile(r"\s*(#{1,6})\s+(.+)")
_OF_EVENT = DETAIL_LABELS | EVENT_LABELS | RESOURCE_LABELS
MOST_TALKS = 1000
MOST_TAKEAWAYS = 5000
_MUCH = 200
_FIRST_ROWS, _MOST_WORDS, _LIKELY, _EVIDENT = 3, 12, 0.5, 0.9
_BEFORE_NAME = re.compile(r"\s[-–—|]+\s|:\s|\s(?:by|with)\s|[()]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DoubtfulTalk:
    """A possible talk that is too uncertain to be a talk: its title, line, form ("heading 2") and certainty."""

    title: str
    line: int
    shape: str
    certainty: float


@dataclass(slots=True)
class Settled:
    """What an editor decided about a post, so that nothing asks it again.

    The sets hold numbers of lines: `lines` are all that were corrected; on `begun` an editor began talks; on `titled`
    and `attributed` begin talks whose title or speakers an editor gave; `refused` are no talks; `told` are those that
    an editor said to be a talk, or whose talk's details an editor gave. `acts` are the kinds of the corrections.
    `outside` are the passages that were in no talk before the corrections either.
    """

    lines: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)
    titled: set[int] = field(default_factory=set)
    attributed: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    acts: set[Act] = field(default_factory=set)
    outside: Collection[Passage] = ()

    def add(self, lines: Collection[int], correction: Correction) -> None:
        """Remember what a correction decides about `lines`, the line numbers that it is about, one at least."""
        self.lines |= set(lines)
        self.begun |= {min(lines)} if correction.act in (Act.TALK, Act.WHOLE) else set()
        self.titled |= {min(lines)} if correction.title else set()
        self.attributed |= {min(lines)} if correction.speakers is not None else set()
        self.refused |= set(lines) if correction.act is Act.NO_TALK else set()
        self.told |= set(lines) if correction.act in (Act.TALK, Act.WHOLE, Act.DETAILS) else set()
        self.acts.add(correction.act)


def check_post(
    post: ParsedPost,
    hints: Hints,
    missing: Sequence[LineupEntry],
    doubts: Sequence[DoubtfulTalk],
    *,
    too_many: bool,
    settled: Settled,
    decided: Sequence[Passage] = (),
) -> Iterator[Diagnostic]:
    """Yield the diagnostics about the whole post and its talks, in any order.

    `missing` are the talks of the lineup without a section, `doubts` what is too doubtful to be a talk. What an editor
    `settled` is no reason for a diagnostic, nor are `decided` passages, which an editor put outside talks.
    """
    yield from _check_head(post, hints, settled)
    if too_many:
        yield catalogue.TOO_MANY_TALKS.at(post.talks[-1].line, most=MOST_TALKS)
    for entry in missing:
        if entry.line not in settled.lines:
            yield catalogue.TALK_WITHOUT_SECTION.at(entry.line, title=entry.title)
    yield from _check_doubtful([doubt for doubt in doubts if doubt.line not in settled.lines])
    for talk in post.talks:
        yield from _check_talk(talk, settled)
    yield from _check_titles(post.talks, settled)
    undecided = post
    if decided:
        intro, outro = ([each for each in part if each not in decided] for part in (post.intro, post.outro))
        undecided = replace(post, intro=tuple(intro), outro=tuple(outro))
    yield from _check_unplaced(undecided, settled)
    yield from _check_outside(undecided)


def _check_doubtful(doubts: Sequence[DoubtfulTalk]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each form of doubtful talks, at the first of them."""
    by_shape: dict[str, list[DoubtfulTalk]] = {}
    for doubt in doubts:
        by_shape.setdefault(doubt.shape, []).append(doubt)
    for shape, alike in by_shape.items():
        line, title = alike[0].line, alike[0].title
        count, others = len(alike), len(alike) - 1
        least = int(10 * min(doubt.certainty for doubt in alike)) / 10
        if shape.startswith("heading "):
            level = shape.rsplit(" ", 1)[-1]
            yield catalogue.DOUBTFUL_HEADING.at(line, title=title, count=count, others=others, level=level, least=least)
        else:
            yield catalogue.DOUBTFUL_TALK.at(line, title=title, count=count, others=others, least=least)


def _check_head(post: ParsedPost, hints: Hints, settled: Settled) -> Iterator[Diagnostic]:
    if post.body_line == 1 and not post.front_matter:
        yield catalogue.NO_FRONT_MATTER.at(1)
    if not post.talks and hints.holds_talks is not False and Act.NO_TALK not in settled.acts:
        yield catalogue.NO_TALKS.at(post.body_line)
    if not post.talks:
        return
    if post.conference is None:
        yield catalogue.NO_CONFERENCE.at(1)
    elif post.conference.year is None:
        yield catalogue.NO_YEAR.at(1, series=post.conference.series)


def _check_talk(talk: ParsedTalk, settled: Settled) -> Iterator[Diagnostic]:
    if not talk.takeaways and talk.line not in settled.lines:
        yield catalogue.TALK_WITHOUT_NOTES.at(talk.line, title=talk.title)
    if (count := sum(1 for _ in talk.walk())) > MOST_TAKEAWAYS:
        yield catalogue.TOO_MANY_TAKEAWAYS.at(talk.line, count=count, most=MOST_TAKEAWAYS)
    seen: set[str] = set()
    for takeaway in talk.takeaways:
        if takeaway.kind is not Kind.POINT:
            continue
        if takeaway.text in seen:
            yield catalogue.REPEATED_POINT.at(takeaway.line)
            return
        seen.add(takeaway.text)
    may_ask = not talk.speakers and talk.line not in settled.attributed
    if may_ask and (found := _find_unread_speaker(talk)) and found[0] not in settled.lines - {talk.line}:
        yield catalogue.SPEAKER_UNREAD.at(found[0], title=talk.title, name=found[1])
    for speaker in talk.speakers:
        if len(speaker.name) >= NAME_LENGTH:
            yield catalogue.SPEAKER_TOO_LONG.at(talk.line, most=NAME_LENGTH)


def _find_unread_speaker(talk: ParsedTalk) -> tuple[int, str] | None:
    """Return (line, text) of a part of the title, or of an early short line, that may name a speaker; else None."""
    _, *parts = _BEFORE_NAME.split(make_plain(talk.heading))
    for part in parts:
        if read_people(part).score >= _EVIDENT:
            return talk.line, part.strip()
    rows = ((unit.line + place, row) for unit in talk.takeaways for place, row in enumerate(unit.text.split("\n")))
    for line, row in islice(rows, _FIRST_ROWS):
        if len(row.split()) <= _MOST_WORDS and read_people(row).score >= _LIKELY:
            return line, make_plain(row).strip()
    return None


def _check_titles(talks: Sequence[ParsedTalk], settled: Settled) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each talk whose title an earlier talk of its day has; the earliest gets none.

    Titles of the same speakers also count as one if only one has a subtitle: "Moss" and "Moss: how it grows". Titles
    that an editor gave get no diagnostic.
    """
    first: dict[tuple[str, int | None], ParsedTalk] = {}
    same: dict[tuple[str, int | None, frozenset[str], bool], ParsedTalk] = {}
    for talk in talks:
        title, main = fold_words(talk.title), fold_words(_SUBTITLE.split(talk.title, maxsplit=1)[0])
        names = frozenset(fold_words(speaker.name) for speaker in talk.speakers)
        other = first.get((title, talk.day)) or (same.get((main, talk.day, names, title == main)) if names else None)
        if other and not {talk.line, other.line} & settled.titled:
            yield catalogue.REPEATED_TITLE.at(talk.line, title=other.title, other=other.line)
        first.setdefault((title, talk.day), talk)
        same.setdefault((main, talk.day, names, title != main), talk)


def _check_unplaced(post: ParsedPost, settled: Settled) -> Iterator[Diagnostic]:
    """Yield one diagnostic for all text between talks, a warning if some of it is a list.

    If an editor said where talks begin, text is left out that is no list and was in no talk without the corrections.

    Yield a warning too for the first list of several lines above the first talk, unless these tell of the event, or
    stand below a heading such as "Summary".
    """
    listed = [passage for passage in post.unplaced if _is_list(passage)]
    known = settled.outside if Act.TALK in settled.acts else ()
    told = [passage for passage in post.unplaced if passage in listed or passage not in known]
    if told:
        entry = catalogue.UNPLACED_NOTES if listed else catalogue.UNPLACED_TEXT
        yield entry.at((listed or told)[0].line, count=len(told))
    if (before := _find_notes_before(post)) is not None:
        yield catalogue.NOTES_BEFORE_TALK.at(before.line)


def _find_notes_before(post: ParsedPost) -> Passage | None:
    """Return the first list above the first talk that may be notes of a talk, or None.

    Such a list has several lines, and fewer than half of them tell of the event or are links (`_is_head`). The text
    right above it does not end in a colon. No heading stands above it, or a single one of level 1 which is not a common
    one such as "Summary".
    """
    levels, titled, above = [], True, ""
    for passage in post.intro if post.talks else ():
        if heading := _HEADING.match(passage.text):
            levels.append(len(heading[1]))
            titled = titled and not is_other_heading(fold_words(heading[2]))
        noted = _is_list(passage) and "\n" in passage.text and not _is_head(passage)
        led = above.rstrip(" *_").endswith((":", "："))
        if noted and not led and titled and levels in ([], [1]):
            return passage
        above = passage.text
    return None


def _check_outside(post: ParsedPost) -> Iterator[Diagnostic]:
    """Yield one diagnostic if most of the text, and 200 words at least, belongs to no talk of a post with talks.

    The parser may have missed a title.
    """
    outside = [*post.intro, *post.unplaced, *post.outro]
    words = sum(len(passage.text.split()) for passage in outside)
    units = (unit for talk in post.talks for unit in talk.walk())
    if post.talks and words >= _MUCH and words > sum(len(unit.text.split()) for unit in units):
        longest = max(outside, key=lambda passage: len(passage.text))
        yield catalogue.MUCH_OUTSIDE.at(longest.line, count=words)


def _is_list(passage: Passage) -> bool:
    return bool(_LIST.match(passage.text))


def _is_head(passage: Passage) -> bool:
    """Whether half of a list's lines only tell date, place and the like of the event ("Date: 4 May"), or are links."""
    rows = [_MARK.sub("", row) for row in passage.text.split("\n")]
    labels = [split_label(make_plain(row)) for row in rows]
    told = sum(value is not None and set(label.split()) <= _OF_EVENT for label, value in labels)
    return 2 * (told + sum(bool(_LINK.fullmatch(row.strip())) for row in rows)) >= len(rows)
