"""Remarks on a post after it was read, each with its place and a way to settle it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talks.parsing.diagnostics import Diagnostic, Severity
from talks.parsing.metadata.hints import Hints
from talks.parsing.records import Kind, LineupEntry, ParsedPost, ParsedTalk, Passage
from talks.parsing.talks.people import LONGEST_NAME
from talks.parsing.title_folding import fold

_LIST = re.compile(r"\s*(?:[*+-]|\*{2,6}|\d{1,3}[.)])\s+\S")
MOST_TALKS = 1000
MOST_POINTS = 5000
_MUCH = 200
_SETTLE = "A `confnotes:` block in the front matter settles it; docs/writing-posts.md says how."


@dataclass(frozen=True, slots=True)
class Doubt:
    """A possible talk that is too uncertain to count: its title, line, form ("heading 2") and certainty."""

    title: str
    line: int
    shape: str
    certainty: float


def make_remarks(
    post: ParsedPost, hints: Hints, missing: Sequence[LineupEntry], doubts: Sequence[Doubt], *, too_many: bool
) -> Iterator[Diagnostic]:
    """Yield remarks on the post as a whole and on its talks, in no order."""
    yield from _remark_post(post, hints)
    if too_many:
        message = f"The post holds more than {MOST_TALKS:,} talks; what comes after them is left as text."
        yield _warn("too-many-talks", post.talks[-1].line, message, "Split the post.")
    for entry in missing:
        message = f"The lineup names “{entry.title[:80]}”, and no section below does."
        yield _warn("talk-without-section", entry.line, message, "Write a heading with the same title, or leave it.")
    yield from _remark_doubts(doubts)
    for talk in post.talks:
        yield from _remark_talk(talk)
    yield from _remark_titles(post.talks)
    yield from _remark_unplaced(post)
    yield from _remark_outside(post)


def _remark_doubts(doubts: Sequence[Doubt]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each way of marking talks that gave uncertain ones, placed at the first of them."""
    by_shape: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        by_shape.setdefault(doubt.shape, []).append(doubt)
    for shape, alike in by_shape.items():
        first = alike[0]
        more = f" and {len(alike) - 1} more like it" if len(alike) > 1 else ""
        message = f"“{first.title[:80]}”{more} might be a talk, and too little speaks for it."
        level = f"`talk_level: {shape.rsplit(' ', 1)[-1]}` or " if shape.startswith("heading ") else ""
        least = int(10 * min(doubt.certainty for doubt in alike)) / 10
        hint = f"If it is one, write {level}`least_certainty: {least:g}` into a `confnotes:` block."
        yield _note("doubtful-talk", first.line, message, hint)


def _note(code: str, line: int, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.NOTE, code, line, message, hint)


def _warn(code: str, line: int, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, line, message, hint)


def _remark_post(post: ParsedPost, hints: Hints) -> Iterator[Diagnostic]:
    if post.body_line == 1 and not post.front_matter:
        yield _note("no-front-matter", 1, "The post has no front matter.", "Begin it with `---`, `title: …`, `---`.")
    if hints.holds_talks is not False and not post.talks:
        message = "No talk was found in this post."
        yield _note("no-talks", post.body_line, message, f"If it holds some: {_SETTLE[0].lower()}{_SETTLE[1:]}")
    if not post.talks:
        return
    if post.conference is None:
        message = "The post names no conference that could be told from its title or text."
        yield _note("no-conference", 1, message, "Name it in the title, or as `series` in a `confnotes:` block.")
    elif post.conference.year is None:
        message = f"The year of {post.conference.series[:80]} is not told."
        yield _note("no-year", 1, message, "Write it into the title, or as `year` in a `confnotes:` block.")


def _remark_talk(talk: ParsedTalk) -> Iterator[Diagnostic]:
    if not talk.takeaways:
        message = f"Nothing is noted of “{talk.title[:80]}”."
        yield _warn("talk-without-notes", talk.line, message, "Write notes below its title, or leave it.")
    points = [takeaway for takeaway in talk.takeaways if takeaway.kind is Kind.POINT]
    if len(points) > MOST_POINTS:
        message = f"“{talk.title[:80]}” has {len(points):,} points, more than a talk ever has."
        yield _warn("too-many-points", talk.line, message, "Look whether the post is what you think it is.")
    seen: set[str] = set()
    for takeaway in points:
        if takeaway.text in seen:
            yield _warn("repeated-point", takeaway.line, "This point stands twice in the talk.", "Remove one of them.")
            return
        seen.add(takeaway.text)
    for speaker in talk.speakers:
        if len(speaker.name) >= LONGEST_NAME:
            message = f"The name of a speaker is longer than {LONGEST_NAME} characters and was cut."
            yield _warn("speaker-too-long", talk.line, message, "Shorten it.")


def _remark_titles(talks: Sequence[ParsedTalk]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, int | None], int] = {}
    for talk in talks:
        key = (fold(talk.title), talk.day)
        if key in first:
            message = f"A talk called “{talk.title[:80]}” stands in line {first[key]} as well."
            yield _warn("repeated-title", talk.line, message, "Give the talks different titles, or join their notes.")
        first.setdefault(key, talk.line)


def _remark_unplaced(post: ParsedPost) -> Iterator[Diagnostic]:
    """Yield one remark for all text between talks; a warning if it looks like notes."""
    if post.unplaced:
        listed = [passage for passage in post.unplaced if _is_list(passage)]
        passage = (listed or post.unplaced)[0]
        count = sum(1 for other in post.unplaced)
        message = (
            f"{count} passage{'s' if count > 1 else ''} between the talks belong to none of them, the first one here."
        )
        if listed:
            yield _warn("unplaced-notes", passage.line, message, _SETTLE)
        else:
            yield _note("unplaced-text", passage.line, message, _SETTLE)
    if post.talks:
        for passage in post.intro:
            if _is_list(passage) and passage.text.count("\n") >= 1:
                message = "This list stands before the first talk, so it belongs to none."
                yield _warn("notes-before-talk", passage.line, message, "Put it below the title of its talk.")
                return


def _remark_outside(post: ParsedPost) -> Iterator[Diagnostic]:
    """Yield one remark if most of the text is in no talk: the parser may have missed a title."""
    outside = [*post.intro, *post.unplaced, *post.outro]
    words = sum(len(passage.text.split()) for passage in outside)
    noted = sum(len(unit.text.split()) for talk in post.talks for unit in talk.walk())
    if post.talks and words >= _MUCH and words > noted:
        longest = max(outside, key=lambda passage: len(passage.text))
        message = (
            f"{words:,} words of this post, more than half of it, are in no talk; the longest passage begins here."
        )
        hint = "If they are notes, `talk_level` or `least_certainty` in a `confnotes:` block may settle whose they are."
        yield _note("much-outside", longest.line, message, hint)


def _is_list(passage: Passage) -> bool:
    return bool(_LIST.match(passage.text))
